// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.server.JobSpec;
import org.bipline.lab.Failure;

/** What devices are to have, in a JSON file. */
final class DesiredFile {
    /** One entry of the file. */
    private record Line(String device, String mo, String target) {}

    /** What a device is to have at one place. */
    record Entry(String device, JobSpec.Reconcile spec) {}

    private DesiredFile() {}

    /** @param err gets a line for each deviation of an object from its description */
    static List<Entry> read(Path file, DescriptionOption descriptions, PrintWriter err) throws Failure {
        List<Entry> entries = new ArrayList<>();
        for (Line line : JsonFile.read(file, Line[].class, "objects with device and mo")) {
            if (line.device == null || line.mo == null) {
                throw new Failure(
                        Failure.Kind.INPUT,
                        file + ": an entry has no '" + (line.device == null ? "device" : "mo") + "'; add it");
            }
            JobSpec.Provision object = descriptions.read(Optional.of(file.resolveSibling(line.mo)), err);
            String target = line.target == null ? object.target() : line.target;
            try {
                entries.add(new Entry(line.device, new JobSpec.Reconcile(object.mo(), target)));
            } catch (IllegalArgumentException e) {
                throw new Failure(Failure.Kind.INPUT, file + ": " + e.getMessage(), e);
            }
        }
        return entries;
    }
}
