// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.dm.ByteString;
import org.bipline.dm.Format;
import org.bipline.dm.wbxml.Libwbxml;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both codecs beside those of libwbxml, which share no code and no table with ours. */
@Tag("MO-7")
class LibwbxmlTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void libwbxmlIsInstalled() {
        Libwbxml.required();
    }

    /**
     * Without what libwbxml does in its own way: it looks for trees in opaque data only, does not write format bin as Base64, takes
     * blanks at the ends of text away, and makes two characters of a line feed.
     */
    private static SyncMl message() {
        SyncMl all = Messages.everyCommand();
        List<Command> commands = new ArrayList<>(all.body().commands());
        commands.removeIf(command -> command instanceof Command.Add || command instanceof Command.Results);
        commands.add(Command.Add.of(
                "20",
                Item.builder().target("./a").data("<a b='c'>&amp; ]] ></a>").build(),
                Item.builder().target("./b").data("text").build()));
        return new SyncMl(all.header(), new SyncBody(commands, true));
    }

    @Test
    void reads_the_xml_that_libwbxml_makes_of_our_wbxml() throws Exception {
        byte[] xml = Libwbxml.toXml(SyncMlCodec.WBXML.encode(message()), directory);

        assertThat(SyncMlCodec.XML.decode(xml)).isEqualTo(message());
    }

    @Test
    void reads_the_wbxml_that_libwbxml_makes_of_our_xml() throws Exception {
        byte[] xml = SyncMlCodec.XML.encode(message());

        assertThat(SyncMlCodec.WBXML.decode(Libwbxml.toWbxml(withDoctype(xml), directory)))
                .isEqualTo(message());
        assertThat(SyncMlCodec.WBXML.decode(Libwbxml.toWbxmlWithStringTable(withDoctype(xml), directory)))
                .isEqualTo(message());
    }

    @Test
    void makes_the_same_xml_of_wbxml_as_libwbxml() throws Exception {
        byte[] wbxml = SyncMlCodec.WBXML.encode(message());

        assertThat(Libwbxml.canonical(Transcoder.toXml(wbxml)))
                .isEqualTo(Libwbxml.canonical(Libwbxml.toXml(wbxml, directory)));
    }

    @Test
    void makes_wbxml_of_xml_that_means_the_same_to_libwbxml() throws Exception {
        byte[] xml = SyncMlCodec.XML.encode(message());

        assertThat(Libwbxml.canonical(Libwbxml.toXml(Transcoder.toWbxml(xml), directory)))
                .isEqualTo(Libwbxml.canonical(xml));
    }

    @Test
    void writes_format_bin_as_the_opaque_data_that_libwbxml_reads() throws Exception {
        SyncMl message = Messages.of(new Command.Add(
                "1",
                Optional.of(Meta.of(Format.BIN)),
                List.of(Item.builder()
                        .target("./a")
                        .data(ByteString.utf8("plain"))
                        .build())));

        assertThat(Libwbxml.canonical(Libwbxml.toXml(SyncMlCodec.WBXML.encode(message), directory)))
                .containsSequence("<{SYNCML:SYNCML1.2}Data", "\"plain");
        assertThat(Libwbxml.canonical(SyncMlCodec.XML.encode(message)))
                .containsSequence("<{SYNCML:SYNCML1.2}Data", "\"cGxhaW4=");
    }

    /** The tool knows the language of a document by its document type. */
    private static byte[] withDoctype(byte[] xml) {
        String text = ByteString.of(xml).toHex();
        String doctype = ByteString.utf8("<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.2//EN' 'x'>")
                .toHex();
        String declarationEnd = ByteString.utf8("?>").toHex();
        int end = text.indexOf(declarationEnd) + declarationEnd.length();
        return ByteString.hex(text.substring(0, end) + doctype + text.substring(end))
                .toByteArray();
    }
}
