// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bipline.lab.Failure;
import org.bipline.lab.me.MeProfileFile;
import org.bipline.me.MePreset;
import org.bipline.me.MeProfile;
import picocli.CommandLine.Option;

/** Which ME a command simulates. */
final class MeOption {
    /** The names of the presets, for the help. */
    static final class Presets extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1;

        Presets() {
            super(Stream.of(MePreset.values()).map(MePreset::text).collect(Collectors.toList()));
        }
    }

    @Option(
            names = "--me",
            paramLabel = "FILE|PRESET",
            completionCandidates = Presets.class,
            description = "The ME: a YAML file, or one of ${COMPLETION-CANDIDATES}. Default: full.")
    private Optional<String> me;

    /**
     * The ME that was chosen.
     *
     * @throws Failure when it is neither a preset nor a file that describes an ME
     */
    MeProfile profile() throws Failure {
        if (me.isEmpty()) {
            return MeProfile.full();
        }
        Optional<MePreset> preset = MePreset.of(me.get());
        return preset.isPresent() ? preset.get().profile() : MeProfileFile.read(Path.of(me.get()));
    }
}
