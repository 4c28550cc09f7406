// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.replace;
import static org.bipline.card.dm.TndsTest.leaf;
import static org.bipline.card.dm.TndsTest.node;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy calls sensitive. Technical specification clause 4, Protection. */
@Tag("SEC-6")
class SensitiveLeavesTest {
    private static final String KEY = "./MO/wifi/sec/key";
    private static final String SECRET = "correct horse battery staple";

    private final Card card = new Card().withDeviceCredentials();
    private final TestDevice device = new TestDevice();

    private static String policy(int command) {
        return TndsTest.add(
                command,
                "./Policy/wifi",
                node("", leaf("Direction", "both") + leaf("Consent", "false") + leaf("Sensitive", "other,*/key")));
    }

    private static String object(int command, String value) {
        return TndsTest.add(command, "./MO/wifi", object(value));
    }

    private static String object(String value) {
        return node("", leaf("ssid", "home") + node("sec", leaf("key", value)));
    }

    private void provision() {
        assertThat(card.manage(policy(2) + object(3, SECRET))).containsExactly("2=200", "3=200");
    }

    private List<String> key() {
        return card.tree(KEY);
    }

    private void assertKept(String value) {
        assertThat(key()).containsExactly(KEY + " chr secret = " + value);
        Memory.assertNowhere(card.store, value);
    }

    @Test
    void what_is_sensitive_is_written_but_not_read() {
        provision();
        String answer = card.answerTo(get(2, KEY)
                + get(3, KEY + "?prop=Size")
                + get(4, KEY + "?list=Struct")
                + get(5, "./MO?list=StructData")
                + get(6, "./MO/wifi?list=TNDS")
                + "<Copy><CmdID>7</CmdID><Item><Target><LocURI>./MO/wifi/copy</LocURI></Target><Source><LocURI>" + KEY
                + "</LocURI></Source></Item></Copy>" + replace(8, KEY, "another"));
        assertThat(Card.statuses(answer))
                .containsExactly("2=405", "3=405", "4=405", "5=200", "6=200", "7=405", "8=200");
        assertThat(answer)
                .contains("./MO/wifi/ssid")
                .doesNotContain(KEY + "</LocURI>")
                .doesNotContain(SECRET);
        assertKept("another");
    }

    @Test
    void it_is_nowhere_in_clear_whichever_way_it_comes() {
        provision();
        assertKept(SECRET);
        card.manage(replace(2, KEY, SECRET + "1"));
        assertKept(SECRET + "1");
        card.manage(TndsTest.replace(2, "./MO/wifi", object(SECRET + "2")));
        assertKept(SECRET + "2");
        card.manage(TndsTest.replace(2, KEY, node("", "<d:Value>" + SECRET + "3</d:Value>")));
        assertKept(SECRET + "3");
        card.manage(delete(2, KEY) + addLeaf(3, KEY, SECRET + "4"));
        assertKept(SECRET + "4");
        card.manage(delete(2, KEY) + TndsTest.add(3, "./MO/wifi/sec", leaf("key", SECRET + "5")));
        assertKept(SECRET + "5");
        card.manage(addLeaf(2, "./MO/wifi/x", "open") + "<Copy><CmdID>3</CmdID><Item><Target><LocURI>" + KEY
                + "</LocURI></Target><Source><LocURI>./MO/wifi/x</LocURI></Source></Item></Copy>");
        assertThat(key()).containsExactly(KEY + " chr secret = open");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 255, 1000})
    void values_of_every_length_come_back(int length) {
        provision();
        String value = "0123456789abcdefghijklmno".repeat(50).substring(0, length);
        card.manage(replace(2, KEY, value));
        assertThat(key()).containsExactly(KEY + " chr secret = " + value);
        device.synchronise(card::serve);
        assertThat(device.holds("./MO/wifi", value)).isTrue();
    }

    @Test
    void a_policy_that_comes_later_counts_from_then_on() {
        assertThat(card.manage(object(2, SECRET))).containsExactly("2=200");
        assertThat(card.answerTo(get(2, KEY))).contains(SECRET);
        card.finish();
        assertThat(card.manage(policy(2))).containsExactly("2=200");
        assertKept(SECRET);
        assertThat(card.manage(get(2, KEY))).containsExactly("2=405");
    }

    @Test
    void no_change_of_policy_or_name_makes_it_readable() {
        provision();
        card.manage(replace(2, "./Policy/wifi/Sensitive", "nothing"));
        assertThat(card.manage(get(2, KEY))).containsExactly("2=405");
        card.manage(delete(2, "./Policy/wifi"));
        assertThat(card.manage(get(2, KEY))).containsExactly("2=405");
        card.manage(replace(2, KEY + "?prop=Name", "open")
                + replace(3, "./MO/wifi/sec?prop=Name", "s")
                + replace(4, "./MO/wifi?prop=Name", "w"));
        assertThat(card.manage(get(2, "./MO/w/s/open"))).containsExactly("2=405");
        assertThat(card.tree("./MO/w/s/open")).containsExactly("./MO/w/s/open chr secret = " + SECRET);
        card.manage(replace(2, "./MO/w/s/open", "another"));
        assertThat(card.tree("./MO/w/s/open")).containsExactly("./MO/w/s/open chr secret = another");
        card.manage(TndsTest.replace(2, "./MO/w/s/open", node("", "<d:Value>third</d:Value>")));
        assertThat(card.tree("./MO/w/s/open")).containsExactly("./MO/w/s/open chr secret = third");
    }

    @Test
    void it_is_erased_when_it_is_deleted_or_replaced() {
        provision();
        byte[] first = Memory.value(card.store, card.node(KEY));
        Memory.assertHas(card.store, first);
        card.manage(replace(2, KEY, "another"));
        Memory.assertHasNot(card.store, first);
        byte[] second = Memory.value(card.store, card.node(KEY));
        card.manage(delete(2, "./MO/wifi"));
        Memory.assertHasNot(card.store, second);
    }

    @Test
    void what_was_given_up_is_erased() {
        provision();
        card.start();
        card.receive(card.authenticated("<Add><CmdID>2</CmdID><Item><Target><LocURI>./MO/wifi/a/key</LocURI></Target>"
                + "<Meta><m:Size>500</m:Size></Meta><Data>" + SECRET + "</Data><MoreData/></Item></Add><Final/>"));
        card.session.abort();
        Memory.assertNowhere(card.store, SECRET);
        card.store.recover();
        int accounts = Memory.marks(new Card().store); // the secrets of ./DMAcc
        assertThat(Memory.marks(card.store)).isEqualTo(accounts + Memory.blocks(SECRET.length()));
    }

    @Test
    void a_device_gets_it_only_when_it_has_authenticated_itself() {
        provision();
        Card open = new Card();
        open.manage(policy(2) + object(3, SECRET));
        TestDevice stranger = new TestDevice();
        stranger.authenticates = false;
        stranger.synchronise(open::serve);
        assertThat(stranger.objects).isEmpty();

        device.synchronise(card::serve);
        assertThat(device.holds("./MO/wifi", SECRET)).isTrue();
    }

    @Test
    void an_object_with_secrets_and_no_policy_for_them_needs_credentials_all_the_same() {
        Card open = new Card();
        open.manage(policy(2) + object(3, SECRET));
        open.manage(delete(2, "./Policy/wifi/Sensitive"));
        TestDevice stranger = new TestDevice();
        stranger.authenticates = false;
        stranger.synchronise(open::serve);
        assertThat(stranger.objects).isEmpty();
    }

    @Test
    void what_the_device_has_changed_comes_back_as_a_secret() {
        provision();
        device.synchronise(card::serve);
        device.edit("./MO/wifi", object(SECRET + " of the device"));
        device.synchronise(card::serve);
        assertKept(SECRET + " of the device");
        card.manage(delete(2, "./Policy/wifi/Sensitive"));
        device.edit("./MO/wifi", object(SECRET + " once more"));
        device.synchronise(card::serve);
        assertThat(key()).containsExactly(KEY + " chr secret = " + SECRET + " once more");
    }

    @Test
    void the_same_value_on_both_sides_is_no_conflict() {
        card.manage(policy(2) + object(3, SECRET) + addLeaf(4, "./Policy/wifi/Conflict", "ask"));
        device.edit("./MO/wifi", object(SECRET));
        device.synchronise(card::serve);
        assertThat(card.tree("./Sync/1/MO/wifi/State").toString()).contains("agreed");
        card.manage(delete(2, "./Sync/1"));
        device.anchor = "gone";
        device.edit("./MO/wifi", object(SECRET.replace("staple", "stable")));
        device.synchronise(card::serve);
        assertThat(card.tree("./Sync/1/MO/wifi/State").toString()).contains("conflict");
    }

    @Test
    void a_message_for_whose_secrets_there_is_no_room_changes_nothing() {
        Card small = new Card(120, 3008, 3008);
        StringBuilder leaves = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            leaves.append(leaf("key" + i, "value of this leaf"));
        }
        small.manage(TndsTest.add(2, "./MO/wifi", node("", leaves.toString())));
        String filler = "x".repeat(16 * (Memory.free(small.store) - 12));
        small.manage(addLeaf(2, "./MO/filler", filler));
        List<String> before = small.tree();
        small.start();
        small.receive(small.authenticated(
                TndsTest.add(2, "./Policy/wifi", node("", leaf("Sensitive", "*"))) + "<Final/>"));
        assertThat(small.send()).contains("<Data>413</Data>");
        assertThat(small.tree()).isEqualTo(before);
    }
}
