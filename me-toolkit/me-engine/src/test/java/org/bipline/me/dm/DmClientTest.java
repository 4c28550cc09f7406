// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.bipline.me.dm.Fixture.ACCOUNT;
import static org.bipline.me.dm.Fixture.add;
import static org.bipline.me.dm.Fixture.addNode;
import static org.bipline.me.dm.Fixture.alert;
import static org.bipline.me.dm.Fixture.atomic;
import static org.bipline.me.dm.Fixture.chunk;
import static org.bipline.me.dm.Fixture.client;
import static org.bipline.me.dm.Fixture.copy;
import static org.bipline.me.dm.Fixture.delete;
import static org.bipline.me.dm.Fixture.exec;
import static org.bipline.me.dm.Fixture.get;
import static org.bipline.me.dm.Fixture.login;
import static org.bipline.me.dm.Fixture.replace;
import static org.bipline.me.dm.Fixture.sequence;
import static org.bipline.me.dm.Fixture.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bipline.cat.command.GetInput;
import org.bipline.cat.command.ProactiveCommand;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Data;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Meta;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.me.UserAction;
import org.bipline.me.UserModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions of the client with a server that follows a script. */
@Tag("MO-7")
class DmClientTest {
    private final ScriptedServer server = new ScriptedServer(SyncMlCodec.WBXML);
    private final ManagementTree tree = tree();

    private void session() {
        assertThat(client(tree, server).build().connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);
    }

    private List<String> texts() {
        return server.results().stream()
                .map(item -> item.data().flatMap(Data::asText).orElse(""))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void tells_who_it_is_and_ends_when_the_server_has_nothing_to_do(SyncMlCodec codec) {
        ScriptedServer idle = new ScriptedServer(codec);

        SessionOutcome outcome = client(tree, idle).codec(codec).build().connect(ACCOUNT);

        assertThat(outcome).isEqualTo(new SessionOutcome(SessionOutcome.State.COMPLETE, "", 1));
        List<Command> package1 = idle.received().getFirst().body().commands();
        assertThat(idle.received().getFirst().body().last()).isTrue();
        assertThat(((Command.Alert) package1.getFirst()).code()).contains(AlertCode.CLIENT_INITIATED);
        assertThat(((Command.Replace) package1.get(1)).items())
                .extracting(item -> item.sourceUri().orElseThrow())
                .containsExactly(
                        "./DevInfo/DevId", "./DevInfo/Man", "./DevInfo/Mod", "./DevInfo/DmV", "./DevInfo/Lang");
    }

    @Test
    void answers_every_command_with_its_status() {
        server.says(
                        addNode(10, "./MO/Obj"),
                        add(11, "./MO/Obj/Leaf", "one"),
                        add(12, "./MO/Obj/Leaf", "two"),
                        add(13, "./MO/Obj/Leaf/Below", "x"),
                        add(14, "./MO/Nobody/Leaf", "x"),
                        replace(15, "./MO/Obj/Leaf", "three"),
                        replace(16, "./MO/Obj/Other", "x"),
                        replace(17, "./DevInfo/Man", "x"),
                        delete(18, "./DevInfo"),
                        delete(19, "."),
                        get(20, "./MO/Obj/Other"),
                        get(21, ACCOUNT + "/AppAuth/Client/AAuthSecret"),
                        get(22, "./MO/" + "a".repeat(NodeUri.MAX_SEGMENT_LENGTH + 1)),
                        add(23, "./DevInfo/New", "x"),
                        exec(24, "./MO/Obj", "c"),
                        copy(25, "./MO/Obj/Leaf", "./MO/Obj/Copy"),
                        copy(26, "./MO/Obj", "./MO/Copy"),
                        delete(27, "./MO/Obj/Other"),
                        Command.Add.of("28", Item.builder().data("x").build()),
                        new Command.Add("29", Optional.empty(), List.of()))
                .says(get(10, "./MO/Obj"), get(11, "./MO/Obj/Leaf"), get(12, "./MO/Obj/Copy"));
        session();

        assertThat(server.statuses(1))
                .containsExactly(
                        "10 200", "11 200", "12 418", "13 405", "14 404", "15 200", "16 404", "17 405", "18 405",
                        "19 405", "20 404", "21 405", "22 414", "23 405", "24 425", "25 200", "26 403", "27 404",
                        "28 412", "29 412");
        assertThat(texts()).containsExactly("Leaf/Copy", "three", "three");
    }

    @Test
    void keeps_to_access_control_lists() {
        tree.put(
                "./MO",
                MgmtNode.interior("Foreign")
                        .acl("Get=other&Add=other")
                        .child(MgmtNode.leaf("Leaf", "secret"))
                        .build());
        server.says(
                        get(10, "./MO/Foreign/Leaf"),
                        add(11, "./MO/Foreign/New", "x"),
                        replace(12, "./MO/Foreign?prop=ACL", "Get=*"),
                        addNode(13, "./MO/Own"),
                        replace(14, "./MO/Own?prop=ACL", "Get=*&Replace=server+other"),
                        replace(15, "./MO/Own?prop=ACL", "Nonsense"),
                        replace(16, ".?prop=ACL", "Get=*"))
                .says(get(10, "./MO/Own?prop=ACL"), get(11, "./MO/Foreign?prop=ACL"), get(12, ".?list=Struct"));
        session();

        assertThat(server.statuses(1))
                .containsExactly("10 425", "11 425", "12 425", "13 200", "14 200", "15 500", "16 425");
        assertThat(server.statuses(2)).containsExactly("10 200", "11 425", "12 200");
        assertThat(texts().getFirst()).isEqualTo("Get=*&Replace=other+server");
        assertThat(server.results())
                .extracting(item -> item.sourceUri().orElseThrow())
                .contains("./MO/Own")
                .noneMatch(uri -> uri.startsWith("./MO/Foreign"))
                .noneMatch(uri -> uri.endsWith("AAuthSecret"));
    }

    @Test
    void gives_and_takes_the_properties_of_nodes() {
        server.says(
                        addNode(10, "./MO/Obj"),
                        add(11, "./MO/Obj/Leaf", "v\u00e4lue"),
                        replace(12, "./MO/Obj/Leaf", "v\u00e4lue2"),
                        replace(13, "./MO/Obj?prop=Title", "An object"),
                        replace(14, "./MO/Obj?prop=Name", "Named"),
                        replace(15, "./MO/Named?prop=Size", "1"),
                        replace(16, "./MO/Named?prop=Colour", "red"),
                        replace(17, "./MO?prop=Name", "x"),
                        get(18, "./MO/Named?prop=Size"),
                        delete(19, "./MO/Named?prop=Title"))
                .says(
                        get(10, "./MO/Named/Leaf?prop=Size"),
                        get(11, "./MO/Named/Leaf?prop=VerNo"),
                        get(12, "./MO/Named/Leaf?prop=TStamp"),
                        get(13, "./MO/Named/Leaf?prop=Format"),
                        get(14, "./MO/Named/Leaf?prop=Type"),
                        get(15, "./MO/Named?prop=Title"),
                        get(16, "./MO/Named?prop=Name"));
        session();

        assertThat(server.statuses(1))
                .containsExactly(
                        "10 200", "11 200", "12 200", "13 200", "14 200", "15 405", "16 406", "17 425", "18 406",
                        "19 405");
        assertThat(texts()).containsExactly("7", "3", "20010711T163817Z", "chr", "text/plain", "An object", "Named");
    }

    @ParameterizedTest
    @EnumSource
    void takes_a_whole_object_and_gives_it_back_as_tnds(SyncMlCodec codec) throws Exception {
        ScriptedServer other = new ScriptedServer(codec);
        MgmtNode object = MgmtNode.interior("")
                .type("urn:x:1.0")
                .child(MgmtNode.leaf("A", "one"))
                .child(MgmtNode.interior("B").child(MgmtNode.leaf("C", "two")))
                .build();
        Item whole = Item.builder()
                .target("./MO/Obj")
                .meta(Meta.of(Format.XML, Tnds.XML_MEDIA_TYPE))
                .data(new String(Tnds.toXml(MgmtTree.of(object)), UTF_8))
                .build();
        other.says(
                        Command.Add.of("10", whole),
                        Command.Add.of("11", whole),
                        Command.Replace.of("12", whole),
                        get(13, "./MO/Obj?list=TNDS+Value+ACL-Type"))
                .says(
                        get(10, "./MO/Obj?list=TNDS"),
                        get(11, "./MO/Obj?list=StructData"),
                        get(12, "./MO/Obj?list=TNDS+Value"));

        client(tree, other).codec(codec).build().connect(ACCOUNT);

        assertThat(other.statuses(1)).containsExactly("10 200", "11 418", "12 200", "13 406");
        List<Item> results = other.results();
        MgmtNode back = serialised(results.getFirst(), codec);
        assertThat(back.type()).contains("urn:x:1.0");
        assertThat(back.acl()).contains("Add=*&Delete=server&Get=*&Replace=server");
        assertThat(back.descendant("B/C").flatMap(MgmtNode::value).flatMap(NodeValue::asText))
                .contains("two");
        assertThat(results.subList(1, 5))
                .extracting(item -> item.sourceUri().orElseThrow())
                .containsExactly("./MO/Obj", "./MO/Obj/A", "./MO/Obj/B", "./MO/Obj/B/C");
        assertThat(serialised(results.get(5), codec).acl()).isEmpty();
    }

    private static MgmtNode serialised(Item item, SyncMlCodec codec) throws Exception {
        ByteString octets = item.data().flatMap(Data::asValue).orElseThrow().octets();
        MgmtTree tree = codec == SyncMlCodec.XML ? Tnds.fromXml(octets.toByteArray()) : Tnds.fromWbxml(octets);
        return tree.nodes().getFirst();
    }

    @Test
    void an_atomic_is_done_whole_or_not_at_all() {
        server.says(
                        addNode(9, "./MO/Obj"),
                        atomic(10, add(11, "./MO/Obj/A", "one"), add(12, "./MO/Obj/B", "two")),
                        atomic(20, replace(21, "./MO/Obj/A", "changed"), delete(22, "./MO/No"), delete(23, "./MO/Obj")),
                        atomic(30, delete(31, "./MO/Obj"), atomic(32, delete(33, "./MO"))),
                        atomic(40, get(41, "./MO/Obj/A")))
                .says(get(10, "./MO/Obj/A"));
        session();

        assertThat(server.statuses(1))
                .containsExactly(
                        "9 200", "10 200", "11 200", "12 200", "20 507", "21 216", "22 404", "23 215", "30 507",
                        "31 216", "32 500", "40 507", "41 500");
        assertThat(texts()).containsExactly("one");
    }

    @Test
    void a_sequence_goes_on_after_a_failure_and_stops_when_the_user_says_no() {
        UserInteraction no = request -> new UserInteraction.Rejects();
        server.says(
                sequence(10, delete(11, "./MO/No"), addNode(12, "./MO/Obj")),
                sequence(20, alert(21, 1101, "", "Sure?"), addNode(22, "./MO/Other"), sequence(23, get(24, "."))),
                alert(30, 1101, "", "Sure?"),
                addNode(31, "./MO/Third"),
                atomic(40, addNode(41, "./MO/Fourth"), alert(42, 1101, "", "Sure?"), addNode(43, "./MO/Fifth")));
        client(tree, server).user(no).build().connect(ACCOUNT);

        assertThat(server.statuses(1))
                .containsExactly(
                        "10 200", "11 404", "12 200", "20 200", "21 304", "22 215", "23 215", "24 215", "30 304",
                        "31 200", "40 507", "41 216", "42 304", "43 215");
        assertThat(tree.node("./MO/Fourth")).isEmpty();
    }

    @Test
    void turns_to_the_user_with_the_options_of_the_server() {
        List<UserInteraction.Request> asked = new ArrayList<>();
        UserInteraction user = request -> {
            asked.add(request);
            return switch (request) {
                case UserInteraction.Display display -> new UserInteraction.Ignores();
                case UserInteraction.Confirmation confirmation -> new UserInteraction.Ignores();
                case UserInteraction.Input input -> new UserInteraction.Enters("-1.5");
                case UserInteraction.Choice choice ->
                    choice.multiple() ? new UserInteraction.Chooses(List.of(3, 1)) : new UserInteraction.Cancels();
            };
        };
        server.says(
                alert(10, 1100, "MINDT=10&UNKNOWN=1", "Hello"),
                alert(11, 1101, "MAXDT=20&DR=1", "Sure?"),
                alert(12, 1102, "MAXLEN=5&IT=N&ET=P&DR=John+Doe", "Number"),
                alert(13, 1104, "DR=2-3", "Which", "a", "b", "c"),
                alert(14, 1100, ""),
                alert(15, 1103, "", "One", "a"),
                addNode(16, "./MO/Obj"),
                alert(17, 1226, "x"));
        client(tree, server).user(user).build().connect(ACCOUNT);

        assertThat(server.statuses(1))
                .containsExactly("10 200", "11 408", "12 200", "13 200", "14 412", "15 214", "16 215", "17 215");
        InteractionOptions options = asked.get(2).options();
        assertThat(asked.getFirst().options().minDisplayTime()).hasValue(10);
        assertThat(asked.get(1).options().maxDisplayTime()).hasValue(20);
        assertThat(options.maxLength()).hasValue(5);
        assertThat(options.defaultResponse()).contains("John Doe");
        assertThat(options.inputType()).isEqualTo(InteractionOptions.InputType.NUMERIC);
        assertThat(options.echoType()).isEqualTo(InteractionOptions.EchoType.PASSWORD);
        assertThat(entered("12")).containsExactly("-1.5");
        assertThat(entered("13")).containsExactly("3", "1");
    }

    private List<String> entered(String cmdRef) {
        return server.received().get(1).body().commands().stream()
                .filter(Status.class::isInstance)
                .map(Status.class::cast)
                .filter(status -> status.cmdRef().equals(cmdRef))
                .flatMap(status -> status.items().stream())
                .map(item -> item.data().flatMap(Data::asText).orElseThrow())
                .toList();
    }

    @Test
    void the_user_of_the_me_is_asked_as_by_a_card() {
        List<ProactiveCommand> shown = new ArrayList<>();
        UserModel script = UserModel.script(
                new UserAction.Confirms(),
                new UserAction.Refuses(),
                new UserAction.Enters("letters"),
                new UserAction.Enters("42"),
                new UserAction.Selects(2),
                new UserAction.Takes(Duration.ofSeconds(30), new UserAction.Confirms()),
                new UserAction.Confirms(),
                new UserAction.GoesBack());
        UserInteraction user = new MeUser(command -> {
            shown.add(command);
            return script.react(command);
        });
        server.says(
                alert(10, 1100, "", "Hello"),
                alert(11, 1101, "", "Sure?"),
                alert(12, 1102, "IT=N&MAXLEN=5&DR=7", "Number"),
                alert(13, 1102, "IT=N&MAXLEN=5&DR=7", "Number"),
                alert(14, 1103, "", "Which", "a", "b"),
                alert(15, 1101, "MAXDT=20", "Sure?"),
                alert(16, 1104, "DR=3-2-9", "Which", "a", "b", "c"),
                alert(17, 1101, "", "Sure?"));
        client(tree, server).user(user).build().connect(ACCOUNT);

        assertThat(server.statuses(1))
                .containsExactly("10 200", "11 304", "12 408", "13 200", "14 200", "15 408", "16 200", "17 214");
        assertThat(List.of(entered("13"), entered("14"), entered("16")))
                .containsExactly(List.of("42"), List.of("2"), List.of("3", "2"));
        GetInput input = (GetInput) shown.get(2);
        assertThat(input.responseLength().maximum()).isEqualTo(5);
        assertThat(input.defaultText())
                .hasValueSatisfying(text -> assertThat(text.text()).isEqualTo("7"));
        assertThat(input.alphabet()).isFalse();
    }

    @Test
    void without_a_user_interface_refuses_to_ask() {
        server.says(alert(10, 1101, "", "Sure?"));
        session();

        assertThat(server.statuses(1)).containsExactly("10 406");
    }

    @Test
    void takes_a_large_object_in_chunks_and_gives_it_back_in_chunks() {
        String text = "\u00e4bc".repeat(700);
        long size = NodeValue.text(text).octets().length();
        server.maxMsgSize(800)
                .says(addNode(10, "./MO/Obj"))
                .turn(part(chunk(10, "./MO/Obj/Large", Optional.of(size), text.substring(0, 1000), true)))
                .turn(part(chunk(10, "./MO/Obj/Large", Optional.empty(), text.substring(1000, 2000), true)))
                .says(chunk(10, "./MO/Obj/Large", Optional.empty(), text.substring(2000), false))
                .says(get(10, "./MO/Obj/Large"));
        for (int more = 0; more < 5; more++) {
            server.turn(part(alert(2, 1222)));
        }
        session();

        assertThat(List.of(server.statuses(2), server.statuses(3), server.statuses(4)))
                .containsExactly(List.of("10 213"), List.of("10 213"), List.of("10 200"));
        assertThat(server.alerts())
                .filteredOn(alert -> alert.code().equals(Optional.of(AlertCode.NEXT_MESSAGE)))
                .hasSize(2);
        assertThat(texts().stream().collect(Collectors.joining())).isEqualTo(text);
        assertThat(server.raw()).allMatch(message -> message.body().length() <= 800);
        List<Item> chunks = server.results();
        assertThat(chunks.getFirst().meta().flatMap(Meta::size)).contains(size);
        assertThat(chunks.subList(1, chunks.size()))
                .allMatch(item -> item.meta().flatMap(Meta::size).isEmpty());
        assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(Item::moreData);
        assertThat(chunks.getLast().moreData()).isFalse();
    }

    private static ScriptedServer.Turn part(Command command) {
        return new ScriptedServer.Turn(StatusCode.OK, Optional.empty(), List.of(command), false);
    }

    @Test
    void forgets_a_large_object_that_does_not_come_to_its_end() {
        server.turn(part(chunk(10, "./MO/Large", Optional.of(20L), "0123456789", true)))
                .says(addNode(10, "./MO/Obj"))
                .turn(part(chunk(10, "./MO/Large", Optional.of(12L), "0123456789", true)))
                .says(chunk(10, "./MO/Large", Optional.empty(), "0123456789", false))
                .says(chunk(10, "./MO/Large", Optional.of(2_000_000L), "0123456789", true));
        session();

        assertThat(server.statuses(2)).containsExactly("10 200");
        assertThat(server.statuses(4)).containsExactly("10 424");
        assertThat(server.statuses(5)).containsExactly("10 413");
        assertThat(server.alerts())
                .filteredOn(alert -> alert.code().equals(Optional.of(AlertCode.NO_END_OF_DATA)))
                .extracting(alert -> alert.items().getFirst().targetUri().orElseThrow())
                .containsExactly("./MO/Large");
        assertThat(tree.node("./MO/Large")).isEmpty();
    }

    @Test
    void sends_nothing_larger_than_the_server_takes_and_stores_nothing_for_which_it_has_no_room() {
        tree.put("./MO", MgmtNode.leaf("Big", "x".repeat(101)).build());
        server.maxObjSize(100).says(get(10, "./MO/Big"), add(11, "./MO/Huge", "x".repeat(66_000)));
        session();

        assertThat(server.statuses(1)).containsExactly("10 413", "11 420");
    }

    @Test
    void places_what_comes_into_the_inbox_by_its_identifier() {
        Item nap = Item.builder()
                .target("./Inbox")
                .meta(Meta.of(Format.BIN, Tnds.WBXML_MEDIA_TYPE))
                .data(Tnds.toWbxml(MgmtTree.of(MgmtNode.interior("Home")
                        .type("urn:oma:mo:oma-connmo-nap:1.0")
                        .child(MgmtNode.leaf("NAPID", "internet"))
                        .build())))
                .build();
        server.says(Command.Add.of("10", nap));
        session();

        assertThat(server.statuses(1)).containsExactly("10 200");
        assertThat(tree.text("./Con/Home/NAPID")).contains("internet");
    }

    @Test
    void ends_when_the_server_aborts() {
        server.says(addNode(10, "./MO/Obj"), alert(11, 1223));

        assertThat(client(tree, server).build().connect(ACCOUNT).state())
                .isEqualTo(SessionOutcome.State.ABORTED_BY_SERVER);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void answers_a_challenge_with_the_type_asked_for_and_keeps_the_nonce() {
        server.turn(challenge(AuthType.BASIC));
        session();

        assertThat(server.received().getFirst().header().cred().flatMap(cred -> AuthType.of(cred.meta())))
                .contains(AuthType.MD5);
        assertThat(server.received().get(1).header().cred().flatMap(cred -> AuthType.of(cred.meta())))
                .contains(AuthType.BASIC);
        assertThat(server.received().get(1).body().commands())
                .extracting(Command::name)
                .containsExactly("Status", "Alert", "Replace");
    }

    @Test
    void gives_up_when_its_credentials_are_refused_twice() {
        server.turn(challenge(AuthType.MD5)).turn(challenge(AuthType.MD5));

        assertThat(client(tree, server).build().connect(ACCOUNT).state())
                .isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
        assertThat(tree.octets(ACCOUNT + "/AppAuth/Client/AAuthData")).contains(ByteString.utf8("next"));
    }

    private static ScriptedServer.Turn challenge(AuthType type) {
        return new ScriptedServer.Turn(
                StatusCode.UNAUTHORIZED, Optional.of(type.challenge(ByteString.utf8("next"))), List.of(), true);
    }

    @Test
    void does_nothing_for_a_server_that_does_not_prove_who_it_is() {
        ManagementTree strict = tree(Optional.empty(), Optional.of(login(AuthType.MD5, "server", "n")));
        server.says(addNode(10, "./MO/Obj")).says(addNode(10, "./MO/Obj"));

        assertThat(client(strict, server).build().connect(ACCOUNT).state())
                .isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
        assertThat(server.statuses(1)).containsExactly("10 407");
        assertThat(strict.node("./MO/Obj")).isEmpty();
    }

    @Test
    void proves_and_checks_every_message_by_its_mac() {
        ManagementTree strict = tree(
                Optional.of(login(AuthType.MAC, "device", "n1")), Optional.of(login(AuthType.MAC, "server", "n2")));
        server.provesBy(Credentials.of("server", "secret of server"), ByteString.utf8("n2"))
                .turn(new ScriptedServer.Turn(
                        StatusCode.OK,
                        Optional.of(AuthType.MAC.challenge(ByteString.utf8("n3"))),
                        List.of(addNode(10, "./MO/Obj")),
                        true))
                .turn(new ScriptedServer.Turn(StatusCode.OK));

        assertThat(client(strict, server).build().connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);
        assertThat(server.received())
                .hasSize(2)
                .allMatch(message -> message.header().cred().isEmpty());
        assertThat(isProven(0, "n1") && isProven(1, "n3")).isTrue();
        assertThat(server.statuses(1)).containsExactly("10 200");

        server.provesBy(Credentials.of("server", "guessed"), ByteString.utf8("n2"));
        assertThat(client(strict, server).build().connect(ACCOUNT).state())
                .isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
    }

    private boolean isProven(int message, String nonce) {
        DmTransport.Message raw = server.raw().get(message);
        return raw.mac()
                .flatMap(MacHeader::parse)
                .filter(mac -> Credentials.of("device", "secret of device")
                        .verify(mac, ByteString.utf8(nonce), raw.body().toByteArray()))
                .isPresent();
    }

    @Test
    void begins_the_session_that_a_genuine_notification_asks_for() {
        ManagementTree strict = tree(Optional.empty(), Optional.of(login(AuthType.MD5, "server", "n")));
        DmClient client = client(strict, server).build();
        Credentials known = Credentials.of("server", "secret of server");

        Notification forged = Notification.signed(
                Credentials.of("server", "guessed"), ByteString.utf8("n"), Notification.UiMode.BACKGROUND, 0xAB);
        assertThat(client.notified(forged.encode()).state()).isEqualTo(SessionOutcome.State.NOT_STARTED);
        assertThat(server.received()).isEmpty();

        client.notified(Notification.signed(known, ByteString.utf8("n"), Notification.UiMode.BACKGROUND, 0xAB)
                .encode());
        assertThat(server.received().getFirst().header().sessionId()).isEqualTo("AB");
        assertThat(server.alerts().getFirst().code()).contains(AlertCode.SERVER_INITIATED);
    }

    @Test
    void takes_no_text_that_no_document_could_carry() {
        server.says(add(10, "./MO/Text", "a\u0001b"), add(11, "./MO/Text", "a\tb"));
        session();

        assertThat(server.statuses(1)).containsExactly("10 415", "11 200");
    }

    @Test
    void a_server_without_account_has_no_rights_any_more() {
        tree.put(
                "./MO",
                MgmtNode.interior("Obj")
                        .acl("Add=server&Get=server+other&Replace=server")
                        .child(MgmtNode.interior("Deep").acl("Get=server").build())
                        .build());
        server.says(delete(10, ACCOUNT)).says(get(10, "./MO/Obj"), get(11, "./MO"));
        tree.change(
                List.of(),
                root -> root.toBuilder().acl("Add=*&Delete=server&Get=*").build());
        session();

        assertThat(server.statuses(1)).containsExactly("10 200");
        assertThat(server.statuses(2)).containsExactly("10 425", "11 200");
        assertThat(tree.node("./MO/Obj").orElseThrow().acl()).contains("Get=other");
        assertThat(tree.root().acl()).as("of the root never nobody").contains("Add=*&Delete=*&Get=*");
        assertThat(tree.node("./MO/Obj/Deep").orElseThrow().acl()).contains("");
    }
}
