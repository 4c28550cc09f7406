// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;

/** Status of an additional card reader. ETSI TS 102 223 clause 8.33. */
public record CardReaderStatus(int code) implements ByteObject {
    public CardReaderStatus {
        Bits.u8("card reader status", code);
    }

    /** Identity of the reader, 0 to 7. */
    public int reader() {
        return code & 7;
    }

    public boolean removable() {
        return bit(4);
    }

    public boolean readerPresent() {
        return bit(5);
    }

    public boolean acceptsId1() {
        return bit(6);
    }

    public boolean cardPresent() {
        return bit(7);
    }

    public boolean cardPowered() {
        return bit(8);
    }

    private boolean bit(int number) {
        return ((code >> (number - 1)) & 1) != 0;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.CARD_READER_STATUS;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("reader", reader())
                .put("removable", removable())
                .put("readerPresent", readerPresent())
                .put("acceptsId1", acceptsId1())
                .put("cardPresent", cardPresent())
                .put("cardPowered", cardPowered())
                .toMap();
    }
}
