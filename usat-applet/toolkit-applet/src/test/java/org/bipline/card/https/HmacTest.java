// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Hmac hmac = new Hmac();

    /** RFC 4231, test cases 1 to 4, 6 and 7: key and data as byte sequence and how often it is repeated. */
    @ParameterizedTest
    @CsvSource({
        "0b, 20, 4869205468657265, 1, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 1, 7768617420646f2079612077616e7420666f72206e6f7468696e673f, 1,"
                + "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aa, 20, dd, 50, 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "0102030405060708090a0b0c0d0e0f10111213141516171819, 1, cd, 50,"
                + "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "aa, 131, 54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579"
                + "204669727374, 1, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "aa, 131, 5468697320697320612074657374207573696e672061206c6172676572207468616e20626c6f636b2d73697a65206b6579"
                + "20616e642061206c6172676572207468616e20626c6f636b2d73697a6520646174612e20546865206b6579206e65656473"
                + "20746f20626520686173686564206265666f7265206265696e6720757365642062792074686520484d414320616c676f72"
                + "6974686d2e, 1, 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    })
    void gives_the_published_codes(String key, int keyTimes, String data, int dataTimes, String code) {
        byte[] keyBytes = HEX.parseHex(key.repeat(keyTimes));
        byte[] dataBytes = HEX.parseHex(data.repeat(dataTimes));
        byte[] out = new byte[40];
        for (int cut = 0; cut <= dataBytes.length; cut += 7) {
            hmac.init(keyBytes, (short) 0, (short) keyBytes.length);
            hmac.update(dataBytes, (short) 0, (short) cut);
            hmac.update(dataBytes, (short) cut, (short) (dataBytes.length - cut));
            hmac.doFinal(out, (short) 5);
            assertThat(HEX.formatHex(out, 5, 37)).isEqualTo(code);
        }
    }

    /** The vector for P_SHA256 that was sent to the mailing list of the IETF's TLS working group. */
    @Test
    void gives_the_published_output_of_the_prf() {
        byte[] secret = HEX.parseHex("9bbe436ba940f017b17652849a71db35");
        byte[] seed = HEX.parseHex("74657374206c6162656c" + "a0ba9f936cda311827a6f796ffd5198c"); // "test label"
        String output =
                "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af"
                        + "0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701"
                        + "87347b66";
        Prf prf = new Prf(hmac, new byte[40], (short) 5);
        for (int len = 0; len <= 100; len++) {
            byte[] out = new byte[1 + 128]; // whole rounds
            prf.derive(
                    secret, (short) 0, (short) 16, seed, (short) 0, (short) seed.length, out, (short) 1, (short) len);
            assertThat(HEX.formatHex(out, 1, 1 + len)).isEqualTo(output.substring(0, 2 * len));
        }
    }
}
