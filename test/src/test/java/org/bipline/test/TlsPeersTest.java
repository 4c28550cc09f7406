// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.card.https.TlsClient;
import org.bipline.card.https.TlsCredentials;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.Psk;
import org.bipline.lab.card.SessionOutcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The card's TLS with the servers of OpenSSL and stunnel, and under the eyes of tshark. */
@Tag("SEC-2")
@Tag("SEC-8")
class TlsPeersTest {
    private static final String IDENTITY = "card-1";
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String OTHER_KEY = "f00102030405060708090a0b0c0d0e0f";
    private static final String CBC = "PSK-AES128-CBC-SHA256";
    private static final String GCM = "PSK-AES128-GCM-SHA256";
    private static final Pattern ACCEPT = Pattern.compile("ACCEPT .*:(\\d+)");
    private static final String VALUE = "what nobody on the way is to read";

    @TempDir
    Path directory;

    /** With encrypt-then-MAC, extended master secret and tickets, and without; a hint is a ServerKeyExchange. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-no_etm",
                "-no_ticket",
                "-no_etm -no_ticket",
                "-psk_hint card",
                "-serverpref -no_ticket -psk_hint card",
                "-legacy_renegotiation -no_resumption_on_reneg",
                "-max_send_frag 512 -split_send_frag 512"
            })
    void openssl_makes_full_and_abbreviated_handshakes_with_the_card(String options) throws Exception {
        try (RunningProgram server = openssl(KEY, options.isEmpty() ? List.of() : List.of(options.split(" ", -1)))) {
            int port = port(server);
            TlsCredentials credentials =
                    SocketTls.credentials(IDENTITY, HexFormat.of().parseHex(KEY));
            for (boolean resumed : new boolean[] {false, true, true}) {
                try (SocketTls tls = new SocketTls(port, credentials)) {
                    assertThat(tls.client().isOpen())
                            .as("alert " + tls.client().alert())
                            .isTrue();
                    assertThat(tls.isResumed()).isEqualTo(resumed);
                    for (int length : new int[] {1, 100, 511, 512, 1000}) {
                        String line = "ab".repeat(length).substring(length);
                        assertThat(tls.exchange(line))
                                .isEqualTo(new StringBuilder(line).reverse().toString());
                    }
                }
            }
        }
    }

    @Test
    void openssl_with_another_key_is_refused() throws Exception {
        try (RunningProgram server = openssl(OTHER_KEY, List.of())) {
            TlsCredentials credentials =
                    SocketTls.credentials(IDENTITY, HexFormat.of().parseHex(KEY));
            try (SocketTls tls = new SocketTls(port(server), credentials)) {
                assertThat(tls.client().isOpen()).isFalse();
                assertThat(tls.client().reason()).isEqualTo(TlsClient.REASON_HANDSHAKE_REFUSED);
                assertThat(tls.client().alert()).isEqualTo((byte) 20);
            }
        }
    }

    @Test
    void openssl_without_a_suite_of_the_card_refuses_it() throws Exception {
        try (RunningProgram server = openssl(KEY, List.of("-cipher", "PSK-AES256-CBC-SHA384"))) {
            TlsCredentials credentials =
                    SocketTls.credentials(IDENTITY, HexFormat.of().parseHex(KEY));
            try (SocketTls tls = new SocketTls(port(server), credentials)) {
                assertThat(tls.client().reason()).isEqualTo(TlsClient.REASON_HANDSHAKE_REFUSED);
                assertThat(tls.client().alert()).isEqualTo((byte) 40);
            }
        }
    }

    /** The server of the card is behind stunnel, which alone knows of TLS. */
    @ParameterizedTest
    @ValueSource(strings = {CBC, GCM})
    @Tag("TR-2")
    void whole_sessions_of_the_card_pass_stunnel(String suite) throws Exception {
        try (Fleet fleet = new Fleet("stunnel", settings -> {})) {
            InetSocketAddress front = RawServer.nobody();
            try (RunningProgram stunnel = stunnel(suite, front, fleet.address());
                    Phone phone = phone(fleet, front, IDENTITY, KEY)) {
                provision(fleet, phone);
                assertThat(sent(phone)).doesNotContain("POST", "card1", VALUE).containsOnlyOnce(IDENTITY);
                phone.forget();
                Job job = fleet.submit(1, JobSpec.commands(ManagementCommand.get("./MO/Secret/Leaf")));
                assertThat(phone.session().succeeded()).isTrue();
                assertThat(fleet.job(job).results().getFirst().value()).contains(NodeValue.text(VALUE));
                assertThat(sent(phone))
                        .as("the session is resumed, without the identity")
                        .doesNotContain("POST", "card1", VALUE, IDENTITY);
                assertThat(stunnel.output()).doesNotContain(KEY);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"card-2, " + KEY + ", 115", "card-1, " + OTHER_KEY + ", 20"})
    void stunnel_refuses_another_identity_and_another_key(String identity, String key, int alert) throws Exception {
        try (Fleet fleet = new Fleet("stunnel", settings -> {})) {
            InetSocketAddress front = RawServer.nobody();
            try (RunningProgram stunnel = stunnel(CBC, front, fleet.address());
                    Phone phone = phone(fleet, front, identity, key)) {
                SessionOutcome outcome = phone.session();
                assertThat(outcome.reason()).isEqualTo(0x30);
                assertThat(outcome.additionalInformation()).isEqualTo(alert);
                assertThat(phone.openChannels()).isEmpty();
                assertThat(stunnel.output()).doesNotContain(KEY);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({CBC + ", 0x00ae", GCM + ", 0x00a8"})
    void tshark_decrypts_a_session_with_the_key_only(String suite, String number) throws Exception {
        Programs.require("tshark", "tshark");
        Programs.require("text2pcap", "wireshark-common");
        Path pcap;
        try (Fleet fleet = new Fleet("tshark", settings -> {})) {
            InetSocketAddress front = RawServer.nobody();
            try (RunningProgram stunnel = stunnel(suite, front, fleet.address());
                    Phone phone = phone(fleet, front, IDENTITY, KEY)) {
                provision(fleet, phone);
                pcap = pcap(phone.transfers());
                assertThat(stunnel.output()).doesNotContain(KEY);
            }
        }
        assertThat(tshark(pcap, KEY, "http.request.method")).isNotEmpty().containsOnly("POST");
        assertThat(tshark(pcap, KEY, "http.response.code")).isNotEmpty().containsOnly("200");
        assertThat(tshark(pcap, KEY, "tls.handshake.ciphersuite")).contains(number);
        assertThat(tshark(pcap, KEY, "_ws.malformed")).isEmpty();
        assertThat(tshark(pcap, OTHER_KEY, "http.request.method")).isEmpty();
    }

    private static void provision(Fleet fleet, Phone phone) throws Exception {
        Job job = fleet.submit(
                1,
                JobSpec.commands(
                        ManagementCommand.addInterior("./MO/Secret", Optional.empty()),
                        ManagementCommand.add("./MO/Secret/Leaf", Format.CHR, "text/plain", NodeValue.text(VALUE))));
        SessionOutcome outcome = phone.session();
        assertThat(outcome.succeeded()).as(outcome.explanation("stunnel")).isTrue();
        assertThat(fleet.job(job).state()).isEqualTo(JobState.DONE);
        assertThat(phone.openChannels()).isEmpty();
    }

    private static Phone phone(Fleet fleet, InetSocketAddress server, String identity, String key) throws Exception {
        fleet.know(1);
        return new Phone(
                Fleet.card(
                        1,
                        Fleet.parameters(1, server)
                                .preSharedKey(new Psk(ByteString.utf8(identity), ByteString.hex(key)))),
                server);
    }

    private static String sent(Phone phone) {
        StringBuilder text = new StringBuilder();
        phone.transfers().stream()
                .filter(Phone.Transfer::sent)
                .forEach(transfer -> text.append(new String(transfer.bytes().toBytes(), ISO_8859_1)));
        return text.toString();
    }

    private static RunningProgram openssl(String key, List<String> options) throws Exception {
        Programs.require("openssl", "openssl");
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-psk", key));
        command.addAll(List.of("-psk_identity", IDENTITY, "-nocert", "-tls1_2"));
        if (!options.contains("-cipher")) {
            command.addAll(List.of("-cipher", CBC));
        }
        command.addAll(options);
        command.add("-rev");
        return new RunningProgram(Map.of(), command);
    }

    private static int port(RunningProgram server) throws InterruptedException {
        server.await("ACCEPT");
        Matcher matcher = ACCEPT.matcher(server.output());
        assertThat(matcher.find()).as(server.output()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private RunningProgram stunnel(String suite, InetSocketAddress front, InetSocketAddress server) throws Exception {
        Programs.require("stunnel", "stunnel4");
        Path secrets = directory.resolve("secrets");
        Files.writeString(secrets, "card-0:" + OTHER_KEY + "\n" + IDENTITY + ":" + KEY + "\n");
        Path configuration = directory.resolve("stunnel.conf");
        Files.writeString(configuration, """
                foreground = yes
                pid =
                [dm]
                accept = 127.0.0.1:%d
                connect = 127.0.0.1:%d
                ciphers = %s
                sslVersion = TLSv1.2
                PSKsecrets = %s
                """.formatted(front.getPort(), server.getPort(), suite, secrets));
        RunningProgram program = new RunningProgram(Map.of(), List.of("stunnel", configuration.toString()));
        program.await("Configuration successful");
        return program;
    }

    private static List<String> tshark(Path pcap, String key, String field) throws Exception {
        return new String(
                        Programs.run(
                                "tshark",
                                "-n",
                                "-r",
                                pcap.toString(),
                                "-o",
                                "tls.psk:" + key,
                                "-d",
                                "tcp.port==443,tls",
                                "-Y",
                                field,
                                "-T",
                                "fields",
                                "-e",
                                field),
                        UTF_8)
                .lines()
                .toList();
    }

    /** What crossed the channel as a capture of a TCP connection. */
    private Path pcap(List<Phone.Transfer> transfers) throws Exception {
        StringBuilder dump = new StringBuilder();
        for (Phone.Transfer transfer : transfers) {
            dump.append(transfer.sent() ? 'O' : 'I').append("\n000000");
            for (byte b : transfer.bytes().toBytes()) {
                dump.append(" %02x".formatted(b));
            }
            dump.append('\n');
        }
        Path text = Files.writeString(directory.resolve("dump"), dump);
        Path pcap = directory.resolve("tls.pcap");
        Programs.run("text2pcap", "-D", "-T", "50000,443", text.toString(), pcap.toString());
        return pcap;
    }
}
