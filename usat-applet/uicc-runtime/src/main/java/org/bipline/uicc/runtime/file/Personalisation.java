// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bipline.uicc.runtime.ota.Keyset;
import org.bipline.uicc.runtime.vm.Transactions;

/** Makes the file system of one card from the statements of its description. */
final class Personalisation {
    private final List<ProfileStatement> statements;
    private final Map<String, byte[]> variables = new HashMap<>();
    private final List<ProfileStatement.Rule> rules = new ArrayList<>();

    /** Identifier of the EF ARR of a DF, by the path of the DF. */
    private final Map<String, Integer> accessRules = new HashMap<>();

    private final Map<String, Df> directories = new HashMap<>();
    private FileSystem files;

    Personalisation(List<ProfileStatement> statements, String iccid, String imsi) {
        this.statements = statements;
        if (!iccid.isEmpty()) {
            variables.put("@iccid", iccid(iccid));
        }
        if (!imsi.isEmpty()) {
            variables.put("@imsi", imsi(imsi));
            variables.put("@acc", accessControlClass(imsi));
        }
    }

    FileSystem fileSystem(Transactions transactions) {
        for (ProfileStatement statement : statements) {
            if (statement instanceof ProfileStatement.Rule rule) {
                rules.add(rule);
            } else if (statement instanceof ProfileStatement.File file
                    && file.variable().equals("@rules")) {
                accessRules.put(parent(file.path()), identifier(file.line(), file.path()));
            }
        }
        for (ProfileStatement statement : statements) {
            switch (statement) {
                case ProfileStatement.Rule rule -> {} // collected above, since a file may stand before its rule
                case ProfileStatement.Directory directory -> add(directory, transactions);
                case ProfileStatement.File file -> add(file, transactions);
                case ProfileStatement.Subscriber subscriber -> {
                    directory(subscriber.line(), "3F00");
                    files.setAka(new Aka(subscriber.subscriber(), transactions));
                }
                case ProfileStatement.OtaKeys keys -> add(keys, transactions);
                case ProfileStatement.Key key ->
                    directory(key.line(), key.df()).pins().add(new Pin(key.pin(), transactions));
            }
        }
        if (files == null) {
            throw new ProfileException(1, "there is no MF, 3F00");
        }
        return files;
    }

    private void add(ProfileStatement.OtaKeys keys, Transactions transactions) {
        directory(keys.line(), "3F00");
        if (!files.addOtaKeyset(new Keyset(keys.keyset(), transactions))) {
            throw new ProfileException(
                    keys.line(), "there is a keyset " + keys.keyset().version() + " already");
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static int identifier(int line, String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (!last.matches("[0-9A-Fa-f]{4}")) {
            throw new ProfileException(line, "a file identifier has four hexadecimal digits, not " + last);
        }
        return Integer.parseInt(last, 16);
    }

    private Df directory(int line, String path) {
        Df df = directories.get(path);
        if (df == null) {
            throw new ProfileException(line, "there is no directory " + path + " before it");
        }
        return df;
    }

    private void add(ProfileStatement.Directory directory, Transactions transactions) {
        String path = directory.path();
        SecurityAttributes security = security(directory.line(), path, directory.rule());
        Df df;
        if (path.equals("3F00")) {
            df = new Df(null, FileSystem.MF, security, directory.aid(), new ArrayList<>(4));
            files = new FileSystem(df, transactions);
        } else if (directory.aid().length > 0) {
            Df mf = directory(directory.line(), "3F00");
            df = new Df(mf, FileSystem.CURRENT_ADF, security, directory.aid(), new ArrayList<>(2));
            files.addApplication(df);
        } else {
            Df parent = directory(directory.line(), parent(path));
            df = new Df(parent, identifier(directory.line(), path), security, directory.aid(), new ArrayList<>(0));
            put(directory.line(), parent, df);
        }
        if (directories.put(path, df) != null) {
            throw new ProfileException(directory.line(), "there is a directory " + path + " already");
        }
    }

    private static void put(int line, Df parent, CardFile file) {
        if (!parent.put(file)) {
            throw new ProfileException(line, "there is a file " + file.path() + " already");
        }
    }

    private void add(ProfileStatement.File file, Transactions transactions) {
        Df parent = directory(file.line(), parent(file.path()));
        Ef.Description description = new Ef.Description(
                identifier(file.line(), file.path()),
                file.shortIdentifier(),
                file.structure(),
                file.recordLength(),
                file.shareable(),
                security(file.line(), parent(file.path()), file.rule()));
        boolean tlv = file.structure() == Ef.Structure.BER_TLV;
        Ef ef = new Ef(parent, description, tlv ? new byte[file.size()] : contents(file));
        if (tlv) {
            try {
                DataObjects.read(file.contents()).forEach((tag, object) -> ef.setObject(tag, object, transactions));
            } catch (FileFault.Thrown e) {
                throw new ProfileException(file.line(), "the contents are no sequence of BER-TLV data objects");
            }
            if (ef.used() > ef.size()) {
                throw new ProfileException(file.line(), "the contents are longer than the file");
            }
        }
        if (file.lifeCycle() != LifeCycle.ACTIVATED) {
            ef.setLifeCycle(file.lifeCycle(), transactions);
        }
        put(file.line(), parent, ef);
    }

    private byte[] contents(ProfileStatement.File file) {
        if (file.variable().isEmpty()) {
            return file.contents();
        }
        if (file.variable().equals("@rules")) {
            return rules(file);
        }
        byte[] value = variables.get(file.variable());
        if (value == null) {
            throw new ProfileException(file.line(), "nothing says what " + file.variable() + " is");
        }
        return padded(value, file.size());
    }

    private byte[] rules(ProfileStatement.File file) {
        int recordLength = file.recordLength();
        if (recordLength == 0 || recordLength * rules.size() > file.size()) {
            throw new ProfileException(
                    file.line(), "an EF ARR has records, and as many as there are rules: " + rules.size());
        }
        byte[] records = padded(new byte[0], file.size());
        for (int i = 0; i < rules.size(); i++) {
            byte[] encoded = rules.get(i).encoded();
            if (encoded.length > recordLength) {
                throw new ProfileException(
                        rules.get(i).line(),
                        "the rule has " + encoded.length + " bytes, a record of " + file.path() + " " + recordLength);
            }
            System.arraycopy(encoded, 0, records, i * recordLength, encoded.length);
        }
        return records;
    }

    /** {@code from}: path of the DF where the EF ARR is looked for first. */
    private SecurityAttributes security(int line, String from, String rule) {
        if (rule.matches("ab:([0-9A-Fa-f]{2})*")) {
            return new SecurityAttributes.Expanded(HexFormat.of().parseHex(rule, 3, rule.length()));
        }
        if (rule.matches("8c:([0-9A-Fa-f]{2})*")) {
            return new SecurityAttributes.Compact(HexFormat.of().parseHex(rule, 3, rule.length()));
        }
        int record = 0;
        for (int i = 0; i < rules.size() && record == 0; i++) {
            record = rules.get(i).name().equals(rule) ? i + 1 : 0;
        }
        if (record == 0) {
            throw new ProfileException(line, "no rule is called " + rule);
        }
        String df = from;
        while (!accessRules.containsKey(df)) {
            if (df.equals("3F00")) {
                throw new ProfileException(line, "no EF ARR (contents @rules) is in " + from + " or above it");
            }
            df = df.contains("/") ? parent(df) : "3F00"; // the MF is above an ADF
        }
        return new SecurityAttributes.Referenced(accessRules.get(df), record);
    }

    private static byte[] padded(byte[] bytes, int size) {
        byte[] padded = Arrays.copyOf(bytes, size);
        Arrays.fill(padded, Math.min(bytes.length, size), size, (byte) 0xFF);
        return padded;
    }

    /** Digits two a byte, the first one low, as EF ICCID has them. */
    private static byte[] iccid(String digits) {
        return swapped((digits + "F".repeat(20)).substring(0, 20));
    }

    /** EF IMSI: length, then parity (9 for an odd number of digits, 1 for an even one) before the digits. */
    private static byte[] imsi(String digits) {
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

    private static byte[] swapped(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (((bytes[i] & 0xF0) >> 4) | (bytes[i] << 4));
        }
        return bytes;
    }
}
