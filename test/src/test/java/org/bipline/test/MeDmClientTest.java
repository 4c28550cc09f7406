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
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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
import org.bipline.me.dm.AccountSettings;
import org.bipline.me.dm.DeviceIdentity;
import org.bipline.me.dm.DeviceTree;
import org.bipline.me.dm.DmClient;
import org.bipline.me.dm.DmTransport;
import org.bipline.me.dm.FirmwareUpdate;
import org.bipline.me.dm.FunctionGuard;
import org.bipline.me.dm.HttpTransport;
import org.bipline.me.dm.ManagementTree;
import org.bipline.me.dm.SessionOutcome;
import org.bipline.me.dm.SimulatedFirmware;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
                DmServer server =
                        DmServer.builder(store, clock, new SplittableRandom(1)).build();
                Gateway gateway = Gateway.builder(server)
                        .bindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .path("/dm")
                        .build()
                        .start();
                HttpTransport http = new HttpTransport(Duration.ofSeconds(20), 1 << 20)) {
            store.putDevice(
                    Device.md5(DEVICE, Account.of("phone", "phone's own"), Account.of("operator", "server's own")));
            ManagementTree tree = tree(
                    "http://127.0.0.1:" + gateway.localAddress().getPort() + "/dm",
                    login("phone", "phone's own", new byte[] {1}),
                    login("operator", "server's own", new byte[] {2}));
            FirmwareUpdate firmware = new FirmwareUpdate(
                    tree, http, new SimulatedFirmware("simulated ME"), FunctionGuard.OPEN, LARGE, false);
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

    @Test
    void is_managed_by_a_server_that_shares_no_code_with_it() throws Exception {
        Programs.requireLibwbxml();
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
                                + get(13, "./MO/No")));
        ManagementTree tree = tree(
                "http://scripted.example/dm",
                login(ScriptedDmServer.CARD, ScriptedDmServer.CARD_SECRET, nonce),
                login(ScriptedDmServer.NAME, ScriptedDmServer.SECRET, nonce));
        DmClient client = DmClient.builder(tree, inProcess(server), new SplittableRandom(1))
                .build();

        assertThat(client.connect(ACCOUNT).state()).isEqualTo(SessionOutcome.State.COMPLETE);

        assertThat(server.verdicts()).isNotEmpty().containsOnly("right");
        assertThat(List.of(server.answer(1, 10), server.answer(1, 11), server.answer(1, 12), server.answer(2, 13)))
                .containsExactly("200", "200", "418", "404");
        assertThat(server.results())
                .extracting(ScriptedDmServer.Result::uri, ScriptedDmServer.Result::value)
                .containsExactly(
                        tuple("./MO/Obj/Leaf", "one"),
                        tuple("./MO/Obj", ""),
                        tuple("./MO/Obj/Leaf", "one"),
                        tuple("./MO/Obj?prop=ACL", "Add=*&Delete=scripted&Get=*&Replace=scripted"));
    }

    private static DmTransport inProcess(ScriptedDmServer server) {
        return (uri, message) -> {
            if (!message.contentType().equals(SyncMlCodec.WBXML.mediaType())) {
                throw new IOException("the script is in WBXML");
            }
            ByteString answer = ByteString.of(server.answer(message.body().toByteArray()));
            return new DmTransport.Message(SyncMlCodec.WBXML.mediaType(), Optional.empty(), answer);
        };
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
