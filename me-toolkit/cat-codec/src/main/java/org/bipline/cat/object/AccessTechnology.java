// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/** Access technologies in use. ETSI TS 102 223 clause 8.61. */
public record AccessTechnology(ByteString value) implements BytesObject {
    /** Technologies by code. ETSI TS 102 223 clause 8.61. */
    public enum Technology implements Coded {
        GSM(0x00),
        TIA_EIA_553(0x01),
        TIA_EIA_136_270(0x02),
        UTRAN(0x03),
        TETRA(0x04),
        TIA_EIA_95_B(0x05),
        CDMA2000_1X(0x06),
        CDMA2000_HRPD(0x07),
        EUTRAN(0x08),
        EHRPD(0x09),
        NG_RAN(0x0A),
        SATELLITE_NG_RAN(0x0B);

        private static final CodeTable<Technology> TABLE = new CodeTable<>(Technology.class);

        private final int code;

        Technology(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        public static Optional<Technology> of(int code) {
            return TABLE.of(code);
        }
    }

    public static AccessTechnology of(Technology technology) {
        return new AccessTechnology(ByteString.of(technology.code()));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ACCESS_TECHNOLOGY;
    }

    @Override
    public Map<String, Object> fields() {
        List<Map<String, Object>> technologies = new ArrayList<>();
        for (int i = 0; i < value.length(); i++) {
            technologies.add(Fields.code(value.u8(i), Technology.of(value.u8(i))));
        }
        return Fields.of().put("technologies", technologies).toMap();
    }
}
