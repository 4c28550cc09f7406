// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bipline.dm.Position;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.server.JobSpec;
import org.bipline.lab.Failure;
import org.bipline.lab.demo.Descriptions;
import org.bipline.lab.demo.MoFile;
import picocli.CommandLine.Option;

/** Device descriptions of management objects. */
final class DescriptionOption {
    @Option(
            names = "--ddf",
            paramLabel = "FILE|DIR",
            description = "Device description, or a directory of them, against which the objects are held first.")
    private Optional<Path> ddf;

    /** The descriptions; none where the option is not given. */
    List<DeviceDescription> all() throws Failure {
        return ddf.isPresent() ? Descriptions.read(ddf.get()).all() : List.of();
    }

    boolean given() {
        return ddf.isPresent();
    }

    /**
     * The job that provisions the object of a file, of the sample when there is none.
     *
     * @param err gets a line for each deviation from the description
     * @throws Failure when the file has no object, or one that is not as described
     */
    JobSpec.Provision read(Optional<Path> mo, PrintWriter err) throws Failure {
        Map<String, Position> places = new HashMap<>();
        JobSpec.Provision provision = MoFile.read(mo, places::put);
        if (ddf.isPresent()) {
            Descriptions.read(ddf.get()).check(MoFile.name(mo), provision, places, err);
        }
        return provision;
    }
}
