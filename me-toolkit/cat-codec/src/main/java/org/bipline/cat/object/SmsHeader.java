// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;

/**
 * The fields before the user data of an SMS-DELIVER or SMS-SUBMIT. 3GPP TS 23.040 clauses 9.2.2.1 and 9.2.2.2.
 *
 * @param address originating or destination address; a plus sign before an international one, empty for an alphanumeric one
 * @param userDataAt offset of the user data, behind their length
 */
public record SmsHeader(
        boolean hasUserDataHeader, String address, int protocolIdentifier, int dataCodingScheme, int userDataAt) {
    static final String CLAUSE = "3GPP TS 23.040 clause 9.2.2";

    private static final int USER_DATA_HEADER = 0x40;
    private static final int TIME_STAMP = 7;
    private static final int ALPHANUMERIC = 5;

    /** Bytes of the validity period by the two bits of its format: none, enhanced, relative, absolute. Clause 9.2.3.3. */
    private static final int[] VALIDITY_PERIOD = {0, 7, 1, 7};

    /**
     * Reads the fields.
     *
     * @throws CatDecodingException when the message is another one or ends before its user data
     */
    public static SmsHeader of(SmsTpdu message) throws CatDecodingException {
        SmsType kind = message.value().isEmpty() ? SmsType.RESERVED : message.messageKind();
        boolean deliver = kind == SmsType.DELIVER;
        if (!deliver && kind != SmsType.SUBMIT) {
            throw SmsContent.fault("neither SMS-DELIVER nor SMS-SUBMIT", 0, CLAUSE);
        }
        ByteString tpdu = message.value();
        int digits = deliver ? 1 : 2; // behind the message reference of a SUBMIT
        int identifier = digits < tpdu.length() ? digits + 2 + (tpdu.u8(digits) + 1) / 2 : tpdu.length();
        int time = deliver ? TIME_STAMP : VALIDITY_PERIOD[tpdu.u8(0) >> 3 & 3];
        int userData = identifier + 2 + time + 1;
        if (userData > tpdu.length()) {
            throw SmsContent.fault("message is cut", tpdu.length(), CLAUSE);
        }
        ByteString number = tpdu.slice(digits + 1, identifier);
        boolean alphanumeric = (number.u8(0) >> 4 & 7) == ALPHANUMERIC;
        Optional<String> address = alphanumeric ? Optional.empty() : DialledNumber.number(number);
        return new SmsHeader(
                (tpdu.u8(0) & USER_DATA_HEADER) != 0,
                address.orElse(""),
                tpdu.u8(identifier),
                tpdu.u8(identifier + 1),
                userData);
    }
}
