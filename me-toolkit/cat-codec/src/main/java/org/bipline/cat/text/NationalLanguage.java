// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Languages that have tables of their own for the codes of seven bits, by their identifiers. 3GPP TS 23.038 clause 6.2.1.2.4. */
public enum NationalLanguage {
    TURKISH(1),
    SPANISH(2),
    PORTUGUESE(3),
    BENGALI(4),
    GUJARATI(5),
    HINDI(6),
    KANNADA(7),
    MALAYALAM(8),
    ORIYA(9),
    PUNJABI(10),
    TAMIL(11),
    TELUGU(12),
    URDU(13);

    /** Codes of a table. */
    private static final int SIZE = 0x80;

    private final int identifier;

    NationalLanguage(int identifier) {
        this.identifier = identifier;
    }

    /** National language identifier. */
    public int identifier() {
        return identifier;
    }

    public static Optional<NationalLanguage> of(int identifier) {
        return Stream.of(values())
                .filter(language -> language.identifier == identifier)
                .findFirst();
    }

    /** The table that takes the place of the default alphabet, if the language has one: Spanish has none. */
    Optional<String> lockingShift() {
        return Optional.ofNullable(Tables.LOCKING.get(this));
    }

    /** The table that takes the place of the extension table. A hole is {@link GsmAlphabet#HOLE}. */
    String singleShift() {
        return Tables.SINGLE.get(this);
    }

    /** The tables of annex A, read from their file when a language is first used. */
    private static final class Tables {
        static final Map<NationalLanguage, String> LOCKING = new EnumMap<>(NationalLanguage.class);
        static final Map<NationalLanguage, String> SINGLE = new EnumMap<>(NationalLanguage.class);
        private static final int ROWS = 16;
        private static final String HOLE = "----";

        static {
            try (InputStream in = NationalLanguage.class.getResourceAsStream("national-languages.txt");
                    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (!line.startsWith("#")) { // a heading: clause, language, kind
                        String[] heading = line.split(" ", -1);
                        Map<NationalLanguage, String> tables = heading[2].equals("LOCKING") ? LOCKING : SINGLE;
                        tables.put(NationalLanguage.valueOf(heading[1]), table(reader));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static String table(BufferedReader reader) throws IOException {
            char[] table = new char[SIZE];
            Arrays.fill(table, GsmAlphabet.HOLE);
            for (int row = 0; row < ROWS; row++) {
                String[] cells = reader.readLine().split(" ", -1);
                for (int column = 0; column < cells.length; column++) {
                    if (!cells[column].equals(HOLE)) {
                        table[ROWS * column + row] = (char) Integer.parseInt(cells[column], 16);
                    }
                }
            }
            return new String(table);
        }
    }
}
