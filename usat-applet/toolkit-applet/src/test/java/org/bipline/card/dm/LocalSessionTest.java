// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addInterior;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.replace;
import static org.bipline.card.dm.TndsTest.leaf;
import static org.bipline.card.dm.TndsTest.node;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The card as the server of a device's DM client. Technical specification clause 15. */
class LocalSessionTest {
    private static final String WIFI = "./MO/wifi";
    private static final String LEVEL_1 = leaf("Level", "1");

    private final Card card = new Card();
    private final TestDevice device = new TestDevice();

    LocalSessionTest() {
        device.authenticates = false;
    }

    /** An object with a policy of these leaves. */
    private void release(String name, String value, String... policy) {
        card.manage(TndsTest.add(2, "./MO/" + name, node("", leaf("x", value))) + policy(3, name, policy));
    }

    private static String policy(int command, String name, String... policy) {
        StringBuilder leaves = new StringBuilder();
        for (int i = 0; i < policy.length; i += 2) {
            leaves.append(leaf(policy[i], policy[i + 1]));
        }
        return TndsTest.add(command, "./Policy/" + name, node("", leaves.toString()));
    }

    private int synchronise() {
        return device.synchronise(card::serve);
    }

    private void adopted(String... policy) {
        List<String> all = new ArrayList<>(List.of("Consent", "false", "Direction", "both"));
        all.addAll(List.of(policy));
        release("wifi", "old", all.toArray(String[]::new));
        synchronise();
        assertThat(device.holds(WIFI, "old")).isTrue();
    }

    private void changeOnCard(String value) {
        assertThat(card.manage(replace(2, WIFI + "/x", value))).containsExactly("2=200");
    }

    private void changeOnDevice(String value) {
        device.edit(WIFI, node("", leaf("x", value)));
    }

    private List<String> onCard() {
        return card.tree(WIFI).stream().filter(line -> line.contains("=")).toList();
    }

    private String record() {
        return record("wifi");
    }

    private String record(String name) {
        return card.tree("./Sync/1/MO/" + name + "/State").toString();
    }

    private void assertSettled() {
        assertThat(synchronise()).as("nothing is left to do").isEqualTo(1);
        assertThat(device.commands).isEmpty();
    }

    // --- adoption

    @Test
    @Tag("MO-5")
    @Tag("MO-8")
    void a_device_adopts_what_is_released_without_a_question() {
        release("wifi", "one", "Direction", "device", "Consent", "false");
        synchronise();

        assertThat(device.holds(WIFI, "one")).isTrue();
        assertThat(device.questions).isEmpty();
        assertThat(device.commands)
                .containsExactly(
                        "Get " + TestDevice.ANCHOR,
                        "Get " + WIFI + "?prop=VerNo",
                        "Add " + WIFI,
                        "Get " + WIFI + "?prop=VerNo",
                        "Replace " + TestDevice.ANCHOR);
        assertThat(record()).contains("agreed");
        assertSettled();
    }

    @Test
    @Tag("MO-8")
    void the_user_is_asked_once_and_again_for_another_version() {
        release("wifi", "one", "Direction", "device");
        device.saysYes = false;
        synchronise();
        assertThat(device.questions).containsExactly("Adopt \"wifi\" from the card?");
        assertThat(device.objects).isEmpty();
        assertThat(record()).contains("declined");
        assertSettled();
        changeOnCard("two");
        device.saysYes = true;
        synchronise();

        assertThat(device.questions).hasSize(2);
        assertThat(device.holds(WIFI, "two")).isTrue();
        assertSettled();
        assertThat(device.questions).hasSize(2);
    }

    @Test
    @Tag("MO-8")
    void a_device_is_told_to_connect_to_the_server_of_an_object_when_it_has_adopted_it() {
        release("dmacc", "one", "Direction", "device", "Consent", "false", "Connect", "true", "Target", "./DMAcc/x");
        synchronise();
        assertThat(device.connects).containsExactly("./DMAcc/x");
        assertSettled();
        card.manage(replace(2, "./MO/dmacc/x", "two"));
        synchronise();

        assertThat(device.connects).hasSize(1);
    }

    @Test
    @Tag("MO-8")
    void a_device_is_told_of_each_server_to_which_it_is_to_connect() {
        for (String name : List.of("one", "two", "three")) {
            release(
                    name,
                    "x",
                    "Direction",
                    "device",
                    "Consent",
                    "false",
                    "Connect",
                    "true",
                    "Target",
                    "./DMAcc/" + name);
        }
        synchronise();

        assertThat(device.connects).containsExactly("./DMAcc/one", "./DMAcc/two", "./DMAcc/three");
        assertThat(record("one")).contains("agreed");
        assertSettled();
    }

    @Test
    @Tag("MO-8")
    void what_the_device_was_not_told_for_an_interruption_it_is_told_in_the_next_session() {
        release("dmacc", "one", "Direction", "device", "Consent", "false", "Connect", "true", "Target", "./DMAcc/x");
        device.breaksBefore = 3; // behind the object, before the servers
        assertThat(device.tryToSynchronise(card::serve)).isNegative();
        card.local.abort();
        assertThat(record("dmacc")).contains("new");
        device.breaksBefore = Integer.MAX_VALUE;
        synchronise();

        assertThat(device.connects).containsExactly("./DMAcc/x");
        assertThat(record("dmacc")).contains("agreed");
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void objects_that_are_not_released_stay_on_the_card() {
        card.manage(TndsTest.add(2, "./MO/a", node("", leaf("x", "1")))
                + addInterior(3, "./MO/b")
                + policy(4, "b", "Direction", "none"));
        assertThat(card.local.hasWork()).isFalse();
        assertThat(synchronise()).isEqualTo(1);
        assertThat(card.tree("./Sync")).containsExactly("./Sync node");
    }

    @Test
    @Tag("MO-5")
    void the_policy_says_where_the_object_goes() {
        release("wifi", "one", "Direction", "device", "Consent", "false", "Target", "./Con/wlan");
        synchronise();

        assertThat(device.objects).containsOnlyKeys("./Con/wlan");
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void many_objects_are_compared_in_few_messages() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            all.append(addLeaf(2 * i + 2, "./MO/o" + i, "value " + i))
                    .append(policy(2 * i + 3, "o" + i, "Direction", "both", "Consent", "false"));
        }
        card.manage(all.toString());
        synchronise();
        assertThat(device.objects).hasSize(20);
        assertSettled();
        card.manage(replace(2, "./MO/o13", "other"));

        assertThat(synchronise()).as("three surveys, one object, anchor, end").isEqualTo(6);
        assertThat(device.holds("./MO/o13", "other")).isTrue();
        assertThat(device.commands.stream().filter(c -> c.startsWith("Get ./MO")))
                .hasSize(21);
        assertSettled();
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 1000, 2000})
    @Tag("MO-5")
    void an_object_larger_than_a_message_goes_in_chunks_both_ways(int maxMsgSize) {
        release("wifi", "a".repeat(1200), "Direction", "both", "Consent", "false");
        device.maxMsgSize = maxMsgSize;
        synchronise();
        assertThat(device.holds(WIFI, "a".repeat(1200))).isTrue();
        assertSettled();
        changeOnDevice("b".repeat(1500));
        device.pullChunk = maxMsgSize - 300;
        synchronise();

        assertThat(onCard()).containsExactly(WIFI + "/x chr = " + "b".repeat(1500));
        assertSettled();
    }

    @Test
    void an_object_that_the_device_cannot_take_is_left_out() {
        release("big", "a".repeat(1200), "Direction", "both", "Consent", "false");
        release("wifi", "one", "Direction", "both", "Consent", "false");
        device.maxObjSize = 1000;
        synchronise();

        assertThat(device.objects).containsOnlyKeys(WIFI);
        assertThat(card.tree("./Sync/1/MO/big")).isEmpty();
        assertSettled();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 406, 413, 415, 420, 425, 500})
    void a_device_that_refuses_an_object_has_none(int status) {
        release("wifi", "one", "Direction", "both", "Consent", "false");
        device.refusals.put("Add " + WIFI, status);
        synchronise();
        assertThat(card.tree("./Sync/1/MO/wifi")).isEmpty();
        assertSettled();
        device.refusals.clear();
        device.unchanged = false;
        synchronise();

        assertThat(device.holds(WIFI, "one")).isTrue();
    }

    // --- another target

    private static final String MOVED = "./Con/wlan";

    private void target(String value) {
        assertThat(card.manage(TndsTest.add(2, "./Policy/wifi/Target", node("", "<d:Value>" + value + "</d:Value>"))))
                .containsExactly("2=200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"both", "device"})
    @Tag("MO-5")
    void an_object_moves_on_the_device_with_the_target_of_its_policy(String direction) {
        release("wifi", "old", "Direction", direction);
        synchronise();
        assertThat(device.questions).hasSize(1);
        target(MOVED);
        synchronise();

        assertThat(device.objects).containsOnlyKeys(MOVED);
        assertThat(device.holds(MOVED, "old")).isTrue();
        assertThat(device.questions).as("the user has agreed to it").hasSize(1);
        assertThat(card.tree("./Sync/1/MO/wifi/URI").toString()).contains(MOVED);
        assertSettled();
        card.manage(delete(2, "./Policy/wifi/Target"));
        synchronise();
        assertThat(device.objects).containsOnlyKeys(WIFI);
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void what_the_device_has_changed_moves_with_the_object() {
        adopted();
        changeOnDevice("mine");
        target(MOVED);
        synchronise();

        assertThat(device.objects).containsOnlyKeys(MOVED);
        assertThat(device.holds(MOVED, "mine")).isTrue();
        assertThat(onCard()).containsExactly(WIFI + "/x chr = mine");
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void what_the_card_has_changed_too_is_at_the_new_place() {
        adopted();
        changeOnCard("new");
        target(MOVED);
        synchronise();

        assertThat(device.objects).containsOnlyKeys(MOVED);
        assertThat(device.holds(MOVED, "new")).isTrue();
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    @Tag("INT-1")
    void a_move_that_is_cut_is_finished_in_the_next_session() {
        for (int at = 1; at < 7; at++) {
            for (boolean behind : new boolean[] {false, true}) {
                Card other = new Card();
                TestDevice phone = new TestDevice();
                phone.authenticates = false;
                other.manage(TndsTest.add(2, WIFI, node("", leaf("x", "old")))
                        + policy(3, "wifi", "Consent", "false", "Direction", "both"));
                phone.synchronise(other::serve);
                other.manage(TndsTest.add(2, "./Policy/wifi/Target", node("", "<d:Value>" + MOVED + "</d:Value>")));
                phone.breaksBefore = behind ? Integer.MAX_VALUE : at;
                phone.breaksBehind = behind ? at : Integer.MAX_VALUE;
                int unused = phone.tryToSynchronise(other::serve);
                other.local.abort();
                phone.breaksBefore = Integer.MAX_VALUE;
                phone.breaksBehind = Integer.MAX_VALUE;
                phone.synchronise(other::serve);

                assertThat(phone.objects).as("cut at %d, behind %b", at, behind).containsOnlyKeys(MOVED);
                assertThat(other.tree(WIFI)).anyMatch(line -> line.endsWith("= old"));
                assertThat(phone.synchronise(other::serve)).isEqualTo(1);
            }
        }
    }

    @Test
    @Tag("MO-5")
    void a_device_that_does_not_let_go_keeps_the_object_where_it_is() {
        adopted();
        target(MOVED);
        device.refusals.put("Delete " + WIFI, 405);
        synchronise();

        assertThat(device.objects).containsOnlyKeys(WIFI);
        assertSettled();
    }

    @Test
    @Tag("MO-8")
    void an_object_that_was_declined_is_asked_for_at_its_new_place() {
        release("wifi", "one", "Direction", "device");
        device.saysYes = false;
        synchronise();
        target(MOVED);
        synchronise();
        assertThat(device.questions).as("the same version").hasSize(1);
        changeOnCard("two");
        device.saysYes = true;
        synchronise();

        assertThat(device.objects).containsOnlyKeys(MOVED);
        assertSettled();
    }

    // --- changes

    @Test
    @Tag("MO-5")
    void a_change_on_the_card_reaches_the_device() {
        adopted();
        changeOnCard("new");
        synchronise();

        assertThat(device.holds(WIFI, "new")).isTrue();
        assertThat(device.commands).contains("Replace " + WIFI);
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void a_change_on_the_device_comes_to_the_card() {
        adopted();
        device.edit(WIFI, node("wifi", "<d:Path>./MO</d:Path>" + leaf("x", "new") + node("y", leaf("z", "deep"))));
        synchronise();

        assertThat(onCard()).containsExactly(WIFI + "/x chr = new", WIFI + "/y/z chr = deep");
        assertThat(device.commands).noneMatch(c -> c.startsWith("Replace " + WIFI));
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void what_a_device_changes_of_an_object_for_it_only_is_put_back() {
        release("wifi", "old", "Direction", "device", "Consent", "false");
        synchronise();
        changeOnDevice("mine");
        synchronise();

        assertThat(device.holds(WIFI, "old")).isTrue();
        assertThat(onCard()).containsExactly(WIFI + "/x chr = old");
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void lists_titles_and_what_the_device_lets_nobody_read_stay_on_the_card() {
        card.withDeviceCredentials(); // sensitive leaves need them
        device.authenticates = true;
        card.manage(TndsTest.add(
                        2, WIFI, node("", leaf("x", "1") + node("sec", leaf("key", "secret") + leaf("id", "me"))))
                + policy(3, "wifi", "Direction", "both", "Consent", "false", "Sensitive", "other,sec/*"));
        card.manage(replace(2, WIFI + "?prop=ACL", "Get=*&amp;Replace=*&amp;Add=*")
                + replace(3, WIFI + "/sec?prop=Title", "Security"));
        synchronise();
        device.edit(WIFI, node("", leaf("x", "2") + node("sec", leaf("id", "you"))));
        synchronise();

        assertThat(onCard())
                .containsExactly(
                        WIFI + "/x chr = 2", WIFI + "/sec/id chr secret = you", WIFI + "/sec/key chr secret = secret");
        assertThat(card.properties())
                .anyMatch(p -> p.startsWith(WIFI + " Get=*&Replace=*&Add=*"))
                .anyMatch(p -> p.contains("/sec  Security"));
        assertSettled();
    }

    @Test
    void an_object_with_the_same_content_is_agreed_on_without_a_change() {
        adopted("Conflict", "ask");
        card.manage(delete(2, "./Sync/1"));
        List<String> before = card.tree(WIFI);
        device.anchor = "gone";
        synchronise();

        assertThat(card.tree(WIFI)).isEqualTo(before);
        assertThat(record()).contains("agreed");
        assertThat(device.commands).noneMatch(c -> c.startsWith("Replace " + WIFI) || c.startsWith("Add " + WIFI));
        assertSettled();
    }

    // --- deletion

    @Test
    @Tag("MO-9")
    @Tag("MO-5")
    void what_is_gone_from_the_card_goes_from_the_device() {
        adopted();
        card.manage(delete(2, WIFI));
        synchronise();

        assertThat(device.objects).isEmpty();
        assertThat(card.tree("./Sync/1/MO")).containsExactly("./Sync/1/MO node");
        assertSettled();
    }

    @Test
    @Tag("MO-9")
    void what_is_no_longer_released_goes_from_the_device() {
        adopted();
        card.manage(delete(2, "./Policy/wifi"));
        synchronise();

        assertThat(device.objects).isEmpty();
        assertThat(onCard()).containsExactly(WIFI + "/x chr = old");
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void an_object_deleted_and_made_anew_is_another_one() {
        adopted();
        card.manage(delete(2, WIFI));
        card.manage(TndsTest.add(2, WIFI, node("", leaf("x", "again"))));
        synchronise();

        assertThat(device.holds(WIFI, "again")).isTrue();
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void what_the_user_deletes_on_the_device_goes_from_the_card() {
        adopted();
        device.remove(WIFI);
        synchronise();

        assertThat(card.tree(WIFI)).isEmpty();
        assertThat(device.objects).isEmpty();
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void a_device_that_lost_everything_gets_it_anew() {
        adopted();
        device.objects.clear();
        device.anchor = "";
        synchronise();

        assertThat(device.holds(WIFI, "old")).isTrue();
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void an_object_deleted_on_the_device_but_changed_on_the_card_is_handed_over_anew() {
        adopted();
        device.remove(WIFI);
        changeOnCard("new");
        synchronise();

        assertThat(device.holds(WIFI, "new")).isTrue();
        assertSettled();
    }

    // --- conflicts

    @ParameterizedTest
    @CsvSource({
        "card, 20300101T000000Z, card",
        "device, 20000101T000000Z, device",
        "newer, 20300101T000000Z, device",
        "newer, 20000101T000000Z, card",
        "newer, 20200202T020202Z, card",
        "newer, nonsense, card",
    })
    @Tag("MO-5")
    void a_conflict_goes_as_the_policy_says(String rule, String time, String winner) {
        adopted("Conflict", rule);
        byte[] now = Card.bytes("20200202T020202Z");
        card.store.setTime(now, (short) 0, (short) now.length);
        changeOnCard("card");
        device.edit(WIFI, node("", leaf("x", "device")), time);
        synchronise();

        assertThat(onCard()).containsExactly(WIFI + "/x chr = " + winner);
        assertThat(device.holds(WIFI, winner)).isTrue();
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void without_a_time_the_card_is_newer() {
        adopted("Conflict", "newer");
        card.store.setTime(new byte[0], (short) 0, (short) 0);
        changeOnCard("card");
        changeOnDevice("device");
        synchronise();

        assertThat(device.holds(WIFI, "card")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"card", "device"})
    @Tag("MO-5")
    void a_conflict_that_the_server_decides_waits_for_it(String winner) {
        adopted("Conflict", "ask");
        changeOnCard("card");
        changeOnDevice("device");
        synchronise();
        assertThat(onCard()).containsExactly(WIFI + "/x chr = card");
        assertThat(device.holds(WIFI, "device")).isTrue();
        assertThat(record()).contains("conflict");
        assertSettled();
        card.manage(replace(2, "./Sync/1/MO/wifi/Resolve", winner));
        device.unchanged = false;
        synchronise();

        assertThat(onCard()).containsExactly(WIFI + "/x chr = " + winner);
        assertThat(device.holds(WIFI, winner)).isTrue();
        assertThat(record()).contains("agreed");
        assertSettled();
    }

    @Test
    @Tag("MO-5")
    void a_device_that_has_the_object_already_is_in_conflict_with_the_card() {
        release("wifi", "card", "Direction", "both", "Consent", "false", "Conflict", "device");
        changeOnDevice("device");
        synchronise();

        assertThat(onCard()).containsExactly(WIFI + "/x chr = device");
        assertSettled();
    }

    // --- interruptions

    /** Whatever is lost, the next session brings both to agree, and the user's change is not lost. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("MO-5")
    @Tag("INT-2")
    void the_session_after_an_interruption_completes_what_it_left(boolean behind) {
        for (int at = 1; at < 30; at++) {
            Card other = new Card();
            TestDevice phone = new TestDevice();
            phone.authenticates = false;
            phone.maxMsgSize = 700;
            phone.pullChunk = 300;
            other.manage(addLeaf(2, "./MO/a", "a1")
                    + addLeaf(3, "./MO/b", "b1")
                    + TndsTest.add(4, "./MO/c", node("", leaf("x", "c".repeat(500))))
                    + policy(5, "a", "Direction", "both", "Consent", "false", "Conflict", "ask")
                    + policy(6, "b", "Direction", "both", "Consent", "false", "Conflict", "ask")
                    + policy(7, "c", "Direction", "both", "Consent", "false", "Conflict", "ask"));
            phone.synchronise(other::serve);
            other.manage(replace(2, "./MO/a", "a2") + replace(3, "./MO/c/x", "d".repeat(600)));
            phone.edit("./MO/b", node("", "<d:Value>" + "b".repeat(500) + "</d:Value>"));
            phone.breaksBefore = behind ? Integer.MAX_VALUE : at;
            phone.breaksBehind = behind ? at : Integer.MAX_VALUE;
            boolean complete = phone.tryToSynchronise(other::serve) > 0;
            other.local.abort();
            phone.breaksBefore = Integer.MAX_VALUE;
            phone.breaksBehind = Integer.MAX_VALUE;
            phone.unchanged = false;
            phone.synchronise(other::serve);

            assertThat(other.tree("./MO").stream().filter(line -> line.contains(" = ")))
                    .as("cut at message %d", at)
                    .containsExactly(
                            "./MO/a chr = a2", "./MO/b chr = " + "b".repeat(500), "./MO/c/x chr = " + "d".repeat(600));
            assertThat(phone.holds("./MO/a", "a2") && phone.holds("./MO/c", "d".repeat(600)))
                    .isTrue();
            assertThat(other.tree("./Sync/1/MO").stream().filter(line -> line.contains("/State")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("agreed"));
            assertThat(phone.synchronise(other::serve)).isEqualTo(1);
            if (complete) {
                assertThat(at).isGreaterThan(5);
                return;
            }
        }
        throw new AssertionError("no session was completed");
    }

    @Test
    @Tag("MO-5")
    void what_the_user_changes_behind_an_interrupted_push_is_not_lost() {
        adopted("Conflict", "ask");
        changeOnCard("card");
        device.breaksBehind = 2; // the device has the object, the card does not know
        device.tryToSynchronise(card::serve);
        card.local.abort();
        device.breaksBehind = Integer.MAX_VALUE;
        assertThat(record()).contains("pending");
        changeOnDevice("mine");
        synchronise();

        assertThat(record()).contains("conflict");
        assertThat(device.holds(WIFI, "mine")).isTrue();
    }

    // --- several devices

    @Test
    @Tag("MO-5")
    void each_device_has_its_own_records() {
        adopted();
        TestDevice second = new TestDevice("IMEI:350000000000006");
        second.authenticates = false;
        second.synchronise(card::serve);
        assertThat(second.holds(WIFI, "old")).isTrue();
        second.edit(WIFI, node("", leaf("x", "from the second")));
        second.synchronise(card::serve);
        synchronise();

        assertThat(device.holds(WIFI, "from the second")).isTrue();
        assertSettled();
        assertThat(second.synchronise(card::serve)).isEqualTo(1);
    }

    @Test
    void an_anchor_of_another_card_counts_for_nothing() {
        adopted();
        device.anchor = "99 99 99";
        assertThat(synchronise()).isGreaterThan(1);
        assertSettled();
    }

    @Test
    @Tag("MO-7")
    void a_device_that_keeps_no_anchor_is_compared_each_time() {
        device.hasCardSync = false;
        device.refusals.put("Add ./CardSync", 405);
        adopted();
        assertThat(synchronise()).as("survey, anchor").isEqualTo(3);
        assertThat(device.commands).contains("Get " + WIFI + "?prop=VerNo").doesNotContain("Replace " + WIFI);
        changeOnDevice("new");
        synchronise();
        assertThat(onCard()).containsExactly(WIFI + "/x chr = new");
    }

    // --- authentication

    @Test
    @Tag("SEC-3")
    void both_sides_prove_who_they_are_before_an_object_is_handed_over() {
        card.withDeviceCredentials();
        device.authenticates = true;
        card.manage(addLeaf(2, WIFI, "one")
                + TndsTest.add(
                        3, "./Policy/wifi", node("", leaf("Direction", "both") + leaf("Consent", "false") + LEVEL_1)));
        synchronise();
        assertThat(device.holds(WIFI, "one")).isTrue();
        assertSettled();
        card.manage(replace(2, WIFI, "two"));
        synchronise();

        assertThat(device.holds(WIFI, "two")).isTrue();
        assertSettled();
    }

    @Test
    @Tag("SEC-3")
    void a_device_with_a_wrong_secret_learns_nothing() {
        card.withDeviceCredentials();
        device.authenticates = true;
        device.secret = "guessed";
        card.manage(addLeaf(2, WIFI, "one")
                + TndsTest.add(
                        3, "./Policy/wifi", node("", leaf("Direction", "both") + leaf("Consent", "false") + LEVEL_1)));
        assertThat(device.tryToSynchronise(card::serve)).isEqualTo(-2);

        assertThat(device.commands).isEmpty();
        assertThat(card.local.isActive()).isFalse();
        device.secret = TestDevice.SECRET;
        synchronise();
        assertThat(device.holds(WIFI, "one")).isTrue();
    }

    @Test
    @Tag("SEC-3")
    void a_device_without_credentials_gets_none_of_the_objects_that_need_them() {
        card.manage(addLeaf(2, "./MO/free", "1")
                + policy(3, "free", "Direction", "both", "Consent", "false")
                + addLeaf(4, WIFI, "one")
                + TndsTest.add(
                        5, "./Policy/wifi", node("", leaf("Direction", "both") + leaf("Consent", "false") + LEVEL_1)));
        synchronise();

        assertThat(device.objects).containsOnlyKeys("./MO/free");
        assertThat(device.commands).noneMatch(c -> c.contains("wifi"));
    }

    @Test
    @Tag("SEC-3")
    void a_card_that_cannot_prove_who_it_is_changes_nothing() {
        device.authenticates = true; // the card has no credentials
        release("wifi", "one", "Direction", "both", "Consent", "false");
        assertThat(device.tryToSynchronise(card::serve)).isNegative();

        assertThat(device.objects).isEmpty();
        assertThat(card.local.isActive()).isFalse();
    }

    @Test
    void a_malformed_message_ends_the_session() {
        adopted();
        assertThat(card.serve(new byte[] {1, 2, 3})).isEmpty();
        assertThat(card.local.isActive()).isFalse();
        assertSettled();
    }
}
