// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Over which transport a device has its sessions. */
@Tag("SEC-2")
class TransportTest {
    private static final ByteString IDENTITY = ByteString.utf8("card 1");
    private static final ByteString OTHER_IDENTITY = ByteString.utf8("card 2");
    private static final ByteString KEY = ByteString.utf8("a key of 16 byte");

    private final Fixture fixture = new Fixture(new MemoryStore());
    private final TestClient client = fixture.client();
    private final Job job;

    TransportTest() {
        client.tree.put("./DevInfo/Man", new TestTree.Leaf(Format.CHR, "text/plain", NodeValue.text("Bipline")));
        job = fixture.server.submit(Fixture.DEVICE, JobSpec.commands(ManagementCommand.get("./DevInfo/Man")));
        demand(Device.Transport.TLS);
    }

    private void demand(Device.Transport least) {
        fixture.store.putDevice(
                fixture.store.device(Fixture.DEVICE).orElseThrow().with(new Psk(IDENTITY, KEY), least));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertForbidden() {
        assertThat(client.runSession()).isFalse();
        SyncMl answer = client.received.getLast();
        assertThat(answer.body().commands())
                .hasSize(3)
                .allSatisfy(command ->
                        assertThat(((Status) command).code().number()).isEqualTo(403));
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.QUEUED);
    }

    private void assertDone() {
        assertThat(client.runSession()).isTrue();
        assertThat(fixture.job(job.id()).state()).isEqualTo(JobState.DONE);
    }

    @Test
    void a_device_that_has_to_use_TLS_is_served_with_its_key() {
        client.onTheWay = request -> request.withPskIdentity(IDENTITY);
        assertDone();
    }

    @Test
    void plain_TCP_is_forbidden_to_a_device_that_has_to_use_TLS() {
        assertForbidden();
        assertThat(fixture.events).contains("failed: the device has to use TLS");
        assertThat(fixture.store.sessions(Fixture.DEVICE, 1).getFirst().outcome())
                .isEqualTo("not authenticated: the device has to use TLS");
        demand(Device.Transport.PLAIN); // without the demand the same session is served
        assertDone();
    }

    @Test
    @Tag("SEC-1")
    void the_key_of_another_device_is_of_no_use_with_the_right_password() {
        fixture.store.putDevice(Device.md5("other", Account.of("o", "o"), Account.of("s", "s"))
                .with(new Psk(OTHER_IDENTITY, KEY), Device.Transport.TLS));
        client.onTheWay = request -> request.withPskIdentity(OTHER_IDENTITY);
        demand(Device.Transport.PLAIN); // not even where TLS need not be
        assertForbidden();
        assertThat(fixture.events).contains("failed: the key of TLS is another device's");
    }

    @Test
    void a_key_does_not_tell_which_devices_there_are() {
        TestClient stranger = new TestClient(
                request -> fixture.server.handle(request.withPskIdentity(IDENTITY)),
                "nobody",
                client.credentials,
                client.serverCredentials);
        assertThat(stranger.runSession()).isFalse();
        assertThat(((Status) stranger.received.getLast().body().commands().getFirst())
                        .code()
                        .number())
                .isEqualTo(403);
    }

    @Test
    @Tag("SEC-5")
    void a_message_over_plain_TCP_neither_enters_nor_ends_the_session_that_it_names() throws DmDecodingException {
        List<DmResponse> strangers = new ArrayList<>();
        AtomicBoolean within = new AtomicBoolean();
        client.onTheWay = request -> {
            if (within.getAndSet(true)) {
                strangers.add(fixture.server.handle(request)); // the client's own message, ahead of it
            }
            return request.withPskIdentity(IDENTITY);
        };
        assertDone();
        assertThat(strangers).isNotEmpty();
        for (DmResponse stranger : strangers) {
            List<Command> commands = SyncMlCodec.WBXML
                    .decode(stranger.body().toByteArray())
                    .body()
                    .commands();
            assertThat(commands)
                    .allMatch(command ->
                            command instanceof Status status && status.code().number() == 403);
        }
    }

    @Test
    void an_identity_is_one_devices_and_a_key_is_not_shown() {
        Device other = Device.md5("other", Account.of("o", "o"), Account.of("s", "s"))
                .with(new Psk(IDENTITY, KEY), Device.Transport.TLS);
        assertThatThrownBy(() -> fixture.store.putDevice(other))
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot store device other: another device has its PSK identity");
        assertThat(other.toString()).contains(IDENTITY.toString()).doesNotContain(KEY.toString());
        ByteString brief = ByteString.hex("C0FFEE");
        assertThatThrownBy(() -> new Psk(IDENTITY, brief)).hasMessage("PSK key of 3 bytes, expected 16 to 32");
        assertThatThrownBy(() -> new Device(
                        "a",
                        Device.Authentication.NONE,
                        Account.of("", ""),
                        Optional.empty(),
                        Optional.empty(),
                        Device.Transport.TLS))
                .hasMessage("TLS without a key demanded of a");
    }
}
