// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.ota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("SEC-8")
class ChecksTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String MESSAGE = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";

    /** RFC 4493 clause 4. */
    @ParameterizedTest
    @CsvSource({
        "0, bb1d6929e95937287fa37d129b756746",
        "16, 070a16b46b4d4144f79bdd9dd04a287c",
        "40, dfa66747de9ae63030ca32611497c827",
        "64, 51f0bebf7e3b9d92fc49741779363cfe"
    })
    void a_checksum_of_aes_is_cmac(int length, String expected) {
        SecurityKey key = SecurityKey.aes(HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"));
        byte[] message = HEX.parseHex(MESSAGE, 0, 2 * length);
        assertThat(HEX.formatHex(key.checksum(message))).isEqualTo(expected);
    }

    /** The check of X.25 and that of Ethernet, which ISO/IEC 13239 has too. */
    @Test
    void redundancy_checks_are_those_of_hdlc() {
        byte[] message = {1, 2, 3, 4, 5};
        assertThat(HEX.formatHex(RedundancyCheck.of(message, 2))).isEqualTo("22ec");
        assertThat(HEX.formatHex(RedundancyCheck.of(message, 4))).isEqualTo("470b99f4");
    }
}
