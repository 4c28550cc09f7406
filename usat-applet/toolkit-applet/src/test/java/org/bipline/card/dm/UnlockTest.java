// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Credentials that failures lock, and who unlocks them. Technical specification clauses 2 and 4. */
class UnlockTest {
    private static final String OTHER = "other.example";
    private static final String SECRET = "other secret";
    private static final String GET_MO =
            "<Get><CmdID>2</CmdID><Item><Target><LocURI>./MO</LocURI></Target></Item></Get>";

    /** Three failures lock the credentials of the other authority, without delays. */
    private final Card card = new Card(Card.authority(OTHER, SECRET, "card's", "9D020300"));

    private static String exec(String uri) {
        return "<Exec><CmdID>2</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target></Item></Exec>";
    }

    private boolean isAccepted(String secret) {
        card.start();
        byte result = card.receive(card.message(card.cred(secret), 212, "", GET_MO + "<Final/>"));
        boolean accepted =
                result == DmSession.NEXT_MESSAGE && Card.statuses(card.send()).equals(java.util.List.of("2=200"));
        card.session.abort();
        return accepted;
    }

    private void lockOther() {
        card.as(OTHER, SECRET);
        assertThat(isAccepted(SECRET)).isTrue();
        for (int failure = 0; failure < 3; failure++) {
            assertThat(isAccepted("guess " + failure)).isFalse();
        }
        assertThat(isAccepted(SECRET)).isFalse();
    }

    private String log(byte ring) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        card.store.log().write(ring, (short) 0, card.store.log().length(ring), Card.sink(out));
        return out.toString(StandardCharsets.US_ASCII);
    }

    @Test
    @Tag("SEC-7")
    @Tag("SEC-9")
    void an_authority_with_the_privilege_unlocks_what_failures_have_locked() {
        lockOther();
        assertThat(log(SecurityLog.REFUSED))
                .containsPattern("login +401 other.example")
                .containsPattern("lock +401");
        card.as(Card.SERVER, Card.SERVER_SECRET);
        assertThat(card.manage(exec("./Unlock/Server/" + OTHER))).containsExactly("2=200");
        assertThat(log(SecurityLog.DONE)).containsPattern("unlock +200 server.example +other.example");
        card.as(OTHER, SECRET);
        assertThat(isAccepted(SECRET)).isTrue();
        assertThat(log(SecurityLog.DONE)).containsPattern("login +200 other.example");
    }

    @Test
    @Tag("SEC-1")
    @Tag("SEC-7")
    void one_without_it_finds_no_such_node() {
        card.as(OTHER, SECRET);
        assertThat(card.manage(exec("./Unlock/Server/1"))).containsExactly("2=404");
    }

    @Test
    @Tag("SEC-5")
    void a_message_that_does_not_come_to_its_end_unlocks_nothing() {
        lockOther();
        card.as(Card.SERVER, Card.SERVER_SECRET).start();
        byte[] message = XmlForm.toWbxml(card.authenticated(exec("./Unlock/Server/" + OTHER) + "<Final/>"));
        card.receive(java.util.Arrays.copyOf(message, message.length - 1));
        card.as(OTHER, SECRET);
        assertThat(isAccepted(SECRET)).isFalse();
    }

    @Test
    @Tag("SEC-5")
    void a_message_with_a_wrong_mac_unlocks_nothing() {
        lockOther();
        card.as(Card.SERVER, Card.SERVER_SECRET);
        card.account.credentials().setLevel(Credentials.MAC);
        card.start();
        byte[] message = XmlForm.toWbxml(card.message(
                "", 200, Card.chal("syncml:auth-MAC", "n"), exec("./Unlock/Server/" + OTHER) + "<Final/>"));
        card.receive("x-syncml-hmac: username=\"" + Card.SERVER + "\", mac=" + "A".repeat(22) + "==", message);
        card.session.abort();
        card.as(OTHER, SECRET);
        assertThat(isAccepted(SECRET)).isFalse();
    }

    @Test
    @Tag("SEC-7")
    void the_credentials_of_devices_are_unlocked_likewise() {
        assertThat(card.manage(exec("./Unlock/Device"))).as("there are none").containsExactly("2=405");
        card.withDeviceCredentials();
        byte[] wrong = Card.bytes("A".repeat(24));
        while (!card.devices.credentials().isLockedForGood()) {
            card.devices.credentials().elapse(Short.MAX_VALUE);
            card.devices.credentials().isPeerDigest(wrong, (short) 0, (short) 24);
        }
        assertThat(card.manage(exec("./Unlock/Device"))).containsExactly("2=200");
        assertThat(card.devices.credentials().isLocked()).isFalse();
    }
}
