// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.server.Account;
import org.bipline.dm.server.Device;
import org.bipline.dm.server.DmRequest;
import org.bipline.dm.server.DmResponse;
import org.bipline.dm.server.DmServer;
import org.bipline.dm.server.Job;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.server.JobState;
import org.bipline.dm.server.Locking;
import org.bipline.dm.server.ManagementCommand;
import org.bipline.dm.server.MemoryStore;
import org.bipline.dm.server.Psk;
import org.bipline.dm.server.Store;
import org.bipline.dm.syncml.AlertCode;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Item;
import org.bipline.dm.syncml.Location;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncBody;
import org.bipline.dm.syncml.SyncHdr;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A client that is not the device it says, against the server: it replays what it heard, guesses secrets, looks for devices, and speaks in
 * sessions of others. Each attack succeeds where what is against it is switched off.
 */
class RogueClientTest {
    private static final String VICTIM = "ICCID:8949012345678901234";
    private static final String NAME = "card";
    private static final String SECRET = "8812";
    private static final ByteString FIRST = ByteString.utf8("first nonce");
    private static final Psk PSK = new Psk(ByteString.utf8("victim"), ByteString.utf8("key of the victim"));
    private static final ByteString OTHER_IDENTITY = ByteString.utf8("attacker");
    private static final Locking UNLOCKED = new Locking(Integer.MAX_VALUE - 1, Duration.ZERO, Integer.MAX_VALUE);

    private final Store store = new MemoryStore();
    private DmServer server = server(store, Locking.DEFAULT);

    private static DmServer server(Store store, Locking locking) {
        return DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(7))
                .locking(locking)
                .build();
    }

    @BeforeEach
    void know() {
        store.putDevice(victim(Device.Authentication.MD5));
    }

    private static Device victim(Device.Authentication authentication) {
        return Device.of(
                VICTIM,
                authentication,
                Account.of(NAME, SECRET, FIRST),
                Optional.of(Account.of("server", "server secret")));
    }

    /** A message of package 1, or one that ends a package with these commands. */
    private static SyncMl message(
            String device, String session, int msgId, Optional<ByteString> proof, Command... commands) {
        SyncHdr.Builder header = SyncHdr.builder()
                .sessionId(session)
                .msgId(msgId)
                .target(Location.of("http://dm.example"))
                .source(Location.of(device, NAME));
        proof.ifPresent(nonce -> header.cred(Credentials.of(NAME, SECRET).cred(AuthType.MD5, nonce)));
        return new SyncMl(header.build(), new SyncBody(List.of(commands), true));
    }

    private static Command[] package1() {
        return new Command[] {
            Command.Alert.of("1", AlertCode.CLIENT_INITIATED),
            Command.Replace.of(
                    "2", Item.builder().source("./DevInfo/Man").data("x").build())
        };
    }

    private static DmRequest request(SyncMl message) {
        return DmRequest.of(SyncMlCodec.WBXML.mediaType(), ByteString.of(SyncMlCodec.WBXML.encode(message)), "test");
    }

    private static List<Command> commands(DmResponse response) {
        try {
            return SyncMlCodec.WBXML
                    .decode(response.body().toByteArray())
                    .body()
                    .commands();
        } catch (DmDecodingException e) {
            throw new AssertionError(e);
        }
    }

    private static int code(DmResponse response) {
        return ((Status) commands(response).getFirst()).code().number();
    }

    private static boolean hasCommands(DmResponse response) {
        return commands(response).stream().anyMatch(command -> !(command instanceof Status));
    }

    private static Optional<ByteString> challenge(DmResponse response) {
        return ((Status) commands(response).getFirst()).chal().flatMap(AuthType::nonce);
    }

    // what it heard

    /** What an attacker hears of a session, and says again under another session identifier. */
    private boolean replaySucceeds() {
        Job job = server.submit(VICTIM, JobSpec.commands(ManagementCommand.get("./MO")));
        SyncMl heard = message(VICTIM, "1", 1, Optional.of(FIRST), package1());
        assertThat(hasCommands(server.handle(request(heard)))).isTrue();
        SyncMl again = new SyncMl(heard.header().toBuilder().sessionId("2").build(), heard.body());
        DmResponse answer = server.handle(request(again));
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        return hasCommands(answer);
    }

    @Test
    @Tag("SEC-5")
    void credentials_that_were_heard_are_of_no_use() {
        assertThat(replaySucceeds()).isFalse();
    }

    @Test
    @Tag("SEC-5")
    void they_would_be_if_nonces_stood_still() {
        Set<String> standing = Set.of("setClientNonce", "useClientNonce");
        InvocationHandler careless = (proxy, method, arguments) ->
                standing.contains(method.getName()) ? true : method.invoke(store, arguments);
        server = server(
                (Store) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, careless),
                Locking.DEFAULT);

        assertThat(replaySucceeds()).isTrue();
    }

    @Test
    @Tag("SEC-5")
    void a_message_that_comes_twice_is_answered_from_memory_and_done_once() {
        Job job = server.submit(VICTIM, JobSpec.commands(ManagementCommand.get("./MO")));
        DmRequest heard = request(message(VICTIM, "1", 1, Optional.of(FIRST), package1()));
        DmResponse first = server.handle(heard);

        assertThat(server.handle(heard)).isEqualTo(first);
        assertThat(store.job(job.id()).orElseThrow().attempts()).isEqualTo(1);
    }

    // guesses

    /** Tries all PINs from 8800 on, each in the two tries of a session, and says whether it got in. */
    private boolean guessingSucceeds() {
        for (int pin = 8800; pin < 8830; pin += 2) {
            String session = "g" + pin;
            DmResponse answer = server.handle(request(message(VICTIM, session, 1, Optional.empty(), package1())));
            for (int guess = pin; guess < pin + 2; guess++) {
                SyncMl bare = message(VICTIM, session, guess, Optional.empty(), package1());
                SyncHdr header = bare.header().toBuilder()
                        .cred(Credentials.of(NAME, Integer.toString(guess))
                                .cred(AuthType.MD5, challenge(answer).orElseThrow()))
                        .build();
                answer = server.handle(request(new SyncMl(header, bare.body())));
                if (code(answer) == 212) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    @Tag("SEC-7")
    void a_short_secret_is_not_guessed() {
        assertThat(guessingSucceeds()).isFalse();
    }

    @Test
    @Tag("SEC-7")
    void it_would_be_without_the_delays() {
        server = server(store, UNLOCKED);

        assertThat(guessingSucceeds()).isTrue();
    }

    // looks for devices

    /** What an attacker sees of a device, if it has wrong credentials of the type that it is asked for. */
    private List<String> probe(String device) {
        List<String> seen = new ArrayList<>();
        DmResponse answer = server.handle(request(message(device, "p", 1, Optional.empty(), package1())));
        for (int msgId = 2; msgId <= 4; msgId++) {
            seen.add(commands(answer).stream()
                    .map(command -> (Status) command)
                    .map(status -> status.cmd()
                            + status.code()
                            + status.chal().flatMap(chal -> chal.meta().type()))
                    .toList()
                    .toString());
            answer = server.handle(request(message(device, "p", msgId, Optional.of(ByteString.utf8("x")), package1())));
        }
        return seen;
    }

    @Test
    @Tag("PRIV-1")
    void devices_that_exist_look_like_those_that_do_not() {
        assertThat(probe(VICTIM)).isEqualTo(probe("ICCID:1")).hasSize(3);
    }

    @Test
    @Tag("PRIV-1")
    void they_do_not_where_the_server_asks_strangers_for_something_else() {
        server = DmServer.builder(store, Clock.systemUTC(), new SplittableRandom(7))
                .strangers(AuthType.MAC)
                .build();

        assertThat(probe(VICTIM)).isNotEqualTo(probe("ICCID:1"));
    }

    // speaks in sessions of others

    private static DmRequest over(Optional<ByteString> pskIdentity, DmRequest request) {
        return pskIdentity.map(request::withPskIdentity).orElse(request);
    }

    /** The victim's session is on; somebody with another key of TLS, or with none, answers the command in its place. */
    private boolean hijackSucceeds(Optional<ByteString> victim, Optional<ByteString> attacker) {
        Job job = server.submit(VICTIM, JobSpec.commands(ManagementCommand.delete("./MO/x")));
        DmResponse commands =
                server.handle(over(victim, request(message(VICTIM, "1", 1, Optional.of(FIRST), package1()))));
        Command delete = commands(commands).getLast();
        Status lie = Status.builder()
                .cmdId("2")
                .msgRef("1")
                .cmdRef(delete.cmdId())
                .cmd("Delete")
                .code(StatusCode.OK)
                .build();
        Status header = Status.builder()
                .cmdId("1")
                .msgRef("1")
                .cmdRef("0")
                .cmd(Status.SYNC_HDR)
                .code(StatusCode.AUTHENTICATION_ACCEPTED)
                .build();
        server.handle(over(attacker, request(message(VICTIM, "1", 2, Optional.empty(), header, lie))));
        return store.job(job.id()).orElseThrow().state() == JobState.DONE;
    }

    @Test
    @Tag("SEC-2")
    void a_session_over_tls_is_its_device_s_alone() {
        store.putDevice(victim(Device.Authentication.MD5).with(PSK, Device.Transport.PLAIN));

        assertThat(hijackSucceeds(Optional.of(PSK.identity()), Optional.of(OTHER_IDENTITY)))
                .isFalse();
        assertThat(store.jobs().getFirst().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    @Tag("SEC-2")
    void nor_does_one_without_tls_get_in() {
        store.putDevice(victim(Device.Authentication.MD5).with(PSK, Device.Transport.PLAIN));

        assertThat(hijackSucceeds(Optional.of(PSK.identity()), Optional.empty()))
                .isFalse();
    }

    @Test
    @Tag("SEC-2")
    void a_session_without_tls_whose_client_is_believed_once_is_not_safe() {
        assertThat(hijackSucceeds(Optional.empty(), Optional.empty())).isTrue();
    }

    // sends what is too large or is nothing

    @Test
    @Tag("INT-3")
    void what_is_too_large_or_no_message_costs_nothing() {
        String type = SyncMlCodec.WBXML.mediaType();

        assertThat(server.handle(DmRequest.of(type, ByteString.of(new byte[65_537]), "test"))
                        .status())
                .isEqualTo(413);
        assertThat(server.handle(DmRequest.of(type, ByteString.of(new byte[1000]), "test"))
                        .status())
                .isEqualTo(400);
        assertThat(server.handle(DmRequest.of("text/html", ByteString.EMPTY, "test"))
                        .status())
                .isEqualTo(415);
        assertThat(server.handle(request(message("x".repeat(256), "1", 1, Optional.empty(), package1())))
                        .status())
                .isEqualTo(400);
        assertThat(server.handle(request(message("x", "1".repeat(65), 1, Optional.empty(), package1())))
                        .status())
                .isEqualTo(400);
        assertThat(store.failures("").count()).isZero();
    }
}
