// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;

/**
 * Icon identifier. ETSI TS 102 223 clause 8.31.
 *
 * @param qualifier bit 1 set: the icon is not self-explanatory
 * @param identifier record of EF IMG
 */
public record IconIdentifier(int qualifier, int identifier) implements TypedObject {
    public IconIdentifier {
        Bits.u8("icon qualifier", qualifier);
        Bits.u8("icon identifier", identifier);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ICON_IDENTIFIER;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(qualifier).u8(identifier);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("iconQualifier", qualifier)
                .put("selfExplanatory", (qualifier & 1) == 0)
                .put("iconIdentifier", identifier)
                .toMap();
    }
}
