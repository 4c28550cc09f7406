// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bipline.uicc.runtime.vm.Transactions;

/**
 * Makes the file system of a card from the description in {@code usim.files}: one file a line, see the head of that file.
 * What differs from card to card stands there as {@code @name}.
 */
public final class Personalisation {
    /** One file of the description; {@code contents} null: a variable of the card, named by {@code variable}. */
    private record Line(
            String path,
            String structure,
            int recordLength,
            int records,
            int shortIdentifier,
            AccessRule rule,
            String variable,
            Contents contents) {}

    /** Bytes that all cards share. */
    private static final class Contents {
        final byte[] bytes;

        Contents(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private static final List<Line> LINES = load();

    private static final byte[] RULES = rules();

    private Personalisation() {}

    /** The files of a card with this ICCID and IMSI, both in digits. */
    public static FileSystem fileSystem(String iccid, String imsi, Transactions transactions) {
        Map<String, byte[]> variables =
                Map.of("@iccid", iccid(iccid), "@imsi", imsi(imsi), "@acc", accessControlClass(imsi), "@rules", RULES);
        Df mf = new Df(null, FileSystem.MF, new byte[0]);
        FileSystem files = new FileSystem(mf, transactions);
        for (Line line : LINES) {
            if (line.path().length() > 4) {
                add(files, line, variables);
            }
        }
        return files;
    }

    private static void add(FileSystem files, Line line, Map<String, byte[]> variables) {
        Df parent = files.mf();
        String[] path = line.path().split("/", -1);
        for (int i = 1; i < path.length - 1; i++) {
            parent = (Df) parent.child(Integer.parseInt(path[i], 16));
        }
        int identifier = Integer.parseInt(path[path.length - 1], 16);
        switch (line.structure()) {
            case "df" -> parent.add(new Df(parent, identifier, new byte[0]));
            case "adf" -> {
                Df adf = new Df(parent, identifier, line.contents().bytes);
                parent.add(adf);
                files.addApplication(adf);
            }
            default -> {
                byte[] contents = line.contents() != null
                        ? line.contents().bytes
                        : padded(variables.get(line.variable()), line.recordLength() * line.records());
                boolean transparent = line.structure().equals("transparent");
                parent.add(new Ef(
                        parent,
                        identifier,
                        line.shortIdentifier(),
                        transparent
                                ? Ef.Structure.TRANSPARENT
                                : line.structure().equals("cyclic") ? Ef.Structure.CYCLIC : Ef.Structure.LINEAR_FIXED,
                        transparent ? 0 : line.recordLength(),
                        line.rule(),
                        contents));
            }
        }
    }

    private static List<Line> load() {
        List<Line> lines = new ArrayList<>();
        try (InputStream in = Personalisation.class.getResourceAsStream("usim.files");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                String[] words = text.replaceFirst("#.*", "").trim().split("\\s+", -1);
                if (words.length > 1) {
                    lines.add(line(words));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(lines);
    }

    private static Line line(String[] words) {
        if (words[1].equals("df")) {
            return new Line(words[0], "df", 0, 0, 0, null, "", null);
        }
        if (words[1].equals("adf")) {
            return new Line(
                    words[0],
                    "adf",
                    0,
                    0,
                    0,
                    null,
                    "",
                    new Contents(HexFormat.of().parseHex(words[2])));
        }
        String[] size = words[2].split("x", -1);
        int recordLength = Integer.parseInt(size[0]);
        int records = size.length == 1 ? 1 : Integer.parseInt(size[1]);
        String contents = words.length > 5 ? words[5] : "";
        Contents shared = null;
        if (!contents.startsWith("@")) {
            byte[] fixed = padded(new byte[0], recordLength * records);
            int record = 0;
            for (String value : contents.split(",", -1)) {
                byte[] bytes = HexFormat.of().parseHex(value);
                System.arraycopy(bytes, 0, fixed, record++ * recordLength, bytes.length);
            }
            shared = new Contents(fixed);
        }
        return new Line(
                words[0],
                words[1],
                recordLength,
                records,
                words[3].equals("-") ? 0 : Integer.parseInt(words[3], 16),
                AccessRule.valueOf(words[4].replace('-', '_').toUpperCase(Locale.ROOT)),
                contents,
                shared);
    }

    private static byte[] padded(byte[] bytes, int size) {
        byte[] padded = Arrays.copyOf(bytes, size);
        Arrays.fill(padded, Math.min(bytes.length, size), size, (byte) 0xFF);
        return padded;
    }

    /** Digits two a byte, the first one low, as EF ICCID has them. */
    static byte[] iccid(String digits) {
        return swapped((digits + "F".repeat(20)).substring(0, 20));
    }

    /** EF IMSI: length, then parity (9 for an odd number of digits, 1 for an even one) before the digits. */
    static byte[] imsi(String digits) {
        String coded = ((digits.length() % 2 == 1 ? "9" : "1") + digits + "F".repeat(16)).substring(0, 16);
        byte[] bytes = new byte[9];
        bytes[0] = (byte) ((digits.length() + 2) / 2);
        System.arraycopy(swapped(coded), 0, bytes, 1, 8);
        return bytes;
    }

    /** Access control class: the bit of the last digit of the IMSI. */
    private static byte[] accessControlClass(String imsi) {
        int bit = 1 << (imsi.charAt(imsi.length() - 1) - '0');
        return new byte[] {(byte) (bit >> 8), (byte) bit};
    }

    private static byte[] rules() {
        int recordLength = 48;
        byte[] records = padded(new byte[0], recordLength * AccessRule.values().length);
        for (AccessRule rule : AccessRule.values()) {
            byte[] encoded = rule.encoded();
            System.arraycopy(encoded, 0, records, (rule.record() - 1) * recordLength, encoded.length);
        }
        return records;
    }

    private static byte[] swapped(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (((bytes[i] & 0xF0) >> 4) | (bytes[i] << 4));
        }
        return bytes;
    }
}
