// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DM client of the device, of strings in XML, which holds whole objects only. It answers what the card commands and keeps
 * the versions; nothing of it is code of the card.
 */
final class TestDevice {
    static final String IMEI = "IMEI:490154203237518";
    static final String NAME = "device";
    static final String SECRET = "device secret";
    static final String CARD_SECRET = "card secret";
    private static final String CARD = "ICCID:89490200001234567890";
    static final String ANCHOR = "./CardSync/89490200001234567890/Anchor";

    /** An object in the device: TNDS in hex. */
    record Copy(String hex, int version, String time) {
        byte[] tnds() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /** Where the other end of a message is. */
    interface Exchange {
        /** The card's answer; empty where the card refuses the message. */
        Optional<byte[]> post(byte[] message);
    }

    final String devId;
    private final String card;
    private final String anchorUri;
    final Map<String, Copy> objects = new LinkedHashMap<>();
    final List<String> commands = new ArrayList<>();
    final List<String> questions = new ArrayList<>();
    /** Of the last session: false after a change of the user. */
    boolean unchanged = true;

    String anchor;
    /** What the card wants it to connect to. */
    final List<String> connects = new ArrayList<>();

    /** The function that it asks for in the next sessions: function, server, digest and nonce. */
    String function = "";

    /** What the card has written as its answer. */
    String authorisation = "";

    boolean hasCardSync = true;
    boolean saysYes = true;
    boolean authenticates = true;
    String name = NAME;
    String secret = SECRET;
    String cardSecret = CARD_SECRET;
    /** Proves itself by syncml:auth-MAC, and wants that of the card. */
    boolean mac;

    /** Line of the header with the device's MAC, empty without, and that of the card's answer. */
    String line = "";

    String cardLine = "";
    /** Status instead of 200 for commands that begin so. */
    final Map<String, Integer> refusals = new LinkedHashMap<>();

    int maxMsgSize = 16000;
    int maxObjSize = 30000;
    int pullChunk = 30000;
    /** The connection breaks at the message of this number: before the device has read the card's, or behind that. */
    int breaksBefore = Integer.MAX_VALUE;

    int breaksBehind = Integer.MAX_VALUE;
    private byte[] nonce = {};
    private byte[] cardNonce = {};
    private byte[] untold; // nonce for the card, which the next message tells it
    private int version = 100;
    private int session;

    // of the session
    private int sent;
    private String body;
    private int commandId;
    private boolean credentials;
    private boolean cardIsProven;
    private StringBuilder chunks;
    private boolean last;
    private final List<String> rest = new ArrayList<>();

    TestDevice() {
        this(IMEI);
    }

    TestDevice(String devId) {
        this(devId, CARD);
    }

    /** A device that knows a card by its name. */
    TestDevice(String devId, String card) {
        this.devId = devId;
        this.card = card;
        anchorUri = "./CardSync/" + card.replace("ICCID:", "") + "/Anchor";
    }

    /** The user, or another server, changes an object: its nodes, as {@link TndsTest#node}, are those now. */
    void edit(String uri, String nodes) {
        edit(uri, nodes, "20300101T000000Z");
    }

    void edit(String uri, String nodes, String time) {
        objects.put(uri, new Copy(HexFormat.of().formatHex(XmlForm.toTnds(TndsTest.tree(nodes))), ++version, time));
        unchanged = false;
    }

    void remove(String uri) {
        objects.remove(uri);
        unchanged = false;
    }

    /** Number of exchanges of a session that came to its end. */
    int synchronise(Exchange card) {
        int exchanges = tryToSynchronise(card);
        assertThat(exchanges).as("exchanges").isPositive();
        return exchanges;
    }

    /** Holds a session and returns the number of exchanges; negative if it did not come to its end. */
    int tryToSynchronise(Exchange card) {
        session++;
        sent = 0;
        credentials = authenticates;
        cardIsProven = !authenticates;
        commands.clear();
        chunks = null;
        rest.clear();
        packageOne();
        last = true;
        int tries = 0;
        while (true) {
            String message = message();
            byte[] bytes = XmlForm.toWbxml(message);
            line = mac ? "x-syncml-hmac: username=\"" + name + "\", mac=" + Card.mac(name, secret, nonce, bytes) : "";
            Optional<byte[]> answer = card.post(bytes);
            if (answer.isEmpty() || sent == breaksBefore) {
                return -sent;
            }
            String xml = XmlForm.toXml(answer.get());
            assertThat(answer.get().length).isLessThanOrEqualTo(maxMsgSize);
            assertThat(Card.tag(xml, "SessionID")).isEqualTo("s" + session);
            assertThat(Card.tag(xml, "MsgRef")).isEqualTo(Integer.toString(sent));
            int header = headerStatus(xml);
            nonce(xml).ifPresent(n -> nonce = n);
            if (header == 401 || header == 407) {
                tries++;
                if (tries == 2) {
                    return -sent;
                }
                body = "";
                commandId = 0;
                packageOne();
                continue;
            }
            credentials &= header != 212;
            boolean proven = take(xml, answer.get());
            if (sent == breaksBehind) {
                return -sent;
            }
            if (proven && commandId == 0 && xml.contains("<Final/>")) {
                unchanged = true;
                return sent;
            }
        }
    }

    private void packageOne() {
        body = "";
        commandId = 0;
        add("Alert", "<Data>1201</Data>");
        add("Replace", "<Item><Source><LocURI>./DevInfo/DevId</LocURI></Source><Data>" + devId + "</Data></Item>");
        if (!function.isEmpty()) {
            add(
                    "Alert",
                    "<Data>1226</Data><Item><Source><LocURI>" + anchorUri.replace("Anchor", "Authorisation")
                            + "</LocURI></Source><Meta><m:Type>urn:bipline:alert:function:1.0</m:Type>"
                            + "<m:Format>chr</m:Format></Meta><Data>" + function + "</Data></Item>");
        }
        if (unchanged && anchor != null) {
            add(
                    "Alert",
                    "<Data>1226</Data><Item><Source><LocURI>" + anchorUri + "</LocURI></Source><Meta>"
                            + "<m:Type>urn:bipline:alert:sync:1.0</m:Type><m:Format>chr</m:Format></Meta><Data>"
                            + anchor + "</Data></Item>");
        }
    }

    private void add(String name, String content) {
        commandId++;
        body += "<" + name + "><CmdID>" + (commandId + 1) + "</CmdID>" + content + "</" + name + ">";
    }

    private String cardMessage = "";
    private String headerAnswer = "";

    private String message() {
        sent++;
        if (untold != null && sent > 1) {
            cardNonce = untold;
        }
        untold = null;
        String cred = credentials && !mac
                ? "<Cred><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type></Meta><Data>"
                        + Card.digest(name, secret, nonce) + "</Data></Cred>"
                : "";
        String status = sent == 1 ? "" : headerAnswer;
        return "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>s" + session
                + "</SessionID><MsgID>" + sent + "</MsgID><Target><LocURI>http://127.0.0.1/dm</LocURI></Target><Source>"
                + "<LocURI>" + devId + "</LocURI>" + (authenticates ? "<LocName>" + name + "</LocName>" : "")
                + "</Source>" + cred + "<Meta><m:MaxMsgSize>" + maxMsgSize + "</m:MaxMsgSize><m:MaxObjSize>"
                + maxObjSize + "</m:MaxObjSize></Meta></SyncHdr><SyncBody>" + status + body
                + (last ? "<Final/>" : "") + "</SyncBody></SyncML>";
    }

    private static int headerStatus(String xml) {
        Matcher status = Pattern.compile("<CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>(<Chal>.*?</Chal>)?<Data>(\\d+)</Data>")
                .matcher(xml);
        assertThat(status.find()).as(xml).isTrue();
        return Integer.parseInt(status.group(2));
    }

    private static Optional<byte[]> nonce(String xml) {
        String next = Card.tag(xml, "m:NextNonce");
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(Base64.getDecoder().decode(next));
    }

    /** Carries the card's commands out, if it has proven who it is; writes what is to be answered. */
    private boolean take(String xml, byte[] answer) {
        body = "";
        commandId = 0;
        cardMessage = Card.tag(xml, "MsgID");
        String cred = Card.tag(Card.tag(xml, "Cred"), "Data");
        int status = 200;
        if (mac) {
            cardIsProven = cardLine.endsWith("mac=" + Card.mac(card, cardSecret, cardNonce, answer));
            status = cardIsProven ? 200 : cardLine.isEmpty() ? 407 : 401;
            untold = Card.bytes("nonce " + sent + " of " + session);
        } else if (!cardIsProven || !cred.isEmpty()) {
            boolean right = !authenticates || cred.equals(Card.digest(card, cardSecret, cardNonce));
            status = right ? 212 : cred.isEmpty() ? 407 : 401;
            cardIsProven = right;
            untold = Card.bytes("nonce " + sent + " of " + session);
        }
        headerAnswer = "<Status><CmdID>1</CmdID><MsgRef>" + cardMessage
                + "</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>"
                + (mac || status != 200
                        ? Card.chal(mac ? "syncml:auth-MAC" : "syncml:auth-md5", "nonce " + sent + " of " + session)
                        : "")
                + "<Data>" + status + "</Data></Status>";
        List<String> received = Pattern.compile("<(Get|Add|Replace|Delete|Alert)>.*?</\\1>")
                .matcher(xml.substring(xml.indexOf("<SyncBody>")))
                .results()
                .map(r -> r.group())
                .toList();
        last = true;
        for (String command : received) {
            if (cardIsProven) {
                carryOut(command);
            } else {
                status(command, status);
            }
        }
        if (!xml.contains("<Final/>") && chunks != null) {
            add("Alert", "<Data>1222</Data>");
            last = false;
        }
        if (!rest.isEmpty() && last) {
            String piece = rest.remove(0);
            last = rest.isEmpty();
            body += piece;
            commandId++;
        }
        return cardIsProven;
    }

    private static String name(String command) {
        return command.substring(1, command.indexOf('>'));
    }

    private void status(String command, int code) {
        add(
                "Status",
                "<MsgRef>" + cardMessage + "</MsgRef><CmdRef>" + Card.tag(command, "CmdID") + "</CmdRef><Cmd>"
                        + name(command) + "</Cmd><Data>" + code + "</Data>");
    }

    private void carryOut(String command) {
        String uri = Card.tag(Card.tag(command, "Target"), "LocURI");
        String name = name(command);
        commands.add(name.equals("Alert") ? name + " " + Card.tag(command, "Data") : name + " " + uri);
        Optional<Integer> refusal = refusals.entrySet().stream()
                .filter(r -> (name + " " + uri).startsWith(r.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (refusal.isPresent()) {
            status(command, refusal.get());
            return;
        }
        switch (name) {
            case "Get" -> get(command, uri);
            case "Add", "Replace" -> change(command, name, uri);
            case "Delete" -> status(command, objects.remove(uri) == null ? 404 : 200);
            default -> alert(command);
        }
    }

    private void alert(String command) {
        if (Card.tag(command, "Data").equals("1222")) {
            commands.remove(commands.size() - 1);
            status(command, 200);
            return;
        }
        questions.add(command.replaceAll(".*<Data>(.*?)</Data></Item></Alert>", "$1"));
        status(command, saysYes ? 200 : 304);
    }

    private void get(String command, String target) {
        String uri = target.replaceAll("\\?.*", "");
        Copy copy = objects.get(uri);
        if (uri.equals(anchorUri) && hasCardSync) {
            result(command, target, "chr", "<Data>" + (anchor == null ? "" : anchor) + "</Data>");
        } else if (copy == null) {
            status(command, 404);
        } else if (target.endsWith("?prop=VerNo")) {
            result(command, target, "int", "<Data>" + copy.version() + "</Data>");
        } else if (target.endsWith("?prop=TStamp")) {
            result(command, target, "chr", "<Data>" + copy.time() + "</Data>");
        } else {
            assertThat(target).endsWith("?list=TNDS-ACL-Title-TStamp-VerNo");
            byte[] tnds = copy.tnds();
            status(command, 200);
            for (int at = 0; at < tnds.length; at += pullChunk) {
                int end = Math.min(tnds.length, at + pullChunk);
                boolean more = end < tnds.length;
                rest.add("<Results><CmdID>99</CmdID><MsgRef>" + cardMessage + "</MsgRef><CmdRef>"
                        + Card.tag(command, "CmdID") + "</CmdRef><Item><Source><LocURI>" + uri
                        + "</LocURI></Source><Meta><m:Format>bin</m:Format>"
                        + "<m:Type>application/vnd.syncml.dmtnds+wbxml</m:Type>"
                        + (at == 0 && more ? "<m:Size>" + tnds.length + "</m:Size>" : "") + "</Meta><Data hex='"
                        + HexFormat.of().formatHex(tnds, at, end) + "'/>" + (more ? "<MoreData/>" : "")
                        + "</Item></Results>");
            }
        }
    }

    private void result(String command, String uri, String format, String data) {
        status(command, 200);
        add(
                "Results",
                "<MsgRef>" + cardMessage + "</MsgRef><CmdRef>" + Card.tag(command, "CmdID")
                        + "</CmdRef><Item><Source><LocURI>" + uri + "</LocURI></Source><Meta><m:Format>" + format
                        + "</m:Format></Meta>" + data + "</Item>");
    }

    private void change(String command, String name, String uri) {
        String data = Card.tag(command, "Data");
        if (uri.startsWith("./CardSync")) {
            changeAnchor(command, name, uri, data);
            return;
        }
        if (chunks == null) {
            chunks = new StringBuilder();
            if (command.contains("<MoreData/>")) {
                assertThat(command).contains("<m:Size>");
            }
        }
        chunks.append(hex(data));
        if (command.contains("<MoreData/>")) {
            status(command, 213);
            return;
        }
        String tnds = chunks.toString();
        chunks = null;
        boolean exists = objects.containsKey(uri);
        if (exists == name.equals("Add")) {
            status(command, exists ? 418 : 404);
            return;
        }
        objects.put(uri, new Copy(tnds, ++version, "20200101T000000Z"));
        status(command, 200);
    }

    private static String hex(String data) {
        return data.startsWith("#")
                ? data.substring(1)
                : HexFormat.of()
                        .formatHex(Card.bytes(
                                data.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")));
    }

    private void changeAnchor(String command, String name, String uri, String data) {
        if (uri.endsWith("/Connect")) {
            connects.add(data);
            status(command, 200);
        } else if (uri.endsWith("/Authorisation")) {
            authorisation = data;
            status(command, 200);
        } else if (name.equals("Replace")) {
            status(command, hasCardSync ? 200 : 404);
            anchor = hasCardSync ? data : anchor;
        } else if (uri.equals(anchorUri)) {
            hasCardSync = true;
            anchor = data;
            status(command, 200);
        } else {
            status(command, 418);
        }
    }

    /** Tells whether a value is part of the device's copy. */
    boolean holds(String uri, String value) {
        return objects.containsKey(uri)
                && new String(objects.get(uri).tnds(), java.nio.charset.StandardCharsets.UTF_8).contains(value);
    }
}
