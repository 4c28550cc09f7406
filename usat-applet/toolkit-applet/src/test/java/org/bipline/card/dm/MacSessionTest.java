// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** syncml:auth-MAC of OMA DM Security 1.2, clause 5.1.4, in both directions. */
class MacSessionTest {
    private static final String MAC = "syncml:auth-MAC";
    private static final String GET_MO =
            "<Get><CmdID>2</CmdID><Item><Target><LocURI>./MO</LocURI></Target></Item></Get>";
    private static final String ADD_X =
            "<Add><CmdID>3</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target><Data>1</Data></Item></Add>";

    private final Card card = new Card();
    private int nonces;
    private byte[] cardNonce = {};

    @BeforeEach
    void the_authority_demands_it() {
        card.account.credentials().setLevel(Credentials.MAC);
    }

    /** A message that answers the card's with 200 and a new nonce. */
    private byte[] message(String body) {
        cardNonce = Card.bytes("nonce " + ++nonces);
        return XmlForm.toWbxml(card.message("", 200, Card.chal(MAC, "nonce " + nonces), body));
    }

    private String line(byte[] message) {
        return line(Card.mac(Card.SERVER, Card.SERVER_SECRET, card.serverNonce, message));
    }

    private static String line(String mac) {
        return "x-syncml-hmac: algorithm=MD5, username=\"" + Card.SERVER + "\", mac=" + mac;
    }

    private byte receive(byte[] message) {
        return card.receive(line(message), message);
    }

    private byte receive(String body) {
        return receive(message(body + "<Final/>"));
    }

    private void requireNoObject() {
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    @Tag("SEC-2")
    @Tag("SEC-8")
    void every_message_of_the_card_has_a_mac_for_the_nonce_received_last_and_no_cred() {
        card.session.start(false);
        for (int i = 0; i < 4; i++) {
            byte[] message = card.write();
            assertThat(card.macLine)
                    .isEqualTo("x-syncml-hmac: algorithm=MD5, username=\"card\", mac="
                            + Card.mac(Card.CLIENT, Card.CLIENT_SECRET, cardNonce, message));
            assertThat(card.send()).doesNotContain("<Cred>").contains("<LocName>card</LocName>");
            assertThat(receive(GET_MO)).isEqualTo(DmSession.NEXT_MESSAGE);
        }
        card.send();
        assertThat(receive("")).isEqualTo(DmSession.FINISHED);
    }

    @Test
    @Tag("SEC-2")
    void a_message_with_the_right_mac_takes_effect_and_is_answered_200_with_a_nonce() {
        card.start();
        assertThat(receive(ADD_X)).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr = 1");
        assertThat(card.send())
                .contains("<Chal><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-MAC</m:Type><m:NextNonce>")
                .contains("</m:NextNonce></Meta></Chal><Data>200</Data>");
    }

    @Test
    @Tag("SEC-5")
    void a_message_of_which_any_byte_was_altered_has_no_effect() {
        card.start();
        byte[] right = message(ADD_X + "<Final/>");
        String line = line(right);
        for (int at = 0; at < right.length; at++) {
            byte[] altered = right.clone();
            altered[at] ^= 0x01;
            Card fresh = new Card();
            fresh.account.credentials().setLevel(Credentials.MAC);
            fresh.start();
            fresh.receive(line, altered);
            assertThat(fresh.tree("./MO")).as("byte " + at).containsExactly("./MO node");
        }
        assertThat(card.receive(line, right)).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(card.tree("./MO")).hasSize(2);
    }

    @Test
    @Tag("SEC-2")
    @Tag("SEC-5")
    void each_command_of_a_message_with_a_wrong_mac_is_answered_401_with_a_challenge_and_one_more_try_is_left() {
        card.start();
        String commands = ADD_X + "<Sequence><CmdID>4</CmdID>"
                + ADD_X.replace(">3<", ">5<").replace("/x", "/y")
                + "</Sequence><Replace><CmdID>6</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target><Data>2</Data></Item>"
                + "<Item><Target><LocURI>./MO/y</LocURI></Target><Data>2</Data></Item></Replace>"
                + GET_MO.replace(">2<", ">7<") + "<Final/>";
        byte[] message = message(commands);
        assertThat(card.receive(line(Card.mac(Card.SERVER, "guess", card.serverNonce, message)), message))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        requireNoObject();
        byte[] spent = card.serverNonce;
        String answer = card.send();
        assertThat(Card.statuses(answer)).containsExactly("3=401", "4=401", "5=401", "6=401", "7=401");
        assertThat(answer).contains(MAC).doesNotContain("<Results>").contains("</Chal><Data>401</Data>");
        assertThat(card.serverNonce).isNotEqualTo(spent);
        assertThat(receive(commands)).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("3=200", "4=200", "5=200", "6=200", "6=200", "7=200");

        message = message(GET_MO + "<Final/>");
        assertThat(card.receive(line(Card.mac(Card.SERVER, "guess", card.serverNonce, message)), message))
                .isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.SERVER_NOT_AUTHENTICATED);
    }

    @Test
    @Tag("SEC-2")
    void once_it_is_used_a_message_without_it_counts_for_nothing() {
        card.start();
        receive(GET_MO);
        card.send();
        assertThat(card.receive(message(ADD_X + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("3=407");
        requireNoObject();
    }

    @Test
    @Tag("SEC-2")
    void a_server_below_the_level_is_asked_for_a_mac_and_nothing_of_it_counts() {
        card.start();
        byte[] message = XmlForm.toWbxml(
                card.message(card.cred(Card.SERVER_SECRET), 200, Card.chal(MAC, "n"), ADD_X + "<Final/>"));
        assertThat(card.receive(message)).isEqualTo(DmSession.NEXT_MESSAGE);
        String answer = card.send();
        assertThat(Card.statuses(answer)).containsExactly("3=401");
        assertThat(answer).contains("<m:Type>" + MAC);
        requireNoObject();
        message = XmlForm.toWbxml(
                card.message(card.cred(Card.SERVER_SECRET), 200, Card.chal(MAC, "n"), ADD_X + "<Final/>"));
        assertThat(card.receive(message)).isEqualTo(DmSession.FAILED);
        requireNoObject();
    }

    @Test
    @Tag("SEC-2")
    void the_card_does_not_go_below_the_level_when_it_is_challenged() {
        card.start();
        assertThat(card.receive(card.message(401, Card.chal("n"), "<Final/>"))).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.CHALLENGE);
    }

    @Test
    @Tag("SEC-2")
    void a_challenge_for_it_is_answered_by_it_where_less_would_do() {
        card.account.credentials().setLevel(Credentials.MD5);
        assertThat(card.start()).contains("<Cred>");
        assertThat(card.macLine).isEmpty();
        assertThat(card.receive(card.message(407, Card.chal(MAC, "fresh"), "<Final/>")))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        byte[] again = card.write();
        assertThat(card.macLine)
                .endsWith("mac=" + Card.mac(Card.CLIENT, Card.CLIENT_SECRET, Card.bytes("fresh"), again));
        assertThat(card.send()).doesNotContain("<Cred>").contains("<Data>1201</Data>");
        assertThat(receive(ADD_X)).as("the server begins with a MAC, too").isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(card.send()).contains("<m:Type>" + MAC);
        assertThat(card.tree("./MO")).hasSize(2);
        assertThat(card.receive(message(GET_MO + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).as("it stays").containsExactly("2=407");
    }

    @Test
    @Tag("SEC-2")
    void status_212_and_a_status_without_a_nonce_end_the_session() {
        card.start();
        byte[] message = XmlForm.toWbxml(card.message("", 212, Card.chal(MAC, "n"), ADD_X + "<Final/>"));
        assertThat(receive(message)).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.MAC_RULES);
        card.start();
        assertThat(receive(XmlForm.toWbxml(card.message("", 200, "", ADD_X + "<Final/>"))))
                .isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.MAC_RULES);
        requireNoObject();
    }

    @Test
    @Tag("SEC-5")
    void a_recorded_message_counts_neither_twice_in_a_session_nor_in_a_later_one() {
        card.start();
        byte[] recorded = message(ADD_X + "<Final/>");
        String line = line(recorded);
        assertThat(card.receive(line, recorded)).isEqualTo(DmSession.NEXT_MESSAGE);
        card.send();
        assertThat(card.receive(line, recorded)).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.MSG_ID);
        card.start();
        assertThat(card.receive(line, recorded)).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.SESSION_ID);
    }

    @Test
    @Tag("SEC-5")
    void a_nonce_that_the_server_has_used_is_worth_nothing_for_its_next_message() {
        card.start();
        byte[] used = card.serverNonce;
        receive(GET_MO);
        card.send();
        byte[] message = message(ADD_X + "<Final/>");
        assertThat(card.receive(line(Card.mac(Card.SERVER, Card.SERVER_SECRET, used, message)), message))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("3=401");
        requireNoObject();
    }

    @Test
    @Tag("INT-2")
    void both_go_on_with_their_nonces_in_the_next_session() {
        for (int i = 0; i < 3; i++) {
            card.session.start(false);
            byte[] message = card.write();
            assertThat(card.macLine).endsWith(Card.mac(Card.CLIENT, Card.CLIENT_SECRET, cardNonce, message));
            card.send();
            assertThat(receive(GET_MO)).isEqualTo(DmSession.NEXT_MESSAGE);
            assertThat(Card.statuses(card.send())).containsExactly("2=200");
            assertThat(receive("")).isEqualTo(DmSession.FINISHED);
        }
    }

    @Test
    void two_stale_nonces_cost_one_message_more() {
        card.start();
        card.serverNonce = Card.bytes("lost");
        byte[] message = XmlForm.toWbxml(card.message("", 401, Card.chal(MAC, "fresh"), ADD_X + "<Final/>"));
        assertThat(receive(message)).isEqualTo(DmSession.NEXT_MESSAGE);
        byte[] again = card.write();
        assertThat(card.macLine).endsWith(Card.mac(Card.CLIENT, Card.CLIENT_SECRET, Card.bytes("fresh"), again));
        card.send();
        assertThat(receive(ADD_X)).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("3=200");
    }

    @Test
    void nobody_is_asked_anything_before_the_message_is_proven() {
        card.start();
        assertThat(receive("<Alert><CmdID>4</CmdID><Data>1101</Data><Item><Data></Data></Item><Item><Data>Sure?</Data>"
                        + "</Item></Alert>"))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("4=406");
    }

    @Test
    void a_large_object_goes_on_over_messages_and_is_given_up_by_one_with_a_wrong_mac() {
        String first = ADD_X.replace(
                "<Data>1</Data>", "<Meta><m:Format>chr</m:Format><m:Size>4</m:Size></Meta><Data>ab</Data><MoreData/>");
        String last = ADD_X.replace("<Data>1</Data>", "<Data>cd</Data>");
        card.start();
        receive(message(first));
        assertThat(Card.statuses(card.send())).containsExactly("3=213");
        byte[] message = message(last + "<Final/>");
        card.receive(line("A".repeat(22) + "=="), message);
        assertThat(Card.statuses(card.send())).containsExactly("3=401");
        receive(message(first));
        assertThat(Card.statuses(card.send())).containsExactly("3=213");
        receive(last);
        assertThat(Card.statuses(card.send())).containsExactly("3=200");
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr = abcd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username=\"server.example\", mac=%s",
                "mac=%s,username=\"server.example\"",
                "MAC=%s , Algorithm=md5 , USERNAME=\"server.example\"",
                "username=\"server\\.exam\\ple\",mac=%s",
                "username=server.example, mac=\"%s\"",
            })
    void the_field_is_read_in_each_form_that_it_may_have(String value) {
        card.start();
        byte[] message = message(ADD_X + "<Final/>");
        String mac = Card.mac(Card.SERVER, Card.SERVER_SECRET, card.serverNonce, message);
        card.receive("X-SyncML-HMAC:" + value.formatted(mac), message);
        assertThat(Card.statuses(card.send())).containsExactly("3=200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mac=%s",
                "username=\"server.example\"",
                "username=\"another\", mac=%s",
                "username=\"server.example\", mac=%sA",
                "username=\"server.example\", mac=%s, mac=%1$s",
                "username=\"server.example\", mac=%s,",
                "username=\"server.example\", mac=%s, nonce=1",
                "username=\"server.example\" mac=%s",
                "username=\"server.example, mac=%s",
                "username=\"server.example\\\", mac=%s",
                "algorithm=SHA256, username=\"server.example\", mac=%s",
            })
    void a_field_that_is_none_leaves_the_message_without(String value) {
        card.start();
        byte[] message = message(ADD_X + "<Final/>");
        String mac = Card.mac(Card.SERVER, Card.SERVER_SECRET, card.serverNonce, message);
        card.receive("x-syncml-hmac: " + value.formatted(mac), message);
        assertThat(Card.statuses(card.send())).containsExactly("3=407");
        requireNoObject();
    }

    @Test
    void two_fields_leave_the_message_without() {
        card.start();
        byte[] message = message(ADD_X + "<Final/>");
        byte[] first = Card.bytes(line(message));
        card.session.takeHeader(first, (short) first.length);
        card.receive(line(message), message);
        assertThat(Card.statuses(card.send())).containsExactly("3=407");
    }

    @Test
    void a_name_cannot_end_its_quotes_or_the_line() {
        Account.put(card.account.active().clientName, Card.bytes("a\"b\\c\r\nd"), (short) 0, (short) 8);
        card.start();
        assertThat(card.macLine).contains("username=\"a\\\"b\\\\c??d\", mac=");
    }
}
