// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.replace;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an authority changes in its account below ./DMAcc. */
class AccountUpdateTest {
    private static final String ADDRESS = "./DMAcc/1/AppAddr/1/Addr";
    private static final String PORT = "./DMAcc/1/AppAddr/1/Port/1/PortNbr";
    private static final String CARD_NAME = "./DMAcc/1/AppAuth/1/AAuthName";
    private static final String CARD_SECRET = "./DMAcc/1/AppAuth/1/AAuthSecret";
    private static final String SERVER_SECRET = "./DMAcc/1/AppAuth/2/AAuthSecret";

    private final Card card = new Card();

    private static byte[] value(byte[] withLength) {
        return Arrays.copyOfRange(withLength, 1, 1 + withLength[0]);
    }

    private byte[] address() {
        return value(card.account.active().channel.destinationAddress);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.255, 210A0000FF",
        "0.0.0.0, 2100000000",
        "1:2:3:4:5:6:7:8, 5700010002000300040005000600070008",
        "2001:db8::1, 5720010DB8000000000000000000000001",
        "::1, 5700000000000000000000000000000001",
        "fe80::, 57FE800000000000000000000000000000",
        "::, 5700000000000000000000000000000000",
        "1:2:3:4:5:6:7::, 5700010002000300040005000600070000",
        "ABCD:ef01::0123:4, 57ABCDEF01000000000000000001230004",
    })
    void an_address_counts_from_the_next_session_on(String text, String expected) {
        assertThat(card.answerTo(replace(2, ADDRESS, text) + replace(3, PORT, "65535")))
                .contains("<Data>200</Data>");
        assertThat(address()).isEqualTo(HexFormat.of().parseHex("217F000001"));
        card.finish();
        assertThat(address()).isEqualTo(HexFormat.of().parseHex(expected));
        assertThat(card.account.active().channel.port).isEqualTo((short) 65535);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AddressText.write(card.account.active().channel.destinationAddress, Card.sink(written));
        assertThat(card.manage(replace(2, ADDRESS, written.toString(java.nio.charset.StandardCharsets.US_ASCII))))
                .containsExactly("2=200");
        assertThat(address())
                .as("as the card writes it")
                .isEqualTo(HexFormat.of().parseHex(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1..2.3",
                "1.2.3.",
                "1.2.3.4x",
                "0001.2.3.4",
                "dm.example",
                ":",
                ":1",
                "1:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3.4"
            })
    @Tag("INT-3")
    void what_is_no_address_is_refused(String text) {
        assertThat(card.manage(replace(2, ADDRESS, text))).containsExactly("2=400");
        assertThat(address()).isEqualTo(HexFormat.of().parseHex("217F000001"));
        assertThat(card.tree(ADDRESS + " ")).containsExactly(ADDRESS + " chr = 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"0", "65536", "-1", "x", "''"})
    @Tag("INT-3")
    void what_is_no_port_is_refused(String text) {
        assertThat(card.manage(replace(2, PORT, text))).containsExactly("2=400");
    }

    @Test
    @Tag("SEC-6")
    void secrets_are_only_taken_and_count_from_the_next_session_on() {
        assertThat(card.manage(get(2, CARD_SECRET) + get(3, SERVER_SECRET))).containsExactly("2=405", "3=405");
        card.answerTo(replace(2, SERVER_SECRET, "qwertyuiopasd")
                + replace(3, CARD_SECRET, "zxcvbnmlkjhg")
                + replace(4, CARD_NAME, "card2"));
        assertThat(card.thenAnswerTo(get(2, "./DMAcc?list=TNDS")))
                .as("still with the old one, and nothing shown")
                .contains("<Data>200</Data>")
                .doesNotContain(HexFormat.of().formatHex(Card.bytes("qwerty")));
        card.finish();
        Memory.assertNowhere(card.store, "qwertyuiopasd");
        Memory.assertNowhere(card.store, "zxcvbnmlkjhg");
        card.start();
        assertThat(card.receive(card.authenticated(get(2, ".") + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(card.send()).as("the old secret").contains("<Data>401</Data>");
        card.session.abort();
        String first = card.as(Card.SERVER, "qwertyuiopasd").start();
        assertThat(first).contains("<LocName>card2</LocName>", Card.digest("card2", "zxcvbnmlkjhg", new byte[0]));
        assertThat(card.receive(card.authenticated(get(2, ".") + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("2=200");
    }

    @Test
    @Tag("INT-1")
    void what_a_session_that_breaks_has_committed_counts_and_the_rest_does_not() {
        card.answerTo(replace(2, SERVER_SECRET, "qwertyuiopasd"));
        card.session.abort();
        card.as(Card.SERVER, "qwertyuiopasd");
        assertThat(card.manage(addLeaf(2, "./MO/x", "1"))).containsExactly("2=200");
        card.start();
        card.receive(card.authenticated(
                "<Atomic><CmdID>2</CmdID>" + replace(3, SERVER_SECRET, "third") + get(4, ".") + "</Atomic><Final/>"));
        assertThat(Card.statuses(card.send())).contains("2=507");
        card.session.abort();
        assertThat(card.manage(get(2, "./MO/x"))).containsExactly("2=200");
    }

    @Test
    @Tag("INT-1")
    void what_was_committed_before_a_loss_of_power_is_taken_over_after_it() {
        card.answerTo(replace(2, SERVER_SECRET, "qwertyuiopasd") + replace(3, ADDRESS, "10.0.0.1"));
        card.session.recover(); // as after a reset: the session's state is gone
        assertThat(address()).isEqualTo(HexFormat.of().parseHex("210A000001"));
        card.session.recover();
        card.as(Card.SERVER, "qwertyuiopasd");
        assertThat(card.manage(get(2, "."))).containsExactly("2=200");
    }

    @ParameterizedTest
    @CsvSource({"0", "33"})
    @Tag("INT-3")
    void secrets_and_names_of_other_lengths_are_refused(int length) {
        for (String leaf : List.of(CARD_SECRET, SERVER_SECRET, CARD_NAME)) {
            assertThat(card.manage(replace(2, leaf, "x".repeat(length)))).containsExactly("2=400");
        }
        assertThat(card.manage(get(2, "."))).as("with the old ones").containsExactly("2=200");
    }

    @Test
    @Tag("SEC-1")
    void an_authority_maintains_its_own_account_and_not_that_of_another() {
        Card two = new Card(Card.authority("two.example", "s2", "c2", "")).as("two.example", "s2");
        String own = "./DMAcc/two.example/AppAuth/2/AAuthSecret";
        assertThat(two.manage(replace(2, own, "new") + replace(3, SERVER_SECRET, "stolen")))
                .containsExactly("2=200", "3=404");
        two.as("two.example", "new");
        assertThat(two.manage(get(2, "./DMAcc/two.example/ServerID"))).containsExactly("2=200");
        two.as(Card.SERVER, Card.SERVER_SECRET);
        assertThat(two.manage(get(2, "./DMAcc/1/ServerID") + replace(3, own, "stolen")))
                .containsExactly("2=200", "3=404");
    }

    @Test
    @Tag("SEC-9")
    void changes_and_refusals_are_in_the_log() {
        Card two = new Card(Card.authority("two.example", "s2", "c2", "")).as("two.example", "s2");
        two.manage(replace(2, "./DMAcc/two.example/AppAddr/1/Addr", "10.0.0.1")
                + get(3, "./Update/Schedule")
                + addLeaf(4, "./Update/x", "1"));
        two.as(Card.SERVER, Card.SERVER_SECRET);
        assertThat(two.answerTo(get(2, "./SecurityLog/Done"))).containsPattern("registry +200 two.example +Addr ");
        assertThat(two.thenAnswerTo(get(2, "./SecurityLog/Refused")))
                .containsPattern("access +404 two.example +./Update/Schedule ");
    }
}
