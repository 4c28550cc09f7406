// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.wbxml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bipline.dm.markup.CodePage;
import org.bipline.dm.markup.DdfTag;
import org.bipline.dm.markup.ElementReader.Event;
import org.bipline.dm.markup.MetInfTag;
import org.bipline.dm.markup.SyncMlTag;
import org.bipline.dm.markup.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenTableTest {
    @TempDir
    private Path directory;

    private static List<Tag> tags(CodePage page) {
        return IntStream.range(5, 0x40)
                .mapToObj(page::tagOrNull)
                .filter(tag -> tag != null)
                .toList();
    }

    private static WbxmlDocumentType type(CodePage page) {
        return page == CodePage.DDF ? WbxmlDocumentType.DDF_1_2 : WbxmlDocumentType.SYNCML_1_2;
    }

    private static Tag root(CodePage page) {
        return page == CodePage.DDF ? DdfTag.MGMT_TREE : SyncMlTag.SYNC_ML;
    }

    /** Any element in the root: the tools do not check the document type. */
    private static byte[] documentWith(CodePage page) {
        WbxmlWriter writer = new WbxmlWriter(type(page));
        writer.start(root(page));
        tags(page).forEach(tag -> writer.element(tag, "x"));
        writer.end();
        return writer.toByteArray();
    }

    @Test
    void has_all_elements_of_the_document_types() {
        assertThat(tags(CodePage.SYNCML)).hasSize(55).hasSameSizeAs(SyncMlTag.values());
        assertThat(tags(CodePage.METINF)).hasSize(18).hasSameSizeAs(MetInfTag.values());
        assertThat(tags(CodePage.DDF)).hasSize(56).hasSameSizeAs(DdfTag.values());
        assertThat(CodePage.SYNCML.tagOrNull(0x30)).isNull();
        assertThat(CodePage.of(3)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void agrees_with_libwbxml_on_the_name_of_each_token(CodePage page) throws Exception {
        Libwbxml.required();
        List<String> expected = new ArrayList<>();
        expected.add("<" + root(page).text());
        for (Tag tag : tags(page)) {
            expected.addAll(List.of("<" + tag.text(), "\"x", "/" + tag.text()));
        }
        expected.add("/" + root(page).text());

        assertThat(Libwbxml.canonical(Libwbxml.toXml(documentWith(page), directory)))
                .map(event -> event.replaceFirst("\\{.*}", ""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void agrees_with_libwbxml_on_the_token_of_each_name(CodePage page) throws Exception {
        Libwbxml.required();
        String name = root(page).text();
        String publicId = page == CodePage.DDF ? "-//OMA//DTD-DM-DDF 1.2//EN" : "-//SYNCML//DTD SyncML 1.2//EN";
        StringBuilder xml = new StringBuilder("<!DOCTYPE " + name + " PUBLIC '" + publicId
                + "' 'http://www.openmobilealliance.org/tech/DTD/dm_ddf-v1_2.dtd'><" + name
                + " xmlns='" + root(page).page().namespace() + "'>");
        List<Tag> tags = new ArrayList<>(tags(page));
        tags.remove(root(page)); // the tool takes a second MgmtTree for a document in a document
        for (Tag tag : tags) {
            xml.append("<%s xmlns='%s'>x</%s>".formatted(tag.text(), page.namespace(), tag.text()));
        }
        xml.append("</").append(name).append('>');
        WbxmlReader reader = new WbxmlReader(Libwbxml.toWbxml(xml.toString().getBytes(UTF_8), directory));
        List<Tag> found = new ArrayList<>();
        for (Event event = reader.next(); event != Event.END_OF_DOCUMENT; event = reader.next()) {
            if (event == Event.START) {
                found.add(reader.tag());
            }
        }

        assertThat(found.getFirst()).isEqualTo(root(page));
        assertThat(found.subList(1, found.size())).isEqualTo(tags);
    }
}
