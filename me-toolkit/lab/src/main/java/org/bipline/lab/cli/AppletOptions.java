// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javacard.framework.Applet;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.uicc.runtime.AppletInstallation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A toolkit applet of somebody else: its class files and what INSTALL [for install] says of it. */
final class AppletOptions {
    @Option(
            names = "--applet",
            required = true,
            paramLabel = "CLASS",
            description = "Install this applet instead of the DM applet.")
    private String type;

    @Option(
            names = "--jar",
            required = true,
            paramLabel = "FILE",
            description = "Jar or directory with the applet's class files.")
    private Path jar;

    @Option(
            names = "--package-aid",
            required = true,
            paramLabel = "HEX",
            converter = Hex.class,
            description = "AID of the applet's package, 5 to 16 bytes.")
    private ByteString packageAid;

    @Option(
            names = "--aid",
            required = true,
            paramLabel = "HEX",
            converter = Hex.class,
            description = "AID of the applet, 5 to 16 bytes.")
    private ByteString aid;

    @Option(
            names = "--toolkit-parameters",
            paramLabel = "HEX",
            converter = Hex.class,
            description = "Value of tag 80 of the UICC system specific parameters (ETSI TS 102 226).")
    private ByteString toolkitParameters = ByteString.EMPTY;

    @Option(
            names = "--applet-parameters",
            paramLabel = "HEX",
            converter = Hex.class,
            description = "Value of tag C9, the applet's own parameters.")
    private ByteString appletParameters = ByteString.EMPTY;

    /** Reads bytes in hexadecimal. */
    static final class Hex implements ITypeConverter<ByteString> {
        @Override
        public ByteString convert(String text) {
            try {
                return ByteString.ofHex(text.replaceAll("[\\s:]+", ""));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not hexadecimal");
            }
        }
    }

    /**
     * The installation, with the class loaded.
     *
     * @throws Failure when the class cannot be loaded or is no applet
     */
    AppletInstallation installation() throws Failure {
        if (!Files.exists(jar)) {
            throw new Failure(Failure.Kind.INPUT, jar + ": no such file; give the applet's class files with --jar");
        }
        try {
            URL[] classes = {jar.toUri().toURL()};
            ClassLoader loader =
                    new URLClassLoader(classes, AppletOptions.class.getClassLoader()); // open while it runs
            Class<? extends Applet> applet = Class.forName(type, false, loader).asSubclass(Applet.class);
            return new AppletInstallation(
                    applet,
                    packageAid.toBytes(),
                    aid.toBytes(),
                    toolkitParameters.toBytes(),
                    appletParameters.toBytes());
        } catch (ClassNotFoundException | MalformedURLException e) {
            throw new Failure(
                    Failure.Kind.INPUT, "no class " + type + " in " + jar + "; give its full name with --applet", e);
        } catch (ClassCastException | LinkageError e) {
            throw new Failure(
                    Failure.Kind.INPUT,
                    type + " cannot be used (" + e.getMessage() + "); give a subclass of javacard.framework.Applet",
                    e);
        }
    }
}
