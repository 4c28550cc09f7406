// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

/** What a line of the audit log is about. */
public enum AuditOperation {
    /** A client has proven who it is, and its session begins. */
    AUTHENTICATED("authenticated"),
    /** A client was refused: its credentials, or what it needs for its session. */
    REFUSED("refused"),
    /** A session of a client that was authenticated is over. */
    ENDED("ended"),
    /** A client has answered a management command. */
    COMMAND("command"),
    /** A job was queued, or has ended. */
    JOB("job"),
    /** What a device is to have was set or forgotten. */
    DESIRED("desired"),
    /** Credentials of a client are locked after too many failures. */
    LOCKED("locked"),
    /** An operator has opened locked credentials again. */
    UNLOCKED("unlocked"),
    /** Somebody has called the administration. */
    ADMINISTRATION("administration"),
    /** A peer did not prove its identity in a TLS handshake. */
    TLS_REFUSED("TLS refused");

    private final String text;

    AuditOperation(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
