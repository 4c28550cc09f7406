// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** Writes the header of a message and the status for that of the other side. OMA DM Representation Protocol 1.2, SyncHdr. */
final class HeaderWriter {
    private final MoStore store;
    private final Account account;
    private final short[] session; // state of the session, by the indexes of DmSession
    private final WbxmlWriter out;

    HeaderWriter(MoStore store, Account account, short[] session, WbxmlWriter out) {
        this.store = store;
        this.account = account;
        this.session = session;
        this.out = out;
    }

    /** @param limits whether MaxMsgSize and MaxObjSize go with it */
    void write(boolean limits) {
        boolean credentials = session[DmSession.SEND_CREDENTIALS] != Credentials.NONE;
        out.open(Element.SYNC_HDR);
        out.element(Element.VER_DTD, Text.VER_DTD);
        out.element(Element.VER_PROTO, Text.VER_PROTO);
        out.open(Element.SESSION_ID);
        out.openText();
        account.writeSessionId(out);
        out.closeText();
        out.close();
        out.element(Element.MSG_ID, session[DmSession.MESSAGE]);
        out.open(Element.TARGET);
        out.open(Element.LOC_URI);
        out.openText();
        account.writePeer(out);
        out.closeText();
        out.close();
        out.close();
        out.open(Element.SOURCE);
        out.open(Element.LOC_URI);
        out.openText();
        store.writeLeaf(ManagementTree.deviceId(store), out);
        out.closeText();
        out.close();
        if (credentials) {
            out.open(Element.LOC_NAME);
            out.openText();
            account.writeClientName(out);
            out.closeText();
            out.close();
        }
        out.close();
        if (session[DmSession.SEND_CREDENTIALS] == Credentials.MD5) {
            writeCredentials();
        }
        if (limits) {
            out.open(Element.META);
            out.element(Element.MAX_MSG_SIZE, account.maxMsgSize());
            out.element(Element.MAX_OBJ_SIZE, account.maxObjSize());
            out.close();
        }
        out.close();
    }

    private void writeCredentials() {
        out.open(Element.CRED);
        writeMeta(Credentials.MD5);
        out.close();
        out.open(Element.DATA);
        out.openText();
        account.credentials().writeOwnDigest(out);
        out.closeText();
        out.close();
        out.close();
    }

    /** Meta with a type of credentials and their format, not ended. */
    private void writeMeta(short type) {
        out.open(Element.META);
        ResultsWriter.writeFormat(out, Format.B64);
        out.element(Element.TYPE, type == Credentials.MAC ? Text.AUTH_MAC : Text.AUTH_MD5);
    }

    void writeStatus(short command) {
        ResultsWriter.beginStatus(out, command, session[DmSession.SERVER_MESSAGE], (short) 0, Element.SYNC_HDR);
        if (session[DmSession.CHALLENGE] != Credentials.NONE) {
            out.open(Element.CHAL);
            writeMeta(session[DmSession.CHALLENGE]);
            out.open(Element.NEXT_NONCE);
            out.openText();
            account.credentials().writePeerNonce(out);
            out.closeText();
            out.close();
            out.close();
            out.close();
        }
        out.element(Element.DATA, session[DmSession.HEADER_ANSWER]);
        out.close();
    }
}
