// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm.syncml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bipline.dm.ByteString;
import org.bipline.dm.DmDecodingException;
import org.bipline.dm.Format;
import org.bipline.dm.NodeValue;
import org.bipline.dm.tnds.MgmtNode;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.junit.jupiter.api.Test;

class TranscoderTest {
    @Test
    void makes_of_each_encoding_what_the_codec_of_the_other_writes() throws Exception {
        SyncMl message = Messages.everyCommand();
        byte[] wbxml = SyncMlCodec.WBXML.encode(message);
        byte[] xml = SyncMlCodec.XML.encode(message);

        assertThat(new String(Transcoder.toXml(wbxml), UTF_8)).isEqualTo(new String(xml, UTF_8));
        assertThat(ByteString.of(Transcoder.toWbxml(xml))).isEqualTo(ByteString.of(wbxml));
    }

    @Test
    void carries_trees_with_binary_values_both_ways() throws Exception {
        MgmtTree tree = MgmtTree.of(MgmtNode.interior("X")
                .child(MgmtNode.named("B").format(Format.BIN).value(NodeValue.binary(ByteString.hex("00C301FF"))))
                .child(MgmtNode.leaf("T", " text "))
                .build());
        ByteString wbxml = Tnds.toWbxml(tree);

        assertThat(Transcoder.toIndentedXml(wbxml.toByteArray())).isEqualTo(Tnds.toXml(tree));
        assertThat(ByteString.of(Transcoder.toWbxml(Tnds.toXml(tree)))).isEqualTo(wbxml);
    }

    @Test
    void carries_elements_of_no_document_type() throws Exception {
        byte[] xml =
                "<SyncML><SyncHdr/><SyncBody><Vendor><Meta><Own>1</Own></Meta></Vendor><Vendor/></SyncBody></SyncML>"
                        .getBytes(UTF_8);

        byte[] wbxml = Transcoder.toWbxml(xml);

        assertThat(new String(Transcoder.toXml(wbxml), UTF_8))
                .isEqualTo(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr/><SyncBody>"
                                + "<Vendor><Meta><Own>1</Own></Meta></Vendor><Vendor/></SyncBody></SyncML>");
    }

    @Test
    void refuses_base64_that_is_none() {
        byte[] xml =
                ("<SyncML><SyncBody><Add><Item><Meta><Format>bin</Format></Meta><Data>*</Data></Item></Add></SyncBody>"
                                + "</SyncML>")
                        .getBytes(UTF_8);

        assertThatExceptionOfType(DmDecodingException.class)
                .isThrownBy(() -> Transcoder.toWbxml(xml))
                .withMessageContaining("not Base64");
    }
}
