// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bipline.me.dm.Fixture.CLOCK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree outlives the process. */
@Tag("MO-5")
class TreeFileTest {
    private static final DeviceIdentity IDENTITY = DeviceIdentity.of("490154203237518", "en");

    @TempDir
    Path directory;

    private Path file;
    private TreeFile store;

    @BeforeEach
    void choose() {
        file = directory.resolve("device.xml");
        store = new TreeFile(file);
    }

    private ManagementTree open() throws IOException {
        return store.open(IDENTITY, CLOCK);
    }

    @Test
    void begins_with_the_tree_of_the_factory_and_writes_nothing_until_something_changes() throws Exception {
        assertThat(open().root()).isEqualTo(DeviceTree.factory(IDENTITY, CLOCK).root());
        assertThat(file).doesNotExist();
    }

    @Test
    void gives_back_every_property_and_what_it_knows_of_cards() throws Exception {
        ManagementTree tree = open();
        tree.put(
                "./MO",
                MgmtNode.interior("Obj")
                        .type("urn:x:1.0")
                        .acl("Get=*&Replace=a+b")
                        .title("T\u00eftle <&>")
                        .child(MgmtNode.leaf("Text", " two\nlines\t\u20ac "))
                        .child(MgmtNode.leaf("Empty", ""))
                        .child(MgmtNode.named("Int").format(Format.INT).value(NodeValue.text("7")))
                        .child(MgmtNode.named("Bin")
                                .format(Format.BIN)
                                .type("application/octet-stream")
                                .value(NodeValue.binary(ByteString.of(new byte[] {0, 1, -1}))))
                        .child(MgmtNode.interior("Bare"))
                        .build());
        tree.card(
                "8988",
                new CardRecord(
                        true,
                        new TreeMap<>(Map.of(
                                "./MO/Obj", new CardRecord.Shared(Optional.of(7), true),
                                "./MO/Gone", new CardRecord.Shared(Optional.empty(), false))),
                        List.of("./DMAcc/One", "./DMAcc/Two"),
                        new TreeMap<>(Map.of(
                                "./MO/Aside",
                                MgmtNode.interior("Aside")
                                        .verNo(3)
                                        .tstamp("20010711T163817Z")
                                        .build()))));
        tree.alerts(List.of(
                new GenericAlert("./DMAcc/One", "./FwUpdate/Device", "x", Optional.empty(), Optional.empty(), ""),
                new GenericAlert(
                        "./DMAcc/Two", "./FwUpdate/Device", "x", Optional.of("critical"), Optional.of("7"), "405")));
        store.save(tree);

        ManagementTree again = open();

        assertThat(again.cards()).isEqualTo(tree.cards());
        assertThat(again.alerts()).isEqualTo(tree.alerts());
        store.save(again);
        assertThat(new TreeFile(file).open(IDENTITY, CLOCK).root()).isEqualTo(again.root());
        assertThat(again.octets("./MO/Obj/Bin")).contains(ByteString.of(new byte[] {0, 1, -1}));
        assertThat(again.text("./MO/Obj/Text")).contains(" two\nlines\t\u20ac ");
        MgmtNode object = again.node("./MO/Obj").orElseThrow();
        assertThat(object.acl()).contains("Get=*&Replace=a+b");
        assertThat(object.title()).contains("T\u00eftle <&>");
        assertThat(object.verNo()).isEqualTo(tree.node("./MO/Obj").orElseThrow().verNo());
        assertThat(object.child("Bare").orElseThrow().isInterior()).isTrue();
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    @Tag("INT-2")
    void an_outcome_that_waits_for_its_server_waits_on_after_the_process_has_ended() throws Exception {
        ManagementTree tree = open();
        tree.put(
                "./DMAcc",
                new AccountSettings("Operator", Fixture.SERVER, "http://server/dm", Optional.empty(), Optional.empty())
                        .toNode());
        ScriptedServer server = new ScriptedServer(SyncMlCodec.WBXML);
        GenericAlert outcome = new GenericAlert(
                "./DMAcc/Operator", DeviceTree.FIRMWARE, "x", Optional.empty(), Optional.of("job-7"), "200");
        server.says(Fixture.exec(10, DeviceTree.FIRMWARE + "/Update", "job-7"));
        DmClient client = Fixture.client(tree, server)
                .store(store)
                .handler(
                        FirmwareUpdate.OBJECTS,
                        request -> ExecHandler.Answer.accepted(() -> new ExecHandler.Over(outcome)))
                .build();
        client.connect("./DMAcc/Operator");
        client.performOperations();

        ManagementTree again = open();
        DmClient next = Fixture.client(again, server).store(store).build();
        next.connect("./DMAcc/Operator");
        assertThat(server.alerts().getLast().correlator()).contains("job-7");
        assertThat(open().alerts()).as("told, and so kept no longer").isEmpty();
    }

    @Test
    @Tag("INT-2")
    void what_was_acknowledged_is_there_after_the_process_has_ended() throws Exception {
        ManagementTree tree = open();
        tree.put(
                "./DMAcc",
                new AccountSettings("Operator", "server", "http://server/dm", Optional.empty(), Optional.empty())
                        .toNode());
        ScriptedServer server = new ScriptedServer(SyncMlCodec.WBXML);
        server.says(Fixture.addNode(10, "./MO/Obj"), Fixture.add(11, "./MO/Obj/Leaf", "one"));
        DmTransport cut = (uri, message) -> {
            DmTransport.Message answer = server.post(uri, message);
            if (server.received().size() == 2) { // the statuses are on their way
                assertThat(open().text("./MO/Obj/Leaf")).contains("one");
                throw new IOException("cut");
            }
            return answer;
        };

        Fixture.client(tree, cut).store(store).build().connect("./DMAcc/Operator");

        assertThat(server.received()).hasSize(2);
    }

    @Test
    void a_tree_that_cannot_be_kept_ends_the_session_before_anything_is_acknowledged() throws Exception {
        ManagementTree tree = Fixture.tree();
        ScriptedServer server = new ScriptedServer(SyncMlCodec.WBXML).says(Fixture.addNode(10, "./MO/Obj"));
        TreeFile nowhere = new TreeFile(directory.resolve("no").resolve("device.xml"));

        SessionOutcome outcome =
                Fixture.client(tree, server).store(nowhere).build().connect(Fixture.ACCOUNT);

        assertThat(outcome.state()).isEqualTo(SessionOutcome.State.FAILED);
        assertThat(outcome.reason()).contains("the management tree cannot be kept", "device.xml");
        assertThat(server.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD><Node><NodeName>Other</NodeName></Node></MgmtTree>",
                "<html/>"
            })
    void a_damaged_file_is_one_error_with_its_remedy(String content) throws Exception {
        Files.writeString(file, content);

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + ": damaged (")
                .hasMessageEndingWith("put back a copy of it, or remove it to begin with the tree of the factory")
                .hasMessageNotContaining("\n");
    }

    @Test
    void no_part_of_a_file_passes_for_the_whole() throws Exception {
        ManagementTree tree = open();
        tree.put(
                "./MO",
                MgmtNode.interior("Obj").child(MgmtNode.leaf("Leaf", "x")).build());
        store.save(tree);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length += 97) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(this::open).isInstanceOf(IOException.class);
        }
    }

    @Test
    void the_tree_of_another_device_is_refused() throws Exception {
        store.save(open());

        assertThatThrownBy(() -> store.open(DeviceIdentity.of("356938035643809", "en"), CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("IMEI:490154203237518")
                .hasMessageContaining("IMEI:356938035643809")
                .hasMessageContaining("a file of its own");
    }
}
