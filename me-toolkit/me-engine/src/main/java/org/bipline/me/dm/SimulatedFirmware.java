// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bipline.dm.ByteString;

/**
 * A firmware that is nothing but its version. Its update packages have four lines of text before the image: what they are, for which model,
 * which version, and the SHA-256 of the image.
 */
public final class SimulatedFirmware implements Firmware {
    private static final String MAGIC = "bipline firmware 1";
    private static final int LINES = 4;

    private final String model;

    /** @param model the model that the packages have to name */
    public SimulatedFirmware(String model) {
        this.model = model;
    }

    /** An update package. */
    public static ByteString pack(String model, String version, ByteString image) {
        String head = String.join("\n", MAGIC, model, version, digest(image.toByteArray()), "");
        return ByteString.utf8(head).concat(image);
    }

    @Override
    public Installation install(ByteString updatePackage) {
        byte[] octets = updatePackage.toByteArray();
        int end = 0;
        for (int line = 0; line < LINES; line++) {
            while (end < octets.length && octets[end] != '\n') {
                end++;
            }
            end++;
        }
        if (end > octets.length) {
            return failed(FumoResult.CORRUPTED_PACKAGE);
        }
        String[] lines = new String(octets, 0, end, StandardCharsets.UTF_8).split("\n", -1);
        String digest = digest(Arrays.copyOfRange(octets, end, octets.length));
        if (!lines[0].equals(MAGIC) || !lines[3].equals(digest)) {
            return failed(FumoResult.CORRUPTED_PACKAGE);
        }
        if (!lines[1].equals(model)) {
            return failed(FumoResult.DEVICE_MISMATCH);
        }
        return new Installation(FumoResult.SUCCESSFUL, Optional.of(lines[2]));
    }

    private static Installation failed(FumoResult result) {
        return new Installation(result, Optional.empty());
    }

    private static String digest(byte[] image) {
        return FunctionRequest.digest(ByteString.of(image)).toHex();
    }
}
