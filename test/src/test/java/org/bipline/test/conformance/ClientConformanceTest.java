// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.bipline.cat.envelope.SmsPpDownload;
import org.bipline.cat.object.Address;
import org.bipline.cat.object.SmsTpdu;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.card.DmAppletInstallation;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.lab.card.UiccLink;
import org.bipline.me.MobileEquipment;
import org.bipline.me.NettyBearer;
import org.bipline.me.SystemMeClock;
import org.bipline.test.Fleet;
import org.bipline.test.conformance.ScriptedServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What OMA DM 1.2 demands of a client, of the card in its ME by a scripted server. */
@Tag("MO-2")
@Tag("TR-2")
class ClientConformanceTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Address CENTRE = new Address(ByteString.ofHex("91112233445566F8"));

    private static NettyBearer bearer;
    private static SystemMeClock clock;

    private ScriptedServer server;
    private MobileEquipment me;

    @BeforeAll
    static void open() {
        bearer = new NettyBearer(1);
        clock = new SystemMeClock();
    }

    @AfterAll
    static void closeNetwork() {
        bearer.close();
        clock.close();
    }

    @BeforeEach
    void switchOn() throws Exception {
        server = new ScriptedServer();
        me = MobileEquipment.builder()
                .card(new UiccLink(Fleet.card(
                        1,
                        new DmAppletParameters()
                                .destination(server.address())
                                .client(ScriptedServer.CARD, ScriptedServer.CARD_SECRET)
                                .server(ScriptedServer.NAME, ScriptedServer.SECRET)
                                .nonces(ScriptedServer.CARD_NONCE, ScriptedServer.SERVER_NONCE))))
                .bearer(bearer)
                .clock(clock)
                .build();
        me.powerOn();
        me.awaitIdle(LIMIT);
    }

    @AfterEach
    void switchOff() {
        me.close();
        server.close();
    }

    private void session(Answer... answers) throws Exception {
        server.script(answers);
        me.selectMenuItem(DmAppletInstallation.MENU_TEXT);
        me.awaitIdle(LIMIT);
        assertThat(server.failure()).isEmpty();
    }

    private Element received(int number) {
        return server.received().get(number - 1);
    }

    private static boolean isLast(Element message) {
        return !Xml.all(message, "Final").isEmpty();
    }

    /** MO with a leaf {@code A}, for what follows in the same answer from CmdID 12 on. */
    private static String object() {
        return Xml.interior(10, "./MO/X") + Xml.leaf("Add", 11, "./MO/X/A", "one");
    }

    @Test
    @Conformance({"OMA-ERDEF-DM-C-001", "DMPRO-C-1", "DMPRO-C-2", "DMREPU-C-1", "DMREPU-C-2", "DMSEC-C-1"})
    void package_1_has_header_alert_device_information_and_final() throws Exception {
        session(Answer.first(""));

        Element header = Xml.first(received(1), "SyncHdr").orElseThrow();
        assertThat(Xml.children(header)).startsWith("VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source");
        assertThat(Xml.text(header, "VerDTD")).isEqualTo("1.2");
        assertThat(Xml.text(header, "VerProto")).isEqualTo("DM/1.2");
        assertThat(Xml.text(header, "SessionID")).matches("[0-9A-F]{1,4}");
        assertThat(Xml.text(header, "MsgID")).isEqualTo("1");
        assertThat(Xml.text(header, "Source", "LocURI")).isEqualTo(Fleet.deviceId(1));
        assertThat(Xml.text(header, "Source", "LocName")).isEqualTo(ScriptedServer.CARD);
        assertThat(Xml.text(header, "Cred", "Format")).isEqualTo("b64");
        assertThat(Xml.text(header, "Cred", "Type")).isEqualTo("syncml:auth-md5");
        assertThat(server.verdicts()).containsExactly(true);
        Element body = Xml.first(received(1), "SyncBody").orElseThrow();
        assertThat(Xml.children(body)).containsExactly("Alert", "Replace", "Final");
        assertThat(Xml.all(body, "Cred")).isEmpty();
        assertThat(Xml.text(body, "Alert", "Data")).isEqualTo("1201");
        assertThat(Xml.all(Xml.first(body, "Replace").orElseThrow(), "Source").stream()
                        .map(source -> Xml.text(source, "LocURI")))
                .contains("./DevInfo/DevId", "./DevInfo/Man", "./DevInfo/Mod", "./DevInfo/DmV", "./DevInfo/Lang");
    }

    @Test
    @Conformance({"DMPRO-C-3", "DMPRO-C-4", "DMREPU-C-3"})
    void each_command_gets_a_status_in_the_same_session() throws Exception {
        session(
                Answer.first(
                        object() + Xml.alert(12, 1100, "<Item><Data></Data></Item><Item><Data>Hello</Data></Item>")),
                Answer.of(Xml.command("Get", 10, "./MO/X/A")));

        assertThat(server.received())
                .extracting(message -> Xml.text(message, "SessionID"))
                .containsOnly(Xml.text(received(1), "SessionID"));
        assertThat(server.received())
                .extracting(message -> Xml.text(message, "SyncHdr", "MsgID"))
                .containsExactly("1", "2", "3");
        Element package3 = received(2);
        assertThat(Xml.status(package3, "1", "0")).isEqualTo("212");
        for (String cmdRef : List.of("10", "11", "12")) {
            assertThat(Xml.status(package3, "1", cmdRef)).as(cmdRef).isEqualTo("200");
        }
        assertThat(Xml.all(package3, "Status").stream().map(status -> Xml.text(status, "Cmd")))
                .containsExactly("SyncHdr", "Add", "Add", "Alert");
        assertThat(Xml.all(package3, "CmdID").stream().map(Element::getTextContent))
                .doesNotHaveDuplicates();
    }

    @Test
    @Conformance({"DMPRO-C-5", "DMREPU-C-4", "DMREPU-C-8"})
    void results_follow_the_status_and_name_their_source() throws Exception {
        session(
                Answer.first(object()),
                Answer.of(Xml.command("Get", 10, "./MO/X/A") + Xml.command("Get", 11, "./MO/X")));

        assertThat(position("Status", "10")).isBetween(0, position("Results", "10"));
        assertThat(position("Status", "11")).isBetween(0, position("Results", "11"));
        Element results = Xml.first(received(3), "Results").orElseThrow();
        assertThat(Xml.text(results, "MsgRef")).isEqualTo("2");
        assertThat(Xml.text(results, "CmdRef")).isEqualTo("10");
        assertThat(Xml.text(results, "Item", "Source", "LocURI")).isEqualTo("./MO/X/A");
        assertThat(server.value(10)).isEqualTo("one");
        Element list = Xml.all(received(3), "Results").get(1);
        assertThat(Xml.text(list, "Meta", "Format")).isEqualTo("node");
        assertThat(Xml.text(list, "Item", "Data")).isEqualTo("A");
    }

    /** Place of a command of the third message among those that are about a command of the server. */
    private int position(String name, String cmdRef) {
        List<Element> references = Xml.all(received(3), "CmdRef");
        for (int i = 0; i < references.size(); i++) {
            if (references.get(i).getTextContent().equals(cmdRef)
                    && references.get(i).getParentNode().getLocalName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    @Conformance({"DMPRO-C-6", "DMPRO-C-7"})
    void a_package_of_several_messages_is_asked_for_and_not_closed_before_its_end() throws Exception {
        session(
                Answer.first(Xml.interior(10, "./MO/X")).open(),
                Answer.of(Xml.leaf("Add", 10, "./MO/X/A", "one")).open(),
                Answer.of(Xml.command("Get", 10, "./MO/X/A")));

        assertThat(Xml.text(received(2), "Alert", "Data")).isEqualTo("1222");
        assertThat(Xml.text(received(3), "Alert", "Data")).isEqualTo("1222");
        assertThat(server.received().stream().map(ClientConformanceTest::isLast))
                .containsExactly(true, false, false, true);
        assertThat(server.code(1, 10) + server.code(2, 10)).isEqualTo("200200");
        assertThat(server.value(10)).contains("one");
    }

    private static Answer chunk(int cmdId, String size, String data, boolean more) {
        Answer answer = Answer.of(Xml.command(
                "Add",
                cmdId,
                "./MO/X/Large",
                (size.isEmpty() ? Xml.meta("Format", "chr") : Xml.meta("Format", "chr", "Size", size)) + "<Data>" + data
                        + "</Data>" + (more ? "<MoreData/>" : "")));
        return more ? answer.open() : answer;
    }

    @Test
    @Conformance({"DMPRO-C-8", "DMPRO-C-9"})
    void a_large_object_is_taken_in_chunks_and_applied_as_a_whole() throws Exception {
        session(
                Answer.first(object()),
                chunk(10, "900", "a".repeat(500), true),
                chunk(10, "", "b".repeat(400), false),
                Answer.of(Xml.command("Get", 10, "./MO/X/Large") + Xml.command("Get", 11, "./DevDetail/LrgObj")));

        assertThat(server.code(2, 10)).isEqualTo("213");
        assertThat(Xml.text(received(3), "Alert", "Data")).isEqualTo("1222");
        assertThat(server.code(3, 10)).isEqualTo("200");
        assertThat(server.value(10)).isEqualTo("a".repeat(500) + "b".repeat(400));
        assertThat(server.value(11)).isEqualTo("true");
    }

    @Test
    @Tag("INT-3")
    @Conformance("DMPRO-C-10")
    void a_large_object_of_another_size_than_was_said_is_not_stored() throws Exception {
        session(
                Answer.first(object()),
                chunk(10, "900", "a".repeat(500), true),
                chunk(10, "", "b".repeat(100), false),
                Answer.of(Xml.command("Get", 10, "./MO/X/Large")));

        assertThat(server.code(3, 10)).isEqualTo("424");
        assertThat(server.code(4, 10)).isEqualTo("404");
    }

    @Test
    @Tag("INT-3")
    @Conformance("DMPRO-C-11")
    void another_command_before_the_last_chunk_is_told_by_alert_1225() throws Exception {
        session(
                Answer.first(object()),
                chunk(10, "900", "a".repeat(500), true),
                Answer.of(Xml.command("Get", 10, "./MO/X/A")),
                Answer.of(Xml.command("Get", 10, "./MO/X/Large")));

        assertThat(Xml.all(received(4), "Alert").stream().map(alert -> Xml.text(alert, "Data")))
                .contains("1225");
        assertThat(server.code(4, 10)).isEqualTo("404");
    }

    @Test
    @Conformance({"DMPRO-C-12", "DMPRO-C-13"})
    void messages_obey_max_msg_size_and_large_results_go_in_chunks() throws Exception {
        int limit = 700;
        String value = "v".repeat(1000);
        session(
                Answer.first(object()),
                Answer.of(Xml.leaf("Replace", 10, "./MO/X/A", value)),
                Answer.of(Xml.command("Get", 10, "./MO/X/A")).with(Xml.meta("MaxMsgSize", "" + limit)),
                Answer.of(Xml.alert(10, 1222, "")).open().with(Xml.meta("MaxMsgSize", "" + limit)),
                Answer.of(Xml.alert(10, 1222, "")).open().with(Xml.meta("MaxMsgSize", "" + limit)));

        assertThat(server.value(10)).isEqualTo(value);
        assertThat(server.sizes().subList(3, server.sizes().size())).allMatch(size -> size <= limit);
        List<Element> results = server.received().stream()
                .flatMap(message -> Xml.all(message, "Results").stream())
                .toList();
        assertThat(results).hasSizeGreaterThan(1);
        assertThat(Xml.text(results.get(0), "Size")).isEqualTo("1000");
        assertThat(results.subList(1, results.size()))
                .allMatch(chunk -> Xml.all(chunk, "Size").isEmpty());
        assertThat(results.stream().map(chunk -> !Xml.all(chunk, "MoreData").isEmpty()))
                .startsWith(true)
                .endsWith(false);
    }

    @Test
    @Conformance("DMPRO-C-14")
    void an_object_larger_than_max_obj_size_is_not_sent() throws Exception {
        session(
                Answer.first(object()),
                Answer.of(Xml.leaf("Replace", 10, "./MO/X/A", "v".repeat(300)))
                        .with(Xml.meta("MaxMsgSize", "5000", "MaxObjSize", "200")),
                Answer.of(Xml.command("Get", 10, "./MO/X/A"))
                        .with(Xml.meta("MaxMsgSize", "5000", "MaxObjSize", "200")));

        assertThat(server.value(10)).isEmpty();
        assertThat(server.code(3, 10)).isEqualTo("413");
    }

    @Test
    @Conformance("DMPRO-C-15")
    void a_package_without_commands_ends_the_session() throws Exception {
        session(Answer.first(""));
        assertThat(server.received()).hasSize(1);
        session(Answer.first(Xml.command("Get", 10, "./DevInfo/Man")), Answer.of(""));
        assertThat(server.received()).hasSize(2);
    }

    @Test
    @Tag("SEC-2")
    @Conformance({"DMPRO-C-16", "DMPRO-C-17"})
    void a_challenge_is_answered_by_package_1_with_the_credentials_asked_for() throws Exception {
        session(Answer.of("").header("401"), Answer.first(Xml.command("Get", 10, "./DevInfo/Man")));

        assertThat(server.verdicts()).containsExactly(true, true);
        Element again = received(2);
        assertThat(Xml.text(again, "SessionID")).isEqualTo(Xml.text(received(1), "SessionID"));
        assertThat(Xml.children(Xml.first(again, "SyncBody").orElseThrow())).contains("Status", "Alert", "Replace");
        assertThat(Xml.status(again, "1", "0")).isNotEmpty();
        assertThat(server.value(10)).isNotEmpty();
    }

    @Test
    @Tag("SEC-5")
    @Conformance("DMPRO-C-18")
    void the_next_nonce_is_used_in_the_next_session() throws Exception {
        Answer get = Answer.first(Xml.command("Get", 10, "./DevInfo/Man"));
        session(get);
        session(get);
        session(get);

        assertThat(server.verdicts()).containsExactly(true);
        assertThat(server.value(10)).isNotEmpty();
    }

    @Test
    @Conformance("DMPRO-C-19")
    void credentials_that_hold_for_one_message_are_sent_with_the_next() throws Exception {
        session(
                Answer.first(Xml.command("Get", 10, "./DevInfo/Man")).header("200"),
                Answer.of(Xml.command("Get", 10, "./DevInfo/Mod")).header("200"));

        assertThat(server.verdicts()).containsExactly(true, true, true);
    }

    @Test
    @Tag("SEC-2")
    @Conformance({"DMPRO-C-20", "DMSEC-C-2"})
    void commands_of_a_server_with_wrong_credentials_are_refused_with_a_challenge() throws Exception {
        session(
                Answer.of(Xml.interior(10, "./MO/X")).proven("wrong"),
                Answer.of(Xml.command("Get", 10, "./MO/X")).proven(ScriptedServer.SECRET));

        Element refusal = received(2);
        assertThat(Xml.status(refusal, "1", "0")).isEqualTo("401");
        assertThat(Xml.status(refusal, "1", "10")).isEqualTo("401");
        assertThat(Xml.text(refusal, "Chal", "Type")).isEqualTo("syncml:auth-md5");
        assertThat(Xml.text(refusal, "Chal", "Format")).isEqualTo("b64");
        assertThat(Xml.text(refusal, "Chal", "NextNonce")).isNotEmpty();
        assertThat(server.code(2, 10)).as("nothing was applied").isEqualTo("404");
    }

    @Test
    @Conformance("DMPRO-C-21")
    void a_session_abort_of_the_server_ends_the_session() throws Exception {
        session(Answer.first(Xml.alert(10, 1223, "")), Answer.of(Xml.interior(10, "./MO/X")));

        assertThat(server.received().size()).isLessThanOrEqualTo(2);
        assertThat(server.code(2, 10)).isEmpty();
        Answer get = Answer.first(Xml.command("Get", 10, "./MO/X")); // twice: the server has not learnt the next nonce
        session(get, get);
        assertThat(server.code(2, 10)).isEqualTo("404");
    }

    @Test
    @Conformance({"DMREPU-C-5", "DMREPU-C-6", "DMREPU-C-7", "DMREPU-C-9"})
    void add_replace_delete_and_sequence_do_what_they_say() throws Exception {
        String sequence = "<Sequence><CmdID>14</CmdID>" + Xml.leaf("Add", 15, "./MO/X/B", "1")
                + Xml.leaf("Replace", 16, "./MO/X/B", "2") + Xml.command("Get", 17, "./MO/X/B") + "</Sequence>";
        session(
                Answer.first(object()
                        + Xml.leaf("Add", 12, "./MO/X/A", "two")
                        + Xml.leaf("Replace", 13, "./MO/X/C", "x")
                        + sequence),
                Answer.of(Xml.leaf("Replace", 10, "./MO/X/A", "three")),
                Answer.of(Xml.command("Get", 10, "./MO/X/A") + Xml.command("Get", 11, "./MO/X/B")),
                Answer.of(Xml.command("Delete", 10, "./MO/X") + Xml.command("Delete", 11, "./MO/Y")),
                Answer.of(Xml.command("Get", 10, "./MO/X/A")));

        assertThat(List.of(server.code(1, 12), server.code(1, 13))).containsExactly("418", "404");
        assertThat(List.of(server.code(1, 14), server.code(1, 15), server.code(1, 16), server.code(1, 17)))
                .containsOnly("200");
        assertThat(server.value(17)).isEqualTo("2");
        assertThat(server.value(10)).isEqualTo("three");
        assertThat(List.of(server.code(4, 10), server.code(4, 11), server.code(5, 10)))
                .containsExactly("200", "404", "404");
    }

    @Test
    @Conformance("DMREPU-C-10")
    void an_atomic_is_done_as_a_whole_or_not_at_all() throws Exception {
        session(
                Answer.first(object()),
                Answer.of("<Atomic><CmdID>10</CmdID>" + Xml.leaf("Replace", 11, "./MO/X/A", "two")
                        + Xml.leaf("Replace", 12, "./MO/X/No", "x") + "</Atomic>"),
                Answer.of(Xml.command("Get", 10, "./MO/X/A")));

        assertThat(List.of(server.code(2, 10), server.code(2, 11), server.code(2, 12)))
                .containsExactly("507", "216", "404");
        assertThat(server.value(10)).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Conformance("DMREPU-C-11")
    void wbxml_of_each_version_is_read(int version) throws Exception {
        server.wbxmlVersion(version);
        session(Answer.first(Xml.command("Get", 10, "./DevInfo/DmV")));

        assertThat(server.code(1, 10)).isEqualTo("200");
    }

    @Test
    @Conformance({"DMTND-C-1", "DMTND-C-2", "DMTND-C-3"})
    void every_node_has_a_uri_and_interior_nodes_list_their_children() throws Exception {
        session(
                Answer.first(Xml.interior(10, "./MO/X")
                        + Xml.leaf("Add", 11, "./MO/X/A/B", "x")
                        + Xml.leaf("Add", 12, "./DevInfo/Man/B", "x")),
                Answer.of(Xml.command("Get", 20, ".")
                        + Xml.command("Get", 21, "DevInfo/DevId")
                        + Xml.command("Get", 22, "./DevInfo/DevId")
                        + Xml.command("Get", 23, "./MO/X")));

        assertThat(server.value(20).split("/", -1)).contains("DevInfo", "DevDetail", "DMAcc", "MO");
        assertThat(server.value(21)).isEqualTo(server.value(22)).isEqualTo(Fleet.deviceId(1));
        assertThat(server.code(2, 23)).isEqualTo("200");
        assertThat(server.value(23)).isEmpty();
        assertThat(server.code(1, 11)).isEqualTo("404");
        assertThat(server.code(1, 12)).isEqualTo("405");
    }

    @Test
    @Conformance({"DMTND-C-4", "DMTND-C-5"})
    void every_node_has_the_mandatory_properties() throws Exception {
        session(
                Answer.first(object() + Xml.command("Add", 12, "./MO/X/A?prop=Title", "<Data>up</Data>")),
                Answer.of(Xml.command("Get", 20, ".?prop=ACL")
                        + Xml.command("Get", 21, "./MO/X/A?prop=ACL")
                        + Xml.command("Get", 22, "./MO/X/A?prop=Format")
                        + Xml.command("Get", 23, "./MO/X/A?prop=Name")
                        + Xml.command("Get", 24, "./MO/X/A?prop=Type")
                        + Xml.command("Get", 25, "./MO/X?prop=Format")
                        + Xml.command("Get", 26, "./MO/X?prop=Type")));

        assertThat(server.value(20)).isEqualTo("Add=*&Get=*");
        assertThat(server.code(2, 21)).isEqualTo("200");
        assertThat(server.value(21)).isEmpty();
        assertThat(List.of(server.value(22), server.value(23), server.value(24), server.value(25)))
                .containsExactly("chr", "A", "text/plain", "node");
        assertThat(server.code(2, 26)).isEqualTo("200");
        assertThat(server.code(1, 12)).as("properties are not created").isEqualTo("405");
    }

    @Test
    @Tag("SEC-1")
    @Conformance({"DMTND-C-6", "DMTND-C-7"})
    void access_is_what_the_acl_says() throws Exception {
        session(
                Answer.first(object()),
                Answer.of(Xml.command("Replace", 10, "./MO/X/A?prop=ACL", "<Data>Get=srv&amp;Replace=other</Data>")
                        + Xml.command("Replace", 11, "./MO?prop=Name", "<Data>Other</Data>")
                        + Xml.command("Delete", 12, "./MO")
                        + Xml.leaf("Replace", 13, "./DevInfo/Man", "x")),
                Answer.of(Xml.leaf("Replace", 10, "./MO/X/A", "two")
                        + Xml.command("Get", 11, "./MO/X/A")
                        + Xml.command("Get", 12, "./MO/X/A?prop=ACL")
                        + Xml.command("Delete", 13, "./MO/X/A")));

        assertThat(server.code(2, 10)).isEqualTo("200");
        assertThat(List.of(server.code(2, 11), server.code(2, 12), server.code(2, 13)))
                .as("permanent nodes")
                .containsOnly("405");
        assertThat(List.of(server.code(3, 10), server.code(3, 13))).containsOnly("425");
        assertThat(server.value(11)).isEqualTo("one");
        assertThat(server.value(12)).isEqualTo("Get=srv&Replace=other");
    }

    @Test
    @Conformance({"DMSTDOBJ-C-1", "DMSTDOBJ-C-2", "DMSTDOBJ-C-3"})
    void the_standard_objects_are_there() throws Exception {
        List<String> leaves = List.of(
                "./DevInfo/DevId",
                "./DevInfo/Man",
                "./DevInfo/Mod",
                "./DevInfo/DmV",
                "./DevInfo/Lang",
                "./DevDetail/URI/MaxDepth",
                "./DevDetail/URI/MaxTotLen",
                "./DevDetail/URI/MaxSegLen",
                "./DevDetail/DevTyp",
                "./DevDetail/OEM",
                "./DevDetail/FwV",
                "./DevDetail/SwV",
                "./DevDetail/HwV",
                "./DevDetail/LrgObj",
                "./DMAcc/1/AppID",
                "./DMAcc/1/ServerID",
                "./DMAcc/1/AppAddr/1/Addr",
                "./DMAcc/1/AppAddr/1/AddrType",
                "./DMAcc/1/AppAuth/1/AAuthType");
        StringBuilder gets = new StringBuilder();
        for (int i = 0; i < leaves.size(); i++) {
            gets.append(Xml.command("Get", 10 + i, leaves.get(i)));
        }
        session(Answer.first(gets.toString()));

        for (int i = 0; i < leaves.size(); i++) {
            assertThat(server.code(1, 10 + i)).as(leaves.get(i)).isEqualTo("200");
        }
        assertThat(List.of(server.value(24), server.value(25))).containsExactly("w7", ScriptedServer.NAME);
    }

    @Test
    @Tag("TR-3")
    @Conformance({"OMA-ERDEF-DM-C-003", "DMNOTI-C-1", "DMNOTI-C-2"})
    void a_notification_starts_the_session_that_it_names_and_a_false_one_none() throws Exception {
        push("no password");
        assertThat(server.received()).isEmpty();
        push(ScriptedServer.SECRET);

        assertThat(server.failure()).isEmpty();
        assertThat(server.received()).hasSize(1);
        assertThat(Xml.text(received(1), "SessionID")).isEqualTo("ABC");
        assertThat(Xml.text(received(1), "Alert", "Data")).isEqualTo("1200");
        assertThat(Xml.all(received(1), "Replace")).hasSize(1);
    }

    /** Package 0 as WAP push in an SMS-PP DOWNLOAD; version 1.1, no user interaction, by the server, session 0ABC. */
    private void push(String secret) throws Exception {
        server.script(Answer.first(""));
        byte[] trigger = Xml.concat(HexFormat.of().parseHex("02D80000000ABC03"), ScriptedServer.NAME.getBytes(UTF_8));
        byte[] digest = Xml.md5(
                Xml.base64(Xml.md5((ScriptedServer.NAME + ":" + secret).getBytes(UTF_8)))
                        .getBytes(UTF_8),
                ":".getBytes(UTF_8),
                ScriptedServer.SERVER_NONCE,
                ":".getBytes(UTF_8),
                Xml.base64(Xml.md5(trigger)).getBytes(UTF_8));
        String data = "0605040B8423F0" + "010603C4AF87"
                + HexFormat.of().withUpperCase().formatHex(Xml.concat(digest, trigger));
        String tpdu = "40" + "05" + "81" + "1032F4" + "7F" + "F6" + "11111111111111"
                + "%02X".formatted(data.length() / 2) + data;
        me.envelope("short message", SmsPpDownload.of(CENTRE, new SmsTpdu(ByteString.ofHex(tpdu))));
        me.awaitIdle(LIMIT);
    }
}
