// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.JobStep;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.UserInteraction;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.gateway.Gateway;
import org.bipline.test.WireLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** What OMA DM 1.2 demands of a server, of gateway and server by a scripted client. */
@Tag("MO-2")
@Tag("TR-2")
class ServerConformanceTest {
    private static final ManagementCommand GET = ManagementCommand.get("./DevInfo/Man");

    private final MemoryStore store = new MemoryStore();
    private DmServer server;
    private Gateway gateway;
    private ScriptedClient client;

    @BeforeEach
    void open() throws Exception {
        server = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1))
                .wire(WireLog.LISTENER)
                .build();
        gateway = Gateway.builder(server)
                .plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .build()
                .start();
        know(Device.Authentication.MD5);
        client = new ScriptedClient(gateway.plainAddress().orElseThrow(), "3C");
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
        store.close();
    }

    private void know(Device.Authentication authentication) {
        store.putDevice(Device.of(
                ScriptedClient.ID,
                authentication,
                Account.of(ScriptedClient.NAME, ScriptedClient.SECRET),
                Optional.of(Account.of(ScriptedClient.SERVER, ScriptedClient.SERVER_SECRET))));
    }

    private Job submit(ManagementCommand... commands) {
        return server.submit(ScriptedClient.ID, JobSpec.commands(commands));
    }

    private Job now(Job job) {
        return store.job(job.id()).orElseThrow();
    }

    private static ManagementCommand add(String uri, String value) {
        return ManagementCommand.add(uri, Format.CHR, "text/plain", NodeValue.text(value));
    }

    private static boolean isLast(Element message) {
        return !Xml.all(message, "Final").isEmpty();
    }

    /** Names of the commands of a message, statuses and what stands in groups left out. */
    private static List<String> commands(Element message) {
        return Xml.children(Xml.first(message, "SyncBody").orElseThrow()).stream()
                .filter(name -> !name.equals("Status") && !name.equals("Final"))
                .toList();
    }

    private static Element command(Element message, String name) {
        return Xml.first(message, name).orElseThrow(() -> new AssertionError("no " + name));
    }

    private static String results(int cmdId, String msgRef, Element get, String data, String meta, boolean more) {
        return "<Results><CmdID>" + cmdId + "</CmdID><MsgRef>" + msgRef + "</MsgRef><CmdRef>" + Xml.text(get, "CmdID")
                + "</CmdRef><Item><Source><LocURI>" + Xml.text(get, "LocURI") + "</LocURI></Source>" + meta + "<Data>"
                + data + "</Data>" + (more ? "<MoreData/>" : "") + "</Item></Results>";
    }

    @Test
    @Conformance({"OMA-ERDEF-DM-S-001", "DMPRO-S-1", "DMPRO-S-2", "DMREPU-S-1", "DMSTDOBJ-S-1"})
    void package_1_is_answered_by_package_2() throws Exception {
        Element answer = client.authenticate();

        Element header = Xml.first(answer, "SyncHdr").orElseThrow();
        assertThat(Xml.children(header)).startsWith("VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source");
        assertThat(Xml.text(header, "VerDTD")).isEqualTo("1.2");
        assertThat(Xml.text(header, "VerProto")).isEqualTo("DM/1.2");
        assertThat(Xml.text(header, "SessionID")).isEqualTo(client.sessionId());
        assertThat(Xml.text(header, "MsgID")).isEqualTo("2");
        assertThat(Xml.text(header, "Target", "LocURI")).isEqualTo(ScriptedClient.ID);
        assertThat(Xml.text(header, "Source", "LocURI")).isNotEmpty();
        assertThat(Xml.status(answer, "2", "0")).isEqualTo("212");
        assertThat(Xml.status(answer, "2", "1")).isEqualTo("200");
        assertThat(Xml.status(answer, "2", "2")).isEqualTo("200");
        assertThat(isLast(answer)).isTrue();
        assertThat(Xml.all(Xml.first(answer, "SyncBody").orElseThrow(), "Cred")).isEmpty();
        assertThat(Xml.all(answer, "CmdID").stream().map(Element::getTextContent))
                .doesNotHaveDuplicates();
    }

    @Test
    @Tag("SEC-2")
    @Conformance({"DMPRO-S-3", "DMSEC-S-1"})
    void a_client_without_credentials_is_challenged_and_gets_no_commands() throws Exception {
        submit(GET);
        Element answer = client.send("", ScriptedClient.PACKAGE_1, true);

        assertThat(Xml.status(answer, "1", "0")).isEqualTo("407");
        assertThat(List.of(Xml.status(answer, "1", "1"), Xml.status(answer, "1", "2")))
                .containsOnly("407");
        assertThat(commands(answer)).isEmpty();
        assertThat(Xml.text(answer, "Chal", "Type")).isEqualTo("syncml:auth-md5");
        assertThat(Xml.text(answer, "Chal", "Format")).isEqualTo("b64");
        assertThat(client.nonce()).hasSizeGreaterThanOrEqualTo(16);
        Element accepted = client.send(
                client.credentials(), Xml.statusOf(3, "1", "0", "SyncHdr", "200", "") + ScriptedClient.PACKAGE_1, true);
        assertThat(Xml.status(accepted, "2", "0")).isEqualTo("212");
        assertThat(Xml.text(accepted, "Chal", "NextNonce")).isNotEmpty();
        assertThat(commands(accepted)).containsExactly("Get");
    }

    @Test
    @Tag("SEC-2")
    @Conformance("DMPRO-S-4")
    void wrong_credentials_are_refused_and_a_second_time_end_the_session() throws Exception {
        submit(GET);
        Element first = client.send(client.credentials("wrong"), ScriptedClient.PACKAGE_1, true);
        byte[] nonce = client.nonce();
        Element second = client.send(client.credentials("wrong"), ScriptedClient.PACKAGE_1, true);

        assertThat(List.of(Xml.status(first, "1", "0"), Xml.status(first, "1", "1"), Xml.status(second, "2", "0")))
                .containsOnly("401");
        assertThat(commands(first)).isEmpty();
        assertThat(commands(second)).isEmpty();
        assertThat(client.nonce()).isNotEqualTo(nonce);
        assertThat(store.sessions(ScriptedClient.ID, 1)).hasSize(1);
    }

    @Test
    @Tag("SEC-2")
    @Conformance({"DMPRO-S-5", "DMSEC-S-2"})
    void the_server_proves_itself_and_sends_its_package_again_when_challenged() throws Exception {
        Job job = submit(GET);
        Element package2 = client.authenticate();
        assertThat(Xml.text(package2, "SyncHdr", "Source", "LocName")).isEqualTo(ScriptedClient.SERVER);
        assertThat(Xml.text(package2, "SyncHdr", "Cred", "Data"))
                .isEqualTo(Xml.digest(ScriptedClient.SERVER, ScriptedClient.SERVER_SECRET, new byte[0]));

        Element again = client.send(
                "", client.statusOfHeader(1, "401", "fresh") + client.status(2, command(package2, "Get"), "401"), true);
        assertThat(Xml.text(again, "SyncHdr", "Cred", "Data"))
                .isEqualTo(Xml.digest(ScriptedClient.SERVER, ScriptedClient.SERVER_SECRET, "fresh".getBytes(UTF_8)));
        assertThat(commands(again)).containsExactly("Get");
        Element get = command(again, "Get");
        client.send(
                "",
                client.statusOfHeader(1, "212", "next")
                        + client.status(2, get, "200")
                        + results(3, "" + client.msgId(), get, "maker", "", false),
                true);
        assertThat(now(job).state()).as(now(job).reason()).isEqualTo(JobState.DONE);
    }

    @Test
    @Conformance({"DMPRO-S-6", "DMPRO-S-7", "DMREPU-S-6"})
    void the_session_goes_on_while_there_are_commands_and_ends_with_a_package_without() throws Exception {
        Job job = submit(GET, add("./MO/A", "1"));
        Element package2 = client.authenticate();
        Element get = command(package2, "Get");
        Element package4 = client.send(
                "",
                client.statusOfHeader(1, "212", "n")
                        + client.status(2, get, "200")
                        + results(3, "" + client.msgId(), get, "maker", "", false),
                true);
        assertThat(Xml.status(package4, "3", "0")).isIn("200", "212");
        assertThat(Xml.status(package4, "3", "3"))
                .as("no Status for Results that are right")
                .isEmpty();
        assertThat(commands(package4)).containsExactly("Add");

        Element end = client.send(
                "", client.statusOfHeader(1, "200", "m") + client.status(2, command(package4, "Add"), "200"), true);
        assertThat(commands(end)).isEmpty();
        assertThat(isLast(end)).isTrue();
        assertThat(now(job).state()).isEqualTo(JobState.DONE);
        assertThat(now(job).results().get(0).value()).contains(NodeValue.text("maker"));
    }

    @Test
    @Conformance({"DMPRO-S-8", "DMPRO-S-9"})
    void an_open_package_is_asked_for_and_no_command_comes_before_its_end() throws Exception {
        submit(GET, add("./MO/A", "1"));
        Element package2 = client.authenticate();
        Element get = command(package2, "Get");
        Element next = client.send("", client.statusOfHeader(1, "212", "n") + client.status(2, get, "200"), false);
        assertThat(commands(next)).containsExactly("Alert");
        assertThat(Xml.text(next, "Alert", "Data")).isEqualTo("1222");
        assertThat(isLast(next)).isFalse();

        Element after = client.send(
                "", Xml.statusOf(1, "3", "0", "SyncHdr", "200", "") + results(2, "2", get, "maker", "", false), true);
        assertThat(commands(after)).containsExactly("Add");
        assertThat(isLast(after)).isTrue();
    }

    @Test
    @Conformance({"DMPRO-S-10", "DMPRO-S-11"})
    void a_large_object_goes_in_chunks_that_fit_with_nothing_between() throws Exception {
        String value = "x".repeat(3000);
        Job job = submit(add("./MO/A", value));
        client.meta(Xml.meta("MaxMsgSize", "1500"));
        Element message = client.authenticate();
        StringBuilder got = new StringBuilder();
        List<String> sizes = new ArrayList<>();
        boolean more = true;
        while (more) {
            assertThat(client.sizeOfAnswer()).isLessThanOrEqualTo(1500);
            assertThat(commands(message)).containsExactly("Add");
            Element chunk = command(message, "Add");
            got.append(Xml.text(chunk, "Data"));
            sizes.add(Xml.text(chunk, "Size"));
            more = !Xml.all(chunk, "MoreData").isEmpty();
            assertThat(isLast(message)).isEqualTo(!more);
            message = client.send(
                    "",
                    client.statusOfHeader(1, "212", "n")
                            + client.status(2, chunk, more ? "213" : "200")
                            + (more ? Xml.alert(3, 1222, "") : ""),
                    !more);
        }
        assertThat(got.toString()).isEqualTo(value);
        assertThat(sizes.get(0)).isEqualTo("3000");
        assertThat(sizes.subList(1, sizes.size())).hasSizeGreaterThan(0).containsOnly("");
        assertThat(now(job).state()).isEqualTo(JobState.DONE);
    }

    /** The Get of a job, and the messages that a client sends of its value in two chunks. */
    private Element beginLargeResults(String first, int size) throws Exception {
        Element get = command(client.authenticate(), "Get");
        Element answer = client.send(
                "",
                client.statusOfHeader(1, "212", "n")
                        + client.status(2, get, "200")
                        + results(3, "" + client.msgId(), get, first, Xml.meta("Size", "" + size), true),
                false);
        assertThat(Xml.status(answer, "3", "3")).isEqualTo("213");
        assertThat(Xml.text(answer, "Alert", "Data")).isEqualTo("1222");
        return get;
    }

    @Test
    @Conformance({"DMPRO-S-12", "DMPRO-S-13"})
    void large_results_are_taken_in_chunks() throws Exception {
        Job job = submit(GET);
        Element get = beginLargeResults("abc", 5);
        Element end = client.send(
                "", Xml.statusOf(1, "3", "0", "SyncHdr", "200", "") + results(2, "2", get, "de", "", false), true);

        assertThat(commands(end)).isEmpty();
        assertThat(now(job).state()).as(now(job).reason()).isEqualTo(JobState.DONE);
        assertThat(now(job).results().get(0).value()).contains(NodeValue.text("abcde"));
    }

    @Test
    @Tag("INT-3")
    @Conformance("DMPRO-S-14")
    void results_of_another_size_than_was_said_are_refused() throws Exception {
        Job job = submit(GET);
        Element get = beginLargeResults("abc", 7);
        Element end = client.send(
                "", Xml.statusOf(1, "3", "0", "SyncHdr", "200", "") + results(2, "2", get, "de", "", false), true);

        assertThat(Xml.status(end, "4", "2")).isEqualTo("424");
        assertThat(now(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    @Conformance("DMPRO-S-15")
    void results_that_break_off_are_told_by_alert_1225() throws Exception {
        submit(GET);
        beginLargeResults("abc", 7);
        Element end = client.send("", Xml.statusOf(1, "3", "0", "SyncHdr", "200", ""), true);

        assertThat(Xml.all(end, "Alert").stream().map(alert -> Xml.text(alert, "Data")))
                .contains("1225");
    }

    @Test
    @Conformance("DMPRO-S-16")
    void nothing_larger_than_max_obj_size_is_sent() throws Exception {
        Job job = submit(add("./MO/A", "x".repeat(300)));
        client.meta(Xml.meta("MaxMsgSize", "5000", "MaxObjSize", "200"));

        assertThat(commands(client.authenticate())).isEmpty();
        assertThat(now(job).reason()).contains("300", "200", "MaxObjSize");
    }

    private static String genericAlert(int cmdId, String meta) {
        return Xml.alert(
                cmdId, 1226, "<Item><Source><LocURI>./MO/A</LocURI></Source>" + meta + "<Data>x</Data></Item>");
    }

    @Test
    @Conformance({"DMPRO-S-17", "DMREPU-S-7"})
    void generic_alerts_and_client_events_are_kept_and_answered() throws Exception {
        client.send("", ScriptedClient.PACKAGE_1, true);
        Element answer = client.send(
                client.credentials(),
                Xml.statusOf(3, "1", "0", "SyncHdr", "200", "")
                        + ScriptedClient.PACKAGE_1
                        + genericAlert(4, Xml.meta("Type", "urn:x:alert:1.0", "Format", "chr", "Mark", "critical"))
                        + genericAlert(5, Xml.meta("Format", "chr"))
                        + Xml.alert(
                                6,
                                1224,
                                "<Item>" + Xml.meta("Type", "urn:x:event", "Format", "chr") + "<Data>y</Data></Item>"),
                true);

        assertThat(List.of(Xml.status(answer, "2", "4"), Xml.status(answer, "2", "5"), Xml.status(answer, "2", "6")))
                .containsExactly("200", "412", "200");
        assertThat(store.events(ScriptedClient.ID, 5)).hasSize(2);
    }

    @Test
    @Conformance("DMPRO-S-18")
    void a_session_abort_is_answered_without_new_commands() throws Exception {
        Job job = submit(GET, add("./MO/A", "1"));
        Element get = command(client.authenticate(), "Get");
        Element answer = client.send(
                "",
                client.statusOfHeader(1, "212", "n")
                        + client.status(2, get, "200")
                        + results(3, "" + client.msgId(), get, "maker", "", false)
                        + Xml.alert(4, 1223, ""),
                true);

        assertThat(Xml.status(answer, "3", "0")).isNotEmpty();
        assertThat(Xml.status(answer, "3", "4")).isEqualTo("200");
        assertThat(commands(answer)).isEmpty();
        assertThat(now(job).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    @Conformance("DMPRO-S-19")
    void commands_that_a_client_must_not_send_are_refused() throws Exception {
        client.send("", ScriptedClient.PACKAGE_1, true);
        Element answer = client.send(
                client.credentials(),
                Xml.statusOf(3, "1", "0", "SyncHdr", "200", "")
                        + ScriptedClient.PACKAGE_1
                        + Xml.command("Get", 4, "./x")
                        + Xml.leaf("Add", 5, "./x", "1")
                        + Xml.leaf("Replace", 6, "./x", "1"),
                true);

        assertThat(List.of(Xml.status(answer, "2", "4"), Xml.status(answer, "2", "5"), Xml.status(answer, "2", "6")))
                .containsOnly("405");
    }

    @Test
    @Conformance({"DMREPU-S-2", "DMREPU-S-3"})
    void every_command_of_a_server_is_well_formed() throws Exception {
        server.submit(
                ScriptedClient.ID,
                JobSpec.steps(
                        JobStep.of(add("./MO/A", "1")),
                        JobStep.of(ManagementCommand.addInterior("./MO/B", Optional.empty())),
                        JobStep.of(ManagementCommand.replace("./MO/A", Format.INT, "text/plain", NodeValue.text("2"))),
                        JobStep.of(ManagementCommand.get("./MO/A")),
                        JobStep.of(ManagementCommand.copy("./MO/A", "./MO/C")),
                        JobStep.of(ManagementCommand.exec("./MO/A", "mark")),
                        JobStep.sequence(add("./MO/D", "1"), ManagementCommand.get("./MO/D")),
                        JobStep.atomic(add("./MO/E", "1"), ManagementCommand.delete("./MO/A")),
                        JobStep.of(UserInteraction.display("Hello")),
                        JobStep.of(ManagementCommand.delete("./MO/B"))));
        Element message = client.authenticate();
        List<String> sent = new ArrayList<>();
        while (!commands(message).isEmpty()) {
            StringBuilder answer = new StringBuilder(client.statusOfHeader(1, "212", "n"));
            int cmdId = 2;
            for (String name : commands(message)) {
                Element command = command(message, name);
                sent.add(name);
                if (name.equals("Sequence") || name.equals("Atomic")) {
                    for (String inner : Xml.children(command)) {
                        if (!inner.equals("CmdID")) {
                            answer.append(client.status(cmdId++, command(command, inner), "200"));
                        }
                    }
                }
                answer.append(client.status(cmdId++, command, "200"));
                for (Element get : name.equals("Get") ? List.of(command) : Xml.all(command, "Get")) {
                    answer.append(results(cmdId++, "" + client.msgId(), get, "1", "", false));
                }
                for (Element target : Xml.all(command, "Target")) {
                    assertThat(Xml.text(target, "LocURI")).startsWith("./MO/");
                }
            }
            assertThat(Xml.all(message, "CmdID").stream().map(Element::getTextContent))
                    .doesNotHaveDuplicates();
            if (sent.get(sent.size() - 1).equals("Exec")) {
                assertThat(Xml.text(message, "Exec", "Correlator")).isEqualTo("mark");
            }
            message = client.send("", answer.toString(), true);
        }
        assertThat(sent)
                .containsExactly(
                        "Add", "Add", "Replace", "Get", "Copy", "Exec", "Sequence", "Atomic", "Alert", "Delete");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @Conformance("DMREPU-S-4")
    void wbxml_of_each_version_is_read_and_answered(int version) throws Exception {
        byte[] message = Transcoder.toWbxml(
                client.message("", ScriptedClient.PACKAGE_1, true).getBytes(UTF_8));
        message[0] = (byte) version;
        byte[] answer = client.exchange("application/vnd.syncml.dm+wbxml", message, "");

        assertThat(answer[0]).isBetween((byte) 1, (byte) 3);
        assertThat(Xml.status(Xml.parse(Transcoder.toXml(answer)), "1", "0")).isEqualTo("407");
    }

    @Test
    @Conformance("DMREPU-S-5")
    void other_versions_of_the_protocol_are_refused() throws Exception {
        String message = client.message("", ScriptedClient.PACKAGE_1, true);
        Element dtd = Xml.parse(client.exchange(
                "application/vnd.syncml.dm+xml",
                message.replace("<VerDTD>1.2", "<VerDTD>1.9").getBytes(UTF_8),
                ""));
        Element protocol = Xml.parse(new ScriptedClient(gateway.plainAddress().orElseThrow(), "3D")
                .exchange(
                        "application/vnd.syncml.dm+xml",
                        message.replace("DM/1.2", "DM/1.9").getBytes(UTF_8),
                        ""));

        assertThat(Xml.status(dtd, "1", "0")).isEqualTo("505");
        assertThat(Xml.status(protocol, "1", "0")).isEqualTo("513");
    }

    /** B64(H(B64(H(name:secret)):nonce:B64(H(message)))). OMA DM Security, Integrity. */
    private static String mac(String name, String secret, byte[] nonce, byte[] message) {
        String key = Xml.base64(Xml.md5((name + ":" + secret).getBytes(UTF_8)));
        return Xml.base64(
                Xml.md5((key + ":").getBytes(UTF_8), nonce, (":" + Xml.base64(Xml.md5(message))).getBytes(UTF_8)));
    }

    @Test
    @Tag("SEC-8")
    @Conformance({"DMSEC-S-3", "DMSEC-S-4"})
    void each_message_is_proven_where_integrity_is_asked_for() throws Exception {
        know(Device.Authentication.MAC);
        submit(GET);
        Element challenge = client.send("", ScriptedClient.PACKAGE_1, true);
        assertThat(Xml.text(challenge, "Chal", "Type")).isEqualTo("syncml:auth-MAC");

        byte[] message = client.message(
                        "", Xml.statusOf(3, "1", "0", "SyncHdr", "200", "") + ScriptedClient.PACKAGE_1, true)
                .getBytes(UTF_8);
        String field = "algorithm=MD5, username=\"" + ScriptedClient.NAME + "\", mac="
                + mac(ScriptedClient.NAME, ScriptedClient.SECRET, client.nonce(), message);
        byte[] answer = client.exchange("application/vnd.syncml.dm+xml", message, field);
        Element package2 = Xml.parse(answer);
        assertThat(Xml.status(package2, "2", "0")).as("never 212").isEqualTo("200");
        assertThat(Xml.text(package2, "Chal", "NextNonce")).isNotEmpty();
        assertThat(commands(package2)).containsExactly("Get");
        assertThat(Xml.all(package2, "Cred")).isEmpty();
        assertThat(client.mac())
                .contains(
                        "username=\"" + ScriptedClient.SERVER + "\"",
                        mac(ScriptedClient.SERVER, ScriptedClient.SERVER_SECRET, new byte[0], answer));
        Element altered = Xml.parse(client.exchange(
                "application/vnd.syncml.dm+xml",
                client.message("", client.status(1, command(package2, "Get"), "404"), true)
                        .getBytes(UTF_8),
                field));
        assertThat(Xml.status(altered, "3", "0")).isEqualTo("401");
        assertThat(commands(altered)).isEmpty();
    }
}
