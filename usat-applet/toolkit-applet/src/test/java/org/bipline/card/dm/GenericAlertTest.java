// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generic alert by which the card asks its server about conflicts. OMA DM Protocol 1.2, clause Generic Alert. */
class GenericAlertTest {
    private final Card card = new Card();
    private short device;

    @BeforeEach
    void objects_of_which_one_has_a_conflict() {
        card.answerTo(CommandsTest.addInterior(2, "./MO/a")
                + CommandsTest.addInterior(3, "./MO/b")
                + CommandsTest.addInterior(4, "./MO/c"));
        card.finish();
        device = card.records.addDevice(Card.bytes("IMEI:1"), (short) 0, (short) 6);
        record("a", SyncRecords.AGREED);
        record("b", SyncRecords.CONFLICT);
    }

    private void record(String object, byte state) {
        card.records.clear();
        card.records.setCardVersion((short) 5);
        card.records.write(device, card.node("./MO/" + object), state);
        card.store.commit();
    }

    private static String alert(String... objects) {
        StringBuilder items = new StringBuilder();
        for (String object : objects) {
            items.append("<Item><Source><LocURI>./MO/" + object + "</LocURI></Source><Meta>"
                    + "<m:Type>Reversed-Domain-Name: org.bipline.syncconflict</m:Type><m:Format>chr</m:Format>"
                    + "<m:Mark>warning</m:Mark></Meta><Data>./Sync/1/MO/" + object + "</Data></Item>");
        }
        return "<Alert><CmdID>3</CmdID><Data>1226</Data>" + items + "</Alert>";
    }

    private String status(int code) {
        return "<Status><CmdID>2</CmdID><MsgRef>" + card.sentMessage()
                + "</MsgRef><CmdRef>3</CmdRef><Cmd>Alert</Cmd><Data>" + code + "</Data></Status>";
    }

    private String state(String object) {
        String line = card.tree("./Sync/1/MO/" + object + "/State").get(0);
        return line.substring(line.indexOf("= ") + 2);
    }

    @Test
    @Tag("MO-5")
    void package_1_asks_behind_the_device_information() {
        assertThat(card.start()).contains("</Replace>" + alert("b") + "<Final/>");
    }

    @ParameterizedTest
    @Tag("MO-5")
    @ValueSource(ints = {200, 202})
    void what_the_server_has_acknowledged_is_not_sent_again(int code) {
        record("c", SyncRecords.CONFLICT);
        assertThat(card.start()).contains(alert("b", "c"));
        assertThat(card.receive(card.authenticated(status(code) + "<Final/>"))).isEqualTo(DmSession.FINISHED);
        assertThat(state("a")).isEqualTo("agreed 5 -");
        assertThat(state("b")).isEqualTo("reported 5 -");
        assertThat(state("c")).isEqualTo("reported 5 -");
        assertThat(card.start()).doesNotContain("1226");
        card.session.abort();
        record("b", SyncRecords.CONFLICT);
        assertThat(card.start()).contains(alert("b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407, 415, 500})
    void what_the_server_has_refused_is_sent_again_in_the_next_session(int code) {
        card.start();
        card.receive(card.authenticated(status(code) + "<Final/>"));
        assertThat(state("b")).isEqualTo("conflict 5 -");
        assertThat(card.start()).contains(alert("b"));
    }

    @Test
    @Tag("SEC-2")
    void a_server_that_has_not_authenticated_itself_acknowledges_nothing() {
        card.start();
        assertThat(card.receive(card.message(212, "", status(200) + "<Final/>")))
                .isEqualTo(DmSession.FINISHED);
        assertThat(state("b")).isEqualTo("conflict 5 -");
    }

    @Test
    void the_alert_is_repeated_with_package_1_and_stands_in_no_other() {
        card.start();
        card.receive(card.message(401, Card.chal("nonce"), "<Final/>"));
        assertThat(card.send()).contains("<CmdID>4</CmdID><Data>1226</Data>"); // the header's status comes first
        card.receive(card.authenticated(CommandsTest.get(2, "./MO") + "<Final/>"));
        assertThat(card.send()).doesNotContain("1226");
        assertThat(state("b")).isEqualTo("conflict 5 -");
        card.finish();
    }

    @Test
    void an_acknowledgement_in_a_message_that_is_undone_does_not_count() {
        card.start();
        card.receive(card.authenticated(status(200) + "<Add></Add><Final/>")); // a command without CmdID
        assertThat(card.session.reason()).isNotZero();
        assertThat(state("b")).isEqualTo("conflict 5 -");
    }

    @Test
    void an_object_that_is_gone_has_no_source() {
        card.answerTo(CommandsTest.delete(2, "./MO/b"));
        card.session.abort();
        assertThat(card.start())
                .contains("<Data>1226</Data><Item><Meta>")
                .contains("<Data>./Sync/1/MO/b</Data>")
                .doesNotContain("./MO/b</LocURI>");
    }

    @Test
    void more_conflicts_than_a_message_holds_wait_for_the_next_session() {
        StringBuilder adds = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            adds.append(CommandsTest.addInterior(2 + i, "./MO/n" + i));
        }
        card.answerTo(adds.toString());
        card.finish();
        for (int i = 0; i < 20; i++) {
            record("n" + i, SyncRecords.CONFLICT);
        }
        assertThat(card.start()).contains("./Sync/1/MO/n14<").doesNotContain("./Sync/1/MO/n15<");
        card.receive(card.authenticated(status(200) + "<Final/>"));
        assertThat(card.start()).doesNotContain("./Sync/1/MO/n14<").contains("./Sync/1/MO/n15<", "./Sync/1/MO/n19<");
    }
}
