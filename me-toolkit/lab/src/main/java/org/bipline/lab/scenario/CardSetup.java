// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.cat.tlv.ByteString;

/** Which card a scenario has. */
sealed interface CardSetup {
    /**
     * A simulated card with the DM applet of this build, whose server is that of the scenario.
     *
     * @param settings install parameters that differ from the defaults, by their names
     */
    record Dm(Map<String, Integer> settings) implements CardSetup {
        public Dm {
            settings = Map.copyOf(settings);
        }
    }

    /** A simulated card with applets of others. */
    record Applets(List<Applet> applets, Optional<Path> profile) implements CardSetup {
        public Applets {
            applets = List.copyOf(applets);
        }
    }

    /**
     * An applet and what INSTALL [for install] says of it.
     *
     * @param jar jar or directory with its class files
     * @param parameters install parameters field
     */
    record Applet(int line, Path jar, String className, ByteString aid, ByteString parameters) {}

    /** The card in a PC/SC reader, found by its name or a part of it. */
    record Reader(String name) implements CardSetup {}

    /** No card but the scenario itself, which says what is asked for: the ME is what is tested. */
    record Scripted() implements CardSetup {}
}
