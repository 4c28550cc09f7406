// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bipline.dm.server.Psk;

/**
 * Builds the application specific install parameters of the DM applet: specs/technical-specification.md clause 5.
 *
 * <p>Each setter refuses what the applet would refuse with 6A80, by an IllegalArgumentException that names the field.
 * Lengths are bytes of the encoded value.
 */
public final class DmAppletParameters {
    private static final int MAX_NAME = 32;
    private static final int MAX_NONCE = 16;
    private static final int MAX_TEXT = 64;
    private static final int MAX_NETWORK_ACCESS_NAME = 100;
    private static final int MAX_LABEL = 63;
    private static final int MAX_BEARER_DESCRIPTION = 16;
    private static final int MAX_AUTHORITY = 252; // 255 bytes of data less tag and length
    /** Of the card as a whole. */
    private static final Set<Integer> ONCE = Set.of(0x8F, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98);

    private static final Map<Integer, String> MANDATORY = new TreeMap<>(Map.of(
            0x80, "data destination address",
            0x81, "port",
            0x89, "server identifier",
            0x8A, "server secret",
            0x8B, "client name",
            0x8C, "client secret"));

    private final SortedMap<Integer, byte[]> values = new TreeMap<>();

    /** Address and port of the server, resolved: tags 80 and 81. */
    public DmAppletParameters destination(InetSocketAddress server) {
        InetAddress address = server.getAddress();
        if (address == null) {
            throw new IllegalArgumentException(
                    "data destination address: " + server.getHostString() + " is not resolved");
        }
        byte[] raw = address.getAddress();
        byte[] value = new byte[1 + raw.length];
        value[0] = (byte) (address instanceof Inet4Address ? 0x21 : 0x57);
        System.arraycopy(raw, 0, value, 1, raw.length);
        values.put(0x80, value);
        return number(0x81, "port", server.getPort(), 1, 0xFFFF);
    }

    /** HTTP path, visible ASCII from {@code /} on, 1 to 64 bytes: tag 82. */
    public DmAppletParameters path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("HTTP path: does not begin with /: " + path);
        }
        return visible(0x82, "HTTP path", path);
    }

    /** Value of the HTTP Host header, visible ASCII, 1 to 64 bytes: tag 83. */
    public DmAppletParameters host(String host) {
        return visible(0x83, "HTTP host", host);
    }

    /** Access point name, labels separated by dots: tag 84. */
    public DmAppletParameters networkAccessName(String name) {
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            if (text.length == 0 || text.length > MAX_LABEL) {
                throw new IllegalArgumentException("network access name: a label has 1 to 63 characters: " + name);
            }
            labels.write(text.length);
            labels.writeBytes(text);
        }
        return bytes(0x84, "network access name", labels.toByteArray(), 1, MAX_NETWORK_ACCESS_NAME);
    }

    /** Bearer description, the value of its data object, 1 to 16 bytes: tag 85. ETSI TS 102 223 clause 8.52. */
    public DmAppletParameters bearerDescription(byte... description) {
        return bytes(0x85, "bearer description", description, 1, MAX_BEARER_DESCRIPTION);
    }

    /** Buffer size asked for in OPEN CHANNEL, 1 to 32767 bytes: tag 86. */
    public DmAppletParameters bufferSize(int size) {
        return number(0x86, "buffer size", size, 1, 0x7FFF);
    }

    /** Login and password of the access point, 1 to 32 bytes each: tags 87 and 88. */
    public DmAppletParameters user(String login, String password) {
        return text(0x87, "user login", login).text(0x88, "user password", password);
    }

    /** Name and secret by which the server authenticates itself, 1 to 32 bytes each: tags 89 and 8A. */
    public DmAppletParameters server(String identifier, String secret) {
        return text(0x89, "server identifier", identifier).text(0x8A, "server secret", secret);
    }

    /** Name and secret by which the card authenticates itself, 1 to 32 bytes each: tags 8B and 8C. */
    public DmAppletParameters client(String name, String secret) {
        return text(0x8B, "client name", name).text(0x8C, "client secret", secret);
    }

    /** Nonce of the card's first credentials and of the server's, 0 to 16 bytes each: tags 8D and 8E. */
    public DmAppletParameters nonces(byte[] client, byte[] server) {
        return bytes(0x8D, "client nonce", client, 0, MAX_NONCE).bytes(0x8E, "server nonce", server, 0, MAX_NONCE);
    }

    /** Minutes between sessions, 0 for none: tag 8F. */
    public DmAppletParameters schedule(int minutes) {
        return number(0x8F, "schedule", minutes, 0, 0xFFFF);
    }

    /** Text of the menu entry, 1 to 32 letters, digits and spaces (the same in ASCII and the SIM's alphabet): tag 90. */
    public DmAppletParameters menuText(String text) {
        if (!text.matches("[A-Za-z0-9 ]*")) {
            throw new IllegalArgumentException("menu text: letters, digits and spaces only: " + text);
        }
        return text(0x90, "menu text", text);
    }

    /** Room for nodes, 64 to 2000: tag 91. */
    public DmAppletParameters storeNodes(int nodes) {
        return number(0x91, "nodes of the store", nodes, 64, 2000);
    }

    /** Room for values, 3072 to 32000 bytes: tag 92. */
    public DmAppletParameters storeBytes(int size) {
        return number(0x92, "bytes of the store", size, 3072, 32000);
    }

    /** Largest message that the card accepts, 512 to 16384 bytes: tag 93. */
    public DmAppletParameters maxMsgSize(int size) {
        return number(0x93, "MaxMsgSize", size, 512, 16384);
    }

    /** Largest object that the card accepts, 512 to 32000 bytes: tag 94. */
    public DmAppletParameters maxObjSize(int size) {
        return number(0x94, "MaxObjSize", size, 512, 32000);
    }

    /** Port of the ME at which the DM client of the device finds the card: tag 95. */
    public DmAppletParameters localPort(int port) {
        return number(0x95, "local port", port, 1, 0xFFFF);
    }

    /**
     * Name and secret by which devices authenticate themselves to the card, and the secret of the card, 1 to 32 bytes each: tags 96
     * to 98.
     */
    public DmAppletParameters device(String name, String secret, String cardSecret) {
        return text(0x96, "device name", name)
                .text(0x97, "device secret", secret)
                .text(0x98, "card secret", cardSecret);
    }

    /**
     * Secrets, 1 to 32 bytes each, of which those of each device and the card's towards it are made, so that each device has its own:
     * tags 97 and 98.
     */
    public DmAppletParameters devices(String deviceMaster, String cardMaster) {
        return text(0x97, "device secret", deviceMaster).text(0x98, "card secret", cardMaster);
    }

    /**
     * What failures of the server's credentials cost: tag 9D.
     *
     * @param failures one after another, that lock them, 1 to 127; 0 for none
     * @param minutes of the first delay, 0 to 127
     */
    public DmAppletParameters locking(int failures, int minutes) {
        if (failures < 0 || failures > 127 || minutes < 0 || minutes > 127) {
            throw new IllegalArgumentException(
                    "failures and delay: " + failures + " and " + minutes + " are not in 0 to 127");
        }
        return bytes(0x9D, "failures and delay", new byte[] {(byte) failures, (byte) minutes}, 2, 2);
    }

    /** The key by which card and server know each other in TLS: tags 99 and 9A. */
    public DmAppletParameters preSharedKey(Psk psk) {
        return bytes(0x99, "PSK identity", psk.identity().toByteArray(), Psk.MIN_IDENTITY, Psk.MAX_IDENTITY)
                .bytes(0x9A, "PSK key", psk.key().toByteArray(), Psk.MIN_KEY, Psk.MAX_KEY);
    }

    /** Whether sessions without TLS are allowed; by default they are where there is no key: tag 9B. */
    public DmAppletParameters plainTcp(boolean allowed) {
        return bytes(0x9B, "transport policy", new byte[] {(byte) (allowed ? 0 : 1)}, 1, 1);
    }

    /** The least authentication of both sides' messages, 1 for {@code syncml:auth-md5}, 2 for {@code syncml:auth-MAC}: tag 9C. */
    public DmAppletParameters level(int least) {
        if (least != 1 && least != 2) {
            throw new IllegalArgumentException("authentication level: " + least + " is not 1 or 2");
        }
        return bytes(0x9C, "authentication level", new byte[] {(byte) least}, 1, 1);
    }

    /** What the authority may do beyond what the lists of nodes say: tag 9E. */
    public DmAppletParameters rights(AuthorityRights rights) {
        return bytes(0x9E, "rights", rights.encode(), 0, AuthorityRights.MAX);
    }

    /**
     * A further authority as STORE DATA takes it: template A0 with these TLVs.
     *
     * @throws IllegalArgumentException when a mandatory value was not given, one is there that a card has only once, or they are more
     *     than a command holds
     */
    public byte[] encodeAuthority() {
        values.keySet().stream().filter(ONCE::contains).findFirst().ifPresent(tag -> {
            throw new IllegalArgumentException("tag %02X: only the card as a whole has it".formatted(tag));
        });
        byte[] value = encode();
        if (value.length > MAX_AUTHORITY) {
            throw new IllegalArgumentException(
                    "authority: " + value.length + " bytes, where " + MAX_AUTHORITY + " have room in a command");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xA0);
        if (value.length > 0x7F) {
            out.write(0x81);
        }
        out.write(value.length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    /**
     * The TLVs, the value of tag C9 of INSTALL [for install].
     *
     * @throws IllegalArgumentException when a mandatory value was not given
     */
    public byte[] encode() {
        List<String> missing = MANDATORY.entrySet().stream()
                .filter(entry -> !values.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("missing: " + String.join(", ", missing));
        }
        if (!values.containsKey(0x9A) && values.containsKey(0x9B) && values.get(0x9B)[0] != 0) {
            throw new IllegalArgumentException("transport policy: TLS only, and there is no PSK key");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        values.forEach((tag, value) -> {
            out.write(tag);
            out.write(value.length); // no value has more than 127 bytes
            out.writeBytes(value);
        });
        return out.toByteArray();
    }

    private DmAppletParameters number(int tag, String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " is not in " + min + " to " + max);
        }
        values.put(tag, new byte[] {(byte) (value >> 8), (byte) value});
        return this;
    }

    private DmAppletParameters text(int tag, String name, String value) {
        return bytes(tag, name, value.getBytes(StandardCharsets.UTF_8), 1, MAX_NAME);
    }

    private DmAppletParameters visible(int tag, String name, String value) {
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(name + ": visible ASCII only, without spaces: " + value);
        }
        return bytes(tag, name, value.getBytes(StandardCharsets.US_ASCII), 1, MAX_TEXT);
    }

    private DmAppletParameters bytes(int tag, String name, byte[] value, int min, int max) {
        if (value.length < min || value.length > max) { // without the value: it may be a secret
            throw new IllegalArgumentException(
                    name + ": " + value.length + " bytes, where " + min + " to " + max + " are allowed");
        }
        values.put(tag, value.clone());
        return this;
    }
}
