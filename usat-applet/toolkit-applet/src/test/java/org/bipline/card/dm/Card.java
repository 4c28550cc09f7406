// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.card.bip.ChannelParameters;

/** A store with a session, driven as the applet drives it, and the server that talks to it in XML. */
final class Card {
    static final String SERVER = "server.example";
    static final String CLIENT = "card";
    static final String SERVER_SECRET = "server secret";
    static final String CLIENT_SECRET = "client secret";
    private static final byte[] DEV_ID = "ICCID:89490200001234567890".getBytes(StandardCharsets.US_ASCII);

    final MoStore store;
    final Account account = new Account();
    final SyncRecords records;
    final DmSession session;
    LocalSession local;
    DeviceAccount devices;
    private final Device device;
    /** Size of the pieces in which a response arrives. */
    int pieces = 100;

    /** The line x-syncml-hmac of the card's message written last, empty if it had none. */
    String macLine = "";

    byte[] serverNonce = {};
    private String sent;
    private int serverMessage;
    private String limits = "";

    Card() {
        this(400, 24576, 24576);
    }

    Card(int nodes, int bytes, int maxObjSize) {
        store = new MoStore((short) nodes, (short) bytes);
        account.setServer(bytes(SERVER), bytes(SERVER_SECRET), new byte[0]);
        account.setClient(bytes(CLIENT), bytes(CLIENT_SECRET), new byte[0]);
        account.setLimits((short) 1536, (short) maxObjSize);
        ChannelParameters channel = new ChannelParameters();
        channel.destinationAddress = new byte[] {ChannelParameters.ADDRESS_IPV4, 127, 0, 0, 1};
        channel.port = (short) 50080;
        ManagementTree.seed(store, account, channel, (short) 0, true, DEV_ID, (short) 0, (short) DEV_ID.length);
        records = new SyncRecords(store);
        device = new Device(store) {
            @Override
            void readTime() {} // the tests set it
        };
        session = new DmSession(store, account, device, records);
        local = local(new DeviceAccount(account, session.uri(), null, null, null));
    }

    private LocalSession local(DeviceAccount devices) {
        return new LocalSession(store, devices, records, device, session);
    }

    /** Devices have to authenticate themselves. */
    Card withDeviceCredentials() {
        devices = new DeviceAccount(
                account,
                session.uri(),
                bytes(TestDevice.NAME),
                bytes(TestDevice.SECRET),
                bytes(TestDevice.CARD_SECRET));
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
        return message(cred(SERVER_SECRET), 212, "", body);
    }

    /** A message once both are authenticated. */
    String following(String body) {
        return message("", 200, "", body);
    }

    String message(String cred, int headerStatus, String chal, String body) {
        serverMessage++;
        return "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>" + tag(sent, "SessionID")
                + "</SessionID><MsgID>" + serverMessage + "</MsgID><Target><LocURI>ICCID:89490200001234567890</LocURI>"
                + "</Target><Source><LocURI>" + SERVER + "</LocURI></Source>" + cred + limits
                + "</SyncHdr><SyncBody><Status>"
                + "<CmdID>1</CmdID><MsgRef>" + sentMessage() + "</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>" + chal
                + "<Data>" + headerStatus + "</Data></Status>" + body + "</SyncBody></SyncML>";
    }

    String cred(String secret) {
        return "<Cred><Meta><m:Format>b64</m:Format><m:Type>syncml:auth-md5</m:Type></Meta><Data>"
                + digest(SERVER, secret, serverNonce) + "</Data></Cred>";
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
