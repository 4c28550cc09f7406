// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.server;

import org.bipline.dm.ByteString;
import org.bipline.dm.auth.AuthType;
import org.bipline.dm.syncml.Cred;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;

/** Takes passwords out of messages that are shown: credentials of type basic hold one, a digest does not. */
final class Masking {
    private static final String MASK = "***";

    private Masking() {}

    static SyncMl mask(SyncMl message) {
        if (!holdsPassword(message)) {
            return message;
        }
        Cred cred = message.header().cred().orElseThrow();
        return new SyncMl(
                message.header().toBuilder().cred(new Cred(cred.meta(), MASK)).build(), message.body());
    }

    /** The bytes of the message, encoded anew without its password if it holds one. */
    static ByteString mask(SyncMl message, ByteString bytes, SyncMlCodec codec) {
        return holdsPassword(message) ? ByteString.of(codec.encode(mask(message))) : bytes;
    }

    /** Credentials of a type that nobody knows may be anything. */
    private static boolean holdsPassword(SyncMl message) {
        return message.header()
                .cred()
                .filter(cred ->
                        AuthType.of(cred.meta()).filter(AuthType.MD5::equals).isEmpty())
                .isPresent();
    }
}
