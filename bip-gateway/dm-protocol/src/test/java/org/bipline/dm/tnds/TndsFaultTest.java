// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.tnds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bipline.dm.ByteString;
import org.bipline.dm.Position;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("INT-3")
class TndsFaultTest {
    private static TndsException fault(String xml) {
        return assertThatExceptionOfType(TndsException.class)
                .isThrownBy(() -> Tnds.fromXml(xml.getBytes(UTF_8)))
                .actual();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    `` | `correct the markup`
                    `<MgmtTree>` | `correct the markup`
                    `not xml` | `correct the markup`
                    `<html><body/></html>` | `root element is html, expected MgmtTree`
                    `<MgmtTree/>` | `MgmtTree has no Node`
                    `<MgmtTree>x</MgmtTree>` | `text in element MgmtTree`
                    `<MgmtTree><Node><NodeName>a</NodeName></Node></MgmtTree><b/>` | `;`
                    `<MgmtTree><Node><NodeName>a/b</NodeName></Node></MgmtTree>` | `has a slash`
                    `<MgmtTree><Node><NodeName>a</NodeName><Node/></Node></MgmtTree>` | `node below 'a' has no NodeName`
                    `<MgmtTree><Node><NodeName>a</NodeName><Valu>1</Valu></Node></MgmtTree>` | `element Valu in element Node; remove it`
                    `<MgmtTree><Node><NodeName>a</NodeName><Value>1</Value><Node><NodeName>b</NodeName></Node></Node></MgmtTree>` | `'a' is an interior node and has a value`
                    `<MgmtTree><Node><NodeName>a</NodeName><RTProperties><Format><chr/></Format></RTProperties><Node><NodeName>b</NodeName></Node></Node></MgmtTree>` | `'a' has nodes below it and format chr`
                    `<MgmtTree><Node><NodeName>a</NodeName><Node><NodeName>b</NodeName></Node><Node><NodeName>b</NodeName></Node></Node></MgmtTree>` | `second node 'b' below 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName><Node><NodeName>b</NodeName><Path>c</Path></Node></Node></MgmtTree>` | `Path 'c' of a node that stands below 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName></Node><Node><NodeName>c</NodeName><Path>a/b</Path></Node></MgmtTree>` | `names 'b', which 'a' has not`
                    `<MgmtTree><Node><NodeName>a</NodeName><Value>1</Value></Node><Node><NodeName>c</NodeName><Path>a</Path></Node></MgmtTree>` | `goes on below leaf 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName><Value>1</Value></Node><Node><NodeName>a</NodeName><Value>2</Value></Node></MgmtTree>` | `second node 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName><RTProperties><Format>text</Format></RTProperties></Node></MgmtTree>` | `format 'text' of 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName><RTProperties><Format><chr/><int/></Format></RTProperties></Node></MgmtTree>` | `second format of 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName><RTProperties><VerNo>65536</VerNo></RTProperties></Node></MgmtTree>` | `VerNo '65536' of 'a'`
                    `<MgmtTree><Node><NodeName>a</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>A*</Value></Node></MgmtTree>` | `value of 'a' has format bin and is not Base64`
                    `<MgmtTree><Node><NodeName>a</NodeName><Value><b/></Value></Node></MgmtTree>` | `Value of 'a' holds element b`
                    `<MgmtTree><Node><NodeName>a</NodeName><DFProperties/></Node></MgmtTree>` | `this is a device description`
                    `<MgmtTree><Node><NodeName>&x;</NodeName></Node></MgmtTree>` | `x`
                    """)
    void says_in_one_line_what_is_wrong_and_what_to_do(String xml, String expected) {
        TndsException fault = fault(xml);

        assertThat(fault)
                .hasMessageContaining(expected)
                .message()
                .hasLineCount(1)
                .contains("; ");
        assertThat(fault.position()).isInstanceOf(Position.LineColumn.class);
    }

    @Test
    void names_line_and_column() {
        TndsException fault =
                fault("<MgmtTree>\n  <Node>\n    <NodeName>a</NodeName>\n    <Nodee/>\n  </Node>\n</MgmtTree>");

        assertThat(fault.position()).isEqualTo(new Position.LineColumn(4, 5));
        assertThat(fault).hasMessageStartingWith("line 4, column 5: element Nodee in element Node");
    }

    @Test
    void fetches_nothing_and_expands_nothing(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "TOPSECRET");
        String entity = "<!DOCTYPE MgmtTree [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>"
                + "<MgmtTree><Node><NodeName>a</NodeName><Value>&x;</Value></Node></MgmtTree>";
        StringBuilder laughs = new StringBuilder("<!DOCTYPE MgmtTree [<!ENTITY l0 'ha'>");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l%d '&l%d;&l%d;'>".formatted(i, i - 1, i - 1));
        }
        laughs.append("]><MgmtTree><Node><NodeName>a</NodeName><Value>&l29;</Value></Node></MgmtTree>");

        assertThat(fault(entity)).hasMessageNotContaining("TOPSECRET");
        assertThat(fault(laughs.toString())).isNotNull();
    }

    @Test
    void refuses_nodes_nested_without_end() {
        String deep = "<MgmtTree>" + "<Node><NodeName>a</NodeName>".repeat(100_000);

        assertThat(fault(deep)).hasMessageContaining("nested deeper");
    }

    @Test
    void refuses_wbxml_that_is_cut() {
        ByteString document = Tnds.toWbxml(Trees.large());

        for (int length = 0; length < document.length(); length += 7) {
            ByteString cut = document.slice(0, length);
            assertThatExceptionOfType(TndsException.class)
                    .isThrownBy(() -> Tnds.fromWbxml(cut))
                    .withMessageStartingWith("offset ");
        }
    }
}
