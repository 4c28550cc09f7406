// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.AlphaText;
import org.bipline.cat.tlv.ByteString;

/** Alpha identifier: text for the user, empty when nothing is to be shown. ETSI TS 102 223 clause 8.2. */
public record AlphaIdentifier(ByteString value) implements BytesObject {
    public static AlphaIdentifier of(String text) {
        return new AlphaIdentifier(AlphaText.encode(text));
    }

    public String text() {
        return AlphaText.decode(value);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ALPHA_IDENTIFIER;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("text", text()).toMap();
    }
}
