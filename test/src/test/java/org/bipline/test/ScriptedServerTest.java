// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bipline.cat.command.CloseChannel;
import org.bipline.cat.command.OpenChannel;
import org.bipline.lab.card.DmAppletParameters;
import org.bipline.test.ScriptedDmServer.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The card against a DM server whose codec, digests and HTTP are not ours. */
@Tag("MO-7")
@Tag("TR-2")
class ScriptedServerTest {
    private static final byte[] CARD_NONCE = "first of card".getBytes(UTF_8);
    private static final byte[] SERVER_NONCE = "first of server".getBytes(UTF_8);

    private static final int MAX_OBJ_SIZE = 4096; // of the card

    @TempDir
    private Path directory;

    private Phone phone;
    private byte[] cardNonce = CARD_NONCE;
    private byte[] serverNonce = SERVER_NONCE;

    @BeforeEach
    void switchOn() throws Exception {
        Programs.requireLibwbxml();
        InetSocketAddress nobody = RawServer.nobody();
        phone = new Phone(
                Fleet.card(
                        1,
                        new DmAppletParameters()
                                .destination(nobody)
                                .client(ScriptedDmServer.CARD, ScriptedDmServer.CARD_SECRET)
                                .server(ScriptedDmServer.NAME, ScriptedDmServer.SECRET)
                                .nonces(CARD_NONCE, SERVER_NONCE)
                                .maxObjSize(MAX_OBJ_SIZE)),
                nobody);
    }

    @AfterEach
    void switchOff() {
        if (phone != null) {
            phone.close();
        }
    }

    /** How a response goes out. */
    enum Manner {
        WHOLE {
            @Override
            boolean write(byte[] body, OutputStream out) throws IOException {
                out.write(RawServer.ok(body));
                return true;
            }
        },
        BYTE_BY_BYTE {
            @Override
            boolean write(byte[] body, OutputStream out) throws IOException {
                for (byte octet : RawServer.ok(body)) {
                    out.write(octet);
                    out.flush();
                }
                return true;
            }
        },
        CHUNKED {
            @Override
            boolean write(byte[] body, OutputStream out) throws IOException {
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                answer.writeBytes(String.join(
                                "\r\n",
                                "HTTP/1.1 200 OK",
                                "Transfer-Encoding: chunked",
                                "Content-Type: application/vnd.syncml.dm+wbxml; charset=utf-8",
                                "",
                                "")
                        .getBytes(ISO_8859_1));
                for (int at = 0; at < body.length; at += 37) {
                    int size = Math.min(37, body.length - at);
                    answer.writeBytes((Integer.toHexString(size) + ";note=x\r\n").getBytes(ISO_8859_1));
                    answer.write(body, at, size);
                    answer.writeBytes("\r\n".getBytes(ISO_8859_1));
                }
                answer.writeBytes("0\r\nTrailer: x\r\n\r\n".getBytes(ISO_8859_1));
                out.write(answer.toByteArray());
                return true;
            }
        },
        CLOSING {
            @Override
            boolean write(byte[] body, OutputStream out) throws IOException {
                String ok = new String(RawServer.ok(body), ISO_8859_1);
                out.write(ok.replaceFirst("\r\n", "\r\nConnection: close\r\n").getBytes(ISO_8859_1));
                return false;
            }
        },
        CLOSING_UNANNOUNCED {
            @Override
            boolean write(byte[] body, OutputStream out) throws IOException {
                out.write(RawServer.ok(body));
                return false;
            }
        },
        UNTIL_THE_END {
            @Override
            boolean write(byte[] body, OutputStream out) throws IOException {
                out.write("HTTP/1.0 200 OK\r\nContent-Type: application/vnd.syncml.dm+wbxml\r\n\r\n"
                        .getBytes(ISO_8859_1));
                out.write(body);
                return false;
            }
        };

        abstract boolean write(byte[] body, OutputStream out) throws IOException;
    }

    private ScriptedDmServer session(Manner manner, String... script) throws Exception {
        ScriptedDmServer server = new ScriptedDmServer(directory, cardNonce, serverNonce, List.of(script));
        try (RawServer http = new RawServer(
                (request, out) -> manner.write(server.answer(request.body().toByteArray()), out))) {
            phone.forget();
            phone.server(http.address());
            assertThat(phone.session()).matches(outcome -> outcome.reason() == 0, "no reason to fail");
            assertThat(http.failures()).isEmpty();
            assertThat(http.requests())
                    .hasSize(server.received().size())
                    .allMatch(request -> request.header().startsWith("POST /dm HTTP/1.1\r\n"));
            if (manner == Manner.WHOLE) {
                assertThat(http.connections()).isOne();
            }
        }
        assertThat(server.verdicts()).isNotEmpty().containsOnly("right");
        assertThat(phone.openChannels()).isEmpty();
        cardNonce = server.cardNonce();
        serverNonce = server.serverNonce();
        return server;
    }

    private static String add(int cmdId, String uri, String value) {
        return command("Add", cmdId, uri, "chr", "<Data>" + value + "</Data>");
    }

    private static String get(int cmdId, String uri) {
        return "<Get><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target></Item></Get>";
    }

    private static String command(String name, int cmdId, String uri, String format, String data) {
        return "<" + name + "><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri
                + "</LocURI></Target><Meta><Format xmlns='syncml:metinf'>" + format + "</Format></Meta>" + data
                + "</Item></" + name + ">";
    }

    private static String bare(String name, int cmdId, String uri) {
        return "<" + name + "><CmdID>" + cmdId + "</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target></Item></"
                + name + ">";
    }

    private static List<String> values(ScriptedDmServer server) {
        return server.results().stream().map(Result::value).toList();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("MO-2")
    void manages_an_object_however_the_responses_come(Manner manner) throws Exception {
        ScriptedDmServer first = session(
                manner,
                command("Add", 10, "./MO/Obj", "node", "") + add(11, "./MO/Obj/Leaf", "one"),
                get(10, "./MO/Obj/Leaf") + get(11, "./MO/Obj"));
        assertThat(first.answer(1, 10)).isEqualTo("200");
        assertThat(first.answer(1, 11)).isEqualTo("200");
        assertThat(values(first)).containsExactly("one", "Leaf");
        assertThat(first.received()).hasSize(3);

        ScriptedDmServer second = session(
                manner,
                command("Replace", 10, "./MO/Obj/Leaf", "chr", "<Data>two</Data>") + get(11, "./MO/Obj/Leaf"),
                bare("Exec", 10, "./MO/Obj/Leaf") + add(11, "./MO/Obj/Leaf", "x") + bare("Delete", 12, "./MO/Obj/Leaf"),
                get(10, "./MO/Obj/Leaf") + get(11, "./MO/Obj"));
        assertThat(second.answer(1, 10)).isEqualTo("200");
        assertThat(second.answer(2, 10)).isIn("405", "406");
        assertThat(second.answer(2, 11)).isEqualTo("418");
        assertThat(second.answer(2, 12)).isEqualTo("200");
        assertThat(second.answer(3, 10)).isEqualTo("404");
        assertThat(values(second)).containsExactly("two", "");

        assertThat(phone.commands(CloseChannel.class)).isNotEmpty();
        if (manner == Manner.CLOSING) {
            assertThat(phone.commands(OpenChannel.class)).hasSameSizeAs(second.received());
        }
    }

    @Test
    void package_1_is_that_of_the_standard() throws Exception {
        ScriptedDmServer server = session(Manner.WHOLE);

        assertThat(server.received()).hasSize(1);
        String text = server.received().getFirst().getDocumentElement().getTextContent();
        assertThat(text).contains("1201", "DM/1.2", Fleet.deviceId(1), ScriptedDmServer.CARD);
        assertThat(text)
                .contains("./DevInfo/DevId", "./DevInfo/Man", "./DevInfo/Mod", "./DevInfo/DmV", "./DevInfo/Lang");
    }

    @Test
    @Tag("MO-2")
    void takes_a_large_object_in_chunks_and_gives_it_back_in_chunks() throws Exception {
        List<String> chunks = List.of("a".repeat(700), "b".repeat(900), "c".repeat(600));
        ScriptedDmServer server = session(
                Manner.WHOLE,
                command("Add", 10, "./MO/Obj", "node", ""),
                chunk("<Size xmlns='syncml:metinf'>2200</Size>", chunks.get(0), "<MoreData/>"),
                chunk("", chunks.get(1), "<MoreData/>"),
                chunk("", chunks.get(2), ""),
                get(10, "./MO/Obj/Large"),
                "<Alert><CmdID>10</CmdID><Data>1222</Data></Alert>");

        assertThat(List.of(server.answer(2, 10), server.answer(3, 10), server.answer(4, 10)))
                .containsExactly("213", "213", "200");
        assertThat(values(server).stream().collect(Collectors.joining())).isEqualTo(String.join("", chunks));
        assertThat(server.results().getFirst().more()).isTrue();
    }

    @Test
    @Tag("INT-3")
    void refuses_an_object_larger_than_it_said_it_takes() throws Exception {
        ScriptedDmServer server = session(
                Manner.WHOLE,
                command("Add", 10, "./MO/Obj", "node", ""),
                chunk("<Size xmlns='syncml:metinf'>" + (MAX_OBJ_SIZE + 1) + "</Size>", "a".repeat(700), "<MoreData/>"),
                get(10, "./MO/Obj"));

        assertThat(server.answer(2, 10)).isEqualTo("413");
        assertThat(values(server)).containsExactly("");
    }

    private static String chunk(String size, String data, String more) {
        return "<Add><CmdID>10</CmdID><Item><Target><LocURI>./MO/Obj/Large</LocURI></Target><Meta><Format"
                + " xmlns='syncml:metinf'>chr</Format>" + size + "</Meta><Data>" + data + "</Data>" + more
                + "</Item></Add>";
    }
}
