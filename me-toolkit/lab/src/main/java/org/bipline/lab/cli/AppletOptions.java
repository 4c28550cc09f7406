// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.UiccBuilder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A toolkit applet of somebody else: its class files and what INSTALL [for install] says of it. */
final class AppletOptions {
    private static final String AID = "F06269706C0F"; // proprietary, ISO/IEC 7816-5; a number follows
    private static final String NO_PARAMETERS = "C900";

    // picocli sets neither default values nor Optional in a group that may be left out, hence the initial values

    @Option(
            names = "--applet",
            required = true,
            paramLabel = "CLASS",
            description = "Install this applet instead of the DM applet; once for each applet.")
    private String type;

    @Option(
            names = "--jar",
            required = true,
            paramLabel = "FILE",
            description = "Jar or directory with the applet's class files.")
    private Path jar;

    @Option(
            names = "--aid",
            paramLabel = "HEX",
            converter = Hex.class,
            description = "AID of the applet, 5 to 16 bytes. Default: " + AID + "01, " + AID + "02 and so on.")
    private ByteString aid = ByteString.EMPTY;

    @Option(
            names = "--install-parameters",
            paramLabel = "HEX",
            converter = Hex.class,
            description = "Install parameters field: C9 and, for a toolkit applet, EA with 80, 81, 82 "
                    + "(ETSI TS 102 226) or EF with CA. Default: " + NO_PARAMETERS + ".")
    private ByteString parameters = ByteString.ofHex(NO_PARAMETERS);

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
     * Adds the applet to a card.
     *
     * @param number which of the card's applets this is, from 1
     * @throws Failure when there is no such file, or the parameters are wrong
     */
    void addTo(UiccBuilder card, int number) throws Failure {
        if (!Files.exists(jar)) {
            throw new Failure(Failure.Kind.INPUT, jar + ": no such file; give the applet's class files with --jar");
        }
        ByteString instanceAid = aid.isEmpty() ? ByteString.ofHex("%s%02X".formatted(AID, number)) : aid;
        try {
            card.applet(jar, type, instanceAid.toBytes(), parameters.toBytes());
        } catch (InstallationException e) {
            throw new Failure(Failure.Kind.INPUT, e.getMessage() + "; correct --install-parameters", e);
        }
    }
}
