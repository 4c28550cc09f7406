// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** Formatting of a text: groups of four bytes as in 3GPP TS 23.040. ETSI TS 102 223 clause 8.72. */
public record TextAttribute(ByteString value) implements BytesObject {
    private static final int GROUP = 4;
    private static final String[] COLOURS = {
        "black",
        "dark grey",
        "dark red",
        "dark yellow",
        "dark green",
        "dark cyan",
        "dark blue",
        "dark magenta",
        "grey",
        "white",
        "bright red",
        "bright yellow",
        "bright green",
        "bright cyan",
        "bright blue",
        "bright magenta"
    };

    @Override
    public DataObjectType type() {
        return DataObjectType.TEXT_ATTRIBUTE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("textFormatting", formats(value)).toMap();
    }

    /** Each group of four bytes: start, length, mode and colour of a stretch of text. 3GPP TS 23.040 clause 9.2.3.24.10.1.1. */
    static List<Object> formats(ByteString value) {
        List<Object> formats = new ArrayList<>();
        for (int at = 0; at < value.length(); at += GROUP) {
            if (value.length() - at < GROUP) {
                formats.add(value.slice(at).toString());
                break;
            }
            int mode = value.u8(at + 2);
            int colour = value.u8(at + 3);
            formats.add(Fields.of()
                    .put("start", value.u8(at))
                    .put("length", value.u8(at + 1))
                    .put("alignment", Fields.code(mode & 3, "left", "centre", "right", "language dependent"))
                    .put("fontSize", Fields.code((mode >> 2) & 3, "normal", "large", "small", "reserved"))
                    .put("styles", Fields.flags(mode >> 4, "bold", "italic", "underlined", "strikethrough"))
                    .put("foregroundColour", Fields.code(colour & 0xF, COLOURS))
                    .put("backgroundColour", Fields.code(colour >> 4, COLOURS))
                    .toMap());
        }
        return formats;
    }
}
