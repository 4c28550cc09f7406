// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Package flow and authentication of OMA DM Protocol 1.2 and OMA DM Security 1.2. */
class DmSessionTest {
    private static final String GET_MO =
            "<Get><CmdID>2</CmdID><Item><Target><LocURI>./MO</LocURI></Target></Item></Get>";
    private static final String ADD_X =
            "<Add><CmdID>3</CmdID><Item><Target><LocURI>./MO/x</LocURI></Target><Data>1</Data>" + "</Item></Add>";

    private final Card card = new Card();

    @Test
    @Tag("TR-2")
    void package_1_has_the_alert_the_device_information_and_the_credentials() {
        String xml = card.start();
        assertThat(xml)
                .isEqualTo("<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>"
                        + "<MsgID>1</MsgID><Target><LocURI>server.example</LocURI></Target>"
                        + "<Source><LocURI>ICCID:89490200001234567890</LocURI><LocName>card</LocName></Source>"
                        + "<Cred><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type></Meta><Data>"
                        + Card.digest("card", "client secret", new byte[0])
                        + "</Data></Cred><Meta><m:MaxMsgSize>1536</m:MaxMsgSize>"
                        + "<m:MaxObjSize>24576</m:MaxObjSize></Meta></SyncHdr><SyncBody>"
                        + "<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Replace><CmdID>2</CmdID>"
                        + info("DevId", "ICCID:89490200001234567890")
                        + info("Man", "bipline")
                        + info("Mod", "DM applet")
                        + info("DmV", "1.2")
                        + info("Lang", "en")
                        + "</Replace><Final/></SyncBody></SyncML>");
    }

    private static String info(String name, String value) {
        return "<Item><Source><LocURI>./DevInfo/" + name
                + "</LocURI></Source><Meta><m:Format>chr</m:Format></Meta><Data>" + value + "</Data></Item>";
    }

    @Test
    void a_server_package_without_commands_ends_the_session() {
        card.start();
        assertThat(card.receive(card.message(212, "", "<Final/>"))).isEqualTo(DmSession.FINISHED);
        assertThat(card.session.reason()).isZero();
    }

    @Test
    void every_session_has_an_identifier_of_its_own_in_hexadecimal_digits() {
        for (int session = 1; session <= 27; session++) {
            assertThat(Card.tag(card.start(), "SessionID")).isEqualTo(String.format("%X", session));
            card.session.abort();
        }
    }

    @Test
    void after_status_212_no_more_credentials_are_sent() {
        card.start();
        card.receive(card.authenticated(GET_MO + "<Final/>"));
        assertThat(card.send())
                .doesNotContain("<Cred>")
                .doesNotContain("<LocName>")
                .contains("<MsgID>2</MsgID>");
    }

    @Test
    void after_status_200_each_message_has_credentials_for_the_next_nonce() {
        card.start();
        card.receive(card.message(card.cred(Card.SERVER_SECRET), 200, Card.chal("second nonce"), GET_MO + "<Final/>"));
        assertThat(card.send())
                .contains(
                        "<Data>" + Card.digest("card", "client secret", Card.bytes("second nonce")) + "</Data></Cred>");
        card.receive(card.message("", 200, Card.chal("third"), GET_MO + "<Final/>"));
        assertThat(card.send()).contains(Card.digest("card", "client secret", Card.bytes("third")));
    }

    @Test
    @Tag("SEC-2")
    void a_challenge_is_answered_by_package_1_again_with_the_nonce_given() {
        String first = card.start();
        assertThat(card.receive(card.message(401, Card.chal("fresh nonce"), "<Final/>")))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        String again = card.send();
        assertThat(again)
                .contains(Card.digest("card", "client secret", Card.bytes("fresh nonce")))
                .contains("<MsgID>2</MsgID>")
                .contains("<SessionID>1</SessionID>")
                .contains("<CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>")
                .contains("<Data>1201</Data>")
                .contains(info("DevId", "ICCID:89490200001234567890"));
        assertThat(first).doesNotContain("<Status>");
        assertThat(card.receive(card.message(212, "", "<Final/>"))).isEqualTo(DmSession.FINISHED);
    }

    @Test
    @Tag("SEC-2")
    void a_second_refusal_of_the_credentials_ends_the_session() {
        card.start();
        card.receive(card.message(407, Card.chal("a"), "<Final/>"));
        card.send();
        assertThat(card.receive(card.message(401, Card.chal("b"), "<Final/>"))).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.CLIENT_NOT_AUTHENTICATED);
        assertThat(card.session.lastStatus()).isEqualTo((short) 401);
    }

    @Test
    void a_challenge_for_another_scheme_ends_the_session() {
        card.start();
        String chal = Card.chal("a").replace("auth-md5", "auth-basic");
        assertThat(card.receive(card.message(401, chal, "<Final/>"))).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.CHALLENGE);
    }

    @Test
    @Tag("SEC-1")
    @Tag("SEC-2")
    void commands_of_a_server_without_credentials_are_answered_407_and_have_no_effect() {
        card.start();
        assertThat(card.receive(card.message(212, "", ADD_X + atomic(4) + "<Final/>")))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        String answer = card.send();
        assertThat(Card.statuses(answer)).containsExactly("3=407", "4=407", "5=407");
        assertThat(answer)
                .contains("<Data>407</Data>")
                .contains("<m:NextNonce>")
                .contains("syncml:auth-md5");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        // and now with credentials for the nonce just given
        assertThat(card.receive(card.message(card.cred(Card.SERVER_SECRET), 200, "", ADD_X + "<Final/>")))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("3=200");
        assertThat(card.tree("./MO")).containsExactly("./MO node", "./MO/x chr = 1");
    }

    @Test
    @Tag("INT-2")
    void a_nonce_given_before_the_server_proved_itself_is_kept_when_it_has() {
        card.start();
        card.receive(card.message(212, Card.chal("next session's"), ADD_X + "<Final/>"));
        card.send();
        card.receive(card.message(card.cred(Card.SERVER_SECRET), 200, "", ADD_X + "<Final/>"));
        card.send();
        card.finish();

        assertThat(card.start()).contains(Card.digest("card", "client secret", Card.bytes("next session's")));
    }

    private static String atomic(int command) {
        return "<Atomic><CmdID>" + command + "</CmdID>" + ADD_X.replace("<CmdID>3", "<CmdID>" + (command + 1))
                + "</Atomic>";
    }

    @Test
    @Tag("SEC-1")
    @Tag("SEC-2")
    void a_server_with_wrong_credentials_gets_one_more_try() {
        card.start();
        assertThat(card.receive(card.message(card.cred("guess"), 212, "", ADD_X + "<Final/>")))
                .isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(Card.statuses(card.send())).containsExactly("3=401");
        assertThat(card.receive(card.message(card.cred("guess"), 200, "", ADD_X + "<Final/>")))
                .isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.SERVER_NOT_AUTHENTICATED);
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void a_server_without_credentials_and_without_commands_is_not_challenged() {
        card.start();
        assertThat(card.receive(card.message(card.cred("guess"), 212, "", "<Final/>")))
                .isEqualTo(DmSession.FINISHED);
    }

    @Test
    @Tag("SEC-2")
    void the_authenticated_server_gets_212_and_the_nonce_for_the_next_session() {
        String answer = card.answerTo(GET_MO);
        assertThat(answer)
                .contains("<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Chal><Meta>"
                        + "<m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type><m:NextNonce>")
                .contains("</m:NextNonce></Meta></Chal><Data>212</Data></Status>");
        assertThat(card.thenAnswerTo(GET_MO))
                .contains("<Cmd>SyncHdr</Cmd><Data>200</Data>")
                .doesNotContain("<Chal>");
        card.finish();
        card.start();
        assertThat(card.receive(card.authenticated(GET_MO + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        assertThat(card.send()).contains("<Data>212</Data>");
    }

    @Test
    @Tag("SEC-5")
    void overheard_credentials_are_worth_nothing_in_a_later_session() {
        card.start();
        String overheard = card.cred(Card.SERVER_SECRET);
        card.receive(card.message(overheard, 212, "", GET_MO + "<Final/>"));
        card.session.abort(); // before the server was told of a new nonce
        card.start();
        card.receive(card.message(overheard, 212, "", ADD_X + "<Final/>"));
        assertThat(Card.statuses(card.send())).containsExactly("3=401");
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    @Tag("SEC-5")
    void a_message_of_another_session_or_one_seen_before_is_refused() {
        card.start();
        String other = card.authenticated(GET_MO + "<Final/>").replace("<SessionID>1<", "<SessionID>2<");
        assertThat(card.receive(other)).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.SESSION_ID);

        card.start();
        String first = card.authenticated(GET_MO + "<Final/>");
        assertThat(card.receive(first)).isEqualTo(DmSession.NEXT_MESSAGE);
        card.send();
        assertThat(card.receive(first)).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.MSG_ID);
    }

    @Test
    void a_nonce_is_kept_for_the_next_session_only_if_its_sender_is_authenticated() {
        card.start();
        card.receive(card.message(212, Card.chal("planted"), "<Final/>"));
        assertThat(card.start()).contains(Card.digest("card", "client secret", new byte[0]));
        card.receive(card.message(card.cred(Card.SERVER_SECRET), 212, Card.chal("genuine"), "<Final/>"));
        assertThat(card.start()).contains(Card.digest("card", "client secret", Card.bytes("genuine")));
    }

    @Test
    void a_header_refused_for_another_reason_ends_the_session() {
        card.start();
        assertThat(card.receive(card.message(503, "", "<Final/>"))).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.HEADER_REFUSED);
        assertThat(card.session.lastStatus()).isEqualTo((short) 503);
    }

    @Test
    void a_message_without_a_status_for_ours_ends_the_session() {
        card.start();
        String message = card.authenticated(ADD_X + "<Final/>").replaceAll("<Status>.*</Status>", "");
        assertThat(card.receive(message)).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.NO_STATUS);
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void versions_other_than_1_2_are_refused() {
        card.start();
        assertThat(card.receive(card.authenticated("<Final/>").replace("DM/1.2", "DM/1.3")))
                .isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.VER_PROTO);
        card.start();
        assertThat(card.receive(card.authenticated("<Final/>").replace("<VerDTD>1.2", "<VerDTD>1.1")))
                .isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.VER_DTD);
    }

    @Test
    void alert_1223_ends_the_session_and_undoes_the_message() {
        card.start();
        assertThat(card.receive(card.authenticated(ADD_X + alert(4, 1223) + "<Final/>")))
                .isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.ABORTED_BY_SERVER);
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    private static String alert(int command, int code) {
        return "<Alert><CmdID>" + command + "</CmdID><Data>" + code + "</Data></Alert>";
    }

    @Test
    void a_package_that_goes_on_is_asked_for_by_alert_1222() {
        card.start();
        assertThat(card.receive(card.authenticated(ADD_X))).isEqualTo(DmSession.NEXT_MESSAGE);
        String answer = card.send();
        assertThat(Card.statuses(answer)).containsExactly("3=200");
        assertThat(answer).contains("<Data>1222</Data>").doesNotContain("<Final/>");
        card.thenAnswerTo(GET_MO);
        card.finish();
    }

    @Test
    @Tag("INT-1")
    void what_a_broken_link_leaves_is_undone() {
        card.start();
        byte[] message = XmlForm.toWbxml(card.authenticated(ADD_X + "<Final/>"));
        card.session.beginResponse();
        card.session.receive(message, (short) 0, (short) (message.length - 1));
        card.session.abort();
        assertThat(card.session.reason()).isEqualTo(Fault.ABORTED);
        assertThat(card.tree("./MO")).containsExactly("./MO node");
    }

    @Test
    void more_commands_than_can_be_answered_are_refused_as_a_whole() {
        StringBuilder commands = new StringBuilder();
        for (int i = 0; i <= StatusQueue.ENTRIES; i++) {
            commands.append(ADD_X.replace("<CmdID>3", "<CmdID>" + (3 + i)).replace("/x", "/x" + i));
        }
        card.start();
        assertThat(card.receive(card.authenticated(commands + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        String answer = card.send();
        assertThat(answer).contains("</Chal><Data>413</Data>").contains("<Data>1223</Data>");
        assertThat(Card.statuses(answer)).isEmpty();
        assertThat(card.receive(card.following("<Final/>"))).isEqualTo(DmSession.FAILED);
        assertThat(card.session.reason()).isEqualTo(Fault.TOO_MANY_COMMANDS);
        assertThat(card.tree("./MO")).containsExactly("./MO node");
        card.answerTo(GET_MO);
        card.finish();
    }

    @Test
    void a_response_may_come_one_byte_at_a_time() {
        card.pieces = 1;
        assertThat(Card.statuses(card.answerTo(GET_MO + ADD_X))).containsExactly("2=200", "3=200");
        card.finish();
    }

    @Test
    void calls_out_of_order_end_the_session() {
        card.start();
        assertThat(card.session.endResponse()).isEqualTo(DmSession.FAILED);
        card.start();
        card.session.messageSent();
        card.session.beginResponse();
        assertThat(card.session.endResponse()).isEqualTo(DmSession.FAILED);
    }
}
