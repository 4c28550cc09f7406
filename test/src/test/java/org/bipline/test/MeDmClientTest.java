// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.JdbcStore;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.gateway.Gateway;
import org.bipline.me.UserModel;
import org.bipline.me.dm.AccountSettings;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.DmTransport;
import org.bipline.me.dm.FirmwareUpdate;
import org.bipline.me.dm.HttpTransport;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.MeUser;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.me.dm.SimulatedFirmware;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The DM client of the ME with our server over HTTP, and with one whose codec and digests are not ours. */
@Tag("MO-7")
class MeDmClientTest {
    private static final String DEVICE = "IMEI:490154203237518";
    private static final String ACCOUNT = "./DMAcc/Operator";
    private static final int LARGE = 40_000;

    @TempDir
    Path directory;

    private static ManagementTree tree(String address, AccountSettings.Login client, AccountSettings.Login server) {
        ManagementTree tree = DeviceTree.factory(DeviceIdentity.of("490154203237518", "en"), Clock.systemUTC());
        tree.put(
                "./DMAcc",
                new AccountSettings("Operator", server.name(), address, Optional.of(client), Optional.of(server))
                        .toNode());
        return tree;
    }

    private static AccountSettings.Login login(String name, String secret, byte[] nonce) {
        return new AccountSettings.Login(AuthType.MD5, name, secret, ByteString.of(nonce));
    }

    /** The first session finds both sides without common nonces, the second uses those of the first. */
    @ParameterizedTest
    @EnumSource
    void completes_jobs_of_our_server(SyncMlCodec codec) throws Exception {
        Clock clock = Clock.systemUTC();
        try (JdbcStore store = JdbcStore.inMemory("medm" + codec);
                DmServer server = DmServer.builder(store, clock, new SplittableRandom(1))
                        .wire(WireLog.LISTENER)
                        .build();
                Gateway gateway = gateway(server);
                HttpTransport http = new HttpTransport(Duration.ofSeconds(20), 1 << 20)) {
            store.putDevice(
                    Device.md5(DEVICE, Account.of("phone", "phone's own"), Account.of("operator", "server's own")));
            ManagementTree tree = tree(
                    address(gateway),
                    login("phone", "phone's own", new byte[] {1}),
                    login("operator", "server's own", new byte[] {2}));
            FirmwareUpdate firmware =
                    new FirmwareUpdate(tree, http, new SimulatedFirmware("simulated ME"), LARGE, false);
            DmClient client = DmClient.builder(tree, http, new SplittableRandom(2))
                    .codec(codec)
                    .maxMessageSize(6_000)
                    .handler(FirmwareUpdate.OBJECTS, firmware)
                    .build();
            byte[] image = new byte[LARGE - 500];
            new SplittableRandom(3).nextBytes(image);
            Job first = server.submit(DEVICE, commands(image));
            Job second = server.submit(DEVICE, JobSpec.provision(MgmtTree.of(object())));

            assertThat(client.connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);
            assertThat(client.performOperations())
                    .extracting(alert -> alert.data())
                    .containsExactly("200");
            assertThat(client.connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);

            Job done = store.job(first.id()).orElseThrow();
            assertThat(done.state()).as(done.reason()).isEqualTo(JobState.DONE);
            assertThat(done.results())
                    .extracting(result -> result.value().orElseThrow().octets())
                    .containsExactly(ByteString.utf8("bipline"), ByteString.of(image));
            Job provisioned = store.job(second.id()).orElseThrow();
            assertThat(provisioned.state()).as(provisioned.reason()).isEqualTo(JobState.DONE);
            assertThat(tree.text("./MO/Policy/Rule/Priority")).contains("1");
            assertThat(tree.text("./DevDetail/FwV")).contains("2.0");
        }
    }

    private static Gateway gateway(DmServer server) throws IOException {
        return Gateway.builder(server)
                .plain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .path("/dm")
                .build()
                .start();
    }

    private static String address(Gateway gateway) {
        return "http://127.0.0.1:" + gateway.plainAddress().orElseThrow().getPort() + "/dm";
    }

    private static MgmtNode object() {
        return MgmtNode.interior("Policy")
                .type("urn:x:policy:1.0")
                .child(MgmtNode.leaf("Name", "home \u00e4"))
                .child(MgmtNode.interior("Rule").child(MgmtNode.leaf("Priority", "1")))
                .build();
    }

    private static JobSpec.Commands commands(byte[] image) {
        ByteString update = SimulatedFirmware.pack("simulated ME", "2.0", ByteString.utf8("image"));
        return JobSpec.commands(
                ManagementCommand.get("./DevInfo/Man"),
                ManagementCommand.addInterior("./MO/Store", Optional.empty()),
                ManagementCommand.add(
                        "./MO/Store/Large",
                        Format.BIN,
                        "application/octet-stream",
                        NodeValue.binary(ByteString.of(image))),
                ManagementCommand.get("./MO/Store/Large"),
                ManagementCommand.delete("./MO/Store"),
                ManagementCommand.replace(
                        DeviceTree.FIRMWARE + "/Update/PkgData",
                        Format.BIN,
                        "application/octet-stream",
                        NodeValue.binary(update)),
                ManagementCommand.exec(DeviceTree.FIRMWARE + "/Update"));
    }

    /** Both directions are proven by credentials, of MAC in each message. */
    @ParameterizedTest
    @EnumSource
    @Tag("SEC-8")
    void proves_who_it_is_to_our_server_by_every_type_of_credentials(AuthType type) throws Exception {
        assertThat(provenBy(type, "phone's own", "server's own")).isEqualTo(SessionOutcome.State.COMPLETE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("SEC-2")
    void a_wrong_secret_of_either_side_ends_the_session_before_any_command(AuthType type) throws Exception {
        assertThat(provenBy(type, "wrong", "server's own")).isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
        assertThat(provenBy(type, "phone's own", "wrong")).isEqualTo(SessionOutcome.State.NOT_AUTHENTICATED);
    }

    /** A session and a second one with the nonces of the first, where the first was complete; the outcome of the last. */
    private SessionOutcome.State provenBy(AuthType type, String clientSecret, String serverSecret) throws Exception {
        // a server that takes names and passwords in clear shows none itself
        AuthType serverType = type == AuthType.BASIC ? AuthType.MD5 : type;
        boolean right = clientSecret.equals("phone's own") && serverSecret.equals("server's own");
        Device.Authentication authentication = switch (type) {
            case BASIC -> Device.Authentication.BASIC;
            case MD5 -> Device.Authentication.MD5;
            case MAC -> Device.Authentication.MAC;
        };
        try (JdbcStore store = JdbcStore.inMemory("medm" + type + clientSecret.length() + serverSecret.length());
                DmServer server = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(1))
                        .wire(WireLog.LISTENER)
                        .build();
                Gateway gateway = gateway(server);
                HttpTransport http = new HttpTransport(Duration.ofSeconds(20), 1 << 20)) {
            store.putDevice(Device.of(
                    DEVICE,
                    authentication,
                    Account.of("phone", "phone's own"),
                    Optional.of(Account.of("operator", "server's own"))));
            ManagementTree tree = tree(
                    address(gateway),
                    new AccountSettings.Login(type, "phone", clientSecret, ByteString.EMPTY),
                    new AccountSettings.Login(serverType, "operator", serverSecret, ByteString.EMPTY));
            List<Boolean> proven = new ArrayList<>();
            DmClient client = DmClient.builder(
                            tree,
                            (uri, message) -> {
                                DmTransport.Message answer = http.post(uri, message);
                                proven.add(message.mac().isPresent()
                                        && answer.mac().isPresent());
                                return answer;
                            },
                            new SplittableRandom(2))
                    .build();
            Job job = server.submit(DEVICE, JobSpec.provision(MgmtTree.of(object())));

            SessionOutcome.State outcome = client.connect(ACCOUNT).state();
            assertThat(tree.node("./MO/Policy").isPresent()).isEqualTo(right);
            if (right) {
                int exchanges = proven.size();
                outcome = client.connect(ACCOUNT).state();
                assertThat(proven).as("both sides know their nonces").hasSize(exchanges + 1);
                assertThat(store.job(job.id()).orElseThrow().state()).isEqualTo(JobState.DONE);
            }
            if (right && type != AuthType.BASIC) {
                NodeValue stale = NodeValue.binary(ByteString.utf8("stale"));
                tree.set(ACCOUNT + "/AppAuth/Client/AAuthData", stale);
                tree.set(ACCOUNT + "/AppAuth/Server/AAuthData", stale);
                server.submit(DEVICE, JobSpec.commands(ManagementCommand.get("./DevInfo/Man")));
                outcome = client.connect(ACCOUNT).state();
            }
            if (right && outcome == SessionOutcome.State.COMPLETE) {
                assertThat(proven).contains(type == AuthType.MAC);
                int sessions = store.sessions(DEVICE, 99).size();
                tree.set(
                        ACCOUNT + "/AppAuth/Server/AAuthData",
                        NodeValue.binary(ByteString.utf8("of the server alone")));
                outcome = client.connect(ACCOUNT).state();
                assertThat(store.sessions(DEVICE, 99))
                        .as("without commands the server proves itself again, too")
                        .hasSize(sessions + 1);
            }
            return outcome;
        }
    }

    /** Bytes, digests and HTTP of the server are written in the tests; its WBXML is libwbxml's. */
    @ParameterizedTest
    @EnumSource
    void is_managed_by_a_server_that_shares_no_code_with_it(SyncMlCodec codec) throws Exception {
        if (codec == SyncMlCodec.WBXML) {
            Programs.requireLibwbxml();
        }
        byte[] nonce = "first".getBytes(UTF_8);
        ScriptedDmServer server = new ScriptedDmServer(
                directory,
                nonce,
                nonce,
                List.of(
                        add(10, "./MO/Obj", "node", "")
                                + add(11, "./MO/Obj/Leaf", "chr", "<Data>one</Data>")
                                + add(12, "./MO/Obj/Leaf", "chr", "<Data>two</Data>"),
                        get(10, "./MO/Obj/Leaf")
                                + get(11, "./MO/Obj?list=StructData")
                                + get(12, "./MO/Obj?prop=ACL")
                                + get(13, "./MO/No"),
                        command("Replace", 10, "./MO/Obj/Leaf", "<Data>three</Data>")
                                + get(11, "./MO/Obj/Leaf")
                                + command("Delete", 12, "./MO/Obj", "")
                                + get(13, "./MO/Obj")
                                + userInteraction(14, 1100, "MINDT=10", "Hello")
                                + userInteraction(15, 1101, "", "Sure?")
                                + userInteraction(16, 1102, "DR=x", "Name?"),
                        command("Exec", 10, DeviceTree.FIRMWARE + "/DownloadAndUpdate", "")
                                + command(
                                        "Replace",
                                        11,
                                        DeviceTree.FIRMWARE + "/Update/PkgData",
                                        "<Meta><Format xmlns='syncml:metinf'>b64</Format></Meta><Data>" + update()
                                                + "</Data>")
                                + command("Exec", 12, DeviceTree.FIRMWARE + "/Update", "")));
        try (RawServer http = new RawServer((request, out) -> {
                    byte[] body = request.body().toByteArray();
                    byte[] answer = codec == SyncMlCodec.XML ? server.answerXml(body) : server.answer(body);
                    out.write(RawServer.ok(answer, codec.mediaType()));
                    return true;
                });
                HttpTransport transport = new HttpTransport(Duration.ofSeconds(20), 1 << 20)) {
            ManagementTree tree = tree(
                    "http://127.0.0.1:" + http.address().getPort() + "/dm",
                    login(ScriptedDmServer.CARD, ScriptedDmServer.CARD_SECRET, nonce),
                    login(ScriptedDmServer.NAME, ScriptedDmServer.SECRET, nonce));
            DmClient client = DmClient.builder(tree, transport, new SplittableRandom(1))
                    .codec(codec)
                    .user(new MeUser(UserModel.PATIENT))
                    .handler(
                            FirmwareUpdate.OBJECTS,
                            new FirmwareUpdate(tree, transport, new SimulatedFirmware("simulated ME"), LARGE, false))
                    .build();

            assertThat(client.connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);
            client.performOperations();
            assertThat(client.connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);

            assertThat(tree.text("./DevDetail/FwV")).contains("2.0");
            assertThat(http.failures()).isEmpty();
        }
        assertThat(server.verdicts()).isNotEmpty().containsOnly("right");
        assertThat(codes(server, 1, 10, 12)).containsExactly("200", "200", "418");
        assertThat(codes(server, 2, 10, 13)).containsExactly("200", "200", "200", "404");
        assertThat(codes(server, 3, 10, 16)).containsExactly("200", "200", "200", "404", "200", "200", "200");
        assertThat(codes(server, 4, 10, 12)).containsExactly("500", "200", "202");
        assertThat(server.results())
                .extracting(ScriptedDmServer.Result::uri, ScriptedDmServer.Result::value)
                .containsExactlyInAnyOrder( // a message of 1400 bytes holds one less in XML
                        tuple("./MO/Obj/Leaf", "one"),
                        tuple("./MO/Obj", ""),
                        tuple("./MO/Obj/Leaf", "one"),
                        tuple("./MO/Obj?prop=ACL", "Add=*&Delete=scripted&Get=*&Replace=scripted"),
                        tuple("./MO/Obj/Leaf", "three"));
        assertThat(server.genericAlerts()).containsExactly("org.openmobilealliance.dm.firmwareupdate.update 200");
    }

    private static List<String> codes(ScriptedDmServer server, int message, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(command -> server.answer(message, command))
                .toList();
    }

    private static String update() {
        return Base64.getEncoder()
                .encodeToString(SimulatedFirmware.pack("simulated ME", "2.0", ByteString.utf8("image"))
                        .toByteArray());
    }

    private static String userInteraction(int cmdId, int code, String options, String text) {
        return "<Alert><CmdID>" + cmdId + "</CmdID><Data>" + code + "</Data><Item><Data>" + options
                + "</Data></Item><Item><Data>" + text + "</Data></Item></Alert>";
    }

    private static String command(String name, int cmdId, String uri, String rest) {
        return "<" + name + "><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target>" + rest
                + "</Item></" + name + ">";
    }

    private static String add(int cmdId, String uri, String format, String data) {
        return "<Add><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri
                + "</LocURI></Target><Meta><Format xmlns='syncml:metinf'>" + format + "</Format></Meta>" + data
                + "</Item></Add>";
    }

    private static String get(int cmdId, String uri) {
        return "<Get><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target></Item></Get>";
    }
}
