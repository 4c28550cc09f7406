// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bipline.card.ScriptedMe;

/**
 * A TLS server on the cryptography of the JDK that does as a test says, also what a correct one never does. It shares no code with
 * the card.
 */
public final class TestTlsServer {
    public static final int CHANGE_CIPHER_SPEC = 20;
    public static final int ALERT = 21;
    public static final int HANDSHAKE = 22;
    public static final int DATA = 23;

    // what it does, to be set by the test
    public byte[] key;
    public int suite = 0xAE;
    public boolean extendedMasterSecret = true;
    public boolean maxFragmentLength = true;
    public boolean hint;
    public boolean resumes = true;
    public int extraPadding;
    public UnaryOperator<byte[]> serverHello = UnaryOperator.identity();
    public UnaryOperator<byte[]> verifyData = UnaryOperator.identity();

    // what came
    public final List<String> alerts = new ArrayList<>();
    public final ByteArrayOutputStream data = new ByteArrayOutputStream();
    public String identity = "";
    public String suites = "";
    public boolean finished;
    public boolean resumed;

    private final Map<String, byte[]> sessions = new HashMap<>();
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private byte[] sessionId = new byte[0];
    private byte[] clientRandom;
    private final byte[] serverRandom = new byte[32];
    private byte[] master;
    private byte[] keys;
    private boolean readProtected;
    private boolean writeProtected;
    private long readSequence;
    private long writeSequence;
    private byte counter;

    public TestTlsServer(byte[] key) {
        this.key = key;
    }

    /** Forgets the connection, not the sessions. */
    public void reconnect() {
        transcript.reset();
        readProtected = false;
        writeProtected = false;
        readSequence = 0;
        writeSequence = 0;
        finished = false;
        resumed = false;
        alerts.clear();
        data.reset();
    }

    public void forgetSessions() {
        sessions.clear();
    }

    /** Takes a whole flight of the client and answers with records. */
    public List<byte[]> answer(byte[] flight) {
        List<byte[]> answer = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(flight);
        while (in.hasRemaining()) {
            byte type = in.get();
            require(in.getShort() == 0x0303, "version of the record");
            byte[] fragment = take(in, in.getShort() & 0xFFFF);
            byte[] content = readProtected ? unprotect(type, fragment) : fragment;
            require(content.length <= 512, "fragment too long");
            switch (type) {
                case CHANGE_CIPHER_SPEC -> readProtected = true;
                case ALERT -> alerts.add(content[0] + "/" + content[1]);
                case DATA -> data.writeBytes(content);
                default -> handshake(content, answer);
            }
        }
        return answer;
    }

    /** Takes what a card sends through its ME, and answers, until neither has more; returns what the card has sent within TLS. */
    public String exchange(ScriptedMe me) {
        data.reset();
        for (byte[] sent = me.sent(); sent.length > 0; sent = me.sent()) {
            byte[] answer = concat(answer(sent).toArray(byte[][]::new));
            if (answer.length > 0) {
                me.receive(answer);
            }
        }
        return data.toString(ISO_8859_1);
    }

    /** Application data in records as long as they may be. */
    public byte[] data(byte[] text) {
        byte[] records = {};
        for (int at = 0; at < text.length; at += 512) {
            records = concat(records, record(DATA, Arrays.copyOfRange(text, at, Math.min(text.length, at + 512))));
        }
        return records;
    }

    private void handshake(byte[] message, List<byte[]> answer) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int type = in.getInt() >>> 24;
        require(ByteBuffer.wrap(message).getInt() << 8 >>> 8 == in.remaining(), "one message a record");
        if (type == 20) {
            byte[] expected = verifyData("client finished");
            require(Arrays.equals(expected, take(in, 12)), "Finished of the client");
            transcript.writeBytes(message);
            finished = true;
            if (!resumed) {
                sessions.put(HexFormat.of().formatHex(sessionId), master);
                serverFinished(answer);
            }
            return;
        }
        transcript.writeBytes(message);
        if (type == 1) {
            clientHello(in, answer);
        } else {
            require(type == 16, "ClientKeyExchange");
            identity = new String(take(in, in.getShort()), US_ASCII);
            byte[] premaster = ByteBuffer.allocate(4 + 2 * key.length)
                    .putShort((short) key.length)
                    .put(new byte[key.length])
                    .putShort((short) key.length)
                    .put(key)
                    .array();
            master = extendedMasterSecret
                    ? prf(premaster, "extended master secret", hash(), 48)
                    : prf(premaster, "master secret", concat(clientRandom, serverRandom), 48);
            deriveKeys();
        }
    }

    private void clientHello(ByteBuffer in, List<byte[]> answer) {
        require(in.getShort() == 0x0303, "version of the client");
        clientRandom = take(in, 32);
        byte[] offered = take(in, in.get());
        suites = HexFormat.of().formatHex(take(in, in.getShort()));
        require(suites.contains("%04x".formatted(suite)) && suites.endsWith("00ff"), "cipher suites");
        require(in.getShort() == 0x0100, "compression"); // one method, null
        byte[] session = sessions.get(HexFormat.of().formatHex(offered));
        resumed = resumes && session != null;
        Arrays.fill(serverRandom, ++counter);
        if (!resumed) {
            sessionId = new byte[32];
            Arrays.fill(sessionId, counter);
        } else {
            sessionId = offered;
        }
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        extensions.writeBytes(HexFormat.of().parseHex("ff01000100"));
        if (maxFragmentLength) {
            extensions.writeBytes(HexFormat.of().parseHex("0001000101"));
        }
        if (extendedMasterSecret) {
            extensions.writeBytes(HexFormat.of().parseHex("00170000"));
        }
        byte[] hello = concat(
                new byte[] {3, 3},
                serverRandom,
                new byte[] {(byte) sessionId.length},
                sessionId,
                new byte[] {0, (byte) suite, 0, 0, (byte) extensions.size()},
                extensions.toByteArray());
        answer.add(message(2, serverHello.apply(hello)));
        if (resumed) {
            master = session;
            deriveKeys();
            serverFinished(answer);
        } else {
            if (hint) {
                answer.add(message(12, concat(new byte[] {1, 0}, new byte[256])));
            }
            answer.add(message(14, new byte[0]));
        }
    }

    private void serverFinished(List<byte[]> answer) {
        answer.add(record(CHANGE_CIPHER_SPEC, new byte[] {1}));
        writeProtected = true;
        answer.add(message(20, verifyData.apply(verifyData("server finished"))));
    }

    /** A handshake message in a record of its own. */
    byte[] message(int type, byte[] body) {
        byte[] message =
                concat(ByteBuffer.allocate(4).putInt(type << 24 | body.length).array(), body);
        transcript.writeBytes(message);
        return record(HANDSHAKE, message);
    }

    public byte[] record(int type, byte[] content) {
        byte[] fragment = writeProtected ? protect(type, content) : content;
        return concat(
                new byte[] {(byte) type, 3, 3},
                ByteBuffer.allocate(2).putShort((short) fragment.length).array(),
                fragment);
    }

    private void deriveKeys() {
        keys = prf(master, "key expansion", concat(serverRandom, clientRandom), 96);
    }

    private byte[] verifyData(String label) {
        return prf(master, label, hash(), 12);
    }

    private byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(transcript.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] protect(int type, byte[] content) {
        return switch (suite) {
            case 0xA8 -> {
                byte[] explicit =
                        ByteBuffer.allocate(8).putLong(~writeSequence).array(); // any that does not come twice
                byte[] header = pseudoHeader(writeSequence++, type, content.length);
                yield concat(explicit, gcm(Cipher.ENCRYPT_MODE, 16, 36, explicit, header, content));
            }
            case 0xB0 -> concat(content, mac(32, writeSequence++, type, content));
            default -> protectCbc(type, content);
        };
    }

    private byte[] protectCbc(int type, byte[] content) {
        byte[] mac = mac(32, writeSequence++, type, content);
        int padding = 15 - (content.length + 32) % 16 + extraPadding;
        byte[] filler = new byte[padding + 1];
        Arrays.fill(filler, (byte) padding);
        byte[] iv = Arrays.copyOf(mac, 16);
        return concat(iv, cbc(Cipher.ENCRYPT_MODE, 80, iv, concat(content, mac, filler)));
    }

    private byte[] unprotect(int type, byte[] fragment) {
        return switch (suite) {
            case 0xA8 -> {
                byte[] explicit = Arrays.copyOf(fragment, 8);
                require(ByteBuffer.wrap(explicit).getLong() == readSequence, "nonce of the client");
                byte[] header = pseudoHeader(readSequence++, type, fragment.length - 24);
                byte[] text = Arrays.copyOfRange(fragment, 8, fragment.length);
                yield gcm(Cipher.DECRYPT_MODE, 0, 32, explicit, header, text);
            }
            case 0xB0 -> {
                byte[] content = Arrays.copyOf(fragment, fragment.length - 32);
                byte[] mac = Arrays.copyOfRange(fragment, content.length, fragment.length);
                require(Arrays.equals(mac, mac(0, readSequence++, type, content)), "MAC of the client");
                yield content;
            }
            default -> unprotectCbc(type, fragment);
        };
    }

    private byte[] unprotectCbc(int type, byte[] fragment) {
        byte[] plain = cbc(
                Cipher.DECRYPT_MODE,
                64,
                Arrays.copyOf(fragment, 16),
                Arrays.copyOfRange(fragment, 16, fragment.length));
        int padding = plain[plain.length - 1];
        require(padding >= 0 && padding <= plain.length - 33, "padding of the client");
        byte[] content = Arrays.copyOf(plain, plain.length - 33 - padding);
        byte[] mac = Arrays.copyOfRange(plain, content.length, content.length + 32);
        require(Arrays.equals(mac, mac(0, readSequence++, type, content)), "MAC of the client");
        return content;
    }

    private byte[] gcm(int mode, int keyOffset, int saltOffset, byte[] explicit, byte[] header, byte[] text) {
        try {
            byte[] nonce = concat(Arrays.copyOfRange(keys, saltOffset, saltOffset + 4), explicit);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(keys, keyOffset, 16, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(header);
            return cipher.doFinal(text);
        } catch (AEADBadTagException e) {
            throw new Refused("tag of the client");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pseudoHeader(long sequence, int type, int length) {
        return ByteBuffer.allocate(13)
                .putLong(sequence)
                .put((byte) type)
                .putShort((short) 0x0303)
                .putShort((short) length)
                .array();
    }

    private byte[] cbc(int mode, int keyOffset, byte[] iv, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(keys, keyOffset, 16, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] mac(int keyOffset, long sequence, int type, byte[] content) {
        return hmac(
                Arrays.copyOfRange(keys, keyOffset, keyOffset + 32),
                concat(pseudoHeader(sequence, type, content.length), content));
    }

    private static byte[] prf(byte[] secret, String label, byte[] seed, int length) {
        byte[] labelAndSeed = concat(label.getBytes(US_ASCII), seed);
        byte[] a = labelAndSeed;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < length) {
            a = hmac(secret, a);
            out.writeBytes(hmac(secret, concat(a, labelAndSeed)));
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    private static byte[] hmac(byte[] secret, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new Refused(what);
        }
    }

    /** What the client sent is not what a server takes. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String what) {
            super(what);
        }
    }
}
