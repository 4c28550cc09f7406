// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.card.dm.CommandsTest.addLeaf;
import static org.bipline.card.dm.CommandsTest.delete;
import static org.bipline.card.dm.CommandsTest.get;
import static org.bipline.card.dm.CommandsTest.replace;
import static org.bipline.card.dm.TndsTest.leaf;
import static org.bipline.card.dm.TndsTest.node;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects that are for one card or one device. Technical specification clause 4, Binding. */
@Tag("SEC-4")
class BindingTest {
    private static final String BANK = "./MO/bank";
    private static final String IMEI = TestDevice.IMEI.substring(5);
    private static final String OTHER = "350000000000006";

    private final Card card = new Card().withDeviceCredentials();
    private final TestDevice device = new TestDevice();

    BindingTest() {
        card.imei = IMEI;
    }

    private void provision(String binding, String... more) {
        StringBuilder leaves = new StringBuilder(leaf("Direction", "both") + leaf("Consent", "false"));
        leaves.append(leaf("Binding", binding));
        for (int i = 0; i < more.length; i += 2) {
            leaves.append(leaf(more[i], more[i + 1]));
        }
        assertThat(card.manage(TndsTest.add(2, "./Policy/bank", node("", leaves.toString()))
                        + TndsTest.add(3, BANK, node("", leaf("pin", "1234") + leaf("name", "ours")))))
                .containsExactly("2=200", "3=200");
    }

    /** The card comes into an ME with this IMEI. */
    private void insertInto(String imei) {
        card.imei = imei;
        card.store.recover();
        card.session.protection().binding().checkAndCommit();
    }

    private boolean isHandedTo(TestDevice other) {
        other.synchronise(card::serve);
        return other.objects.containsKey(BANK);
    }

    private String state() {
        String line = card.tree("./Binding/bank/State").get(0);
        return line.substring(line.indexOf("= ") + 2);
    }

    private String boundTo() {
        String line = card.tree("./Binding/bank/Device").get(0);
        return line.substring(line.indexOf("= ") + 2);
    }

    private String log(byte ring) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        card.store.log().write(ring, (short) 0, card.store.log().length(ring), Card.sink(out));
        return out.toString(StandardCharsets.UTF_8).replaceAll(" +", " ");
    }

    private static TestDevice other() {
        return new TestDevice("IMEI:" + OTHER);
    }

    @Test
    void what_is_not_bound_has_no_record() {
        provision("none");
        assertThat(card.tree("./Binding/")).isEmpty();
        insertInto(OTHER);
        assertThat(isHandedTo(other())).isTrue();
    }

    @Test
    void an_object_is_bound_to_the_device_in_which_it_arrives() {
        provision("device");
        assertThat(state()).isEqualTo("bound");
        assertThat(boundTo()).isEqualTo(IMEI);
        assertThat(log(SecurityLog.DONE)).contains("bind 200 " + IMEI + " bank");
        assertThat(isHandedTo(device)).isTrue();
    }

    @Test
    void where_the_device_does_not_tell_who_it_is_the_next_one_that_does_is_bound_to() {
        card.imei = "";
        provision("device");
        assertThat(boundTo()).isEmpty();
        assertThat(isHandedTo(device)).isFalse();
        insertInto(IMEI);
        assertThat(boundTo()).isEqualTo(IMEI);
        assertThat(isHandedTo(device)).isTrue();
    }

    @Test
    void another_device_locks_it_and_does_not_get_it() {
        provision("device");
        insertInto(OTHER);
        assertThat(state()).isEqualTo("locked");
        assertThat(log(SecurityLog.REFUSED)).contains("device 403 " + OTHER + " bank");
        assertThat(isHandedTo(other())).isFalse();
        assertThat(card.manage(get(2, BANK + "/name"))).containsExactly("2=200");
    }

    @Test
    void a_local_session_finds_out_by_itself() {
        provision("device");
        card.imei = OTHER;
        assertThat(isHandedTo(other())).isFalse();
        assertThat(state()).isEqualTo("locked");
    }

    @Test
    void the_device_that_it_was_bound_to_does_not_get_it_back_by_itself() {
        provision("device");
        insertInto(OTHER);
        insertInto(IMEI);
        assertThat(state()).isEqualTo("locked");
        assertThat(isHandedTo(device)).isFalse();
        assertThat(card.manage(replace(2, "./Binding/bank/State", "bound"))).containsExactly("2=200");
        assertThat(isHandedTo(device)).isTrue();
    }

    @Test
    void a_server_that_calls_it_bound_does_not_open_it_to_another_device() {
        provision("device");
        insertInto(OTHER);
        card.manage(replace(2, "./Binding/bank/State", "bound"));
        assertThat(isHandedTo(other())).isFalse();
        assertThat(state()).isEqualTo("locked");
    }

    @Test
    void only_its_server_binds_it_again_and_what_was_sensitive_is_erased() {
        provision("device", "Sensitive", "pin");
        byte[] pin = Memory.value(card.store, card.node(BANK + "/pin"));
        assertThat(isHandedTo(device)).isTrue();
        insertInto(OTHER);
        assertThat(card.manage(replace(2, "./Binding/bank/State", "rebind"))).containsExactly("2=200");
        assertThat(state()).isEqualTo("bound");
        assertThat(boundTo()).isEqualTo(OTHER);
        Memory.assertHasNot(card.store, pin);
        TestDevice other = other();
        assertThat(isHandedTo(other)).isTrue();
        assertThat(other.holds(BANK, "ours")).isTrue();
        assertThat(other.holds(BANK, "1234")).isFalse();
        card.manage(replace(2, BANK + "/pin", "9876"));
        assertThat(isHandedTo(other)).isTrue();
        assertThat(other.holds(BANK, "9876")).isTrue();
        insertInto(IMEI);
        assertThat(isHandedTo(device)).isTrue(); // what it had
        assertThat(device.holds(BANK, "9876")).isFalse();
    }

    @Test
    void its_server_is_told_once() {
        provision("device");
        assertThat(card.start()).doesNotContain("devicechanged");
        insertInto(OTHER);
        String package1 = card.start();
        assertThat(package1)
                .contains("<Item><Source><LocURI>" + BANK + "</LocURI></Source><Meta>"
                        + "<m:Type>Reversed-Domain-Name: org.bipline.devicechanged</m:Type><m:Format>chr</m:Format>"
                        + "<m:Mark>warning</m:Mark></Meta><Data>./Binding/bank</Data></Item>");
        card.receive(card.authenticated("<Status><CmdID>2</CmdID><MsgRef>" + card.sentMessage()
                + "</MsgRef><CmdRef>3</CmdRef><Cmd>Alert</Cmd><Data>200</Data></Status>"
                + get(3, "./Binding/bank/State") + "<Final/>"));
        assertThat(card.send()).contains("<Data>reported</Data>");
        card.finish();
        assertThat(card.start()).doesNotContain("devicechanged");
        card.receive(card.authenticated(get(2, BANK) + "<Final/>"));
        card.send();
        card.finish();
        TestDevice other = other();
        assertThat(isHandedTo(other)).isFalse();
        assertThat(card.manage(replace(2, "./Binding/bank/State", "rebind"))).containsExactly("2=200");
        assertThat(state()).isEqualTo("bound");
        assertThat(isHandedTo(other)).isTrue();
    }

    @Test
    void a_client_that_calls_itself_otherwise_than_the_ME_gets_nothing_and_locks_nothing() {
        provision("device");
        assertThat(isHandedTo(other())).isFalse();
        assertThat(state()).isEqualTo("bound");
        card.imei = "";
        assertThat(isHandedTo(device)).isFalse();
        assertThat(state()).isEqualTo("bound");
        card.imei = IMEI;
        assertThat(isHandedTo(device)).isTrue();
    }

    @Test
    void a_change_reaches_the_device_also_after_a_session_in_which_it_did_not_tell_its_IMEI() {
        provision("device");
        assertThat(isHandedTo(device)).isTrue();
        card.manage(replace(2, BANK + "/name", "theirs"));
        card.imei = "";
        device.synchronise(card::serve);
        assertThat(device.holds(BANK, "ours")).isTrue();
        card.imei = IMEI;
        device.synchronise(card::serve);
        assertThat(device.holds(BANK, "theirs")).isTrue();
    }

    @Test
    void the_check_digit_does_not_matter() {
        provision("device");
        insertInto(IMEI.substring(0, 14) + "0");
        assertThat(state()).isEqualTo("bound");
        assertThat(isHandedTo(device)).isTrue();
    }

    @Test
    void a_list_of_devices() {
        provision("devices", "Devices", "123456789012345," + OTHER + "," + IMEI);
        assertThat(isHandedTo(device)).isTrue();
        insertInto(OTHER);
        TestDevice other = other();
        assertThat(isHandedTo(other)).isTrue();
        insertInto("111111111111111");
        assertThat(state()).isEqualTo("locked");
        insertInto(OTHER);
        assertThat(isHandedTo(device)).isTrue(); // what it had
        card.manage(replace(2, BANK + "/name", "new") + replace(3, "./Binding/bank/State", "rebind"));
        assertThat(state()).isEqualTo("bound");
        other.synchronise(card::serve);
        assertThat(other.holds(BANK, "new")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sim", "", "Device"})
    void an_object_bound_to_something_else_is_for_nobody(String binding) {
        provision(binding);
        assertThat(isHandedTo(device)).isFalse();
    }

    @Test
    void an_object_bound_to_the_card_is_for_any_device() {
        provision("card");
        card.imei = "";
        assertThat(isHandedTo(other())).isTrue();
        assertThat(state()).isEqualTo("bound");
    }

    @Test
    void a_record_goes_with_its_object_and_with_its_binding() {
        provision("device");
        assertThat(card.tree("./Binding/bank")).hasSize(4);
        card.manage(replace(2, "./Policy/bank/Binding", "none"));
        assertThat(card.tree("./Binding/bank")).isEmpty();
        card.manage(replace(2, "./Policy/bank/Binding", "card"));
        assertThat(card.tree("./Binding/bank")).hasSize(4);
        card.manage(replace(2, BANK + "?prop=Name", "b"));
        assertThat(card.tree("./Binding/")).isEmpty();
        card.manage(replace(2, "./MO/b?prop=Name", "bank"));
        card.manage(delete(2, BANK));
        assertThat(card.tree("./Binding/")).isEmpty();
    }

    @Test
    void the_record_has_the_list_of_its_object_and_a_seal_that_nobody_reads() {
        provision("device");
        assertThat(card.manage(replace(2, BANK + "?prop=ACL", "Get=*&amp;Replace=bank.example")))
                .containsExactly("2=200");
        assertThat(card.properties()).anyMatch(line -> line.startsWith("./Binding/bank Get=*&Replace=bank.example "));
        assertThat(card.manage(get(2, "./Binding/bank/Seal")
                        + replace(3, "./Binding/bank/Seal", "x")
                        + delete(4, "./Binding/bank")
                        + replace(5, "./Binding/bank/Device", IMEI)
                        + replace(6, "./Binding/bank/State", "bound")))
                .containsExactly("2=405", "3=405", "4=405", "5=405", "6=425");
    }

    // --- seals

    private void alter(String from, String to) {
        byte[] data = (byte[]) Memory.get(card.store.heap(), "data");
        String text = Memory.text(data);
        int at = text.indexOf(from);
        assertThat(at).isPositive();
        byte[] bytes = Card.bytes(to);
        System.arraycopy(bytes, 0, data, at, bytes.length);
    }

    @Test
    void every_change_of_the_server_renews_the_seal() {
        provision("card", "Sensitive", "pin");
        for (String change : List.of(
                replace(2, BANK + "/name", "a"),
                replace(2, BANK + "/pin", "b"),
                addLeaf(2, BANK + "/more", "c"),
                TndsTest.add(2, BANK + "/deep", node("", leaf("d", "e"))),
                replace(2, BANK + "/deep/d?prop=Name", "f"),
                replace(2, BANK + "/deep?prop=Title", "g"),
                replace(2, BANK + "?prop=ACL", "Get=*&amp;Replace=*&amp;Add=*&amp;Delete=*"),
                "<Copy><CmdID>2</CmdID><Item><Target><LocURI>" + BANK + "/copy</LocURI></Target><Source><LocURI>" + BANK
                        + "/name</LocURI></Source></Item></Copy>",
                delete(2, BANK + "/copy"),
                replace(2, "./Policy/bank/Direction", "device"),
                addLeaf(2, "./Policy/bank/Conflict", "card"),
                replace(2, "./Policy/bank/Sensitive", "pin,name"),
                TndsTest.replace(2, BANK, node("", leaf("pin", "h") + leaf("name", "i"))))) {
            assertThat(card.manage(change)).as(change).containsExactly("2=200");
            assertThat(card.session.protection().isIntact(card.node(BANK)))
                    .as(change)
                    .isTrue();
        }
        assertThat(isHandedTo(device)).isTrue();
        assertThat(log(SecurityLog.REFUSED)).isEmpty();
    }

    @Test
    void what_was_altered_behind_the_cards_back_is_neither_handed_over_nor_sealed_again() {
        provision("card");
        alter("ours", "evil");
        assertThat(isHandedTo(device)).isFalse();
        assertThat(log(SecurityLog.REFUSED)).contains("integrity 500 - bank");
        assertThat(card.manage(replace(2, BANK + "/pin", "1")
                        + replace(3, "./Policy/bank/Direction", "device")
                        + replace(4, "./Binding/bank/State", "bound")
                        + addLeaf(5, BANK + "/x", "1")))
                .containsExactly("2=500", "3=500", "4=500", "5=500");
        assertThat(isHandedTo(device)).isFalse();
        card.manage(TndsTest.replace(2, BANK, node("", leaf("name", "anew"))));
        assertThat(isHandedTo(device)).isTrue();
    }

    @Test
    void a_policy_and_a_device_that_were_altered_count_as_well() {
        provision("device");
        alter(IMEI, OTHER);
        card.imei = OTHER;
        assertThat(isHandedTo(other())).isFalse();
        alter(OTHER, IMEI);
        card.imei = IMEI;
        assertThat(isHandedTo(device)).isTrue();
        card.manage(replace(2, BANK + "/name", "two"));
        alter("both", "card");
        device.synchronise(card::serve);
        assertThat(device.holds(BANK, "two")).isFalse();
    }

    /** Cards outside of a runtime are all made of the same random numbers. */
    private static void takeOtherKeys(Card other) {
        for (String key : List.of("values", "seals", "lastOfSeals")) {
            ((javacard.security.AESKey) Memory.get(other.store.keys, key))
                    .setKey(Card.bytes(key + " of another card"), (short) 0);
        }
    }

    /** All that the store has, from one card to another. */
    private static void copy(MoStore from, MoStore to) {
        System.arraycopy(from.nodes, 0, to.nodes, 0, from.nodes.length);
        System.arraycopy(from.properties, 0, to.properties, 0, from.properties.length);
        for (String array : List.of("data", "links")) {
            Object source = Memory.get(from.heap(), array);
            System.arraycopy(source, 0, Memory.get(to.heap(), array), 0, java.lang.reflect.Array.getLength(source));
        }
        to.recover();
    }

    @Test
    @Tag("SEC-6")
    void an_image_of_the_store_is_of_no_use_on_another_card() {
        provision("card", "Sensitive", "pin");
        assertThat(card.manage(TndsTest.add(2, "./MO/open", node("", leaf("x", "y")))
                        + TndsTest.add(
                                3, "./Policy/open", node("", leaf("Direction", "device") + leaf("Consent", "false")))))
                .containsExactly("2=200", "3=200");
        Card second = new Card().withDeviceCredentials();
        takeOtherKeys(second);
        copy(card.store, second.store);
        device.synchronise(second::serve);
        assertThat(device.objects).containsOnlyKeys("./MO/open");
        assertThat(second.tree(BANK + "/pin").toString()).doesNotContain("1234");
    }

    @Test
    void the_card_itself_under_another_ICCID_has_no_bound_objects() {
        provision("card");
        card.iccid[9] = 0x19;
        assertThat(isHandedTo(device)).isFalse();
    }

    @Test
    void an_object_put_in_the_place_of_another_does_not_pass() {
        provision("card");
        card.manage(TndsTest.add(2, "./MO/fake", node("", leaf("pin", "1234") + leaf("name", "fake"))));
        short name = card.node(BANK + "/name");
        short fake = card.node("./MO/fake/name");
        javacard.framework.Util.setShort(
                card.store.nodes, NodeTable.cell(name, NodeTable.FIRST), card.store.get(fake, NodeTable.FIRST));
        assertThat(card.tree(BANK + "/name")).containsExactly(BANK + "/name chr = fake");
        assertThat(isHandedTo(device)).isFalse();
    }
}
