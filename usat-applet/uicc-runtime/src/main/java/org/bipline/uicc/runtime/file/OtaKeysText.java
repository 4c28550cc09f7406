// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.HexFormat;
import org.bipline.uicc.runtime.ota.Keyset;
import org.bipline.uicc.runtime.ota.SecurityKey;

/** The statement {@code ota} of a description: keys for secured packets. No message repeats a key. */
final class OtaKeysText {
    private static final String FORM =
            "ota VERSION kic=aes:HEX or 3des:HEX kid=aes:HEX or 3des:HEX, and cc=4 or 8 and cntr=HEX where they are needed";

    private OtaKeysText() {}

    static ProfileStatement parse(int line, String[] words) {
        SecurityKey ciphering = null;
        SecurityKey checksum = null;
        int checksumLength = 8;
        long counter = 0;
        if (words.length < 2 || !words[1].matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException(FORM + " expected");
        }
        for (int i = 2; i < words.length; i++) {
            String value = words[i].substring(words[i].indexOf('=') + 1);
            switch (words[i].substring(0, words[i].length() - value.length())) {
                case "kic=" -> ciphering = key(value);
                case "kid=" -> checksum = key(value);
                case "cc=" -> checksumLength = value.equals("4") ? 4 : value.equals("8") ? 8 : 0;
                case "cntr=" -> counter = counter(value);
                default -> throw new IllegalArgumentException(FORM + " expected");
            }
        }
        if (ciphering == null || checksum == null) {
            throw new IllegalArgumentException("a keyset has kic= and kid=");
        }
        return new ProfileStatement.OtaKeys(
                line, new Keyset.Description(Integer.parseInt(words[1]), ciphering, checksum, checksumLength, counter));
    }

    private static SecurityKey key(String text) {
        if (!text.matches("(aes|3des):([0-9A-Fa-f]{2})+")) {
            throw new IllegalArgumentException("a key is aes:HEX or 3des:HEX");
        }
        byte[] key = HexFormat.of().parseHex(text, text.indexOf(':') + 1, text.length());
        return text.startsWith("aes") ? SecurityKey.aes(key) : SecurityKey.tripleDes(key);
    }

    private static long counter(String hex) {
        if (!hex.matches("[0-9A-Fa-f]{10}")) {
            throw new IllegalArgumentException("CNTR has five bytes, not " + hex);
        }
        return Long.parseLong(hex, 16);
    }
}
