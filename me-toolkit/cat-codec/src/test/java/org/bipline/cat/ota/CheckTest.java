// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.ota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.bipline.cat.tlv.ByteString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SEC-8")
class CheckTest {
    private static final ByteString MESSAGE =
            ByteString.ofHex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                    + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

    /** RFC 4493 clause 4; the keys of 192 and 256 bits NIST SP 800-38B appendix D. */
    @ParameterizedTest
    @CsvSource({
        "2b7e151628aed2a6abf7158809cf4f3c, 0, bb1d6929e95937287fa37d129b756746",
        "2b7e151628aed2a6abf7158809cf4f3c, 16, 070a16b46b4d4144f79bdd9dd04a287c",
        "2b7e151628aed2a6abf7158809cf4f3c, 40, dfa66747de9ae63030ca32611497c827",
        "2b7e151628aed2a6abf7158809cf4f3c, 64, 51f0bebf7e3b9d92fc49741779363cfe",
        "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b, 0, d17ddf46adaacde531cac483de7a9367",
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 64, e1992190549f6ed5696a2c056c315410"
    })
    void a_checksum_of_aes_is_cmac(String key, int length, String expected) {
        byte[] checksum = OtaKey.aes(ByteString.ofHex(key))
                .checksum(MESSAGE.slice(0, length).toBytes());
        assertThat(ByteString.wrap(checksum)).hasToString(expected.toUpperCase(Locale.ROOT));
    }

    /** The check of X.25 and that of Ethernet, which ISO/IEC 13239 has too. */
    @Test
    void redundancy_checks_are_those_of_hdlc() {
        byte[] message = {1, 2, 3, 4, 5};
        assertThat(RedundancyCheck.CRC_16.over(message)).containsExactly(0x22, 0xEC);
        assertThat(RedundancyCheck.CRC_32.over(message)).containsExactly(0x47, 0x0B, 0x99, 0xF4);
    }
}
