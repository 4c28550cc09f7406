// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bipline.dm.ByteString;
import org.bipline.dm.server.Psk;
import org.junit.jupiter.api.Test;

class DmAppletParametersTest {
    private static DmAppletParameters mandatory() throws UnknownHostException {
        return new DmAppletParameters()
                .destination(new InetSocketAddress(InetAddress.getByName("192.0.2.7"), 8080))
                .server("srv", "s1")
                .client("card", "c1");
    }

    @Test
    void encodes_the_mandatory_values_in_the_order_of_their_tags() throws Exception {
        assertThat(hex(mandatory()))
                .isEqualTo("800521C0000207" + "81021F90" + "8903737276" + "8A027331" + "8B0463617264" + "8C026331");
    }

    @Test
    void encodes_the_optional_values() throws Exception {
        assertThat(hex(mandatory()
                        .destination(new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 1))
                        .path("/a")
                        .host("h")
                        .networkAccessName("ab.c")
                        .bearerDescription((byte) 3)
                        .bufferSize(1024)
                        .user("u", "p")
                        .nonces(new byte[] {1}, new byte[] {})
                        .schedule(60)
                        .menuText("DM")
                        .storeNodes(400)
                        .storeBytes(3072)
                        .maxMsgSize(512)
                        .maxObjSize(32000)))
                .isEqualTo("801157" + "20010DB8000000000000000000000001" + "81020001" + "82022F61" + "830168"
                        + "8405026162" + "0163" + "850103" + "86020400" + "870175" + "880170"
                        + "8903737276" + "8A027331" + "8B0463617264" + "8C026331"
                        + "8D0101" + "8E00" + "8F02003C" + "9002444D" + "91020190" + "92020C00" + "93020200"
                        + "94027D00");
    }

    @Test
    void encodes_what_failures_cost_and_the_secrets_of_which_those_of_devices_are_made() throws Exception {
        assertThat(hex(mandatory().localPort(1).devices("d", "c").locking(10, 1)))
                .endsWith("95020001" + "970164" + "980163" + "9D020A01");
        assertThatThrownBy(() -> mandatory().locking(128, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mandatory().locking(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void encodes_the_values_of_tls() throws Exception {
        assertThat(hex(mandatory()
                        .preSharedKey(new Psk(ByteString.utf8("card-1"), ByteString.of(new byte[16])))
                        .plainTcp(false)))
                .endsWith("9906636172642D31" + "9A10" + "00".repeat(16) + "9B0101");
        assertThat(hex(mandatory().plainTcp(true))).endsWith("9B0100");
    }

    @Test
    void refuses_tls_only_without_a_key() throws Exception {
        assertThatThrownBy(() -> mandatory().plainTcp(false).encode())
                .hasMessage("transport policy: TLS only, and there is no PSK key");
    }

    @Test
    void encodes_a_further_authority_with_its_rights() throws Exception {
        DmAppletParameters parameters = mandatory()
                .level(2)
                .rights(new AuthorityRights(
                        Set.of(AuthorityRights.Command.ADD, AuthorityRights.Command.EXEC),
                        Set.of(AuthorityRights.Privilege.SECURITY_LOG),
                        List.of("urn:x"),
                        List.of("a*")));
        String value = hex(parameters);
        assertThat(value).endsWith("9C0102" + "9E11" + "800111" + "810104" + "820575726E3A78" + "8302612A");
        assertThat(HexFormat.of().withUpperCase().formatHex(parameters.encodeAuthority()))
                .isEqualTo("A0%02X".formatted(value.length() / 2) + value);
        assertThat(HexFormat.of()
                        .withUpperCase()
                        .formatHex(parameters
                                .path("/" + "x".repeat(63))
                                .host("h".repeat(64))
                                .encodeAuthority()))
                .startsWith("A081B8");
    }

    @Test
    void refuses_what_is_no_further_authority() throws Exception {
        assertThatThrownBy(() -> mandatory().schedule(60).encodeAuthority())
                .hasMessage("tag 8F: only the card as a whole has it");
        DmAppletParameters large = mandatory()
                .path("/" + "x".repeat(63))
                .host("h".repeat(64))
                .networkAccessName("n".repeat(63) + "." + "n".repeat(35));
        assertThatThrownBy(large::encodeAuthority).hasMessageStartingWith("authority: ");
        assertThatThrownBy(() -> mandatory().level(3)).hasMessage("authentication level: 3 is not 1 or 2");
        assertThatThrownBy(() -> mandatory().rights(new AuthorityRights(Set.of(), Set.of(), List.of(""), List.of())))
                .hasMessage("type of rights: '' is not 1 to 64 bytes long");
    }

    @Test
    void names_what_is_missing() {
        assertThatThrownBy(() -> new DmAppletParameters().server("a", "b").encode())
                .hasMessage("missing: data destination address, port, client name, client secret");
    }

    @Test
    void refuses_values_out_of_range_and_does_not_show_a_secret() throws Exception {
        DmAppletParameters parameters = mandatory();
        String secret = "s".repeat(33);
        assertThatThrownBy(() -> parameters.server("srv", secret))
                .hasMessage("server secret: 33 bytes, where 1 to 32 are allowed");
        assertThatThrownBy(() -> parameters.storeNodes(63)).hasMessage("nodes of the store: 63 is not in 64 to 2000");
        assertThatThrownBy(() -> parameters.path("dm")).hasMessage("HTTP path: does not begin with /: dm");
        assertThatThrownBy(() -> parameters.path("/d m")).hasMessageContaining("visible ASCII only");
        assertThatThrownBy(() -> parameters.networkAccessName("a..b")).hasMessageContaining("a label has 1 to 63");
        assertThatThrownBy(() -> parameters.menuText("a@b")).hasMessageContaining("letters, digits and spaces");
        assertThatThrownBy(() -> parameters.bufferSize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parameters.destination(InetSocketAddress.createUnresolved("dm.example", 1)))
                .hasMessage("data destination address: dm.example is not resolved");
    }

    private static String hex(DmAppletParameters parameters) {
        return ByteString.of(parameters.encode()).toHex();
    }
}
