// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;

/**
 * Icons of the items of a menu. ETSI TS 102 223 clause 8.32.
 *
 * @param qualifier bit 1 set: the icons are not self-explanatory
 * @param identifiers records of EF IMG, one byte an item
 */
public record ItemIconIdentifierList(int qualifier, ByteString identifiers) implements TypedObject {
    public ItemIconIdentifierList {
        Bits.u8("icon list qualifier", qualifier);
    }

    static ItemIconIdentifierList decode(ByteString pdu, int from, int to) {
        return new ItemIconIdentifierList(pdu.u8(from), pdu.slice(from + 1, to));
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.ITEM_ICON_IDENTIFIER_LIST;
    }

    @Override
    public int length() {
        return 1 + identifiers.length();
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(qualifier).bytes(identifiers);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("iconListQualifier", qualifier)
                .put("selfExplanatory", (qualifier & 1) == 0)
                .put("iconIdentifiers", identifiers)
                .toMap();
    }
}
