// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningTest {
    private final Fixture fixture = new Fixture();
    private final TestClient client = fixture.client();

    @AfterEach
    void close() {
        fixture.close();
    }

    private Job run(JobSpec spec) {
        Job job = fixture.server.submit(Fixture.DEVICE, spec);
        assertThat(client.runSession()).isTrue();
        return fixture.job(job.id());
    }

    private long sent(Class<? extends Command> type) {
        return client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .filter(type::isInstance)
                .count();
    }

    @ParameterizedTest
    @EnumSource(SyncMlCodec.class)
    @Tag("MO-2")
    @Tag("MO-3")
    void creates_an_object_by_one_add_and_reads_it_back(SyncMlCodec codec) {
        client.codec = codec;
        client.maxMsgSize = 4000;
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.reason()).isEmpty();
        assertThat(sent(Command.Add.class)).isEqualTo(1);
        assertThat(client.tree.get("./MO/Example/Name").value().asText()).contains("Käse");
        assertThat(client.tree.get("./MO/Example/Inner/Void").format()).isEqualTo(Format.NODE);
        MgmtNode read = job.tree().orElseThrow();
        assertThat(read.name()).isEqualTo("Example");
        assertThat(read.type()).contains("urn:example:mo:1.0");
        assertThat(read.child("Inner")
                        .orElseThrow()
                        .child("Number")
                        .orElseThrow()
                        .value())
                .contains(NodeValue.text("42"));
        assertThat(read.child("Key")
                        .orElseThrow()
                        .value()
                        .orElseThrow()
                        .octets()
                        .toHex())
                .isEqualTo("00FF0180");
        assertThat(job.statuses()).extracting(CommandStatus::code).containsOnly(200);
        assertThat(job.statuses())
                .hasSize(11); // Add, a Get for each of the seven nodes, one for each type of the interior three
    }

    @Test
    void names_the_type_of_the_serialised_tree_and_leaves_the_name_to_the_target() {
        run(JobSpec.provision(MgmtTree.of(Fixture.sampleMo()), "./MO/Other", JobSpec.Mode.TNDS));

        Item item = client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .filter(Command.Add.class::isInstance)
                .map(add -> ((Command.Add) add).items().get(0))
                .findFirst()
                .orElseThrow();
        assertThat(item.targetUri()).contains("./MO/Other");
        assertThat(item.meta().flatMap(Meta::format)).contains("bin");
        assertThat(item.meta().flatMap(Meta::type)).contains("application/vnd.syncml.dmtnds+wbxml");
        assertThat(client.tree).containsKey("./MO/Other/Inner/Number");
    }

    @ParameterizedTest
    @EnumSource(SyncMlCodec.class)
    @Tag("MO-2")
    void sends_an_object_larger_than_a_message_in_chunks(SyncMlCodec codec) {
        client.codec = codec;
        client.maxMsgSize = codec == SyncMlCodec.XML ? 2000 : 1200;
        Job job = run(Fixture.provision(Fixture.largeMo(4, 2000)));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        List<Item> chunks = client.received.stream()
                .flatMap(message -> message.body().commands().stream())
                .filter(Command.Add.class::isInstance)
                .map(add -> ((Command.Add) add).items().get(0))
                .toList();
        assertThat(chunks).hasSizeGreaterThan(6);
        assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(Item::moreData);
        assertThat(chunks.get(chunks.size() - 1).moreData()).isFalse();
        assertThat(chunks.get(0).meta().flatMap(Meta::size)).isPresent();
        assertThat(chunks.subList(1, chunks.size()))
                .noneMatch(c -> c.meta().flatMap(Meta::size).isPresent());
        List<SyncMl> chunkMessages = client.received.stream()
                .filter(message -> message.body().commands().stream().anyMatch(Command.Add.class::isInstance))
                .toList();
        assertThat(chunkMessages.subList(0, chunkMessages.size() - 1))
                .noneMatch(m -> m.body().last());
        assertThat(chunkMessages.get(chunkMessages.size() - 1).body().last()).isTrue();
    }

    @Test
    void gets_along_with_a_client_that_takes_512_octets() {
        client.maxMsgSize = 512;
        client.sendLimit = 512;
        Job job = run(Fixture.provision(Fixture.largeMo(2, 600)));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
    }

    @Test
    void says_so_when_a_message_has_no_room_for_a_command() {
        Job job = fixture.server.submit(Fixture.DEVICE, Fixture.provision(Fixture.sampleMo()));
        client.maxMsgSize = 430;
        client.runSession();

        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.FAILED);
        assertThat(fixture.job(job.id()).reason()).contains("does not fit into a message", "MaxMsgSize, 430 octets");
    }

    @Test
    @Tag("INT-3")
    void refuses_an_object_larger_than_the_client_accepts_before_a_byte_is_sent() {
        client.maxObjSize = Optional.of(500L);
        Job job = run(Fixture.provision(Fixture.largeMo(1, 2000)));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("accepts objects of 500").containsPattern("has \\d{4} octets");
        assertThat(sent(Command.Add.class)).isZero();
    }

    @Test
    void replaces_an_object_that_is_there_in_one_command() {
        run(Fixture.provision(Fixture.sampleMo()));
        Job job = run(Fixture.provision(
                MgmtNode.interior("Example").child(MgmtNode.leaf("New", "1")).build()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKey("./MO/Example/New").doesNotContainKey("./MO/Example/Name");
        assertThat(sent(Command.Delete.class)).isZero();
        assertThat(job.statuses()).extracting(CommandStatus::code).startsWith(418, 200);
    }

    @Test
    void replaces_by_delete_and_add_in_one_atomic_where_replace_is_refused() {
        run(Fixture.provision(Fixture.sampleMo()));
        client.refusal = command ->
                command instanceof Command.Replace ? Optional.of(StatusCode.COMMAND_NOT_ALLOWED) : Optional.empty();
        Job job = run(Fixture.provision(
                MgmtNode.interior("Example").child(MgmtNode.leaf("New", "1")).build()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(sent(Command.Atomic.class)).isEqualTo(1);
        assertThat(client.tree).containsKey("./MO/Example/New").doesNotContainKey("./MO/Example/Name");
    }

    @Test
    void deletes_first_where_neither_replace_nor_atomic_will_do() {
        run(Fixture.provision(Fixture.sampleMo()));
        client.refusal = command -> command instanceof Command.Replace || command instanceof Command.Atomic
                ? Optional.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED)
                : Optional.empty();
        Job job = run(Fixture.provision(MgmtNode.interior("Example")
                .child(MgmtNode.leaf("New", "x".repeat(3000)))
                .build()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKey("./MO/Example/New").doesNotContainKey("./MO/Example/Name");
        assertThat(job.statuses().stream().map(s -> s.verb() + " " + s.code()))
                .startsWith("Add 418", "Replace 406", "Delete 200", "Add 200");
    }

    @Test
    void goes_node_by_node_where_the_client_refuses_serialised_trees() {
        client.refusal = ProvisioningTest::refuseTnds;
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(sent(Command.Add.class)).isEqualTo(8); // the refused one and one for each node
        assertThat(client.tree.get("./MO/Example/Inner/Number").format()).isEqualTo(Format.INT);
    }

    private static Optional<StatusCode> refuseTnds(Command command) {
        boolean tnds = command instanceof Command.Add add
                && add.items().get(0).meta().flatMap(Meta::type).orElse("").contains("dmtnds");
        return tnds ? Optional.of(StatusCode.UNSUPPORTED_MEDIA_TYPE_OR_FORMAT) : Optional.empty();
    }

    @Test
    void goes_node_by_node_where_told_to_and_chunks_large_leaves() {
        Job job = run(JobSpec.provision(MgmtTree.of(Fixture.largeMo(2, 2500)), "./MO/Large", JobSpec.Mode.NODES));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree.get("./MO/Large/Leaf1").value().octets().length())
                .isEqualTo(2500);
    }

    @Test
    void node_by_node_makes_room_first_for_an_object_that_is_there() {
        run(Fixture.provision(Fixture.sampleMo()));
        Job job = run(JobSpec.provision(
                MgmtTree.of(MgmtNode.interior("Example")
                        .child(MgmtNode.leaf("New", "1"))
                        .build()),
                "./MO/Example",
                JobSpec.Mode.NODES));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(client.tree).containsKey("./MO/Example/New").doesNotContainKey("./MO/Example/Name");
    }

    @Test
    @Tag("INT-3")
    void takes_back_what_was_added_when_one_node_fails() {
        client.refusedUris.add("./MO/Example/Inner/Number");
        Job job = run(JobSpec.provision(MgmtTree.of(Fixture.sampleMo()), "./MO/Example", JobSpec.Mode.NODES));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason())
                .contains("Add ./MO/Example/Inner/Number", "420 Device full", "delete from the client")
                .endsWith("what had been added was deleted");
        assertThat(client.tree.keySet()).containsExactly(".", "./MO");
    }

    @Test
    void fails_with_the_status_and_what_to_do() {
        client.refusedUris.add("./MO/Example");
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason())
                .isEqualTo("Add ./MO/Example: the client answered 420 Device full; delete from the client what is no"
                        + " longer needed");
    }

    @Test
    void fails_when_what_is_read_back_is_not_what_was_given() {
        client.refusal = command -> {
            if (command instanceof Command.Get) { // a client that loses a value
                client.tree.computeIfPresent(
                        "./MO/Example/Name",
                        (uri, leaf) -> new TestTree.Leaf(leaf.format(), leaf.type(), NodeValue.text("Kase")));
            }
            return Optional.empty();
        };
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason())
                .contains("./MO/Example/Name: value of 5 octets given, of 4 found")
                .doesNotContain("Kase");
    }

    private void keepType(String uri, String type) {
        client.refusal = command -> {
            client.tree.computeIfPresent(uri, (u, node) -> new TestTree.Leaf(node.format(), type, node.value()));
            return Optional.empty();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "urn:example:mo:2.0"})
    @Tag("MO-3")
    void fails_when_the_client_has_another_identifier_for_the_object(String type) {
        keepType("./MO/Example", type);
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("./MO/Example: type 'urn:example:mo:1.0' given, '" + type + "' found");
    }

    @Test
    void fails_when_the_client_has_another_type_for_a_leaf() {
        keepType("./MO/Example/Key", "text/plain");
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("./MO/Example/Key: type 'application/octet-stream' given");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 406, 414, 425})
    void does_not_compare_types_that_the_client_does_not_tell(int status) {
        client.refusal = command -> command instanceof Command.Get get
                        && get.items().get(0).targetUri().orElse("").endsWith("?prop=Type")
                ? Optional.of(new StatusCode(status))
                : Optional.empty();
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.tree().orElseThrow().type()).isEmpty();
    }

    @Test
    void fails_when_asking_for_a_type_fails() {
        client.refusal = command -> command instanceof Command.Get get
                        && get.items().get(0).targetUri().orElse("").equals("./MO/Example/Inner?prop=Type")
                ? Optional.of(StatusCode.PROCESSING_ERROR)
                : Optional.empty();
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.reason()).contains("reading back: Get ./MO/Example/Inner?prop=Type: the client answered 506");
    }

    @ParameterizedTest
    @EnumSource(SyncMlCodec.class)
    void base64_is_compared_with_what_it_stands_for(SyncMlCodec codec) {
        client.codec = codec;
        client.maxMsgSize = 4000;
        Job job = run(Fixture.provision(MgmtNode.interior("Example")
                .child(MgmtNode.named("A").format(Format.B64).value(NodeValue.text("AP8BgA==")))
                .build()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        NodeValue read =
                job.tree().orElseThrow().child("A").orElseThrow().value().orElseThrow();
        assertThat(read)
                .isEqualTo(
                        codec == SyncMlCodec.XML
                                ? NodeValue.binary(ByteString.hex("00FF0180"))
                                : NodeValue.text("AP8BgA=="));
    }

    @Test
    void what_is_below_a_node_that_cannot_be_read_is_not_compared() {
        client.refusal = command -> command instanceof Command.Get get
                        && get.items().get(0).targetUri().orElse("").endsWith("/Inner")
                ? Optional.of(StatusCode.PERMISSION_DENIED)
                : Optional.empty();
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.reason()).isEqualTo("1 nodes cannot be read and were not compared");
    }

    @Test
    void says_so_when_a_node_cannot_be_read_back() {
        client.refusal = command -> command instanceof Command.Get get
                        && get.items().get(0).targetUri().orElse("").endsWith("/Key")
                ? Optional.of(StatusCode.COMMAND_NOT_ALLOWED)
                : Optional.empty();
        Job job = run(Fixture.provision(Fixture.sampleMo()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.reason()).isEqualTo("1 nodes cannot be read and were not compared");
    }

    @Test
    void reads_sixty_nodes_five_levels_deep_in_few_messages() {
        MgmtNode.Builder mo = MgmtNode.interior("Deep");
        for (int i = 0; i < 12; i++) {
            mo.child(MgmtNode.interior("a" + i)
                    .child(MgmtNode.interior("b")
                            .child(MgmtNode.interior("c")
                                    .child(MgmtNode.interior("d").child(MgmtNode.leaf("e", "" + i))))));
        }
        client.maxMsgSize = 4000;
        client.sendLimit = 60_000;
        Job job = run(Fixture.provision(mo.build()));

        assertThat(job.state()).as(job.reason()).isEqualTo(JobState.DONE);
        assertThat(job.results()).hasSize(61);
        assertThat(client.received).hasSizeLessThan(12);
    }
}
