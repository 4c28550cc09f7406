// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Reads the lines of the description of a card, see {@code specs/card-profile.md}. */
final class ProfileParser {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] NO_BYTES = {};

    private final List<ProfileStatement> statements = new ArrayList<>();
    private String iccid = "";
    private String imsi = "";

    List<ProfileStatement> statements() {
        return List.copyOf(statements);
    }

    String iccid() {
        return iccid;
    }

    String imsi() {
        return imsi;
    }

    void line(int number, String text) {
        String[] words = text.replaceFirst("#.*", "").trim().split("\\s+", -1);
        if (words[0].isEmpty()) {
            return;
        }
        try {
            switch (words[0]) {
                case "iccid" -> iccid = CardProfile.digits(word(words, 1, "digits"), 1, 20, "ICCID");
                case "imsi" -> imsi = CardProfile.digits(word(words, 1, "digits"), 6, 15, "IMSI");
                case "rule" -> statements.add(rule(number, words));
                case "milenage" -> statements.add(milenage(number, words));
                case "ota" -> statements.add(OtaKeysText.parse(number, words));
                case "pin" -> statements.add(pin(number, words));
                default -> statements.add(file(number, words));
            }
        } catch (IllegalArgumentException e) {
            throw new ProfileException(number, e.getMessage());
        }
    }

    private static String word(String[] words, int index, String what) {
        if (index >= words.length) {
            throw new IllegalArgumentException("the " + what + " is missing");
        }
        return words[index];
    }

    private static ProfileStatement rule(int line, String[] words) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        word(words, 2, "rule");
        for (int i = 2; i < words.length; i++) {
            encoded.writeBytes(RuleText.encode(words[i]));
        }
        return new ProfileStatement.Rule(line, words[1], encoded.toByteArray());
    }

    private static ProfileStatement pin(int line, String[] words) {
        int reference = RuleText.keyReference(word(words, 2, "name of the PIN"));
        byte[] value = code(word(words, 3, "value"));
        byte[] unblock = NO_BYTES;
        int tries = 3;
        boolean enabled = true;
        for (int i = 4; i < words.length; i++) {
            if (words[i].startsWith("unblock=")) {
                unblock = code(words[i].substring(8));
            } else if (words[i].matches("tries=([1-9]|1[0-5])")) {
                tries = Integer.parseInt(words[i].substring(6));
            } else if (words[i].equals("disabled")) {
                enabled = false;
            } else {
                throw new IllegalArgumentException("unblock=, tries=1 to 15 or disabled expected, not " + words[i]);
            }
        }
        return new ProfileStatement.Key(line, words[1], new Pin.Description(reference, value, unblock, tries, enabled));
    }

    private static ProfileStatement milenage(int line, String[] words) {
        byte[] key = NO_BYTES;
        byte[] op = NO_BYTES;
        byte[] opc = NO_BYTES;
        long sqn = 0;
        for (int i = 1; i < words.length; i++) {
            String value = words[i].substring(words[i].indexOf('=') + 1);
            switch (words[i].substring(0, words[i].length() - value.length())) {
                case "k=" -> key = block(value);
                case "op=" -> op = block(value);
                case "opc=" -> opc = block(value);
                case "sqn=" -> sqn = sqn(value);
                default -> throw new IllegalArgumentException("k=, op=, opc= or sqn= expected, not " + words[i]);
            }
        }
        if (key.length == 0 || op.length == opc.length) {
            throw new IllegalArgumentException("a subscriber has k= and one of op= and opc=");
        }
        byte[] derived = opc.length > 0 ? opc : Milenage.opc(key, op);
        return new ProfileStatement.Subscriber(line, new Aka.Subscriber(key, derived, sqn));
    }

    private static byte[] block(String hex) {
        byte[] bytes = HEX.parseHex(hex);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("16 bytes expected, not " + bytes.length);
        }
        return bytes;
    }

    private static long sqn(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{12}")) {
            throw new IllegalArgumentException("SQN has six bytes, not " + hex);
        }
        return Long.parseLong(hex, 16);
    }

    /** Digits of a PIN, padded with FF to 8 bytes. */
    private static byte[] code(String digits) {
        byte[] ascii = CardProfile.digits(digits, 4, Pin.LENGTH, "a PIN").getBytes(StandardCharsets.US_ASCII);
        return padded(ascii, Pin.LENGTH);
    }

    private static byte[] padded(byte[] bytes, int size) {
        byte[] padded = Arrays.copyOf(bytes, size);
        Arrays.fill(padded, Math.min(bytes.length, size), size, (byte) 0xFF);
        return padded;
    }

    private static ProfileStatement file(int line, String[] words) {
        String structure = word(words, 1, "structure");
        return switch (structure) {
            case "df" -> new ProfileStatement.Directory(line, words[0], NO_BYTES, word(words, 2, "rule"));
            case "adf" ->
                new ProfileStatement.Directory(line, words[0], aid(word(words, 2, "AID")), word(words, 3, "rule"));
            case "transparent" -> ef(line, words, Ef.Structure.TRANSPARENT);
            case "linear" -> ef(line, words, Ef.Structure.LINEAR_FIXED);
            case "cyclic" -> ef(line, words, Ef.Structure.CYCLIC);
            case "ber-tlv" -> ef(line, words, Ef.Structure.BER_TLV);
            default -> throw new IllegalArgumentException("no structure is called " + structure);
        };
    }

    private static byte[] aid(String hex) {
        byte[] aid = HEX.parseHex(hex);
        if (aid.length < 5 || aid.length > 16) {
            throw new IllegalArgumentException("an AID has 5 to 16 bytes, not " + aid.length);
        }
        return aid;
    }

    private static ProfileStatement ef(int line, String[] words, Ef.Structure structure) {
        boolean records = structure == Ef.Structure.LINEAR_FIXED || structure == Ef.Structure.CYCLIC;
        String size = word(words, 2, "size");
        if (!size.matches(records ? "[0-9]{1,3}x[0-9]{1,3}" : "[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    (records ? "record length x number of records" : "number of bytes") + " expected, not " + size);
        }
        String[] numbers = size.split("x", -1);
        int recordLength = records ? Integer.parseInt(numbers[0]) : 0;
        int count = records ? Integer.parseInt(numbers[1]) : 1;
        int bytes = Integer.parseInt(numbers[0]) * count;
        if (bytes == 0 || recordLength > 255 || count > 254) {
            throw new IllegalArgumentException("a file of " + size + " cannot be");
        }
        int shortIdentifier = shortIdentifier(word(words, 3, "SFI"));
        String rule = word(words, 4, "rule");
        String contents = "";
        boolean shareable = true;
        LifeCycle lifeCycle = LifeCycle.ACTIVATED;
        for (int i = 5; i < words.length; i++) {
            switch (words[i].toLowerCase(Locale.ROOT)) {
                case "+exclusive" -> shareable = false;
                case "+deactivated" -> lifeCycle = LifeCycle.DEACTIVATED;
                case "+terminated" -> lifeCycle = LifeCycle.TERMINATED;
                default -> contents = words[i];
            }
        }
        boolean variable = contents.startsWith("@");
        byte[] data = variable ? NO_BYTES : contents(contents, structure, recordLength, bytes);
        return new ProfileStatement.File(
                line,
                words[0],
                structure,
                recordLength,
                bytes,
                shortIdentifier,
                rule,
                variable ? contents : "",
                data,
                shareable,
                lifeCycle);
    }

    private static int shortIdentifier(String text) {
        int identifier = text.equals("-") ? 0 : Integer.parseInt(text, 16);
        if (identifier < 0 || identifier > 30) {
            throw new IllegalArgumentException("an SFI is 01 to 1E or -, not " + text);
        }
        return identifier;
    }

    /** Bytes of the whole file, records parted by commas; of a BER-TLV structure EF only its data objects. */
    private static byte[] contents(String text, Ef.Structure structure, int recordLength, int size) {
        if (structure == Ef.Structure.BER_TLV) {
            return HEX.parseHex(text);
        }
        byte[] whole = padded(NO_BYTES, size);
        int at = 0;
        for (String value : text.split(",", -1)) {
            byte[] bytes = HEX.parseHex(value);
            if (bytes.length > (recordLength == 0 ? size : recordLength) || at + bytes.length > size) {
                throw new IllegalArgumentException("the contents " + value + " are longer than the file or record");
            }
            System.arraycopy(bytes, 0, whole, at, bytes.length);
            at += recordLength;
        }
        return whole;
    }
}
