// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.bipline.cat.object.SmsHeader;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.object.SmsType;
import org.bipline.cat.profile.Facility;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/** Whether what the network sends is for the card. 3GPP TS 31.111 clauses 7.1.1.1 and 7.1.2.1. */
final class DataDownload {
    private static final int USIM_DATA_DOWNLOAD = 0x7F; // protocol identifier, 3GPP TS 23.040 clause 9.2.3.9
    private static final int PAGE = 88; // 3GPP TS 23.041 clause 9.4.1.2

    private DataDownload() {}

    /** @throws IllegalArgumentException when the ME would keep the message */
    static void check(SmsTpdu message) {
        SmsHeader header;
        try {
            header = SmsHeader.of(message);
        } catch (CatDecodingException e) {
            throw new IllegalArgumentException("no whole SMS-DELIVER: " + message.value() + ": " + e.getMessage(), e);
        }
        if (message.messageKind() != SmsType.DELIVER) {
            throw new IllegalArgumentException("no SMS-DELIVER: " + message.value());
        }
        if (header.protocolIdentifier() != USIM_DATA_DOWNLOAD || !isClass2(header.dataCodingScheme())) {
            throw new IllegalArgumentException(
                    "the message is not for the card: protocol identifier %02X, ".formatted(header.protocolIdentifier())
                            + "data coding scheme %02X; 7F and class 2 are".formatted(header.dataCodingScheme()));
        }
    }

    /** 3GPP TS 23.038 clause 4. */
    private static boolean isClass2(int dataCodingScheme) {
        boolean hasClass = (dataCodingScheme & 0xF0) == 0xF0 || (dataCodingScheme & 0x90) == 0x10;
        return hasClass && (dataCodingScheme & 3) == 2;
    }

    /** @throws IllegalArgumentException when this is no page, or one that the ME would show */
    static void check(ByteString page, CardFiles files) {
        if (page.length() != PAGE) {
            throw new IllegalArgumentException("a page has " + PAGE + " bytes, not " + page.length());
        }
        int identifier = page.u16(2);
        if (!files.wantsPagesOf(identifier)) {
            throw new IllegalArgumentException(
                    "the page is not for the card: EF CBMID has no message identifier %04X".formatted(identifier));
        }
    }

    /**
     * A download is done by an ME that has it, when the card has it too.
     *
     * @param service number in EF UST
     * @throws CardLinkException when one of both has no such download
     */
    static void require(MeProfile profile, Facility facility, CardFiles files, int service) throws CardLinkException {
        if (!profile.supports(facility)) {
            throw new CardLinkException("the ME has no " + facility.text());
        }
        if (!files.hasService(service)) {
            throw new CardLinkException("the card has no %s: service %d of EF UST".formatted(facility.text(), service));
        }
    }
}
