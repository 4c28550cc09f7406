// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javacard.framework.ISOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WbxmlReaderTest {
    private static final String HEADER = "02a4016a00";

    private final StringBuilder events = new StringBuilder();
    private final WbxmlReader reader = new WbxmlReader((byte) 0, (short) 4, (short) 8);
    private final WbxmlHandler handler = new WbxmlHandler() {
        private boolean inText;

        @Override
        public void begin(byte element) {
            inText = false;
            events.append('<').append(HexFormat.of().toHexDigits(element));
        }

        @Override
        public void content(byte[] buf, short off, short len) {
            if (!inText) {
                events.append(' ');
            }
            inText = true;
            events.append(HexFormat.of().formatHex(buf, off, off + len));
        }

        @Override
        public void end(byte element) {
            inText = false;
            events.append(HexFormat.of().toHexDigits(element)).append('>');
        }
    };

    private String read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        read(bytes, bytes.length);
        return events.toString();
    }

    private void read(byte[] bytes, int pieces) {
        events.setLength(0);
        reader.begin(handler);
        for (int at = 0; at < bytes.length; at += pieces) {
            reader.read(bytes, (short) at, (short) Math.min(pieces, bytes.length - at));
        }
    }

    private short faultOf(String hex) {
        try {
            read(hex);
        } catch (ISOException e) {
            return e.getReason();
        }
        return 0;
    }

    @Test
    void elements_pages_strings_and_opaque_data() {
        assertThat(read(HEADER + "6d 6c 03616200 01 0001 53 c302ff00 01 0000 12 0002 4b 03 00 01 01"))
                .isEqualTo("<2d<2c 61622c><53 ff0053><1212><8b8b>2d>");
        assertThat(reader.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01a4016a00",
                "02a4016a00",
                "03a4016a00",
                "029f536a00",
                "02016a00",
                "02a4010300",
                "0200006a03414200",
            })
    void versions_1_1_to_1_3_and_any_public_identifier_are_taken(String header) {
        assertThat(read(header + "2d")).isEqualTo("<2d2d>");
    }

    @Test
    void strings_of_the_table_are_looked_up() {
        assertThat(read("02a4016a06 616200636400 6d 8303 8304 8300 01")).isEqualTo("<2d 63646461622d>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "7f", "8100", "8f7f", "9000", "81ac2c", "83ff7f", "848000", "87d804", "c3ff7f"})
    void entities_become_utf_8(String number) {
        int point = 0;
        for (byte b : HexFormat.of().parseHex(number)) {
            point = (point << 7) | (b & 0x7F);
        }
        String utf8 = HexFormat.of().formatHex(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        assertThat(read(HEADER + "6d02" + number + "01")).isEqualTo("<2d " + utf8 + "2d>");
    }

    @ParameterizedTest
    @CsvSource({
        "04a4016a00,6F01",
        "00a4016a00,6F01",
        "02a4010400,6F02",
        "02a4016a09,6F03",
        "02ffffffffff7f,6F04",
        HEADER + "6dc3848080,0",
        HEADER + "6dc3848000,6F04",
        HEADER + "6d04,6F05",
        HEADER + "6d40,6F05",
        HEADER + "6d43,6F05",
        HEADER + "6dc0,6F05",
        HEADER + "ad,6F06",
        HEADER + "6d6d6d6d6d,6F07",
        HEADER + "01,6F08",
        HEADER + "2d00,6F09",
        HEADER + "2d2d,6F09",
        "02a4016a02 4100 6d8302,6F0A",
        "02a4016a02 4141 6d8300,6F0A",
        HEADER + "6d0200,6F0B",
        HEADER + "6d0283b000,6F0B",
        HEADER + "6d02c48000,6F0B",
        HEADER + "6d02ffffffff7f,6F04",
        HEADER + "030001,6F0C",
        HEADER + "c300,6F0C",
    })
    void what_is_no_document_is_a_fault(String hex, String fault) {
        assertThat(faultOf(hex)).isEqualTo((short) Integer.parseInt(fault, 16));
    }

    @Test
    void unknown_pages_are_told_apart() {
        assertThat(read(HEADER + "6d 0003 4b01 00ff 0b 0000 0b 01")).isEqualTo("<2d<cbcb><cbcb><0b0b>2d>");
    }

    @Test
    void pieces_of_any_size_give_the_same_and_no_truncated_document_is_complete() {
        byte[] document = HexFormat.of()
                .parseHex("0300006a056100626300" + "6d" + "6c03616200" + "8302" + "0281" + "7f" + "01" + "0001"
                        + "53c303ff000101" + "000012" + "01");
        read(document, document.length);
        String whole = events.toString();
        assertThat(whole).isEqualTo("<2d<2c 61626263c3bf2c><53 ff000153><1212>2d>");
        for (int pieces = 1; pieces < document.length; pieces++) {
            read(document, pieces);
            assertThat(events.toString()).isEqualTo(whole);
        }
        for (int length = 0; length < document.length; length++) {
            byte[] part = java.util.Arrays.copyOf(document, length);
            read(part, Math.max(1, length));
            assertThat(reader.isComplete()).isFalse();
        }
    }
}
