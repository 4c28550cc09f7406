// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The source tree that this build was made from. */
public final class Sources {
    /** Directory of the root pom: Surefire runs each module's tests in the module's own directory. */
    public static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    public static final List<String> MODULES = List.of(
            "usat-applet/uicc-api",
            "usat-applet/toolkit-applet",
            "usat-applet/uicc-runtime",
            "me-toolkit/cat-codec",
            "me-toolkit/me-engine",
            "me-toolkit/lab",
            "bip-gateway/dm-protocol",
            "bip-gateway/dm-server",
            "bip-gateway/gateway",
            "test");

    private Sources() {}

    static boolean hasPackageInfo(String packageName) {
        String file = packageName.replace('.', '/') + "/package-info.java";
        return MODULES.stream()
                .anyMatch(module -> Files.exists(
                        ROOT.resolve(module).resolve("src/main/java").resolve(file)));
    }
}
