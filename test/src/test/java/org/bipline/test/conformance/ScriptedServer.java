// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bipline.dm.ByteString;
import org.bipline.dm.syncml.Transcoder;
import org.bipline.test.WireLog;
import org.w3c.dom.Element;

/** A DM server that answers each message as a script says. Its messages are texts, put into WBXML by the {@link Transcoder}. */
final class ScriptedServer implements AutoCloseable {
    static final String NAME = "srv";
    static final String SECRET = "server's own";
    static final String CARD = "card";
    static final String CARD_SECRET = "card's own";
    static final byte[] CARD_NONCE = "first of card".getBytes(UTF_8);
    static final byte[] SERVER_NONCE = "first of server".getBytes(UTF_8);

    /**
     * One answer.
     *
     * @param headerStatus status of the card's header
     * @param secret with which the server proves itself; empty for no credentials
     * @param meta of the header
     * @param commands with CmdID from 10 on
     * @param last whether Final stands in it
     */
    record Answer(String headerStatus, String secret, String meta, String commands, boolean last) {
        static Answer of(String commands) {
            return new Answer("212", "", "", commands, true);
        }

        /** The first of a session, with right credentials. */
        static Answer first(String commands) {
            return of(commands).proven(SECRET);
        }

        Answer proven(String newSecret) {
            return new Answer(headerStatus, newSecret, meta, commands, last);
        }

        Answer header(String status) {
            return new Answer(status, secret, meta, commands, last);
        }

        Answer with(String newMeta) {
            return new Answer(headerStatus, secret, newMeta, commands, last);
        }

        Answer open() {
            return new Answer(headerStatus, secret, meta, commands, false);
        }
    }

    private final HttpServer http;
    private final Deque<Answer> script = new ArrayDeque<>();
    private final List<Element> received = new CopyOnWriteArrayList<>();
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final List<Boolean> verdicts = new CopyOnWriteArrayList<>();
    private byte[] cardNonce = CARD_NONCE.clone();
    private byte[] serverNonce = SERVER_NONCE.clone();
    private volatile String failure = "";
    private int sent;
    private int nonces;
    private byte version = 2;

    ScriptedServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/dm", this::handle);
        http.start();
    }

    InetSocketAddress address() {
        return http.getAddress();
    }

    /** What is said in the next session; after it packages without commands. */
    void script(Answer... answers) {
        script.clear();
        script.addAll(List.of(answers));
        received.clear();
        sizes.clear();
        verdicts.clear();
        sent = 0;
    }

    /** Minor number of the version of WBXML that messages say they have. */
    void wbxmlVersion(int minor) {
        version = (byte) minor;
    }

    /** What the card sent in this session. */
    List<Element> received() {
        return List.copyOf(received);
    }

    /** Octets of each of them. */
    List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    /** Of each message with credentials, whether they were right. */
    List<Boolean> verdicts() {
        return List.copyOf(verdicts);
    }

    /** The code that the card gave to a command of the message of this number. */
    String code(int ourMessage, int cmdId) {
        return received.stream()
                .map(message -> Xml.status(message, "" + ourMessage, "" + cmdId))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Values that came for a Get, chunks put together. */
    String value(int cmdId) {
        StringBuilder value = new StringBuilder();
        received.stream()
                .flatMap(message -> Xml.all(message, "Results").stream())
                .filter(results -> Xml.text(results, "CmdRef").equals("" + cmdId))
                .forEach(results -> value.append(Xml.text(results, "Item", "Data")));
        return value.toString();
    }

    /** What went wrong in the server itself. */
    String failure() {
        return failure;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = answer(body);
            WireLog.keep(ByteString.of(body));
            WireLog.keep(ByteString.of(answer));
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.syncml.dm+wbxml");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception | AssertionError e) {
            failure = e.toString();
            throw new IOException(e);
        }
    }

    private byte[] answer(byte[] wbxml) throws Exception {
        Element message = Xml.parse(Transcoder.toXml(wbxml));
        received.add(message);
        sizes.add(wbxml.length);
        sent++;
        Answer answer = script.isEmpty() ? Answer.of("") : script.remove();
        Element header = Xml.first(message, "SyncHdr").orElseThrow();
        String msgRef = Xml.text(header, "MsgID");
        String chal = "";
        if (!Xml.all(header, "Cred").isEmpty()) {
            verdicts.add(Xml.text(header, "Cred", "Data").equals(Xml.digest(CARD, CARD_SECRET, cardNonce)));
        }
        if (!Xml.all(header, "Cred").isEmpty() || answer.headerStatus().startsWith("40")) {
            cardNonce = ("nonce " + ++nonces + " of card").getBytes(UTF_8);
            chal = Xml.chal("syncml:auth-md5", cardNonce);
        }
        Xml.all(message, "Chal")
                .forEach(c -> serverNonce = java.util.Base64.getDecoder().decode(Xml.text(c, "NextNonce")));
        StringBuilder body = new StringBuilder(Xml.statusOf(1, msgRef, "0", "SyncHdr", answer.headerStatus(), chal));
        boolean refused = answer.headerStatus().startsWith("40");
        int cmdId = 2;
        for (String name : List.of("Alert", "Replace")) {
            for (Element command : Xml.all(message, name)) {
                body.append(Xml.statusOf(
                        cmdId++,
                        msgRef,
                        Xml.text(command, "CmdID"),
                        name,
                        refused ? answer.headerStatus() : "200",
                        ""));
            }
        }
        String cred = answer.secret().isEmpty() ? "" : Xml.cred(Xml.digest(NAME, answer.secret(), serverNonce));
        String xml = Xml.message(
                "<SessionID>" + Xml.text(header, "SessionID") + "</SessionID><MsgID>" + sent
                        + "</MsgID><Target><LocURI>" + Xml.text(header, "Source", "LocURI")
                        + "</LocURI></Target><Source><LocURI>http://srv.example/dm</LocURI><LocName>" + NAME
                        + "</LocName></Source>" + cred + answer.meta(),
                body + answer.commands() + (answer.last() ? "<Final/>" : ""));
        byte[] out = Transcoder.toWbxml(xml.getBytes(UTF_8));
        out[0] = version;
        return out;
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
