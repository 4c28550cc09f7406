// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Optional;
import org.w3c.dom.Element;

/** A DM client that says what a test writes, in XML, and keeps what the server answered. */
final class ScriptedClient {
    static final String ID = "IMEI:490154203237518";
    static final String NAME = "client";
    static final String SECRET = "client's own";
    static final String SERVER = "server";
    static final String SERVER_SECRET = "server's own";

    /** What a client says at first. */
    static final String PACKAGE_1 = Xml.alert(1, 1201, "")
            + "<Replace><CmdID>2</CmdID><Item><Source><LocURI>./DevInfo/DevId</LocURI></Source><Data>" + ID
            + "</Data></Item><Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>x</Data></Item></Replace>";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final String sessionId;
    private byte[] nonce = new byte[0];
    private byte[] serverNonce = new byte[0];
    private String meta = "";
    private String mac = "";
    private int msgId;
    private int sizeOfAnswer;

    ScriptedClient(InetSocketAddress server, String sessionId) {
        uri = URI.create("http://" + server.getHostString() + ":" + server.getPort() + "/dm");
        this.sessionId = sessionId;
    }

    /** Meta of the header from now on. */
    ScriptedClient meta(String newMeta) {
        meta = newMeta;
        return this;
    }

    String sessionId() {
        return sessionId;
    }

    int msgId() {
        return msgId;
    }

    /** Octets of the last answer. */
    int sizeOfAnswer() {
        return sizeOfAnswer;
    }

    /** The field x-syncml-hmac of the last answer; empty if there was none. */
    String mac() {
        return mac;
    }

    /** The nonce of the last challenge. */
    byte[] nonce() {
        return nonce.clone();
    }

    /** The nonce that the server's next credentials have to use: told in a Chal of {@link #statusOfHeader}. */
    byte[] serverNonce() {
        return serverNonce.clone();
    }

    String credentials() {
        return credentials(SECRET);
    }

    String credentials(String secret) {
        return Xml.cred(Xml.digest(NAME, secret, nonce));
    }

    /** Package 1 with right credentials, repeated with the nonce of the challenge; the answer to the second one. */
    Element authenticate() throws Exception {
        send("", PACKAGE_1, true);
        return send(credentials(), Xml.statusOf(3, "1", "0", "SyncHdr", "200", "") + PACKAGE_1, true);
    }

    /** Status for the header of the server's last message, with a challenge for what it sends next. */
    String statusOfHeader(int cmdId, String code, String newNonce) {
        serverNonce = newNonce.getBytes(UTF_8);
        return Xml.statusOf(cmdId, "" + msgId, "0", "SyncHdr", code, Xml.chal("syncml:auth-md5", serverNonce));
    }

    /** Status for a command of the server's last message. */
    String status(int cmdId, Element command, String code) {
        return Xml.statusOf(cmdId, "" + msgId, Xml.text(command, "CmdID"), command.getLocalName(), code, "");
    }

    /** Sends a message and gives the answer, which has to be XML too. */
    Element send(String cred, String commands, boolean last) throws IOException, InterruptedException {
        return Xml.parse(exchange(
                "application/vnd.syncml.dm+xml", message(cred, commands, last).getBytes(UTF_8), ""));
    }

    String message(String cred, String commands, boolean last) {
        return Xml.message(
                "<SessionID>" + sessionId + "</SessionID><MsgID>" + (msgId + 1) + "</MsgID><Target><LocURI>" + uri
                        + "</LocURI></Target><Source><LocURI>" + ID + "</LocURI><LocName>" + NAME
                        + "</LocName></Source>" + cred + meta,
                commands + (last ? "<Final/>" : ""));
    }

    /** Sends any body. The answer has to be 200 and of the same type. */
    byte[] exchange(String type, byte[] body, String macHeader) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
        if (!macHeader.isEmpty()) {
            request.header("x-syncml-hmac", macHeader);
        }
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200
                || !response.headers().firstValue("Content-Type").equals(Optional.of(type))) {
            throw new AssertionError("HTTP " + response.statusCode() + " " + new String(response.body(), UTF_8));
        }
        msgId++;
        mac = response.headers().firstValue("x-syncml-hmac").orElse("");
        sizeOfAnswer = response.body().length;
        if (type.endsWith("+xml")) {
            Xml.first(Xml.parse(response.body()), "NextNonce")
                    .ifPresent(next -> nonce = Base64.getDecoder().decode(next.getTextContent()));
        }
        return response.body();
    }
}
