// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import java.util.Optional;
import java.util.function.Predicate;
import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.auth.Credentials;
import org.bipline.dm.auth.MacHeader;
import org.bipline.dm.syncml.Chal;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.Status;
import org.bipline.dm.syncml.StatusCode;
import org.bipline.dm.syncml.SyncHdr;

/**
 * Who has proven what to whom in one session. OMA DM Protocol, Authentication; OMA DM Security, Credentials and Integrity.
 *
 * <p>Each side gets two tries with credentials, since the first may rest on a stale nonce. A challenge that is answered
 * by credentials of another type, or by none, ends the session. With {@code syncml:auth-MAC} each message of both sides is proven,
 * with a new nonce each; the first that is not ends the session once the client was accepted.
 */
final class Authentication {
    private static final int TRIES = 2;

    /** Under which the failures of clients are counted that nobody knows. */
    private static final String STRANGERS = "";

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

    /** Takes the place of the account of a client that nobody knows, so that as much is done with what it shows. */
    private static final Account STRANGER = Account.of("", "");

    private final DmServer server;
    private final String name;
    private final Optional<Device> device;
    private final AuthType clientType;
    private boolean clientAccepted;
    private boolean admitted;
    private boolean challenged;
    private int clientTries;
    private String clientFault = "";
    private Optional<ByteString> challenge = Optional.empty();
    private AuthType serverType;
    private int serverTries;
    private boolean serverAccepted;
    private boolean serverDone;
    private boolean macSent;
    private ByteString serverNonce;
    private String refusal = "";

    /** @param name what the client calls itself */
    Authentication(DmServer server, String name) {
        this.server = server;
        this.name = name;
        device = server.store().device(name);
        // A client that nobody knows is treated like one that gives wrong credentials.
        clientType =
                device.map(d -> d.authentication().type().orElse(AuthType.MD5)).orElse(server.strangers());
        serverType = clientType == AuthType.MAC ? AuthType.MAC : AuthType.MD5;
        serverNonce = device.flatMap(Device::server).map(Account::nonce).orElse(ByteString.EMPTY);
    }

    /** Why the transport of a message forbids it; empty if it does not. Who has proven a key may speak for its device only. */
    Optional<String> transportFault(Optional<ByteString> pskIdentity) {
        return device.isPresent()
                ? device.get().refuses(pskIdentity)
                : pskIdentity.map(identity -> "the key of TLS is another device's");
    }

    /**
     * Judges the credentials of a message.
     *
     * @param mac what the transport's header field {@code x-syncml-hmac} says
     * @param body the message as it came
     */
    Answer judge(SyncHdr header, Optional<MacHeader> mac, ByteString body) {
        if (device.filter(d -> d.authentication() == Device.Authentication.NONE).isPresent()) {
            clientAccepted = true;
            return new Answer(StatusCode.OK, Optional.empty(), "", false);
        }
        return switch (clientType) {
            case BASIC, MD5 -> judgeCred(header);
            case MAC -> judgeMac(header, mac, body);
        };
    }

    private Answer judgeCred(SyncHdr header) {
        if (clientAccepted) {
            StatusCode code = header.cred().isPresent() ? StatusCode.AUTHENTICATION_ACCEPTED : StatusCode.OK;
            return new Answer(code, Optional.empty(), "", false);
        }
        if (header.cred().isEmpty()) {
            return refuse(StatusCode.AUTHENTICATION_REQUIRED, "the client sent no credentials", challenged);
        }
        Cred cred = header.cred().get();
        if (AuthType.of(cred.meta()).filter(clientType::equals).isEmpty()) {
            return refuse(StatusCode.UNAUTHORIZED, wrongType(cred), challenged);
        }
        Credentials credentials = account().credentials();
        Optional<ByteString> next = prove(header, nonce -> credentials.verify(cred, nonce));
        if (next.isEmpty()) {
            return refuse(StatusCode.UNAUTHORIZED, clientFault, clientTries == TRIES);
        }
        return new Answer(
                StatusCode.AUTHENTICATION_ACCEPTED,
                clientType == AuthType.MD5 ? next.map(clientType::challenge) : Optional.empty(),
                "",
                false);
    }

    private Answer judgeMac(SyncHdr header, Optional<MacHeader> mac, ByteString body) {
        if (mac.isEmpty()) {
            return header.cred()
                    .map(cred -> refuse(StatusCode.UNAUTHORIZED, wrongType(cred), challenged || clientAccepted))
                    .orElseGet(() -> refuse(
                            StatusCode.AUTHENTICATION_REQUIRED,
                            "the client sent no " + MacHeader.NAME + ", or a malformed one",
                            challenged || clientAccepted));
        }
        Credentials credentials = account().credentials();
        byte[] message = body.toByteArray();
        Optional<ByteString> next = prove(header, nonce -> credentials.verify(mac.get(), nonce, message));
        if (next.isEmpty()) {
            return refuse(StatusCode.UNAUTHORIZED, clientFault, clientAccepted || clientTries == TRIES);
        }
        return new Answer(StatusCode.OK, next.map(clientType::challenge), "", false);
    }

    private Account account() {
        return device.map(Device::client).orElse(STRANGER);
    }

    /**
     * Takes a proof, at most once with each nonce, and counts one that is wrong. As much is done, and the client sees the same, whether it is not
     * known, its secret is wrong, or its credentials are locked.
     *
     * @return the nonce of the next credentials; empty, with the reason noted, if the proof does not count
     */
    private Optional<ByteString> prove(SyncHdr header, Predicate<ByteString> proof) {
        clientTries++;
        Store store = server.store();
        Failures failures = store.failures(device.isPresent() ? name : STRANGERS);
        // A session has both its tries or none: the first may rest on a stale nonce.
        admitted |= server.locking().isOpen(failures, server.now());
        // The nonce of a challenge, or the one from the last session: a stranger's challenge must not take that away.
        ByteString kept = store.device(name).map(d -> d.client().nonce()).orElse(ByteString.EMPTY);
        boolean challengeMet = challenge.filter(proof).isPresent();
        boolean keptMet = !clientAccepted && proof.test(kept);
        ByteString next = server.nonce();
        if (device.isPresent() && admitted && nameFits(header) && (challengeMet || (keptMet && use(kept, next)))) {
            if (challengeMet && clientType != AuthType.BASIC) {
                store.setClientNonce(name, next);
            }
            if (failures.count() > 0) {
                store.clearFailures(name);
            }
            challenge = Optional.of(next);
            clientAccepted = true;
            return challenge;
        }
        boolean counts = device.isPresent() && admitted;
        Failures now = store.addFailure(counts ? name : STRANGERS, server.now());
        clientFault = device.isEmpty()
                ? "no such device"
                : admitted
                        ? "the client's name or password is wrong, its nonce out of date or used before, or the message altered"
                        : "the client's credentials are locked after " + failures.count() + " failures";
        if (counts && now.count() == server.locking().limit()) {
            server.audit(name, AuditOperation.LOCKED, name, "", "after " + now.count() + " failures");
        }
        return Optional.empty();
    }

    /** A nonce is good for one proof, whichever session it comes in; a password has none. */
    private boolean use(ByteString nonce, ByteString next) {
        return clientType == AuthType.BASIC || server.store().useClientNonce(name, nonce, next);
    }

    private String wrongType(Cred cred) {
        return "credentials of type " + cred.meta().type().orElse("(none)") + " where " + clientType.text()
                + " is wanted";
    }

    private boolean nameFits(SyncHdr header) {
        return header.source()
                .name()
                .filter(shown -> !shown.equals(account().name()))
                .isEmpty();
    }

    /** The nonce of a challenge is good for this session only: nobody has proven anything yet. */
    private Answer refuse(StatusCode code, String failure, boolean over) {
        challenged = true;
        ByteString nonce = server.nonce();
        challenge = Optional.of(nonce);
        return new Answer(code, Optional.of(clientType.challenge(nonce)), failure, over);
    }

    /** Name under which the server speaks to this client. */
    Optional<String> serverName() {
        return device.flatMap(Device::server).map(Account::name);
    }

    /** Credentials for the next message; empty once the client has accepted them for the session, or if it gets none. */
    Optional<Cred> serverCredentials() {
        if (!clientAccepted || serverDone || serverType == AuthType.MAC) {
            return Optional.empty();
        }
        return device.flatMap(Device::server)
                .map(account -> account.credentials().cred(serverType, serverNonce));
    }

    /** The header field of a message that is about to be sent; empty if this client gets none. */
    Optional<MacHeader> serverMac(ByteString body) {
        if (!clientAccepted || serverType != AuthType.MAC) {
            return Optional.empty();
        }
        Optional<MacHeader> mac = device.flatMap(Device::server)
                .map(account -> account.credentials().mac(serverNonce, body.toByteArray()));
        macSent = mac.isPresent();
        return mac;
    }

    /** Takes the client's Status for a header of the server. The client is authenticated, so its nonces are kept. */
    Opinion headerAnswered(Status status) {
        Optional<ByteString> next = status.chal().flatMap(AuthType::nonce);
        boolean known = device.flatMap(Device::server).isPresent();
        if (known) {
            next.ifPresent(nonce -> {
                serverNonce = nonce;
                server.store().setServerNonce(name, nonce);
            });
        }
        boolean refused = status.code().equals(StatusCode.UNAUTHORIZED)
                || status.code().equals(StatusCode.AUTHENTICATION_REQUIRED);
        if (!refused && macSent) {
            boolean right = status.code().equals(StatusCode.OK) && next.isPresent();
            return right
                    ? accepted()
                    : refused("the client broke the rules of " + AuthType.MAC.text() + ": it answered " + status.code()
                            + (next.isPresent() ? "" : " without a nonce"));
        }
        if (!refused) {
            serverAccepted = true;
            serverDone |= status.code().equals(StatusCode.AUTHENTICATION_ACCEPTED);
            return Opinion.ACCEPTED;
        }
        Optional<AuthType> wanted = status.chal().flatMap(chal -> AuthType.of(chal.meta()));
        if (known && wanted.filter(AuthType.BASIC::equals).isPresent()) {
            return refused("the client asks for " + AuthType.BASIC.text()
                    + ", for which the server would have to keep its password in clear; set the client to "
                    + AuthType.MD5.text());
        }
        // The type stays for the whole session once authentication has occurred.
        boolean changed = serverAccepted && wanted.filter(serverType::equals).isEmpty();
        serverDone = false;
        if (!known || wanted.isEmpty() || next.isEmpty() || changed || ++serverTries >= TRIES) {
            return refused(
                    "the client refused the server's credentials; check the server's name and password for " + name);
        }
        serverType = wanted.get();
        return Opinion.CHALLENGED;
    }

    private Opinion accepted() {
        serverTries = 0;
        serverAccepted = true;
        return Opinion.ACCEPTED;
    }

    private Opinion refused(String reason) {
        refusal = reason;
        return Opinion.REFUSED;
    }

    /** Why the client's opinion is that the server is not who it says, and what to do. */
    String refusal() {
        return refusal;
    }
}
