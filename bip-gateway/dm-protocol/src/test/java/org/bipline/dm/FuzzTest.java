// SPDX-License-Identifier: Apache-2.0
package org.bipline.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.bipline.dm.notification.Notification;
import org.bipline.dm.syncml.SyncMl;
import org.bipline.dm.syncml.SyncMlCodec;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.dm.tnds.Tnds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents that are damaged in a reproducible way, and bytes by chance: a decoder answers with a value or with its own exception, in
 * bounded time and memory. A failure names the seed of the document.
 */
@Tag("INT-3")
@Timeout(120)
class FuzzTest {
    private static final int ROUNDS = 4_000;

    private static final List<byte[]> SEEDS = new ArrayList<>();

    interface Decoding {
        void run(byte[] document) throws DmDecodingException;
    }

    static Stream<Named<Decoding>> decoders() {
        return Stream.of(
                Named.of("SyncML in WBXML", document -> {
                    SyncMl message = SyncMlCodec.WBXML.decode(document);
                    assertThat(SyncMlCodec.WBXML.decode(SyncMlCodec.WBXML.encode(message)))
                            .isNotNull();
                }),
                Named.of("SyncML in XML", SyncMlCodec.XML::decode),
                Named.of("TNDS in WBXML", document -> Tnds.fromWbxml(ByteString.of(document))),
                Named.of("TNDS in XML", Tnds::fromXml),
                Named.of("WBXML to XML", Transcoder::toXml),
                Named.of("XML to WBXML", Transcoder::toWbxml),
                Named.of("notification", document -> Notification.decode(ByteString.of(document))));
    }

    @BeforeAll
    static void collectSeeds() throws Exception {
        byte[] file = Files.readAllBytes(Path.of("../../specs/mo/dmacc.xml"));
        byte[] tree = Tnds.toWbxml(Tnds.fromXml(file)).toByteArray();
        String message = """
                <SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
                <SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI>\
                <LocName>c</LocName></Source><Cred><Meta><Format xmlns='syncml:metinf'>b64</Format></Meta><Data>eA==</Data>\
                </Cred></SyncHdr><SyncBody><Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Status><CmdID>2</CmdID>\
                <MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>212</Data></Status><Atomic><CmdID>3</CmdID><Add>\
                <CmdID>4</CmdID><Item><Target><LocURI>./x</LocURI></Target><Meta><Format xmlns='syncml:metinf'>bin</Format>\
                <Size xmlns='syncml:metinf'>9</Size></Meta><Data>AAEC</Data><MoreData/></Item></Add></Atomic><Final/>\
                </SyncBody></SyncML>""";
        byte[] xml = message.getBytes(StandardCharsets.UTF_8);
        SEEDS.addAll(List.of(file, tree, xml, Transcoder.toWbxml(xml)));
    }

    private static byte[] damaged(RandomGenerator random) {
        byte[] seed = SEEDS.get(random.nextInt(SEEDS.size()));
        byte[] document = seed.clone();
        switch (random.nextInt(5)) {
            case 0 -> document = Arrays.copyOf(document, random.nextInt(document.length));
            case 1 -> {
                document = new byte[random.nextInt(64)];
                random.nextBytes(document);
            }
            case 2 -> {
                // a piece of another place, or of another document
                byte[] other = SEEDS.get(random.nextInt(SEEDS.size()));
                int length = random.nextInt(Math.min(other.length, document.length));
                System.arraycopy(
                        other,
                        random.nextInt(other.length - length),
                        document,
                        random.nextInt(document.length - length),
                        length);
            }
            default -> {
                for (int i = random.nextInt(1, 8); i > 0; i--) {
                    document[random.nextInt(document.length)] = (byte) random.nextInt();
                }
            }
        }
        return document;
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void answers_any_bytes_with_a_value_or_its_own_exception(Decoding decoder) {
        for (long seed = 0; seed < ROUNDS; seed++) {
            byte[] document =
                    damaged(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
            assertThatCode(() -> decode(decoder, document)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    private static void decode(Decoding decoder, byte[] document) {
        try {
            decoder.run(document);
        } catch (DmDecodingException expected) {
            assertThat(expected.position()).isNotNull();
            assertThat(expected.getMessage()).doesNotContain("\n");
        }
    }
}
