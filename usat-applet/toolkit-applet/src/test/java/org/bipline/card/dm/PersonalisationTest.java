// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.bipline.card.ScriptedMe;
import org.bipline.uicc.runtime.PowerCutException;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.vm.MemoryWatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Authorities that are added by STORE DATA until the personalisation is over. */
class PersonalisationTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String AID = "F06269706C0301";
    private static final String SELECT_ITEM = "24";

    private Uicc card = card("");

    private static Uicc card(String more) {
        Uicc card = Uicc.builder()
                .applet(
                        DmApplet.class,
                        HEX.parseHex("F06269706C03"),
                        HEX.parseHex(AID),
                        HEX.parseHex("0101200101010100" + "0000"),
                        HEX.parseHex("8005217F000001" + "81021F90" + "8903737276" + "8A027331" + "8B0463617264"
                                + "8C026331" + more))
                .build();
        select(card);
        return card;
    }

    private static void select(Uicc card) {
        card.reset();
        card.transmit(HEX.parseHex("00A4040007" + AID));
    }

    private static String authority(String name, String more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Card.tlv(out, 0xA0, Card.authority(name, "s2", "c2", more));
        return HEX.formatHex(out.toByteArray());
    }

    private String storeData(String header, String data) {
        return HEX.formatHex(card.transmit(HEX.parseHex("80E2" + header + "%02X".formatted(data.length() / 2) + data)));
    }

    private String more(String data) {
        return storeData("1000", data);
    }

    private String last(String data) {
        return storeData("9001", data);
    }

    /** The authorities that the user may choose among; empty where there is one only. */
    private String choice() {
        ScriptedMe me = new ScriptedMe(card);
        me.answer(0x24, "10");
        me.selectMenu();
        return me.commands().stream()
                .filter(command -> command.startsWith(SELECT_ITEM, 6))
                .findAny()
                .map(command -> new String(HEX.parseHex(command), ISO_8859_1).replaceAll("[^a-z0-9.]", " "))
                .orElse("");
    }

    @Test
    @Tag("SEC-1")
    void authorities_are_added_one_by_one_until_the_last_block() {
        assertThat(more(authority("two.example", ""))).isEqualTo("9000");
        assertThat(more(authority("three.example", "9E038001029B0100"))).isEqualTo("9000");
        assertThat(last(authority("four.example", "900454657874"))).isEqualTo("9000");
        assertThat(last("")).isEqualTo("6985");
        assertThat(choice())
                .contains("srv", "two.example", "three.example", "ext")
                .doesNotContain("four");
    }

    @Test
    @Tag("SEC-1")
    void after_the_last_block_nobody_adds_one_and_nothing_changes() {
        assertThat(last("")).isEqualTo("9000");
        assertThat(more(authority("rogue.example", ""))).isEqualTo("6985");
        assertThat(last(authority("rogue.example", ""))).isEqualTo("6985");
        assertThat(choice()).isEmpty();
        card = card("");
        assertThat(more(authority("rogue.example", "")))
                .as("it is the lock that stops him")
                .isEqualTo("9000");
        assertThat(choice()).contains("rogue.example");
    }

    @Test
    @Tag("SEC-1")
    void the_first_terminal_profile_ends_it_too() {
        new ScriptedMe(card);
        select(card);
        assertThat(more(authority("rogue.example", ""))).isEqualTo("6985");
        assertThat(choice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1000, '', 6700",
        "1000, 8000, 6A80",
        "1000, A00000, 6700",
        "1000, A001, 6700",
        "0000, A000, 6A86",
        "8000, A000, 6A86",
        "1000, A000, 6F80",
        "1000, A005800321, 6700",
    })
    void blocks_that_are_none_are_refused(String header, String data, String status) {
        assertThat(storeData(header, data)).isEqualTo(status);
        assertThat(choice()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "two.example, 8000, 6F80",
        "two.example, 820178, 6F82",
        "two.example, 8301, 6F83",
        "two.example, 8F020001, 6F8F",
        "two.example, 91020190, 6F91",
        "two.example, A000, 6FA0",
        "two.example, 990161, 6F9A",
        "two.example, 9A1000112233445566778899AABBCCDDEEFF, 6F99",
        "two.example, 9B0101, 6F9A",
        "two.example, 9B0102, 6F9B",
        "two.example, 9C0103, 6F9C",
        "two.example, 9D0105, 6F9D",
        "two.example, 9E028000, 6F9E",
        "a*b, '', 6F89",
        "*, '', 6F89",
        "a+b, '', 6F89",
        "a=b, '', 6F89",
        "a b, '', 6F89",
        "a/b, '', 6F89",
        "1, '', 6F89",
        "srv, '', 6A89",
    })
    @Tag("INT-3")
    void a_refusal_names_the_field_and_leaves_no_change(String name, String more, String status) {
        assertThat(last(authority(name, more))).isEqualTo(status);
        assertThat(more(authority("good.example", ""))).as("not locked").isEqualTo("9000");
        assertThat(choice()).contains("good.example").doesNotContain("two.example");
    }

    @Test
    void there_is_room_for_four() {
        for (String name : new String[] {"two", "three", "four"}) {
            assertThat(more(authority(name, ""))).isEqualTo("9000");
        }
        assertThat(more(authority("five", ""))).isEqualTo("6A84");
        assertThat(last("")).isEqualTo("9000");
    }

    @Test
    void further_authorities_may_stand_in_the_install_parameters() {
        card = card(authority("two.example", ""));
        assertThat(choice()).contains("two.example");
    }

    @Test
    @Tag("INT-1")
    void a_loss_of_power_leaves_an_authority_whole_or_not_there() {
        String block = authority("two.example", "9901619A10" + "00112233445566778899AABBCCDDEEFF");
        MemoryWatch whole = card.watchMemory();
        assertThat(last(block)).isEqualTo("9000");
        long writes = whole.persistentWrites();
        assertThat(writes).isGreaterThan(10);
        for (long write = 1; write <= writes; write++) {
            for (boolean inTheMiddle : new boolean[] {false, true}) {
                card = card("");
                card.watchMemory().cutPowerAt(write, inTheMiddle);
                assertThatThrownBy(() -> last(block)).isInstanceOf(PowerCutException.class);
                select(card);
                String again = last(block);
                assertThat(again).as("write %d", write).isIn("9000", "6985");
                assertThat(last("")).isEqualTo("6985");
                assertThat(choice()).contains("srv", "two.example");
            }
        }
    }

    @Test
    @Tag("INT-1")
    void what_a_loss_of_power_left_behind_is_not_taken_for_the_next_one() {
        MemoryWatch watch = card.watchMemory();
        String keyed = authority("two.example", "9901619A10" + "00112233445566778899AABBCCDDEEFF");
        assertThat(more(keyed)).isEqualTo("9000");
        long writes = watch.persistentWrites();
        int plain = 0;
        for (long write = 1; write <= writes; write++) {
            card = card("");
            card.watchMemory().cutPowerAt(write, false);
            assertThatThrownBy(() -> more(keyed)).isInstanceOf(PowerCutException.class);
            select(card);
            assertThat(last(authority("plain.example", ""))).isEqualTo("9000");
            ScriptedMe me = new ScriptedMe(card);
            me.answer(0x24, "00", "900102");
            me.selectMenu();
            if (me.commands().stream().noneMatch(command -> command.contains("74776F2E6578616D706C65"))) {
                plain++;
                assertThat(new String(me.sent(), ISO_8859_1))
                        .as("without the key that was there, write %d", write)
                        .startsWith("POST /dm HTTP/1.1\r\nHost: plain.example");
            }
        }
        assertThat(plain).isGreaterThan(10);
    }

    @Test
    @Tag("MO-4")
    void the_user_chooses_whose_session_it_is() {
        assertThat(last(authority("two.example", "82022F78"))).isEqualTo("9000");
        ScriptedMe me = new ScriptedMe(card);
        me.answer(0x24, "00", "900102");
        me.selectMenu();
        assertThat(new String(me.sent(), ISO_8859_1)).startsWith("POST /x HTTP/1.1\r\nHost: two.example\r\n");
        me.dropLink();
        me.answer(0x24, "10");
        me.selectMenu();
        assertThat(me.sent()).isEmpty();
        me.answer(0x24, "00", "900101");
        me.selectMenu();
        assertThat(new String(me.sent(), ISO_8859_1)).startsWith("POST /dm HTTP/1.1\r\nHost: srv\r\n");
    }
}
