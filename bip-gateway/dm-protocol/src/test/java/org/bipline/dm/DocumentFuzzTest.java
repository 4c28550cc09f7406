// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bipline.dm.ddf.DeviceDescription;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.syncml.Command;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.dm.tnds.MgmtTree;
import org.bipline.dm.tnds.Tnds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reader of DM documents reads or refuses any bytes, and what it reads is written back to the same value. */
@Tag("INT-3")
final class DocumentFuzzTest {
    private static final int READERS = 8;

    private static final String MESSAGE =
            "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>"
                    + "<Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Add>"
                    + "<CmdID>1</CmdID><Item><Target><LocURI>./x</LocURI></Target><Data>1</Data></Item></Add><Final/>"
                    + "</SyncBody></SyncML>";
    private static final String DESCRIPTION = "<MgmtTree><VerDTD>1.2</VerDTD><Man>M</Man><Node><NodeName>A</NodeName>"
            + "<DFProperties><AccessType><Get/></AccessType><DFFormat><chr/></DFFormat><Occurrence><One/></Occurrence>"
            + "</DFProperties></Node></MgmtTree>";

    /** Known inputs, which the search for new ones starts from: a byte that chooses the reader, then the document. */
    static Stream<byte[]> documents() throws IOException, DmDecodingException {
        byte[] xml = MESSAGE.getBytes(StandardCharsets.UTF_8);
        byte[] tree = Files.readAllBytes(Path.of("../../specs/mo/dmacc.xml"));
        byte[] notification = new byte[24];
        return Stream.of(
                document(0, Transcoder.toWbxml(xml)),
                document(1, xml),
                document(2, Tnds.toWbxml(Tnds.fromXml(tree)).toByteArray()),
                document(3, tree),
                document(4, DESCRIPTION.getBytes(StandardCharsets.UTF_8)),
                document(5, Transcoder.toWbxml(xml)),
                document(6, xml),
                document(7, notification));
    }

    private static byte[] document(int reader, byte[] document) {
        byte[] input = new byte[1 + document.length];
        input[0] = (byte) reader;
        System.arraycopy(document, 0, input, 1, document.length);
        return input;
    }

    /** The first byte chooses the reader: Jazzer looks for new inputs of one target in a run. */
    @MethodSource("documents")
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        byte[] input = Arrays.copyOfRange(bytes, 1, bytes.length);
        try {
            switch (Math.floorMod(bytes[0], READERS)) {
                case 0 -> message(SyncMlCodec.WBXML, input);
                case 1 -> message(SyncMlCodec.XML, input);
                case 2 -> tree(Tnds.fromWbxml(ByteString.of(input)));
                case 3 -> tree(Tnds.fromXml(input));
                case 4 -> assertThat(DeviceDescription.fromXml(input)).isNotNull();
                case 5 -> assertThat(Transcoder.toXml(input)).isNotEmpty();
                case 6 -> assertThat(Transcoder.toWbxml(input)).isNotEmpty();
                default -> assertThat(Notification.decode(ByteString.of(input))).isNotNull();
            }
        } catch (DmDecodingException e) {
            assertThat(e.position()).isNotNull();
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }

    private static void message(SyncMlCodec codec, byte[] input) throws DmDecodingException {
        SyncMl message = codec.decode(input);
        if (isWritable(message.body().commands())) {
            assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
        }
    }

    /** Commands that DM does not have are read, to be answered, but not written. */
    private static boolean isWritable(List<Command> commands) {
        return commands.stream()
                .noneMatch(command -> command instanceof Command.Unsupported
                        || (command instanceof Command.Container container && !isWritable(container.commands())));
    }

    private static void tree(MgmtTree tree) throws DmDecodingException {
        MgmtTree written = Tnds.fromWbxml(Tnds.toWbxml(tree)); // with the type of texts that have none
        assertThat(Tnds.fromWbxml(Tnds.toWbxml(written))).isEqualTo(written);
    }
}
