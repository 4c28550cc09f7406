// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javacard.framework.ISOException;
import org.bipline.card.bip.ChannelParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallParametersTest {
    private Authorities authorities = new Authorities();

    /** The mandatory ones: 127.0.0.1, port 8080, server "srv" with secret "s1", client "card" with secret "c1". */
    private static final List<String> MANDATORY =
            List.of("8005217F000001", "81021F90", "8903737276", "8A027331", "8B0463617264", "8C026331");

    @Test
    void fills_in_the_defaults() {
        InstallParameters parameters = parse(MANDATORY);
        Authority authority = authorities.get((byte) 0);

        assertThat(value(authority.channel.destinationAddress)).containsExactly(0x21, 127, 0, 0, 1);
        assertThat(authority.channel.port).isEqualTo((short) 8080);
        assertThat(authority.channel.transportProtocol).isEqualTo(ChannelParameters.TCP_CLIENT_REMOTE);
        assertThat(value(authority.channel.bearerDescription)).containsExactly(3);
        assertThat(authority.channel.bufferSize).isEqualTo((short) 1500);
        assertThat(value(authority.channel.networkAccessName)).isEmpty();
        assertThat(value(authority.channel.userLogin)).isEmpty();
        assertThat(value(authority.channel.userPassword)).isEmpty();
        assertThat(value(authority.requestPath)).isEqualTo("/dm".getBytes(US_ASCII));
        assertThat(value(authority.host)).isEqualTo("srv".getBytes(US_ASCII));
        assertThat(value(authority.serverId)).isEqualTo("srv".getBytes(US_ASCII));
        assertThat(value(authority.clientName)).isEqualTo("card".getBytes(US_ASCII));
        assertThat(digestOfCard(authority.credentials)).isEqualTo(Card.digest("card", "c1", new byte[0]));
        assertThat(value(authority.rights)).isEmpty();
        assertThat(authorities.count()).isEqualTo((byte) 1);
        assertThat(parameters.schedule).isZero();
        assertThat(parameters.menuText).isEqualTo("Device management".getBytes(US_ASCII));
        assertThat(parameters.storeNodes).isEqualTo((short) 400);
        assertThat(parameters.storeBytes).isEqualTo((short) 24576);
        assertThat(parameters.maxMsgSize).isEqualTo((short) 1536);
        assertThat(parameters.maxObjSize).isEqualTo((short) 24576);
    }

    @Test
    void takes_every_parameter_in_any_order() {
        InstallParameters parameters = parse(List.of(
                "94027D00",
                "93024000",
                "92020C00",
                "910207D0",
                "90024869",
                "8F02FFFF",
                "8E00",
                "8D0401020304",
                "8803707764",
                "8702756C",
                "86027FFF",
                "850702030403041F02",
                "840904746573740361706E",
                "830168",
                "82022F78",
                "8C016B",
                "8B0163",
                "8A0173",
                "890153",
                "8102FFFF",
                "80115720010DB8000000000000000000000001"));
        Authority authority = authorities.get((byte) 0);

        assertThat(value(authority.channel.destinationAddress)).hasSize(17).startsWith(0x57, 0x20, 0x01);
        assertThat(authority.channel.port).isEqualTo((short) 65535);
        assertThat(authority.channel.bufferSize).isEqualTo((short) 32767);
        assertThat(value(authority.channel.userLogin)).isEqualTo("ul".getBytes(US_ASCII));
        assertThat(value(authority.channel.userPassword)).isEqualTo("pwd".getBytes(US_ASCII));
        assertThat(value(authority.channel.bearerDescription)).containsExactly(2, 3, 4, 3, 4, 0x1F, 2);
        assertThat(value(authority.requestPath)).isEqualTo("/x".getBytes(US_ASCII));
        assertThat(parameters.schedule).isEqualTo((short) 65535);
        assertThat(digestOfCard(authority.credentials)).isEqualTo(Card.digest("c", "k", new byte[] {1, 2, 3, 4}));
        assertThat(parameters.menuText).isEqualTo("Hi".getBytes(US_ASCII));
        assertThat(parameters.storeNodes).isEqualTo((short) 2000);
        assertThat(parameters.storeBytes).isEqualTo((short) 3072);
        assertThat(parameters.maxMsgSize).isEqualTo((short) 16384);
        assertThat(parameters.maxObjSize).isEqualTo((short) 32000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void refuses_a_missing_mandatory_parameter(int index) {
        List<String> some = new ArrayList<>(MANDATORY);
        some.remove(index);

        assertRefused(some);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7F00",
                "9500",
                "9F00",
                "A000",
                "0000", // unknown tags
                "8903737276",
                "8D00", // repeated, see below
                "81",
                "8102",
                "810200", // cut
                "8281012F",
                "8280", // length in a longer form
            })
    void refuses_unknown_repeated_and_malformed_objects(String extra) {
        assertRefused(with("8D00", extra));
    }

    @ParameterizedTest
    @CsvSource({
        "80, 21",
        "80, 217F0000",
        "80, 217F00000100",
        "80, 22" + "7F000001",
        "80, 57" + "7F000001",
        "80, ''",
        "81, 0000",
        "81, 1F",
        "81, 001F90",
        "82, ''",
        "82, 646D",
        "82, 2F20",
        "82, 2F0D0A",
        "82, 2FC3A4",
        "83, ''",
        "83, 68206F",
        "83, 680A",
        "84, ''",
        "84, 746573742E61706E",
        "84, 0474657374" + "04" + "6170",
        "84, 0074657374",
        "84, 00",
        "85, ''",
        "86, 0000",
        "86, 8000",
        "86, 05",
        "87, ''",
        "88, ''",
        "89, ''",
        "8A, ''",
        "8B, ''",
        "8C, ''",
        "8F, 01",
        "90, ''",
        "91, 003F",
        "91, 07D1",
        "92, 0BFF",
        "92, 7D01",
        "93, 01FF",
        "93, 4001",
        "94, 01FF",
        "94, 7D01",
        "94, FFFF",
    })
    void refuses_values_out_of_range(String tag, String value) {
        assertRefused(with(tag + String.format("%02X", value.length() / 2) + value));
    }

    @ParameterizedTest
    @CsvSource({
        "82, 64", "83, 64", "84, 100", "85, 16", "87, 32", "88, 32", "89, 32", "8A, 32", "8B, 32", "8C, 32", "8D, 16",
        "8E, 16", "90, 32"
    })
    void takes_the_longest_value_and_refuses_one_byte_more(String tag, int max) {
        parse(with(longest(tag, max)));

        assertRefused(with(longest(tag, max + 1)));
    }

    @Test
    void takes_the_parameters_of_local_sessions() {
        InstallParameters parameters = parse(with("95021F91", "960164", "97023132", "980133"));

        assertThat(parameters.localPort).isEqualTo((short) 8081);
        assertThat(parameters.deviceName).containsExactly('d');
        assertThat(parameters.deviceSecret).containsExactly('1', '2');
        assertThat(parameters.cardSecret).containsExactly('3');
        assertThat(parse(with("95021F91")).deviceName).isNull();
        assertThat(parse(with("95021F91", "970131", "980133")).deviceName)
                .as("each device has its own")
                .isNull();
        assertThat(parse(with("8D00")).localPort).isZero();
    }

    @Test
    void refuses_credentials_of_local_sessions_that_are_not_whole_or_have_no_port() {
        assertRefused(with("95021F91", "960164", "970131"));
        assertRefused(with("95021F91", "960164", "980133"));
        assertRefused(with("970131", "980133"));
        assertRefused(with("960164", "970131", "980133"));
        assertRefused(with("95020000"));
        assertRefused(with("950150"));
    }

    @Test
    void refuses_a_server_identifier_that_cannot_stand_for_the_host() {
        assertRefused(with("890373C3A4"));
        parse(with("890373C3A4", "830168"));
    }

    @Test
    void refuses_every_truncation_in_the_middle_of_an_object() {
        byte[] whole = HexFormat.of().parseHex(String.join("", MANDATORY));
        for (int len = 0; len < whole.length; len++) {
            byte[] part = Arrays.copyOf(whole, len);
            assertThatThrownBy(() -> new InstallParameters(part, (short) 0, (short) part.length, new Authorities()))
                    .isInstanceOf(ISOException.class);
        }
    }

    /** The mandatory parameters, those with the same tag replaced, and then the rest. */
    private static List<String> with(String... objects) {
        List<String> all = new ArrayList<>(MANDATORY);
        for (String object : objects) {
            String tag = object.substring(0, 2);
            boolean repeats = object.equals(MANDATORY.get(2));
            if (!repeats) {
                all.removeIf(o -> o.startsWith(tag) && MANDATORY.contains(o));
            }
            all.add(object);
        }
        return all;
    }

    private static String longest(String tag, int length) {
        String value = switch (tag) {
            case "84" -> "3F" + "61".repeat(63) + String.format("%02X", length - 65) + "61".repeat(length - 65);
            case "82" -> "2F".repeat(length);
            default -> "61".repeat(length);
        };
        return tag + String.format("%02X", length) + value;
    }

    private void assertRefused(List<String> objects) {
        assertThatThrownBy(() -> parse(objects))
                .isInstanceOfSatisfying(
                        ISOException.class, e -> assertThat(e.getReason()).isEqualTo((short) 0x6A80));
    }

    /** Parses at an offset, as INSTALL gives it. */
    private InstallParameters parse(List<String> objects) {
        byte[] value = HexFormat.of().parseHex(String.join("", objects));
        byte[] buf = new byte[value.length + 7];
        System.arraycopy(value, 0, buf, 5, value.length);
        authorities = new Authorities();
        return new InstallParameters(buf, (short) 5, (short) value.length, authorities);
    }

    private static byte[] value(byte[] withLength) {
        return Arrays.copyOfRange(withLength, 1, 1 + withLength[0]);
    }

    private static String digestOfCard(Credentials credentials) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        credentials.takeUpOwnNonce();
        credentials.writeOwnDigest(Card.sink(out));
        return out.toString(US_ASCII);
    }
}
