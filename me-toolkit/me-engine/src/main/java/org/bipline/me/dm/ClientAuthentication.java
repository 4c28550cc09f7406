// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.util.Optional;
import java.util.function.Supplier;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.syncml.Chal;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncHdr;

/**
 * Who has proven what to whom in one session, seen from the client. OMA DM Protocol, authentication; OMA DM Security, credentials and
 * message integrity.
 *
 * <p>Each side has two tries, since the first may rest on a nonce that is out of date. The nonce of every challenge is kept in the account as
 * soon as the other side is told it: kept later, two sides that are out of step would stay so; kept without being told, they would come out of
 * step.
 */
final class ClientAuthentication {
    private static final int TRIES = 2;

    /** What the server made of our credentials. */
    enum Answer {
        ACCEPTED,
        /** The package has to be sent again, with other credentials. */
        CHALLENGED,
        REFUSED
    }

    /**
     * What we make of the server's credentials.
     *
     * @param over true if the session must end
     */
    record Verdict(StatusCode code, Optional<Chal> chal, boolean accepted, boolean over) {}

    private final ManagementTree tree;
    private final DmAccount account;
    private final Supplier<ByteString> nonces;
    private AuthType clientType;
    private ByteString clientNonce;
    private boolean clientDone;
    private int clientTries;
    private ByteString serverNonce;
    private boolean serverHeldToMac;
    private boolean serverDone;
    private int serverTries;

    ClientAuthentication(ManagementTree tree, DmAccount account, Supplier<ByteString> nonces) {
        this.tree = tree;
        this.account = account;
        this.nonces = nonces;
        clientType = account.client().map(DmAccount.Side::type).orElse(AuthType.MD5);
        clientNonce = account.client().map(DmAccount.Side::nonce).orElse(ByteString.EMPTY);
        serverNonce = account.server().map(DmAccount.Side::nonce).orElse(ByteString.EMPTY);
        clientDone = account.client().isEmpty();
    }

    /** User name of the client, which stands in the Source of its headers. */
    Optional<String> userName() {
        return account.client().map(side -> side.credentials().userName());
    }

    /** Credentials for the next message. */
    Optional<Cred> cred() {
        return clientDone || clientType == AuthType.MAC
                ? Optional.empty()
                : account.client().map(side -> side.credentials().cred(clientType, clientNonce));
    }

    /** The header {@code x-syncml-hmac} for the next message. */
    Optional<MacHeader> mac(byte[] body) {
        return clientType == AuthType.MAC
                ? account.client().map(side -> side.credentials().mac(clientNonce, body))
                : Optional.empty();
    }

    /** Takes the server's Status for our header. */
    Answer answered(Status status) {
        Optional<ByteString> nonce = status.chal().flatMap(AuthType::nonce);
        nonce.ifPresent(next -> {
            clientNonce = next;
            account.client().ifPresent(side -> keep(side, next));
        });
        boolean wanted = status.code().equals(StatusCode.UNAUTHORIZED)
                || status.code().equals(StatusCode.AUTHENTICATION_REQUIRED);
        if (!wanted) {
            clientDone |= status.code().equals(StatusCode.AUTHENTICATION_ACCEPTED) && clientType != AuthType.MAC;
            return status.code().isSuccess() ? Answer.ACCEPTED : Answer.REFUSED;
        }
        Optional<AuthType> type = status.chal().flatMap(chal -> AuthType.of(chal.meta()));
        boolean noNonce = type.filter(AuthType.BASIC::equals).isEmpty() && nonce.isEmpty();
        if (account.client().isEmpty() || type.isEmpty() || noNonce || ++clientTries >= TRIES) {
            return Answer.REFUSED;
        }
        clientType = type.get();
        clientDone = false;
        return Answer.CHALLENGED;
    }

    /**
     * Judges the credentials of a message of the server.
     *
     * @param mayChallenge false where the server sent nothing but the refusal of our own credentials
     */
    Verdict judge(SyncHdr header, DmTransport.Message message, boolean mayChallenge) {
        if (account.server().isEmpty() || serverDone) {
            return new Verdict(StatusCode.OK, Optional.empty(), true, false);
        }
        DmAccount.Side side = account.server().get();
        // A server may prove more than it is asked for; once it has, it has to for the rest of the session.
        boolean byMac = serverHeldToMac
                || side.type() == AuthType.MAC
                || (message.mac().isPresent() && header.cred().isEmpty());
        AuthType type = byMac ? AuthType.MAC : side.type();
        boolean shown = byMac ? message.mac().isPresent() : header.cred().isPresent();
        if (shown && isGenuine(type, side, header, message)) {
            serverTries = 0;
            serverHeldToMac = byMac;
            serverDone = !byMac;
            StatusCode code = serverDone ? StatusCode.AUTHENTICATION_ACCEPTED : StatusCode.OK;
            return new Verdict(code, type == AuthType.BASIC ? Optional.empty() : next(type), true, false);
        }
        if (!mayChallenge) {
            return new Verdict(StatusCode.OK, Optional.empty(), false, false);
        }
        serverTries++;
        StatusCode code = shown ? StatusCode.UNAUTHORIZED : StatusCode.AUTHENTICATION_REQUIRED;
        return new Verdict(code, next(serverHeldToMac ? AuthType.MAC : side.type()), false, serverTries >= TRIES);
    }

    private boolean isGenuine(AuthType type, DmAccount.Side side, SyncHdr header, DmTransport.Message message) {
        if (type == AuthType.MAC) {
            return message.mac()
                    .flatMap(MacHeader::parse)
                    .filter(mac -> side.credentials()
                            .verify(mac, serverNonce, message.body().toByteArray()))
                    .isPresent();
        }
        return header.cred()
                .filter(cred -> AuthType.of(cred.meta()).filter(type::equals).isPresent())
                .filter(cred -> side.credentials().verify(cred, serverNonce))
                .isPresent();
    }

    private Optional<Chal> next(AuthType type) {
        return Optional.of(type.challenge(type == AuthType.BASIC ? ByteString.EMPTY : nonces.get()));
    }

    /** The server is being told this challenge. */
    void challenges(Chal chal) {
        account.server()
                .ifPresent(side -> AuthType.nonce(chal).ifPresent(nonce -> {
                    serverNonce = nonce;
                    keep(side, nonce);
                }));
    }

    /** A server may have removed the account by which it speaks. */
    private void keep(DmAccount.Side side, ByteString nonce) {
        if (tree.node(side.uri()).isPresent()) {
            DmAccount.keepNonce(tree, side, nonce);
        }
    }
}
