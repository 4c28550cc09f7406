// SPDX-License-Identifier: Apache-2.0
package org.bipline.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A DM server that shares no code with that of the product: its messages are XML texts that libwbxml turns into WBXML, what
 * the card says goes the other way, and the digests are those of java.security. Package 2 and every further one take
 * their commands from a script; when it is at its end, the session ends.
 */
final class ScriptedDmServer {
    static final String NAME = "scripted";
    static final String SECRET = "server's own";
    static final String CARD = "stranger";
    static final String CARD_SECRET = "card's own";

    private static final String NS = "SYNCML:SYNCML1.2";
    private static final String METINF = "syncml:metinf";

    /** A status of the card for a command of ours. */
    record Answer(String message, String command, String name, String code) {}

    /** A value of the card. */
    record Result(String uri, String format, String value, boolean more) {}

    private final Path directory;
    private final List<String> script;
    private final List<Document> received = new CopyOnWriteArrayList<>();
    private final List<String> verdicts = new CopyOnWriteArrayList<>();
    private byte[] cardNonce;
    private byte[] serverNonce;
    private int message;

    /**
     * A server for one session.
     *
     * @param script commands of each package, as XML with CmdID from 10 on; without status and Final
     */
    ScriptedDmServer(Path directory, byte[] cardNonce, byte[] serverNonce, List<String> script) {
        this.directory = directory;
        this.cardNonce = cardNonce.clone();
        this.serverNonce = serverNonce.clone();
        this.script = new ArrayList<>(script);
    }

    /** The nonce that the card's next credentials have to use. */
    byte[] cardNonce() {
        return cardNonce.clone();
    }

    byte[] serverNonce() {
        return serverNonce.clone();
    }

    /** What the card said, message by message. */
    List<Document> received() {
        return List.copyOf(received);
    }

    /** Whether the credentials of each message that had some were right. */
    List<String> verdicts() {
        return List.copyOf(verdicts);
    }

    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (Document document : received) {
            for (Element status : elements(document.getDocumentElement(), NS, "Status")) {
                answers.add(new Answer(
                        text(status, NS, "MsgRef"),
                        text(status, NS, "CmdRef"),
                        text(status, NS, "Cmd"),
                        text(status, NS, "Data")));
            }
        }
        return answers;
    }

    /** The code that the card gave to the command with this CmdID in our message, or an empty text. */
    String answer(int ourMessage, int command) {
        return answers().stream()
                .filter(a -> a.message().equals("" + ourMessage) && a.command().equals("" + command))
                .map(Answer::code)
                .findFirst()
                .orElse("");
    }

    List<Result> results() {
        List<Result> results = new ArrayList<>();
        for (Document document : received) {
            for (Element result : elements(document.getDocumentElement(), NS, "Results")) {
                for (Element item : elements(result, NS, "Item")) {
                    results.add(new Result(
                            text(elements(item, NS, "Source").getFirst(), NS, "LocURI"),
                            text(result, METINF, "Format"),
                            text(item, NS, "Data"),
                            !elements(item, NS, "MoreData").isEmpty()));
                }
            }
        }
        return results;
    }

    /** Answers one message, WBXML to WBXML. */
    byte[] answer(byte[] wbxml) {
        try {
            Document document = Programs.parse(Programs.wbxml2xml(wbxml, directory));
            received.add(document);
            return Programs.xml2wbxml(answer(document.getDocumentElement()).getBytes(UTF_8), directory);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers one message, XML to XML. */
    byte[] answerXml(byte[] xml) {
        try {
            Document document = Programs.parse(xml);
            received.add(document);
            return answer(document.getDocumentElement()).getBytes(UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Types and data of the items of generic alerts that came. */
    List<String> genericAlerts() {
        List<String> alerts = new ArrayList<>();
        for (Document document : received) {
            for (Element alert : elements(document.getDocumentElement(), NS, "Alert")) {
                elements(alert, NS, "Item").stream()
                        .filter(item -> !elements(item, METINF, "Type").isEmpty())
                        .forEach(item -> alerts.add(text(item, METINF, "Type") + " " + text(item, NS, "Data")));
            }
        }
        return alerts;
    }

    private String answer(Element syncMl) throws Exception {
        Element header = elements(syncMl, NS, "SyncHdr").getFirst();
        Element body = elements(syncMl, NS, "SyncBody").getFirst();
        message++;
        StringBuilder statuses = new StringBuilder();
        boolean withCredentials = !elements(header, NS, "Cred").isEmpty();
        if (withCredentials) {
            boolean right = text(elements(header, NS, "Cred").getFirst(), NS, "Data")
                    .equals(digest(CARD, CARD_SECRET, cardNonce));
            verdicts.add(right ? "right" : "wrong");
            cardNonce = ("nonce " + message + " of the card").getBytes(UTF_8);
        }
        statuses.append(status(
                1,
                header,
                "0",
                "SyncHdr",
                "212",
                withCredentials
                        ? "<Chal><Meta><Format xmlns='syncml:metinf'>b64</Format><Type"
                                + " xmlns='syncml:metinf'>syncml:auth-md5</Type><NextNonce xmlns='syncml:metinf'>"
                                + Base64.getEncoder().encodeToString(cardNonce) + "</NextNonce></Meta></Chal>"
                        : ""));
        int cmdId = 2;
        for (String name : List.of("Alert", "Replace")) {
            for (Element command : elements(body, NS, name)) {
                statuses.append(status(cmdId++, header, text(command, NS, "CmdID"), name, "200", ""));
            }
        }
        for (Element chal : elements(body, NS, "Chal")) {
            serverNonce = Base64.getDecoder().decode(text(chal, METINF, "NextNonce"));
        }
        String credentials = text(header, NS, "MsgID").equals("1")
                ? "<Cred><Meta><Format xmlns='syncml:metinf'>b64</Format><Type"
                        + " xmlns='syncml:metinf'>syncml:auth-md5</Type></Meta><Data>"
                        + digest(NAME, SECRET, serverNonce) + "</Data></Cred>"
                : "";
        String commands = script.isEmpty() ? "" : script.removeFirst();
        return "<?xml version='1.0' encoding='UTF-8'?><!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.2//EN' 'x'>"
                + "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>"
                + text(header, NS, "SessionID") + "</SessionID><MsgID>" + message + "</MsgID><Target><LocURI>"
                + source(header) + "</LocURI></Target><Source><LocURI>http://scripted.example/dm</LocURI><LocName>"
                + NAME + "</LocName></Source>" + credentials
                + "<Meta><MaxMsgSize xmlns='syncml:metinf'>1400</MaxMsgSize></Meta></SyncHdr><SyncBody>" + statuses
                + commands + (commands.contains("<MoreData/>") ? "" : "<Final/>") + "</SyncBody></SyncML>";
    }

    private static String status(int cmdId, Element header, String cmdRef, String cmd, String code, String chal) {
        return "<Status><CmdID>" + cmdId + "</CmdID><MsgRef>" + text(header, NS, "MsgID") + "</MsgRef><CmdRef>" + cmdRef
                + "</CmdRef><Cmd>" + cmd + "</Cmd>" + chal + "<Data>" + code + "</Data></Status>";
    }

    private static String source(Element header) {
        return text(elements(header, NS, "Source").getFirst(), NS, "LocURI");
    }

    /** B64(H(B64(H(name:secret)):nonce)). OMA DM Security. */
    private static String digest(String name, String secret, byte[] nonce) throws Exception {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        Base64.Encoder base64 = Base64.getEncoder();
        String key = base64.encodeToString(md5.digest((name + ":" + secret).getBytes(UTF_8)));
        md5.update((key + ":").getBytes(UTF_8));
        return base64.encodeToString(md5.digest(nonce));
    }

    /** Text of the first element of this name at any depth, or an empty text. */
    private static String text(Element in, String namespace, String name) {
        List<Element> found = elements(in, namespace, name);
        return found.isEmpty() ? "" : found.getFirst().getTextContent();
    }

    private static List<Element> elements(Element in, String namespace, String name) {
        NodeList nodes = in.getElementsByTagNameNS(namespace, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
