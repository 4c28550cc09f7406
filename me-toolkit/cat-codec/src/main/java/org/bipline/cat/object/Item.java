// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.text.AlphaText;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/** Item of a menu; an empty one removes the menu. ETSI TS 102 223 clause 8.9. */
public record Item(ByteString value) implements BytesObject {
    public static Item of(int identifier, String text) {
        ByteString alpha = AlphaText.encode(text);
        return new Item(
                new ByteSink(1 + alpha.length()).u8(identifier).bytes(alpha).toByteString());
    }

    /** Whether the item has no identifier and no text. */
    public boolean isNull() {
        return value.isEmpty();
    }

    /** Identifier 1 to 255, or 0 for an empty item. */
    public int identifier() {
        return isNull() ? 0 : value.u8(0);
    }

    public String text() {
        return isNull() ? "" : AlphaText.decode(value.slice(1));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ITEM;
    }

    @Override
    public Map<String, Object> fields() {
        return isNull()
                ? Map.of()
                : Fields.of()
                        .put("identifier", identifier())
                        .put("text", text())
                        .toMap();
    }
}
