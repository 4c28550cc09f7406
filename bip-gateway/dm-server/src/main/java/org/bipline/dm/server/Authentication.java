// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Optional;
import java.util.function.Supplier;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.syncml.Chal;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncHdr;

/**
 * Who has proven what to whom in one session. OMA DM Protocol, Authentication; OMA DM Security, Credentials.
 *
 * <p>Each side gets two tries with credentials, since the first may rest on a stale nonce. A challenge that is answered
 * by credentials of another type, or by none, ends the session.
 */
final class Authentication {
    private static final int TRIES = 2;

    /**
     * Answer to the credentials of a client.
     *
     * @param failure why they were not accepted; empty if they were
     * @param over true if the session must end
     */
    record Answer(StatusCode code, Optional<Chal> chal, String failure, boolean over) {
        boolean accepted() {
            return failure.isEmpty();
        }
    }

    /** What a client makes of the server's credentials. */
    enum Opinion {
        ACCEPTED,
        /** The whole package has to be sent again, with other credentials. */
        CHALLENGED,
        REFUSED
    }

    private final Optional<Device> device;
    private final Store store;
    private final Supplier<ByteString> nonces;
    private boolean clientAccepted;
    private boolean challenged;
    private int clientTries;
    private ByteString clientNonce;
    private int serverTries;
    private boolean serverDone;
    private ByteString serverNonce;

    Authentication(Optional<Device> device, Store store, Supplier<ByteString> nonces) {
        this.device = device;
        this.store = store;
        this.nonces = nonces;
        clientNonce = device.map(d -> d.client().nonce()).orElse(ByteString.EMPTY);
        serverNonce = device.flatMap(Device::server).map(Account::nonce).orElse(ByteString.EMPTY);
    }

    /** Judges the credentials in a header. A client that nobody knows is treated like one that gives wrong ones. */
    Answer judge(SyncHdr header) {
        if (clientAccepted) {
            StatusCode code = header.cred().isPresent() ? StatusCode.AUTHENTICATION_ACCEPTED : StatusCode.OK;
            return new Answer(code, Optional.empty(), "", false);
        }
        Device.Authentication wanted = device.map(Device::authentication).orElse(Device.Authentication.MD5);
        if (wanted == Device.Authentication.NONE) {
            clientAccepted = true;
            return new Answer(StatusCode.OK, Optional.empty(), "", false);
        }
        if (header.cred().isEmpty()) {
            return refuse(StatusCode.AUTHENTICATION_REQUIRED, "the client sent no credentials", challenged, wanted);
        }
        Cred cred = header.cred().get();
        if (AuthType.of(cred.meta()).filter(type(wanted)::equals).isEmpty()) {
            return refuse(
                    StatusCode.UNAUTHORIZED,
                    "credentials of type " + cred.meta().type().orElse("(none)") + " where "
                            + type(wanted).text() + " is wanted",
                    challenged,
                    wanted);
        }
        clientTries++;
        if (device.isEmpty()) {
            return refuse(StatusCode.UNAUTHORIZED, "no such device", clientTries == TRIES, wanted);
        }
        if (!isGenuine(header, cred, device.get())) {
            return refuse(
                    StatusCode.UNAUTHORIZED,
                    "the client's name or password is wrong, or its nonce out of date",
                    clientTries == TRIES,
                    wanted);
        }
        clientAccepted = true;
        Optional<Chal> chal = Optional.empty();
        if (wanted == Device.Authentication.MD5) {
            ByteString next = nonces.get();
            store.setClientNonce(device.get().id(), next);
            chal = Optional.of(AuthType.MD5.challenge(next));
        }
        return new Answer(StatusCode.AUTHENTICATION_ACCEPTED, chal, "", false);
    }

    private boolean isGenuine(SyncHdr header, Cred cred, Device known) {
        Account client = known.client();
        boolean nameFits = header.source()
                .name()
                .filter(name -> !name.equals(client.name()))
                .isEmpty();
        // The nonce of a challenge, or the one from the last session: a stranger's challenge must not take that away.
        return nameFits
                && (client.credentials().verify(cred, clientNonce)
                        || client.credentials().verify(cred, client.nonce()));
    }

    /** The nonce of a challenge is good for this session only: nobody has proven anything yet. */
    private Answer refuse(StatusCode code, String failure, boolean over, Device.Authentication wanted) {
        challenged = true;
        clientNonce = nonces.get();
        return new Answer(code, Optional.of(type(wanted).challenge(clientNonce)), failure, over);
    }

    private static AuthType type(Device.Authentication authentication) {
        return authentication == Device.Authentication.BASIC ? AuthType.BASIC : AuthType.MD5;
    }

    /** Name under which the server speaks to this client. */
    Optional<String> serverName() {
        return device.flatMap(Device::server).map(Account::name);
    }

    /** Credentials for the next message; empty once the client has accepted them for the session, or if it gets none. */
    Optional<Cred> serverCredentials() {
        if (!clientAccepted || serverDone) {
            return Optional.empty();
        }
        return device.flatMap(Device::server)
                .map(account -> account.credentials().cred(AuthType.MD5, serverNonce));
    }

    /** Takes the client's Status for a header of the server. The client is authenticated, so its nonces are kept. */
    Opinion headerAnswered(Status status) {
        Optional<ByteString> next = status.chal().flatMap(AuthType::nonce);
        if (device.flatMap(Device::server).isPresent()) {
            next.ifPresent(nonce -> {
                serverNonce = nonce;
                store.setServerNonce(device.get().id(), nonce);
            });
        }
        if (status.code().equals(StatusCode.AUTHENTICATION_ACCEPTED)) {
            serverDone = true;
        }
        if (!status.code().equals(StatusCode.UNAUTHORIZED)
                && !status.code().equals(StatusCode.AUTHENTICATION_REQUIRED)) {
            return Opinion.ACCEPTED;
        }
        serverDone = false;
        boolean md5Wanted = status.chal()
                .flatMap(chal -> AuthType.of(chal.meta()))
                .filter(AuthType.MD5::equals)
                .isPresent();
        boolean again = device.flatMap(Device::server).isPresent() && md5Wanted && next.isPresent();
        return again && ++serverTries < TRIES ? Opinion.CHALLENGED : Opinion.REFUSED;
    }
}
