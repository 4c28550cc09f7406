// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.bipline.dm.Position;
import org.bipline.dm.server.JobSpec;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.bipline.dm.tnds.TndsException;
import org.bipline.lab.Failure;

/** A management object read from a TNDS file, ready to be provisioned. */
public final class MoFile {
    private static final String SAMPLE = "passpoint.xml";

    private MoFile() {}

    /**
     * The job that provisions the management object of a file, of the Passpoint sample when there is none.
     *
     * @throws Failure that says file, place, what is wrong and what to do
     */
    public static JobSpec.Provision read(Optional<Path> file) throws Failure {
        return read(file, (uri, position) -> {});
    }

    /**
     * As {@link #read(Optional)}.
     *
     * @param places is told where in the file each node of the object begins, by its URI from the root of the object on
     */
    public static JobSpec.Provision read(Optional<Path> file, BiConsumer<String, Position> places) throws Failure {
        String name = name(file);
        try {
            return JobSpec.provision(Tnds.fromXml(bytes(file), places));
        } catch (NoSuchFileException e) {
            throw wrong(name, "no such file; give the path of a TNDS file (root element MgmtTree)", e);
        } catch (IOException e) {
            throw wrong(name, "cannot be read (" + e.getMessage() + "); give a readable TNDS file", e);
        } catch (TndsException e) {
            throw wrong(name, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw wrong(name, e.getMessage() + "; give a TNDS file with one named management object", e);
        }
    }

    /** What messages call the file. */
    public static String name(Optional<Path> file) {
        return file.map(Path::toString).orElse(SAMPLE);
    }

    private static byte[] bytes(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            return Files.readAllBytes(file.get());
        }
        try (InputStream in = MoFile.class.getResourceAsStream(SAMPLE)) {
            return in.readAllBytes();
        }
    }

    private static Failure wrong(String name, String what, Exception cause) {
        return new Failure(Failure.Kind.INPUT, name + ": " + what, cause);
    }

    /** A tree as a TNDS document. */
    static byte[] xml(MgmtNode root) {
        return Tnds.toXml(MgmtTree.of(root));
    }
}
