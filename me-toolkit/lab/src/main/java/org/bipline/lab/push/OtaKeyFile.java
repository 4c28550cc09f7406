// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.ota.OtaKey;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.lab.Failure;

/**
 * The keysets in a file, {@code ota} statements as in the description of a card (specs/card-profile.md): the same file serves
 * the card and those who push to it. What else is in it is passed over. No message repeats a key.
 */
public final class OtaKeyFile {
    private static final String FORM = "write 'ota VERSION kic=aes:HEX kid=aes:HEX', as specs/card-profile.md says";

    private OtaKeyFile() {}

    /**
     * A keyset.
     *
     * @param counter the highest value that counts as used where there is no other knowledge
     */
    public record Entry(OtaKeys keys, long counter) {}

    /**
     * Reads the keyset of a version.
     *
     * @param version empty for the only one
     */
    public static Entry read(Path file, Optional<Integer> version) throws Failure {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String[] words = line.replaceFirst("#.*", "").trim().split("\\s+", -1);
            if (words[0].equals("ota")) {
                entries.add(entry(words, file + " line " + number));
            }
        }
        List<Entry> found = entries.stream()
                .filter(e -> version.isEmpty() || e.keys().version() == version.get())
                .toList();
        if (found.size() != 1) {
            String what = version.map(v -> "of version " + v).orElse("");
            throw new Failure(
                    Failure.Kind.INPUT,
                    found.isEmpty()
                            ? "%s has no keyset %s; %s".formatted(file, what, FORM)
                            : "%s has %d keysets; choose one with --keyset".formatted(file, found.size()));
        }
        return found.get(0);
    }

    private static List<String> lines(Path file) throws Failure {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new Failure(Failure.Kind.INPUT, file + " cannot be read; give the file of the card's OTA keys", e);
        }
    }

    private static Entry entry(String[] words, String place) throws Failure {
        OtaKey ciphering = null;
        OtaKey checksum = null;
        int checksumLength = 8;
        long counter = 0;
        try {
            for (int i = 2; i < words.length; i++) {
                String value = words[i].substring(words[i].indexOf('=') + 1);
                switch (words[i].substring(0, words[i].length() - value.length())) {
                    case "kic=" -> ciphering = OtaKey.parse(value);
                    case "kid=" -> checksum = OtaKey.parse(value);
                    case "cc=" -> checksumLength = Integer.parseInt(value);
                    case "cntr=" -> counter = CounterFile.parse(value);
                    default -> throw new IllegalArgumentException("statement not understood");
                }
            }
            if (ciphering == null || checksum == null || !words[1].matches("[0-9]{1,2}")) {
                throw new IllegalArgumentException("version, kic= or kid= is missing");
            }
            return new Entry(new OtaKeys(Integer.parseInt(words[1]), ciphering, checksum, checksumLength), counter);
        } catch (IllegalArgumentException e) {
            throw new Failure(Failure.Kind.INPUT, place + ": " + e.getMessage() + "; " + FORM);
        }
    }
}
