// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtTree;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyncMlCodecTest {
    private static final String HEADER =
            "<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>"
                    + "<MsgID>7</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr>";

    private static SyncMl readXml(String header, String body) throws SyncMlException {
        return SyncMlCodec.XML.decode(
                ("<SyncML>" + header + "<SyncBody>" + body + "</SyncBody></SyncML>").getBytes(UTF_8));
    }

    private static Item readItem(String item) throws SyncMlException {
        SyncMl message = readXml(HEADER, "<Add><CmdID>1</CmdID><Item>" + item + "</Item></Add>");
        return ((Command.Add) message.body().commands().getFirst()).items().getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void reads_what_it_wrote(SyncMlCodec codec) throws Exception {
        SyncMl message = Messages.everyCommand();

        assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
    }

    @Test
    void writes_the_wbxml_of_a_small_message() {
        SyncMl message = Messages.of(Command.Get.of("1", Item.target("./DevInfo")));
        String header = "02A4016A00" + "6D6C71" + "03312E3200" + "01";

        assertThat(ByteString.of(SyncMlCodec.WBXML.encode(message)).toHex())
                .startsWith(header)
                .endsWith("6B" + "534B03310001" + "546E5703"
                        + ByteString.utf8("./DevInfo").toHex() + "00" + "01010101" + "12" + "0101");
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.syncml.dm+wbxml, WBXML",
        "application/vnd.syncml.dm+xml, XML",
        "Application/VND.SyncML.dm+XML ; charset=utf-8, XML",
        "application/vnd.syncml+wbxml, WBXML",
        "application/vnd.syncml+xml, XML",
    })
    void is_found_by_media_type(String contentType, SyncMlCodec codec) {
        assertThat(SyncMlCodec.of(contentType)).contains(codec);
        assertThat(SyncMlCodec.of("text/xml")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("INT-3")
    void refuses_every_truncation(SyncMlCodec codec) {
        byte[] message = codec.encode(Messages.everyCommand());

        for (int length = 0; length < message.length; length++) {
            byte[] cut = Arrays.copyOf(message, length);
            assertThatExceptionOfType(SyncMlException.class)
                    .as("cut to %d bytes", length)
                    .isThrownBy(() -> codec.decode(cut));
        }
    }

    @Test
    @Tag("INT-3")
    void gives_the_header_of_a_message_that_is_broken_behind_it() {
        byte[] message = SyncMlCodec.WBXML.encode(Messages.everyCommand());
        byte[] cut = Arrays.copyOf(message, message.length - 1);

        assertThatExceptionOfType(SyncMlException.class)
                .isThrownBy(() -> SyncMlCodec.WBXML.decode(cut))
                .satisfies(e ->
                        assertThat(e.header()).contains(Messages.everyCommand().header()));
        assertThatExceptionOfType(SyncMlException.class)
                .isThrownBy(() -> SyncMlCodec.WBXML.decode(Arrays.copyOf(message, 40)))
                .satisfies(e -> assertThat(e.header()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <Get><Item/></Get>                                          | Get has no CmdID
                    <Status><CmdID>1</CmdID></Status>                           | Status has no MsgRef
                    <Results><CmdID>1</CmdID></Results>                         | Results has no CmdRef
                    <Alert><CmdID>1</CmdID><Data>x</Data></Alert>               | element Data is 'x', expected a number
                    <Alert><CmdID>1</CmdID><Data>10000</Data></Alert>           | code 10000 in Alert
                    <Get><CmdID>1</CmdID><Data>1</Data></Get>                   | element Data in element Get
                    <Get><CmdID>1</CmdID><Own/></Get>                           | element Own in element Get
                    <Get><CmdID>1</CmdID><Get><CmdID>2</CmdID></Get></Get>      | element Get in element Get
                    <Get><CmdID>1</CmdID>x</Get>                                | text in element Get
                    <Item/>                                                     | element Item in element SyncBody
                    <Add><CmdID>1</CmdID><Item><Target/></Item></Add>           | Target has no LocURI
                    <Add><CmdID>1</CmdID><Item><Meta><Size>-1</Size></Meta></Item></Add> | element Size is '-1'
                    <Add><CmdID>1</CmdID><Item><Data><b/></Data></Item></Add>   | element b in element Data
                    <Status><CmdID>1</CmdID><Chal/></Status>                    | Chal has no Meta
                    """)
    void refuses(String body, String fault) {
        assertThatExceptionOfType(SyncMlException.class)
                .isThrownBy(() -> readXml(HEADER, body))
                .withMessageContaining(fault)
                .satisfies(e -> assertThat(e.header()).isPresent());
    }

    @Test
    void refuses_a_header_that_lacks_a_part() {
        for (String part : List.of("VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source")) {
            String header = HEADER.replaceFirst("<" + part + ">.*</" + part + ">", "");
            assertThatExceptionOfType(SyncMlException.class)
                    .isThrownBy(() -> readXml(header, ""))
                    .withMessageContaining("SyncHdr has no " + part);
        }
        assertThatExceptionOfType(SyncMlException.class)
                .isThrownBy(() -> readXml("", ""))
                .withMessageContaining("element SyncBody in element SyncML");
    }

    @Test
    void reads_xml_with_any_prefix_or_none_and_passes_over_what_dm_does_not_use() throws Exception {
        String plain = "<SyncML>" + HEADER
                + "<SyncBody><Get><CmdID>1</CmdID><NoResp/><Lang>en</Lang><Cred><Data>x</Data></Cred>"
                + "<Meta><Type>t</Type></Meta><Item><Target><LocURI> ./x\n</LocURI></Target></Item></Get><Final/></SyncBody></SyncML>";
        String prefixed = plain.replace("<Type>", "<m:Type xmlns:m='syncml:metinf' a='b'>")
                .replace("</Type>", "</m:Type>")
                .replaceAll("<(/?)([A-Z])", "<$1s:$2")
                .replace("<s:SyncML>", "<s:SyncML xmlns:s='SYNCML:SYNCML1.2'>");
        SyncMl expected = new SyncMl(
                SyncHdr.builder()
                        .sessionId("1")
                        .msgId(7)
                        .target(Location.of("a"))
                        .source(Location.of("b"))
                        .build(),
                new SyncBody(
                        List.of(new Command.Get(
                                "1", Optional.of(Meta.builder().type("t").build()), List.of(Item.target("./x")))),
                        true));

        assertThat(SyncMlCodec.XML.decode(plain.getBytes(UTF_8))).isEqualTo(expected);
        assertThat(SyncMlCodec.XML.decode(prefixed.getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void reads_commands_that_dm_does_not_use_as_unsupported() throws Exception {
        SyncMl message = readXml(
                HEADER,
                "<Put><CmdID>1</CmdID><Item/></Put><Own><CmdID>2</CmdID><X>y</X></Own>"
                        + "<Sequence><CmdID>3</CmdID><Map><CmdID>4</CmdID></Map></Sequence>");

        assertThat(message.body().commands())
                .containsExactly(
                        new Command.Unsupported("1", "Put"),
                        new Command.Unsupported("2", "Own"),
                        new Command.Sequence("3", Optional.empty(), List.of(new Command.Unsupported("4", "Map"))));
    }

    @Test
    void keeps_data_as_they_are_and_strips_blanks_of_everything_else() throws Exception {
        assertThat(readItem("<Target><LocURI>\n ./a </LocURI></Target><Data> a \n</Data>"))
                .isEqualTo(Item.builder().target("./a").data(" a \n").build());
        assertThat(readItem("<Data><![CDATA[<x/>]]>&amp;</Data>").data()).contains(Data.text("<x/>&"));
        assertThat(readItem("<Data/>").data()).contains(Data.text(""));
        assertThat(readItem("").data()).isEmpty();
    }

    @Test
    void takes_the_format_of_the_item_before_that_of_the_command() throws Exception {
        SyncMl message = readXml(
                HEADER,
                "<Add><CmdID>1</CmdID><Meta><Format>bin</Format></Meta><Item><Data>AAE=</Data></Item>"
                        + "<Item><Meta><Format>b64</Format></Meta><Data>AAE=</Data></Item></Add>");

        assertThat(((Command.Add) message.body().commands().getFirst()).items())
                .extracting(Item::data)
                .containsExactly(Optional.of(Data.binary(ByteString.hex("0001"))), Optional.of(Data.text("AAE=")));
    }

    @Test
    void keeps_text_of_format_bin_that_is_no_base64() throws Exception {
        assertThat(readItem("<Meta><Format>bin</Format></Meta><Data>no base64!</Data>")
                        .data())
                .contains(Data.text("no base64!"));
    }

    @Test
    void reads_a_tree_in_data() throws Exception {
        Item item =
                readItem("<Data>\n<MgmtTree xmlns='syncml:dmddf1.2'><Node><NodeName>a</NodeName><Value>1</Value></Node>"
                        + "</MgmtTree>\n</Data>");

        assertThat(item.data().orElseThrow()).isInstanceOfSatisfying(Data.Tree.class, data -> {
            MgmtTree tree = data.tree();
            assertThat(tree.nodes().getFirst().value()).contains(NodeValue.text("1"));
        });
    }

    @Test
    void reads_opaque_data_as_text_unless_the_format_is_bin_or_they_are_no_text() throws Exception {
        for (String octets : List.of("C3A4", "C328")) {
            SyncMl message = Messages.of(Command.Add.of(
                    "1", Item.builder().data(ByteString.hex(octets)).build()));
            SyncMl read = SyncMlCodec.WBXML.decode(SyncMlCodec.WBXML.encode(message));
            Data data = ((Command.Add) read.body().commands().getFirst())
                    .items()
                    .getFirst()
                    .data()
                    .orElseThrow();

            assertThat(data)
                    .isEqualTo(octets.equals("C3A4") ? Data.text("\u00E4") : Data.binary(ByteString.hex(octets)));
        }
    }

    @Test
    void writes_no_character_that_xml_cannot_carry() {
        SyncMl message = Messages.of(Command.Add.of("1", Item.text("a\u0001")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SyncMlCodec.XML.encode(message))
                .withMessageContaining("U+0001");
        assertThat(SyncMlCodec.WBXML.encode(message)).isNotEmpty();
    }

    @Test
    @Tag("SEC-6")
    void shows_neither_values_nor_secrets() {
        SyncMl message = Messages.of(Command.Add.of(
                "1", Item.builder().meta(Meta.of(Format.CHR)).data("TOPSECRET").build()));

        assertThat(message.toString()).doesNotContain("TOPSECRET").contains("9 characters");
    }
}
