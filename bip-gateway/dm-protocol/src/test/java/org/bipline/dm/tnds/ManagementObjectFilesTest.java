// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.dm.ByteString;
import org.bipline.dm.NodeValue;
import org.bipline.dm.wbxml.Libwbxml;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The management objects under {@code specs/mo}, which the demo provisions. */
@Tag("MO-3")
class ManagementObjectFilesTest {
    private static final Path DIRECTORY = Path.of("../../specs/mo");

    @TempDir
    private Path temporary;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    private static MgmtNode root(String file) throws Exception {
        return Tnds.readFile(DIRECTORY.resolve(file)).nodes().getFirst();
    }

    @Test
    void are_there() throws IOException {
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .contains("passpoint.xml", "connectivity-3gpp.xml", "dmacc.xml");
    }

    @Test
    void hold_what_they_are_named_after() throws Exception {
        MgmtNode passpoint = root("passpoint.xml");
        assertThat(passpoint.type()).contains("urn:wfa:mo:hotspot2dot0-perprovidersubscription:1.0");
        assertThat(passpoint.descendant("i001/Credential/SIM/IMSI").flatMap(MgmtNode::value))
                .contains(NodeValue.text("001010123456789"));
        assertThat(root("connectivity-3gpp.xml").type()).contains("urn:oma:mo:ext-3gpp-andsf:1.0");
        MgmtNode account = root("dmacc.xml");
        assertThat(account.type()).contains("urn:oma:mo:oma-dm-dmacc:1.0");
        assertThat(account.descendant("AppAuth/Client/AAuthData").flatMap(MgmtNode::value))
                .contains(NodeValue.binary(ByteString.hex("000102030405060708090A0B0C0D0E0F")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void come_back_from_both_encodings(Path file) throws Exception {
        MgmtTree tree = Tnds.readFile(file);

        assertThat(TreeDiff.between(tree, Tnds.fromXml(Tnds.toXml(tree)))).isEmpty();
        assertThat(TreeDiff.between(tree, Tnds.fromWbxml(Tnds.toWbxml(tree)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    @Tag("MO-7")
    void mean_the_same_to_libwbxml(Path file) throws Exception {
        Libwbxml.required();
        String xml = Files.readString(file);
        String doctype = "<!DOCTYPE MgmtTree PUBLIC '-//OMA//DTD-DM-DDF 1.2//EN' "
                + "'http://www.openmobilealliance.org/tech/DTD/dm_ddf-v1_2.dtd'>";
        byte[] document = xml.replace("<MgmtTree ", doctype + "<MgmtTree ").getBytes(UTF_8);

        MgmtTree given = Tnds.readFile(file);
        byte[] theirs = Libwbxml.toWbxml(document, temporary);
        byte[] ours = Libwbxml.toXml(Tnds.toWbxml(given).toByteArray(), temporary);

        // xml2wbxml leaves the Base64 of format bin as it is
        assertThat(withoutBinary(TreeDiff.between(given, Tnds.fromWbxml(ByteString.of(theirs)))))
                .isEmpty();
        assertThat(withoutBinary(TreeDiff.between(given, Tnds.fromXml(withoutControls(ours)))))
                .isEmpty();
    }

    private static List<Difference> withoutBinary(List<Difference> differences) {
        return differences.stream()
                .filter(difference -> !difference.uri().endsWith("/AAuthData"))
                .toList();
    }

    /** wbxml2xml writes the bytes of format bin as they are, which XML cannot carry. */
    private static byte[] withoutControls(byte[] xml) {
        byte[] legal = xml.clone();
        for (int i = 0; i < legal.length; i++) {
            if (legal[i] >= 0 && legal[i] < ' ' && legal[i] != '\n') {
                legal[i] = 'A';
            }
        }
        return legal;
    }
}
