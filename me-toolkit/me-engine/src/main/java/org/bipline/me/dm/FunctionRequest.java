// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bipline.dm.ByteString;

/**
 * A function of the ME that a server has started and that waits for leave to run.
 *
 * @param function MO identifier, slash and operation, such as {@code urn:oma:mo:oma-fumo:1.0/Update}
 * @param server identifier of the server, which has authenticated itself
 * @param digest SHA-256 of the package that it is to run with; empty where there is none
 */
public record FunctionRequest(String function, String server, Optional<ByteString> digest) {
    /** SHA-256 of a package. */
    public static ByteString digest(ByteString updatePackage) {
        try {
            return ByteString.of(MessageDigest.getInstance("SHA-256").digest(updatePackage.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
