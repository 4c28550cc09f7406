// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.util.Locale;
import java.util.Optional;

/**
 * How the DM applet's last session ended, as the applet keeps it: specs/technical-specification.md clause 7.
 *
 * @param reason 0 for success
 * @param generalResult general result of the last TERMINAL RESPONSE, where the channel failed
 * @param additionalInformation its additional information; where TLS failed, the alert
 * @param httpStatus status of the last HTTP response, 0 for none
 * @param fault what is wrong with the server's message
 * @param dmStatus last DM status other than success, 0 for none
 */
public record SessionOutcome(
        int reason, int generalResult, int additionalInformation, int httpStatus, int fault, int dmStatus) {
    private static final int TAG = 0xDF20;
    private static final int LENGTH = 9;
    private static final int NO_SESSION_YET = 0xFF;
    private static final int REACHED = 0x10; // reasons below are those of the channel

    /**
     * Reads the answer to GET DATA for tag DF20.
     *
     * @param response data and status word
     * @return empty when there was no session yet
     * @throws IllegalArgumentException when this is no outcome
     */
    public static Optional<SessionOutcome> decode(byte[] response) {
        if (response.length != 3 + LENGTH + 2 || u16(response, 0) != TAG || response[2] != LENGTH) {
            throw new IllegalArgumentException("the applet did not give the outcome of its session");
        }
        int reason = response[3] & 0xFF;
        return reason == NO_SESSION_YET
                ? Optional.empty()
                : Optional.of(new SessionOutcome(
                        reason,
                        response[4] & 0xFF,
                        response[5] & 0xFF,
                        u16(response, 6),
                        u16(response, 8),
                        u16(response, 10)));
    }

    private static int u16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    public boolean succeeded() {
        return reason == 0;
    }

    /**
     * What went wrong and what to do, in one line.
     *
     * @param server the server's address, as the user knows it
     */
    public String explanation(String server) {
        if (reason >= REACHED && httpStatus >= 300) { // whatever else is wrong with such an answer
            return "the server at " + server + " answered HTTP status " + httpStatus + "; check its path and its log";
        }
        return switch (reason) {
            case 0x00 -> "the session succeeded";
            case 0x01 -> "the user ended the session";
            case 0x04 -> "the connection to " + server + " was cut; see why the server closes it";
            case 0x19 -> "the server at " + server + " cut the connection in the middle of its answer; see its log";
            case 0x1A -> "the server at " + server + " closed the connection without an answer; see its log";
            case 0x20 -> "the server at " + server + " did not answer in time; see whether it is busy or stuck";
            case 0x21 -> "the ME's terminal profile lacks TCP channels; take another profile";
            case 0x22 -> session(server);
            case 0x23 -> String.format(Locale.ROOT, "the applet failed with reason %04X; please report it", fault);
            case 0x24 -> "the card has no readable EF ICCID; personalise it";
            case 0x25 ->
                "the card has no TLS key for the server, and plain TCP is forbidden; give it a key, or allow plain TCP at"
                        + " the installation";
            case 0x30, 0x31, 0x32, 0x33 -> tls(server);
            default ->
                reason < REACHED
                        ? channel(server)
                        : String.format(
                                Locale.ROOT,
                                "the server at %s does not answer as a DM server over HTTP (reason %02X);"
                                        + " check address, port and path",
                                server,
                                reason);
        };
    }

    private String channel(String server) {
        String result = String.format(
                Locale.ROOT, "general result %02X, additional information %02X", generalResult, additionalInformation);
        return "cannot reach the server at " + server + " (" + result + "); check that it runs and that address and"
                + " port are right";
    }

    /** RFC 5246 clause 7.2, RFC 4279 clause 4: the same alert has other causes when the card sends it. */
    private String tls(String server) {
        String alert = switch (additionalInformation) {
            case 0 -> "close_notify";
            case 10 -> "unexpected_message";
            case 20 -> "bad_record_mac";
            case 22 -> "record_overflow";
            case 40 -> "handshake_failure";
            case 47 -> "illegal_parameter";
            case 50 -> "decode_error";
            case 51 -> "decrypt_error";
            case 70 -> "protocol_version";
            case 71 -> "insufficient_security";
            case 80 -> "internal_error";
            case 86 -> "inappropriate_fallback";
            case 90 -> "user_canceled";
            case 110 -> "unsupported_extension";
            case 115 -> "unknown_psk_identity";
            default -> "number";
        };
        boolean byServer = reason == 0x30 || reason == 0x32;
        String remedy;
        if (reason > 0x31) {
            remedy = "a record was damaged, repeated or left out on the way, or one side is in error; see the trace";
        } else if (additionalInformation == 20 || additionalInformation == 51 || additionalInformation == 115) {
            remedy = "check that both have the same PSK identity and key";
        } else if (additionalInformation == 40 || additionalInformation == 71) {
            remedy = "check that the server has a cipher suite of the card, and grants fragments of 512 bytes";
        } else {
            remedy = "check that TLS 1.2 with pre-shared keys is served at that port";
        }
        return String.format(
                Locale.ROOT,
                "%s ended the TLS %s by the alert %s (%d); %s",
                byServer ? "the server at " + server : "the card",
                reason > 0x31 ? "connection" : "handshake",
                alert,
                additionalInformation,
                remedy);
    }

    private String session(String server) {
        return switch (dmStatus) {
            case 401, 407 ->
                "card and server at " + server + " do not accept each other's credentials (DM status " + dmStatus
                        + "); check names and passwords of both accounts";
            default -> message(server);
        };
    }

    /** What was wrong with the server's message; the faults are those of the applet's class Fault. */
    private String message(String server) {
        String wrong;
        if (fault >= 0x6F01 && fault < 0x6F20) {
            wrong = "answered with a body that is no WBXML of DM 1.2";
        } else if (fault >= 0x6F20 && fault < 0x6F40) {
            wrong = "sent a message that is none of DM 1.2";
        } else if (fault == 0x6F41) {
            wrong = "sent a message that ends too early";
        } else if (fault == 0x6F47) {
            wrong = "aborted the session";
        } else {
            wrong = "ended the session";
        }
        return String.format(
                Locale.ROOT,
                "the server at %s %s (fault %04X, DM status %d); see its last message in the trace",
                server,
                wrong,
                fault,
                dmStatus);
    }
}
