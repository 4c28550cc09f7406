// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of what card and devices have agreed on. Technical specification clause 4, Synchronisation. */
class SyncRecordsTest {
    private static final String IMEI = "IMEI:490154203237518";

    private final Card card = new Card();
    private final SyncRecords records = card.records;

    @BeforeEach
    void an_object() {
        card.answerTo(CommandsTest.addInterior(2, "./MO/wifi") + CommandsTest.addLeaf(3, "./MO/wifi/x", "1"));
    }

    private short device(String name) {
        byte[] bytes = Card.bytes(name);
        return records.device(bytes, (short) 0, (short) bytes.length);
    }

    private short add(String name) {
        byte[] bytes = Card.bytes(name);
        return records.addDevice(bytes, (short) 0, (short) bytes.length);
    }

    private short agree(short device, String object, int cardVersion, int deviceVersion) {
        records.clear();
        records.setCardVersion((short) cardVersion);
        records.setDeviceVersion((short) deviceVersion);
        return records.write(device, card.node(object), SyncRecords.AGREED);
    }

    private String anchor(short device) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        records.writeAnchor(device, Card.sink(out));
        return out.toString(StandardCharsets.UTF_8);
    }

    private boolean isAnchor(short device, String anchor) {
        byte[] bytes = Card.bytes("<" + anchor + ">");
        return records.isAnchor(device, bytes, (short) 1, (short) (bytes.length - 2)) && records.isCurrent(device);
    }

    @Test
    void a_device_is_found_by_its_name() {
        assertThat(device(IMEI)).isEqualTo(MoStore.NONE);
        short device = add(IMEI);
        add("IMEI:49015420323751");
        assertThat(device(IMEI)).isEqualTo(device);
        assertThat(card.tree("./Sync/1"))
                .containsExactly(
                        "./Sync/1 node", "./Sync/1/DevId chr = " + IMEI, "./Sync/1/Anchor chr = ", "./Sync/1/MO node");
    }

    @Test
    void the_device_known_longest_makes_way_for_a_fifth() {
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            add(name);
        }
        assertThat(device("a")).isEqualTo(MoStore.NONE);
        assertThat(device("b")).isEqualTo(MoStore.NONE);
        assertThat(card.tree("./Sync/").stream().filter(line -> line.contains("DevId")))
                .containsExactly(
                        "./Sync/3/DevId chr = c",
                        "./Sync/4/DevId chr = d",
                        "./Sync/1/DevId chr = e",
                        "./Sync/2/DevId chr = f");
    }

    @Test
    @Tag("MO-1")
    @Tag("MO-5")
    void a_record_has_state_versions_and_the_URI_of_the_policy() {
        card.thenAnswerTo(
                TndsTest.add(2, "./Policy/wifi", TndsTest.node("", TndsTest.leaf("Target", "./Con/wireless lan"))));
        short device = add(IMEI);
        short record = agree(device, "./MO/wifi", 65535, 40000);
        assertThat(card.tree("./Sync/1/MO/"))
                .containsExactly(
                        "./Sync/1/MO/wifi node",
                        "./Sync/1/MO/wifi/State chr = agreed 65535 40000",
                        "./Sync/1/MO/wifi/URI chr = ./Con/wireless lan");
        assertThat(records.record(device, card.node("./MO/wifi"))).isEqualTo(record);
        assertThat(records.object(record)).isEqualTo(card.node("./MO/wifi"));
        records.clear();
        assertThat(records.read(record)).isEqualTo(SyncRecords.AGREED);
        assertThat(records.isCardVersion((short) 65535)).isTrue();
        assertThat(records.isCardVersion((short) 65534)).isFalse();
        assertThat(records.isDeviceVersion((short) 40000)).isTrue();
        assertThat(records.hasDeviceVersion()).isTrue();
    }

    @Test
    @Tag("MO-5")
    void a_version_that_is_not_known_is_equal_to_none() {
        short device = add(IMEI);
        records.clear();
        short record = records.write(device, card.node("./MO/wifi"), SyncRecords.PENDING);
        assertThat(card.tree("./Sync/1/MO/wifi/State")).containsExactly("./Sync/1/MO/wifi/State chr = pending - -");
        assertThat(records.read(record)).isEqualTo(SyncRecords.PENDING);
        assertThat(records.isCardVersion((short) 0)).isFalse();
        assertThat(records.isDeviceVersion((short) 0)).isFalse();
        assertThat(records.hasDeviceVersion()).isFalse();
    }

    @Test
    @Tag("MO-5")
    void a_new_record_takes_the_place_of_the_old_and_keeps_where_the_device_has_the_object() {
        short device = add(IMEI);
        agree(device, "./MO/wifi", 1, 2);
        card.thenAnswerTo(TndsTest.add(2, "./Policy/wifi", TndsTest.node("", TndsTest.leaf("Target", "./Con/x"))));
        agree(device, "./MO/wifi", 3, 4);
        assertThat(card.tree("./Sync/1/MO/"))
                .containsExactly(
                        "./Sync/1/MO/wifi node",
                        "./Sync/1/MO/wifi/State chr = agreed 3 4",
                        "./Sync/1/MO/wifi/URI chr = ./MO/wifi");
    }

    @Test
    @Tag("INT-1")
    void a_record_that_was_not_committed_is_undone() {
        short device = add(IMEI);
        agree(device, "./MO/wifi", 1, 2);
        card.store.commit();
        List<String> before = card.tree();
        agree(device, "./MO/wifi", 3, 4);
        records.renewAnchor(device);
        card.store.rollback((short) 0);
        assertThat(card.tree()).isEqualTo(before);
    }

    @Test
    @Tag("MO-9")
    void the_anchor_holds_until_an_object_or_a_policy_changes() {
        short device = add(IMEI);
        assertThat(isAnchor(device, "")).isFalse();
        records.renewAnchor(device);
        card.store.commit();
        String first = anchor(device);
        assertThat(isAnchor(device, first)).isTrue();
        assertThat(isAnchor(device, first + "0")).isFalse();
        card.thenAnswerTo(CommandsTest.replace(2, "./MO/wifi/x", "2"));
        assertThat(isAnchor(device, first)).isFalse();
        records.renewAnchor(device);
        card.store.commit();
        String second = anchor(device);
        assertThat(second).isNotEqualTo(first);
        assertThat(isAnchor(device, first)).isFalse();
        assertThat(isAnchor(device, second)).isTrue();
        card.thenAnswerTo(CommandsTest.addInterior(2, "./Policy/wifi"));
        assertThat(isAnchor(device, second)).isFalse();
    }

    @Test
    @Tag("MO-9")
    void the_anchor_holds_when_records_change() {
        short device = add(IMEI);
        records.renewAnchor(device);
        card.store.commit();
        String anchor = anchor(device);
        agree(device, "./MO/wifi", 1, 2);
        add("another");
        assertThat(isAnchor(device, anchor)).isTrue();
    }

    /** Else the new object could by chance have the version that the device has agreed to. */
    @ParameterizedTest
    @Tag("MO-5")
    @ValueSource(strings = {"delete", "rename"})
    void the_version_of_an_object_that_makes_way_is_forgotten(String how) {
        short device = add(IMEI);
        agree(device, "./MO/wifi", 0, 7);
        card.store.commit();
        card.thenAnswerTo(
                how.equals("delete")
                        ? CommandsTest.delete(2, "./MO/wifi/x") + CommandsTest.delete(3, "./MO/wifi")
                        : CommandsTest.replace(2, "./MO/wifi/x?prop=Name", "y")
                                + CommandsTest.replace(3, "./MO/wifi?prop=Name", "wlan"));
        assertThat(card.tree("./Sync/1/MO/wifi/State")).containsExactly("./Sync/1/MO/wifi/State chr = agreed - 7");
        assertThat(records.object(records.firstRecord(device))).isEqualTo(MoStore.NONE);
    }

    @Test
    @Tag("MO-5")
    void the_server_decides_on_a_conflict_by_the_leaf_Resolve() {
        short device = add(IMEI);
        assertThat(records.unreported(MoStore.NONE)).isEqualTo(MoStore.NONE);
        agree(device, "./MO/wifi", 1, 2);
        assertThat(records.unreported(MoStore.NONE)).isEqualTo(MoStore.NONE);
        records.clear();
        short record = records.write(device, card.node("./MO/wifi"), SyncRecords.CONFLICT);
        card.store.commit();
        assertThat(records.unreported(MoStore.NONE)).isEqualTo(record);
        assertThat(records.resolution(record)).isZero();
        assertThat(Card.statuses(card.thenAnswerTo(CommandsTest.replace(2, "./Sync/1/MO/wifi/Resolve", "device")
                        + CommandsTest.replace(3, "./Sync/1/MO/wifi/State", "agreed 1 1")
                        + CommandsTest.delete(4, "./Sync/1/MO/wifi"))))
                .containsExactly("2=200", "3=405", "4=405");
        assertThat(records.resolution(record)).isEqualTo(SyncRecords.DEVICE_WINS);

        records.read(record);
        record = records.write(device, card.node("./MO/wifi"), SyncRecords.REPORTED);
        assertThat(records.unreported(MoStore.NONE)).isEqualTo(MoStore.NONE);
        assertThat(records.resolution(record)).isEqualTo(SyncRecords.DEVICE_WINS);
        record = records.write(device, card.node("./MO/wifi"), SyncRecords.CONFLICT);
        assertThat(records.resolution(record)).as("another conflict").isZero();
        record = agree(device, "./MO/wifi", 3, 3);
        assertThat(records.resolution(record)).isZero();
        assertThat(card.node("./Sync/1/MO/wifi/Resolve")).isEqualTo(MoStore.NONE);
    }

    @Test
    void the_server_can_make_the_card_forget_a_device() {
        add(IMEI);
        card.store.commit();
        assertThat(Card.statuses(card.thenAnswerTo(CommandsTest.delete(2, "./Sync/1"))))
                .containsExactly("2=200");
        assertThat(device(IMEI)).isEqualTo(MoStore.NONE);
    }
}
