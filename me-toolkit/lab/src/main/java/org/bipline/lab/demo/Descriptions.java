// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bipline.dm.Position;
import org.bipline.dm.ddf.DdfException;
import org.bipline.dm.ddf.DescribedNode;
import org.bipline.dm.ddf.Deviation;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.server.JobSpec;
import org.bipline.lab.Failure;

/** Device descriptions (DDF files) against which management objects are held before they are provisioned. */
public final class Descriptions {
    private final Path from;
    private final List<DeviceDescription> descriptions;

    private Descriptions(Path from, List<DeviceDescription> descriptions) {
        this.from = from;
        this.descriptions = descriptions;
    }

    /**
     * Reads a file, or all XML files of a directory.
     *
     * @throws Failure that says file, place, what is wrong and what to do
     */
    public static Descriptions read(Path fileOrDirectory) throws Failure {
        List<DeviceDescription> read = new ArrayList<>();
        for (Path file : files(fileOrDirectory)) {
            try {
                read.add(DeviceDescription.readFile(file));
            } catch (DdfException e) {
                throw wrong(file, e.getMessage(), e);
            } catch (IOException e) {
                throw wrong(file, "cannot be read; give the path of a device description", e);
            }
        }
        return new Descriptions(fileOrDirectory, read);
    }

    private static List<Path> files(Path fileOrDirectory) throws Failure {
        if (!Files.isDirectory(fileOrDirectory)) {
            return List.of(fileOrDirectory);
        }
        try (Stream<Path> all = Files.list(fileOrDirectory)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw wrong(fileOrDirectory, "no device description (*.xml) in it; give one that has some", null);
            }
            return files;
        } catch (IOException e) {
            throw wrong(fileOrDirectory, "cannot be read; give the path of a device description", e);
        }
    }

    /**
     * Holds an object against the description of its identifier.
     *
     * @param name the object's file, for messages
     * @param places where the nodes of the object stand in the file
     * @param err gets a line for each deviation with the remedy, or says that the object is not described
     * @throws Failure when there are deviations
     */
    public void check(String name, JobSpec.Provision object, Map<String, Position> places, PrintWriter err)
            throws Failure {
        Optional<String> identifier = object.mo().type();
        Optional<DescribedNode> description = identifier.flatMap(id -> DeviceDescription.object(descriptions, id));
        if (description.isEmpty()) {
            err.println("bipline: " + name + ": not checked, as nothing in " + from + " describes "
                    + identifier.orElse("an object without identifier"));
            return;
        }
        List<Deviation> deviations = DeviceDescription.compare(object.mo(), description.get(), places);
        deviations.forEach(deviation -> err.println("bipline: " + name + ": " + deviation));
        if (!deviations.isEmpty()) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    name + ": not as " + from + " describes it in " + deviations.size()
                            + " places; correct them, or the description");
        }
    }

    /** What was read. */
    public List<DeviceDescription> all() {
        return List.copyOf(descriptions);
    }

    private static Failure wrong(Path file, String what, Exception cause) {
        return new Failure(Failure.Kind.INPUT, file + ": " + what, cause);
    }
}
