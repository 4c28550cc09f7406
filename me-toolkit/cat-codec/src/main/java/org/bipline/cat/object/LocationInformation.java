// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Location information: mobile country and network code, location area or tracking area code, cell identity where there is
 * one. ETSI TS 102 223 clause 8.19, 3GPP TS 31.111 clause 8.19.
 */
public record LocationInformation(ByteString value) implements BytesObject {
    private static final int NG_RAN_LENGTH = 11;

    /**
     * A cell of GERAN or UTRAN.
     *
     * @param plmn mobile country code and network code, five or six digits
     * @param areaCode location area code, 16 bits
     * @param cellIdentity 16 bits
     */
    public static LocationInformation of(String plmn, int areaCode, int cellIdentity) {
        if (!plmn.matches("[0-9]{5,6}")) {
            throw new IllegalArgumentException("PLMN " + plmn);
        }
        Bits.u16("area code", areaCode);
        Bits.u16("cell identity", cellIdentity);
        int third = plmn.length() == 6 ? digit(plmn, 5) : 0xF;
        return new LocationInformation(new ByteSink(7)
                .u8((digit(plmn, 1) << 4) | digit(plmn, 0))
                .u8((third << 4) | digit(plmn, 2))
                .u8((digit(plmn, 4) << 4) | digit(plmn, 3))
                .u16(areaCode)
                .u16(cellIdentity)
                .toByteString());
    }

    private static int digit(String digits, int index) {
        return digits.charAt(index) - '0';
    }

    /** Mobile country code and network code: five or six digits. */
    public String plmn() {
        return SemiOctets.plmn(value.slice(0, 3));
    }

    /** Location area code or tracking area code of 16 bits, or tracking area code of 24 bits in NG-RAN. */
    public int areaCode() {
        return isNgRan() ? (value.u16(3) << 8) | value.u8(5) : value.u16(3);
    }

    /**
     * The cell identity: two bytes in GERAN, four with the extended cell identity in UTRAN, four with 28 bits in E-UTRAN,
     * five with 36 bits in NG-RAN; empty when there is none.
     */
    public ByteString cellIdentity() {
        return value.slice(isNgRan() ? 6 : 5);
    }

    private boolean isNgRan() {
        return value.length() == NG_RAN_LENGTH;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.LOCATION_INFORMATION;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("plmn", plmn())
                .put("areaCode", areaCode())
                .put("cellIdentity", cellIdentity())
                .toMap();
    }
}
