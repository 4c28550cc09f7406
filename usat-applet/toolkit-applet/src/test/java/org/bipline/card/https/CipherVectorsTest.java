// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import javacard.security.AESKey;
import javacard.security.KeyBuilder;
import javacardx.crypto.Cipher;
import org.bipline.uicc.runtime.vm.GcmCipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ciphers below TLS do what their standards say; those of HMAC and PRF are in {@link HmacTest}. */
class CipherVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** NIST SP 800-38A, appendices F.2.1 and F.2.2: AES-128 in CBC. */
    @Test
    void cbc_gives_the_published_blocks() {
        byte[] text = HEX.parseHex("6bc1bee22e409f96e93d7e117393172a" + "ae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52ef" + "f69f2445df4f9b17ad2b417be66c3710");
        String sealed = "7649abac8119b246cee98e9b12e9197d" + "5086cb9b507219ee95db113a917678b2"
                + "73bed6b8e3c1743b7116e69e22229516" + "3ff1caa1681fac09120eca307586e1a7";
        byte[] iv = HEX.parseHex("000102030405060708090a0b0c0d0e0f");
        AESKey key = key("2b7e151628aed2a6abf7158809cf4f3c");
        Cipher cipher = Cipher.getInstance(Cipher.ALG_AES_BLOCK_128_CBC_NOPAD, false);
        byte[] buffer = text.clone();

        cipher.init(key, Cipher.MODE_ENCRYPT, iv, (short) 0, (short) 16);
        cipher.doFinal(buffer, (short) 0, (short) 64, buffer, (short) 0);
        assertThat(HEX.formatHex(buffer)).isEqualTo(sealed);

        cipher.init(key, Cipher.MODE_DECRYPT, iv, (short) 0, (short) 16);
        cipher.doFinal(buffer, (short) 0, (short) 64, buffer, (short) 0);
        assertThat(buffer).isEqualTo(text);
    }

    /** McGrew and Viega, The Galois/Counter Mode of Operation, appendix B, test cases 1 to 4: AES-128. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, 000000000000000000000000, '', '', '', 58e2fccefa7e3061367f1d57a4e7455a",
        "00000000000000000000000000000000, 000000000000000000000000, '', 00000000000000000000000000000000,"
                + "0388dace60b6a392f328c2b971b2fe78, ab6e47d42cec13bdf53a67b21257bddf",
        "feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888, '',"
                + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                + "b16aedf5aa0de657ba637b391aafd255,"
                + "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05"
                + "1ba30b396a0aac973d58e091473f5985, 4d5c2af327cd64a62cf35abd2ba6fab4",
        "feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888, feedfacedeadbeeffeedfacedeadbeefabaddad2,"
                + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                + "b16aedf5aa0de657ba637b39,"
                + "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05"
                + "1ba30b396a0aac973d58e091, 5bc94fbc3221a5db94fae95ae7121a47",
    })
    void gcm_of_the_simulated_card_gives_the_published_texts_and_tags(
            String keyHex, String ivHex, String associatedHex, String textHex, String sealedHex, String tagHex) {
        AESKey key = key(keyHex);
        byte[] iv = HEX.parseHex(ivHex);
        byte[] associated = HEX.parseHex(associatedHex);
        byte[] text = HEX.parseHex(textHex);
        byte[] buffer = text.clone();
        byte[] tag = new byte[16];
        GcmCipher cipher = new GcmCipher();

        cipher.init(key, Cipher.MODE_ENCRYPT, iv, (short) 0, (short) 12);
        cipher.updateAAD(associated, (short) 0, (short) associated.length);
        cipher.doFinal(buffer, (short) 0, (short) text.length, buffer, (short) 0);
        cipher.retrieveTag(tag, (short) 0, (short) 16);
        assertThat(HEX.formatHex(buffer)).isEqualTo(sealedHex);
        assertThat(HEX.formatHex(tag)).isEqualTo(tagHex);

        cipher.init(key, Cipher.MODE_DECRYPT, iv, (short) 0, (short) 12);
        cipher.updateAAD(associated, (short) 0, (short) associated.length);
        cipher.doFinal(buffer, (short) 0, (short) text.length, buffer, (short) 0);
        assertThat(buffer).isEqualTo(text);
        assertThat(cipher.verifyTag(tag, (short) 0, (short) 16, (short) 16)).isTrue();
        tag[15] ^= 1;
        assertThat(cipher.verifyTag(tag, (short) 0, (short) 16, (short) 16)).isFalse();
    }

    private static AESKey key(String hex) {
        AESKey key = (AESKey) KeyBuilder.buildKey(KeyBuilder.TYPE_AES, KeyBuilder.LENGTH_AES_128, false);
        key.setKey(HEX.parseHex(hex), (short) 0);
        return key;
    }
}
