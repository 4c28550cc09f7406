// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A store with a session, driven as the applet drives it, and the server that talks to it in XML. */
final class Card {
    static final String SERVER = "server.example";
    static final String CLIENT = "card";
    static final String SERVER_SECRET = "server secret";
    static final String CLIENT_SECRET = "client secret";
    private static final byte[] DEV_ID = "ICCID:89490200001234567890".getBytes(StandardCharsets.US_ASCII);

    final MoStore store;
    final Authorities account = new Authorities();
    final SyncRecords records;
    final DmSession session;
    LocalSession local;
    DeviceAccount devices;
    private final Device device;
    /** EF ICCID. */
    byte[] iccid = {(byte) 0x98, (byte) 0x94, 0x20, 0, 0, 0x21, 0x43, 0x65, (byte) 0x87, 0x09};
    /** Size of the pieces in which a response arrives. */
    int pieces = 100;

    /** The line x-syncml-hmac of the card's message written last, empty if it had none. */
    String macLine = "";

    private String server = SERVER;
    private String serverSecret = SERVER_SECRET;

    /** What the ME tells of its IMEI; empty where it does not. */
    String imei = "";

    byte[] serverNonce = {};
    private final Map<String, byte[]> nonces = new HashMap<>(); // of the other servers
    private String sent;
    private int serverMessage;
    private String limits = "";

    Card() {
        this(400, 24576, 24576);
    }

    /** A card with further authorities. */
    Card(byte[]... others) {
        this(400, 24576, 24576, others);
    }

    Card(int nodes, int bytes, int maxObjSize, byte[]... others) {
        store = new MoStore((short) nodes, (short) bytes);
        byte[] first = authority(SERVER, SERVER_SECRET, CLIENT_SECRET, "");
        account.addFirst(first, (short) 0, (short) first.length);
        for (byte[] other : others) {
            account.add(other, (short) 0, (short) other.length, false);
        }
        account.setLimits((short) 1536, (short) maxObjSize);
        ManagementTree.seed(store, account, (short) 0, DEV_ID, (short) 0, (short) DEV_ID.length);
        records = new SyncRecords(store);
        device = new Device(store) {
            @Override
            void readTime() {} // the tests set it

            @Override
            boolean hasImei(byte[] buf, short off, short len) {
                return new String(buf, off, len, StandardCharsets.US_ASCII).startsWith(imei);
            }

            @Override
            short readImei() {
                System.arraycopy(bytes(imei), 0, text(), 0, imei.length());
                return (short) imei.length();
            }
        };
        session = new DmSession(store, account, device, records);
        session.protection().setCard(new Iccid(null) {
            @Override
            boolean readFile(byte[] to, short off) {
                System.arraycopy(iccid, 0, to, off, iccid.length);
                return true;
            }
        });
        local = local(new DeviceAccount(account, session.uri(), null, null, null));
    }

    private LocalSession local(DeviceAccount devices) {
        return new LocalSession(store, devices, records, device, session);
    }

    /** Parameters of an authority at 127.0.0.1, port 50080; {@code more} of its TLVs in hexadecimal. */
    static byte[] authority(String server, String serverSecret, String clientSecret, String more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("8005217F0000018102C3A0"));
        tlv(out, 0x89, bytes(server));
        tlv(out, 0x8A, bytes(serverSecret));
        tlv(out, 0x8B, bytes(CLIENT));
        tlv(out, 0x8C, bytes(clientSecret));
        out.writeBytes(HexFormat.of().parseHex(more));
        return out.toByteArray();
    }

    static void tlv(ByteArrayOutputStream out, int tag, byte[] value) {
        out.write(tag);
        if (value.length > 127) {
            out.write(0x81);
        }
        out.write(value.length);
        out.writeBytes(value);
    }

    /** The next sessions are with another authority. */
    Card as(String name, String secret) {
        nonces.put(server, serverNonce);
        server = name;
        serverSecret = secret;
        serverNonce = nonces.getOrDefault(name, new byte[0]);
        byte number = 0;
        while (!name.equals(string(account.get(number).serverId))) {
            number++;
        }
        account.select(number);
        return this;
    }

    private static String string(byte[] withLength) {
        return new String(withLength, 1, withLength[0], StandardCharsets.UTF_8);
    }

    /** Devices have to authenticate themselves. */
    Card withDeviceCredentials() {
        return withDeviceCredentials(bytes(TestDevice.NAME));
    }

    /** As above; null for the name where each has its own. */
    Card withDeviceCredentials(byte[] name) {
        devices = new DeviceAccount(
                account, session.uri(), name, bytes(TestDevice.SECRET), bytes(TestDevice.CARD_SECRET));
        account.setDevices(devices.credentials());
        devices.setCardName(DEV_ID, (short) DEV_ID.length);
        local = local(devices);
        return this;
    }

    /** A session of the server with these commands, from its begin to its end; returns the card's statuses. */
    List<String> manage(String commands) {
        List<String> statuses = statuses(answerTo(commands));
        finish();
        return statuses;
    }

    /** The card's answer to a message of a device; empty where it refuses it. */
    java.util.Optional<byte[]> serve(byte[] message) {
        return serve("", message);
    }

    /** The same for a message whose header has a line. */
    java.util.Optional<byte[]> serve(String line, byte[] message) {
        local.beginHeader();
        byte[] header = bytes(line);
        local.takeHeader(header, (short) header.length);
        local.beginRequest();
        for (int at = 0; at < message.length; at += pieces) {
            local.receive(message, (short) at, (short) Math.min(pieces, message.length - at));
        }
        if (local.endRequest() == LocalSession.REFUSE) {
            return java.util.Optional.empty();
        }
        short measured = local.writeMessage(null);
        ByteArrayOutputStream mac = new ByteArrayOutputStream();
        if (local.hasMac()) {
            local.writeMac(sink(mac));
        }
        macLine = mac.toString(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        local.writeMessage(sink(answer));
        assertThat(answer.size()).isEqualTo(measured);
        local.messageSent();
        return java.util.Optional.of(answer.toByteArray());
    }

    /** The node with this URI; NONE if there is none. */
    short node(String uri) {
        short node = MoStore.ROOT;
        for (String name : uri.split("/", -1)) {
            if (!name.equals(".") && node != MoStore.NONE) {
                node = store.child(node, bytes(name));
            }
        }
        return node;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The server's header announces these. */
    Card withLimits(int maxMsgSize, int maxObjSize) {
        limits = "<Meta><m:MaxMsgSize>" + maxMsgSize + "</m:MaxMsgSize><m:MaxObjSize>" + maxObjSize
                + "</m:MaxObjSize></Meta>";
        return this;
    }

    /** Begins a session and returns package 1. */
    String start() {
        session.start(false);
        serverMessage = 0;
        return send();
    }

    /** Measures and writes the card's next message, takes over its nonce, and returns it in XML. */
    String send() {
        byte[] message = write();
        session.messageSent();
        sent = XmlForm.toXml(message);
        Matcher nonce = Pattern.compile("<m:NextNonce>(.*?)</m:NextNonce>").matcher(sent);
        if (nonce.find()) {
            serverNonce = java.util.Base64.getDecoder().decode(nonce.group(1));
        }
        return sent;
    }

    byte[] write() {
        session.beginHeader();
        short measured = session.writeMessage(null);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        if (session.hasMac()) {
            session.writeMac(sink(line));
        }
        macLine = line.toString(StandardCharsets.UTF_8);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        session.writeMessage(sink(first));
        assertThat(session.writeMessage(sink(second))).isEqualTo(measured);
        assertThat(second.toByteArray()).hasSize(measured).isEqualTo(first.toByteArray());
        return second.toByteArray();
    }

    static MessageSink sink(ByteArrayOutputStream out) {
        return new MessageSink() {
            @Override
            public void write(byte b) {
                out.write(b);
            }

            @Override
            public void write(byte[] buf, short off, short len) {
                out.write(buf, off, len);
            }
        };
    }

    /** Identifier of the card's message sent last. */
    String sentMessage() {
        return tag(sent, "MsgID");
    }

    static String tag(String xml, String name) {
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(xml);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** A message of the server without credentials, whose status of the card's header is given. */
    String message(int headerStatus, String chal, String body) {
        return message("", headerStatus, chal, body);
    }

    /** A message with the right credentials. */
    String authenticated(String body) {
        return message(cred(serverSecret), 212, "", body);
    }

    /** A message once both are authenticated. */
    String following(String body) {
        return message("", 200, "", body);
    }

    String message(String cred, int headerStatus, String chal, String body) {
        serverMessage++;
        return "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>" + tag(sent, "SessionID")
                + "</SessionID><MsgID>" + serverMessage + "</MsgID><Target><LocURI>ICCID:89490200001234567890</LocURI>"
                + "</Target><Source><LocURI>" + server + "</LocURI></Source>" + cred + limits
                + "</SyncHdr><SyncBody><Status>"
                + "<CmdID>1</CmdID><MsgRef>" + sentMessage() + "</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>" + chal
                + "<Data>" + headerStatus + "</Data></Status>" + body + "</SyncBody></SyncML>";
    }

    String cred(String secret) {
        return "<Cred><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type></Meta><Data>"
                + digest(server, secret, serverNonce) + "</Data></Cred>";
    }

    static String chal(String nonce) {
        return chal("syncml:auth-md5", nonce);
    }

    static String chal(String type, String nonce) {
        return "<Chal><Meta><m:Format>b64</m:Format><m:Type>" + type + "</m:Type><m:NextNonce>"
                + java.util.Base64.getEncoder().encodeToString(bytes(nonce)) + "</m:NextNonce></Meta></Chal>";
    }

    /** B64(H(B64(H(name:secret)):nonce)), OMA DM Security 1.2. */
    static String digest(String name, String secret, byte[] nonce) {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        in.writeBytes(java.util.Base64.getEncoder().encode(md5(bytes(name + ":" + secret))));
        in.write(':');
        in.writeBytes(nonce);
        return java.util.Base64.getEncoder().encodeToString(md5(in.toByteArray()));
    }

    /** B64(H(B64(H(name:secret)):nonce:B64(H(message)))), OMA DM Security 1.2. */
    static String mac(String name, String secret, byte[] nonce, byte[] message) {
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        in.writeBytes(java.util.Base64.getEncoder().encode(md5(bytes(name + ":" + secret))));
        in.write(':');
        in.writeBytes(nonce);
        in.write(':');
        in.writeBytes(java.util.Base64.getEncoder().encode(md5(message)));
        return java.util.Base64.getEncoder().encodeToString(md5(in.toByteArray()));
    }

    static byte[] md5(byte[] in) {
        try {
            return java.security.MessageDigest.getInstance("MD5").digest(in);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte receive(String message) {
        return receive(XmlForm.toWbxml(message));
    }

    /** The server's message, whose header has a line. */
    byte receive(String line, byte[] message) {
        byte[] header = bytes(line);
        session.takeHeader(header, (short) header.length);
        return receive(message);
    }

    byte receive(byte[] message) {
        session.beginResponse();
        for (int at = 0; at < message.length; at += pieces) {
            session.receive(message, (short) at, (short) Math.min(pieces, message.length - at));
        }
        return session.endResponse();
    }

    /** Begins a session in which the server gives these commands, and returns the card's answer. */
    String answerTo(String commands) {
        start();
        assertThat(receive(authenticated(commands + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        return send();
    }

    /** The server's next message gives these commands; returns the card's answer. */
    String thenAnswerTo(String commands) {
        assertThat(receive(following(commands + "<Final/>"))).isEqualTo(DmSession.NEXT_MESSAGE);
        return send();
    }

    /** The server has no more commands. */
    void finish() {
        assertThat(receive(following("<Final/>"))).isEqualTo(DmSession.FINISHED);
    }

    /** Status codes in a message of the card by command, as {@code CmdRef=code}, without that of the header. */
    static List<String> statuses(String xml) {
        List<String> statuses = new ArrayList<>();
        Matcher matcher = Pattern.compile("<Status>(.*?)</Status>").matcher(xml);
        while (matcher.find()) {
            String status = matcher.group(1);
            if (!tag(status, "CmdRef").equals("0")) {
                statuses.add(tag(status, "CmdRef") + "=" + tag(status.replaceAll("<Chal>.*</Chal>", ""), "Data"));
            }
        }
        return statuses;
    }

    /** The tree below a node, one line a node: URI, format, type, value; what is secret in the clear. */
    List<String> tree() {
        List<String> lines = new ArrayList<>();
        describe(MoStore.ROOT, lines);
        return lines;
    }

    List<String> tree(String below) {
        return tree().stream().filter(line -> line.startsWith(below)).toList();
    }

    /** Access list, title and version number of each node, one line a node. */
    List<String> properties() {
        List<String> lines = new ArrayList<>();
        for (short node = MoStore.ROOT; node != MoStore.NONE; node = store.following(node, MoStore.ROOT, true)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            store.writeUri(node, sink(line));
            line.write(' ');
            store.writeAcl(node, sink(line));
            line.write(' ');
            store.writeTitle(node, sink(line));
            lines.add(line.toString(StandardCharsets.UTF_8) + " " + store.verNo(node));
        }
        return lines;
    }

    private void describe(short node, List<String> lines) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        MessageSink sink = sink(line);
        store.writeUri(node, sink);
        line.write(' ');
        Format.write(store.format(node), sink);
        if (store.hasType(node)) {
            line.write(' ');
            store.writeType(node, sink);
        }
        if (store.isSecret(node)) {
            line.writeBytes(bytes(" secret = "));
            store.writeSecret(node, sink);
        } else if (!store.isInterior(node)) {
            line.writeBytes(bytes(" = "));
            store.writeValue(node, (short) 0, store.valueLength(node), sink);
        }
        lines.add(line.toString(StandardCharsets.UTF_8));
        if (store.isInterior(node)) {
            for (short child = store.firstChild(node); child != MoStore.NONE; child = store.nextSibling(child)) {
                assertThat(store.parent(child)).isEqualTo(node);
                describe(child, lines);
            }
        }
    }
}
