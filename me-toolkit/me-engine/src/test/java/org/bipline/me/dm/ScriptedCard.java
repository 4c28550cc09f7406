// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bipline.cat.tlv.ByteString;
import org.bipline.me.network.Peer;

/**
 * A card as DM server whose every byte is written here: HTTP by hand, messages as XML text. It answers each message with the next commands of
 * its script; at the end of the script it has no more to say.
 */
final class ScriptedCard {
    /** The end of an answer behind which the card closes the connection. */
    static final String CUT_SHORT = "short";

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern COMMAND = Pattern.compile("<(Alert|Replace|Results)>\\s*<CmdID>(\\d+)</CmdID>");

    private final Deque<String> script = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> heads = new ArrayList<>();
    private BiConsumer<Peer, String> manner = ScriptedCard::whole;
    private String authentication = "212";
    private Supplier<String> credentials = () -> "";
    private String iccid = "8988211000000000018";
    int connections;

    /** Commands of the next message, with CmdIDs from 10 on; a text that begins with HTTP is the whole answer. */
    ScriptedCard says(String... commands) {
        script.add(String.join("", commands));
        return this;
    }

    ScriptedCard iccid(String digits) {
        iccid = digits;
        return this;
    }

    /** How answers go out. */
    ScriptedCard manner(BiConsumer<Peer, String> how) {
        manner = how;
        return this;
    }

    /** What stands in the Status for the client's header, behind the code, and in the card's own header. */
    ScriptedCard header(String code, Supplier<String> own) {
        authentication = code;
        credentials = own;
        return this;
    }

    /** Bodies of the client's messages. */
    List<String> requests() {
        return requests;
    }

    String last() {
        return requests.getLast();
    }

    /** Header sections of the client's requests. */
    List<String> heads() {
        return heads;
    }

    void accept(Peer peer) {
        connections++;
        StringBuilder received = new StringBuilder();
        peer.onReceived(bytes -> {
            received.append(new String(bytes.toBytes(), ISO_8859_1));
            int body = received.indexOf("\r\n\r\n") + 4;
            Matcher length = LENGTH.matcher(received);
            if (body < 4 || !length.find() || received.length() < body + Integer.parseInt(length.group(1))) {
                return;
            }
            heads.add(received.substring(0, body));
            requests.add(new String(received.substring(body).getBytes(ISO_8859_1), UTF_8));
            received.setLength(0);
            String commands = script.isEmpty() ? "" : script.removeFirst();
            if (commands.startsWith("HTTP")) {
                send(peer, commands);
                if (commands.endsWith(CUT_SHORT)) {
                    peer.close();
                }
            } else if (commands.equals("DROP")) {
                peer.reset();
            } else if (!commands.equals("SILENCE")) {
                manner.accept(peer, answer(commands));
            }
        });
    }

    static void whole(Peer peer, String body) {
        send(
                peer,
                "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+xml\r\nContent-Length: "
                        + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    static void chunked(Peer peer, String body) {
        send(
                peer,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/vnd.syncml.dm+xml\r\n\r\n");
        for (int at = 0; at < body.length(); at += 100) {
            String chunk = body.substring(at, Math.min(body.length(), at + 100));
            send(peer, Integer.toHexString(chunk.getBytes(UTF_8).length) + "\r\n" + chunk + "\r\n");
        }
        send(peer, "0\r\n\r\n");
    }

    static void untilTheEnd(Peer peer, String body) {
        send(peer, "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.syncml.dm+xml\r\n\r\n" + body);
        peer.close();
    }

    static void send(Peer peer, String text) {
        peer.send(ByteString.wrap(text.getBytes(UTF_8)));
    }

    private String answer(String commands) {
        String request = last();
        String msgRef = value(request, "MsgID");
        StringBuilder statuses = new StringBuilder(status(1, msgRef, "0", "SyncHdr", authentication));
        Matcher command = COMMAND.matcher(request);
        for (int id = 2; command.find(); id++) {
            if (!command.group(1).equals("Results")) {
                statuses.append(status(id, msgRef, command.group(2), command.group(1), "200"));
            }
        }
        return "<?xml version=\"1.0\"?><SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
                + "<SessionID>" + value(request, "SessionID") + "</SessionID><MsgID>" + msgRef + "</MsgID>"
                + "<Target><LocURI>IMEI:490154203237518</LocURI></Target><Source><LocURI>ICCID:" + iccid
                + "</LocURI><LocName>ICCID:" + iccid + "</LocName></Source>" + credentials.get()
                + "<Meta><MaxMsgSize xmlns='syncml:metinf'>1536</MaxMsgSize></Meta></SyncHdr><SyncBody>" + statuses
                + commands + "<Final/></SyncBody></SyncML>";
    }

    private static String status(int id, String msgRef, String cmdRef, String name, String code) {
        String more = code.length() > 3 ? code.substring(3) : "";
        return "<Status><CmdID>" + id + "</CmdID><MsgRef>" + msgRef + "</MsgRef><CmdRef>" + cmdRef + "</CmdRef><Cmd>"
                + name + "</Cmd>" + more + "<Data>" + code.substring(0, 3) + "</Data></Status>";
    }

    static String value(String xml, String element) {
        Matcher found = Pattern.compile("<" + element + "[^>]*>([^<]*)</" + element + ">")
                .matcher(xml);
        return found.find() ? found.group(1) : "";
    }

    /** Codes of the statuses in a message, but that for the header, in their order. */
    static String codes(String message) {
        return Pattern.compile("<Status>.*?</Status>", Pattern.DOTALL)
                .matcher(message)
                .results()
                .map(status -> status.group())
                .filter(status -> !value(status, "CmdRef").equals("0"))
                .map(status -> value(status, "Data"))
                .collect(Collectors.joining(" "));
    }

    /** Data of the Results in a message, in their order. */
    static List<String> results(String message) {
        return Pattern.compile("<Results>.*?</Results>", Pattern.DOTALL)
                .matcher(message)
                .results()
                .map(results -> value(results.group(), "Data"))
                .toList();
    }

    static String add(int id, String uri, String value) {
        return command("Add", id, uri, "<Data>" + value + "</Data>");
    }

    static String addNode(int id, String uri) {
        return "<Add><CmdID>" + id + "</CmdID><Item><Target><LocURI>" + uri
                + "</LocURI></Target><Meta><Format xmlns='syncml:metinf'>node</Format></Meta></Item></Add>";
    }

    static String replace(int id, String uri, String value) {
        return command("Replace", id, uri, "<Data>" + value + "</Data>");
    }

    static String get(int id, String uri) {
        return command("Get", id, uri, "");
    }

    static String delete(int id, String uri) {
        return command("Delete", id, uri, "");
    }

    private static String command(String name, int id, String uri, String data) {
        return "<" + name + "><CmdID>" + id + "</CmdID><Item><Target><LocURI>" + uri + "</LocURI></Target>" + data
                + "</Item></" + name + ">";
    }
}
