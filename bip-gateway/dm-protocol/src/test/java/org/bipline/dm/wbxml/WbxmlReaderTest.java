// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bipline.dm.ByteString;
import org.bipline.dm.Position;
import org.bipline.dm.markup.ElementReader.Event;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WbxmlReaderTest {
    /** A document as one line: elements in brackets, text as it is, bytes in hexadecimal behind a sharp. */
    private static String read(byte[] document) throws WbxmlException {
        WbxmlReader reader = new WbxmlReader(document);
        StringBuilder text = new StringBuilder();
        for (Event event = reader.next(); event != Event.END_OF_DOCUMENT; event = reader.next()) {
            switch (event) {
                case START -> text.append('<').append(reader.tag().text()).append('>');
                case END -> text.append("</").append(reader.tag().text()).append('>');
                case TEXT -> text.append(reader.text());
                case OPAQUE -> text.append('#').append(reader.opaque());
                default -> throw new AssertionError(event);
            }
        }
        return text.toString();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    numeric identifier             | 02 A4 01 6A 00 6D 01                | <SyncML></SyncML>
                    version 1.1                    | 01 A4 01 6A 00 6D 01                | <SyncML></SyncML>
                    version 1.3                    | 03 A4 01 6A 00 6D 01                | <SyncML></SyncML>
                    SyncML 1.1                     | 02 9F 53 6A 00 6D 01                | <SyncML></SyncML>
                    SyncML 1.0                     | 02 9F 51 6A 00 6D 01                | <SyncML></SyncML>
                    character set not stated       | 02 A4 01 00 00 6D 01                | <SyncML></SyncML>
                    empty element                  | 02 A4 01 6A 00 2D                   | <SyncML></SyncML>
                    inline string                  | 02 A4 01 6A 00 6D 03 C3 A4 00 01    | <SyncML>\u00E4</SyncML>
                    ISO-8859-1                     | 02 A4 01 04 00 6D 03 E4 00 01       | <SyncML>\u00E4</SyncML>
                    opaque data                    | 02 A4 01 6A 00 6D C3 02 00 FF 01    | <SyncML>#00FF</SyncML>
                    long length form               | 02 A4 01 6A 00 6D C3 80 02 00 FF 01 | <SyncML>#00FF</SyncML>
                    entity                         | 02 A4 01 6A 00 6D 02 81 20 01       | <SyncML>\u00A0</SyncML>
                    entity beyond 16 bits          | 02 A4 01 6A 00 6D 02 87 E8 00 01    | <SyncML>\uD83D\uDC00</SyncML>
                    string table                   | 02 A4 01 6A 04 61 00 62 00 6D 83 02 01 | <SyncML>b</SyncML>
                    inside a table string          | 02 A4 01 6A 03 61 62 00 6D 83 01 01 | <SyncML>b</SyncML>
                    literal name                   | 02 A4 01 6A 02 5A 00 6D 44 00 03 78 00 01 04 00 01 | <SyncML><Z>x</Z><Z></Z></SyncML>
                    literal of a known name        | 02 A4 01 6A 05 49 74 65 6D 00 6D 04 00 01 | <SyncML><Item></Item></SyncML>
                    page switch                    | 02 A4 01 6A 00 6D 5A 00 01 47 01 01 00 00 0B 01 | <SyncML><Meta><Format></Format></Meta><CmdID></CmdID></SyncML>
                    page switch without need       | 02 A4 01 6A 00 00 00 00 00 6D 00 01 00 00 01 | <SyncML></SyncML>
                    page switch before content     | 02 A4 01 6A 00 6D 00 01 03 78 00 00 02 C3 01 79 01 | <SyncML>x#79</SyncML>
                    """)
    void reads(String what, String document, String expected) throws WbxmlException {
        assertThat(read(hex(document))).as(what).isEqualTo(expected);
    }

    @Test
    void reads_a_public_identifier_in_the_string_table() throws WbxmlException {
        String id = "-//SYNCML//DTD SyncML 1.2//EN";
        byte[] document = hex("02 00 00 6A 1E" + ascii(id) + "00 6D 03 61 00 01");

        assertThat(read(document)).isEqualTo("<SyncML>a</SyncML>");
        assertThat(new WbxmlReader(document).type()).isEqualTo(WbxmlDocumentType.SYNCML_1_2);
    }

    @Test
    void reads_a_public_identifier_behind_other_strings() throws WbxmlException {
        byte[] document = hex("03 00 02 6A 1D" + "6100" + ascii("-//OMA//DTD-DM-DDF 1.2//EN") + "00 00 02 20");

        assertThat(new WbxmlReader(document).type()).isEqualTo(WbxmlDocumentType.DDF_1_2);
        assertThat(read(document)).isEqualTo("<MgmtTree></MgmtTree>");
    }

    @ParameterizedTest
    @Tag("INT-3")
    @CsvSource(delimiter = '|', textBlock = """
                    00 A4 01 6A 00 6D 01             | 0  | version byte 00
                    04 A4 01 6A 00 6D 01             | 0  | version byte 04
                    02 A4 02 6A 00 6D 01             | 1  | public identifier 0x1202
                    02 00 00 6A 02 61 00 6D 01       | 1  | public identifier 'a'
                    02 00 05 6A 02 61 00 6D 01       | 1  | string table index 5
                    02 A4 01 87 68 00 6D 01          | 5  | character set 1000
                    02 A4 01 6A 09 61 00 6D 01       | 4  | string table of 9 bytes, 4 are left
                    02 A4 01 6A 9F FF FF FF 7F 6D    | 4  | larger than 2147483647
                    02 A4 01 6A 80 80 80 80 80 00 6D | 4  | larger than 2147483647
                    02 A4 01 6A 00                   | 5  | document ends
                    02 A4 01 6A 00 6D                | 6  | document ends
                    02 A4 01 6A 00 6D 01 00          | 7  | 1 bytes after the root element
                    02 A4 01 6A 00 2D 2D             | 6  | 1 bytes after the root element
                    02 A4 01 6A 00 01                | 5  | token 01, expected an element
                    02 A4 01 6A 00 03 61 00          | 5  | token 03, expected an element
                    02 A4 01 6A 00 6D 70 01 01       | 6  | no element has token 30 in code page 0
                    02 A4 01 6A 00 6D 00 03 01       | 6  | code page 03
                    02 A4 01 6A 00 ED 01 01          | 5  | has attributes
                    02 A4 01 6A 00 6D 43 01 01       | 6  | token 43
                    02 A4 01 6A 00 6D 80 00 01       | 6  | token 80
                    02 A4 01 6A 00 6D C0 01          | 6  | token C0
                    02 A4 01 6A 00 6D 03 61          | 6  | inline string has no end
                    02 A4 01 6A 00 6D 03 C3 28 00 01 | 7  | string is not UTF-8
                    02 A4 01 6A 00 6D C3 03 00 00    | 7  | opaque data of 3 bytes, 2 are left
                    02 A4 01 6A 00 6D C3 8F FF FF FF 7F 00 | 7 | larger than 2147483647
                    02 A4 01 6A 00 6D C3 87 FF FF FF 7F 00 | 7 | opaque data of 2147483647 bytes, 1 are left
                    02 A4 01 6A 01 61 6D 83 00 01    | 5  | string of the string table has no end
                    02 A4 01 6A 02 61 00 6D 83 02 01 | 8  | string table index 2
                    02 A4 01 6A 00 6D 02 83 B0 00 01 | 6  | character entity 0xD800
                    02 A4 01 6A 00 6D 02 C4 80 00 01 | 6  | character entity 0x110000
                    """)
    void refuses(String document, int offset, String fault) {
        assertThatExceptionOfType(WbxmlException.class)
                .isThrownBy(() -> read(hex(document)))
                .withMessageContaining(fault)
                .satisfies(e -> assertThat(e.position()).isEqualTo(new Position.Offset(offset)));
    }

    @Test
    @Tag("INT-3")
    void refuses_elements_nested_without_end() {
        byte[] document = hex("02 A4 01 6A 00" + "6D".repeat(10_000));

        assertThatExceptionOfType(WbxmlException.class)
                .isThrownBy(() -> read(document))
                .withMessageContaining("nested deeper than 64");
    }

    @Test
    void reads_what_the_writer_writes_at_the_borders_of_length_forms() throws WbxmlException {
        for (int length : new int[] {0, 1, 127, 128, 255, 256, 16383, 16384, 2_100_000}) {
            ByteString bytes = ByteString.of(new byte[length]);
            WbxmlWriter writer = new WbxmlWriter(WbxmlDocumentType.SYNCML_1_2);
            writer.start(org.bipline.dm.markup.SyncMlTag.SYNC_ML);
            writer.binary(bytes);
            writer.end();
            WbxmlReader reader = new WbxmlReader(writer.toByteArray());
            reader.next();

            assertThat(reader.next()).isEqualTo(Event.OPAQUE);
            assertThat(reader.opaque()).isEqualTo(bytes);
        }
    }
}
