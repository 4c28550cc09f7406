// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Language: two letters of ISO 639. ETSI TS 102 223 clause 8.45. */
public record Language(ByteString value) implements BytesObject {
    public static Language of(String letters) {
        if (letters.length() != 2) {
            throw new IllegalArgumentException("language " + letters);
        }
        return new Language(ByteString.of(letters.charAt(0), letters.charAt(1)));
    }

    public String letters() {
        return "" + (char) value.u8(0) + (char) value.u8(1);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.LANGUAGE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("language", letters()).toMap();
    }
}
