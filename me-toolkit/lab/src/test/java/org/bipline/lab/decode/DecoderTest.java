// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.ota.OtaKey;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.tlv.ByteString;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private static final String OPEN_CHANNEL =
            "D01C8103014001820281823501033902" + "05DC" + "3C03021F90" + "3E05217F000001";

    private static Decoded decode(String hex) throws Exception {
        return Decoder.decode(ByteString.ofHex(hex), Optional.empty());
    }

    @Test
    void tells_the_kind_from_the_first_byte() throws Exception {
        assertThat(decode(OPEN_CHANNEL).kind()).isEqualTo(Kind.PROACTIVE_COMMAND);
        assertThat(decode("810301400182028281830100").kind()).isEqualTo(Kind.TERMINAL_RESPONSE);
        assertThat(decode("D30782020181900180").kind()).isEqualTo(Kind.ENVELOPE);
        assertThat(decode("D60E19010982028281B802810037010F").name()).isEqualTo("EVENT DOWNLOAD DATA AVAILABLE");
    }

    @Test
    void a_secured_packet_shows_its_header_and_with_keys_what_it_says() throws Exception {
        ByteString packet = ByteString.ofHex(
                "027000" + "00281506192222B00011E87CCEEBB2D93083011CE294F93FC4D8DE80DA1ABAE8C37CA3E72EC4432E5058");
        OtaKeys keys = new OtaKeys(
                2,
                OtaKey.parse("aes:200102030405060708090a0b0c0d0e0f"),
                OtaKey.parse("aes:201102030405060708090a0b0c0d0e0f"),
                8);
        Decoded header = decode(packet.toString());
        assertThat(header.kind()).isEqualTo(Kind.SECURED_PACKET);
        assertThat(header.hex()).isEqualTo(packet.toString());
        assertThat(header.fields())
                .containsEntry("tar", "B00011")
                .containsEntry("check", "cryptographic checksum")
                .containsEntry("receiptCiphered", true)
                .doesNotContainKey("securedData");
        Decoded opened = Decoder.decode(packet, Optional.empty(), Optional.of(keys));
        assertThat(opened.fields())
                .containsEntry("securedData", "00A40004023F00")
                .containsEntry("counter", "0000000000");
        byte[] altered = packet.toBytes();
        altered[20] ^= 1;
        assertThat(Decoder.decode(ByteString.wrap(altered), Optional.empty(), Optional.of(keys))
                        .faults())
                .singleElement()
                .asString()
                .contains("cryptographic checksum is wrong", "ETSI TS 102 225");
        assertThat(decode("027100000E0AB0001100000000000000016132").fields())
                .containsEntry("meaning", "proof of receipt OK")
                .containsEntry("data", "016132");
        assertThatThrownBy(() -> decode("0270000028")).hasMessageContaining("packet is cut");
    }

    @Test
    void an_envelope_shows_the_packet_that_it_brings() throws Exception {
        String tpdu =
                "400881214365877FF6227052000000000302700000201506193535B00011AE733256918D050B87C94FBFE12E4DC402F262C41CF67F2F"
                        .replace("0000000003027000", "0000000025027000");
        Decoded decoded = decode("D13C" + "82028381" + "8B36" + tpdu);
        assertThat(decoded.fields().get("securedPacket").toString()).contains("tar=B00011", "triple DES with two keys");
    }

    @Test
    void json_has_every_part_and_the_bytes_encoded_anew() throws Exception {
        JsonNode json = new ObjectMapper().readTree(DecodedJson.line(decode(OPEN_CHANNEL)));

        assertThat(json.get("kind").asText()).isEqualTo("proactive");
        assertThat(json.get("name").asText()).isEqualTo("OPEN CHANNEL");
        assertThat(json.get("commandNumber").asInt()).isEqualTo(1);
        assertThat(json.get("type").asInt()).isEqualTo(0x40);
        assertThat(json.get("qualifier").asInt()).isEqualTo(1);
        assertThat(json.get("source").asText()).isEqualTo("UICC");
        assertThat(json.get("destination").asText()).isEqualTo("terminal");
        assertThat(json.get("hex").asText()).isEqualTo(OPEN_CHANNEL);
        assertThat(json.get("tlvs")).hasSize(6);
        assertThat(json.get("tlvs").get(3).toString())
                .isEqualTo("{\"tag\":\"39\",\"cr\":false,\"name\":\"Buffer size\",\"value\":\"05DC\","
                        + "\"fields\":{\"bufferSize\":1500}}");
    }

    @Test
    void text_names_what_is_wrong_with_a_command() throws Exception {
        StringWriter text = new StringWriter();
        DecodedText.print(decode("D009" + "8103014001" + "82028182"), new PrintWriter(text));

        List<String> lines = text.toString().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("proactive: OPEN CHANNEL, number 1, qualifier 1, UICC to terminal");
        assertThat(lines).anyMatch(line -> line.startsWith("  wrong: ") && line.contains("Buffer size"));
    }

    @Test
    void shows_a_dm_message_as_xml() throws Exception {
        SyncHdr header = SyncHdr.builder()
                .sessionId("1")
                .msgId(1)
                .target(Location.of("server"))
                .source(Location.of("ICCID:1"))
                .build();
        SyncMl message = new SyncMl(header, new SyncBody(List.of(Command.Alert.of("1", AlertCode.DISPLAY)), true));
        String hex = ByteString.wrap(SyncMlCodec.WBXML.encode(message)).toString();

        Decoded decoded = decode(hex);

        assertThat(decoded.kind()).isEqualTo(Kind.SYNCML);
        assertThat(decoded.source()).contains("ICCID:1");
        assertThat(decoded.hex()).isEqualTo(hex);
        assertThat(decoded.xml().orElseThrow())
                .contains("<LocURI>ICCID:1</LocURI>")
                .contains("<Data>1100</Data>");
    }

    @Test
    void says_where_an_item_is_malformed() {
        assertThatThrownBy(() -> decode("D00A8103014001"))
                .hasMessageContaining("no proactive: length 10 but 5 bytes (offset 1");
        assertThatThrownBy(() -> decode("FF")).hasMessageContaining("say what it is with --as");
        assertThatThrownBy(() -> decode("")).hasMessageContaining("say what it is with --as");
    }
}
