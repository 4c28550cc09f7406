// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.bipline.uicc.runtime.vm.Transactions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The test sets of 3GPP TS 35.207 and TS 35.208, and for the second generation those of TS 55.205. */
class MilenageTest {
    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, to));
    }

    @ParameterizedTest(name = "set {0}")
    @CsvFileSource(resources = "milenage.csv", numLinesToSkip = 2)
    void gives_what_the_test_sets_say(
            String set,
            String k,
            String rand,
            String sqn,
            String amf,
            String op,
            String opc,
            String f1,
            String f1Star,
            String f2,
            String f5,
            String f3,
            String f4,
            String f5Star,
            String sres,
            String kc) {
        byte[] derived = Milenage.opc(bytes(k), bytes(op));
        assertThat(derived).isEqualTo(bytes(opc));
        Milenage milenage = new Milenage(bytes(k), derived);
        byte[] challenge = bytes(rand);
        assertThat(milenage.out1(challenge, bytes(sqn), bytes(amf))).isEqualTo(bytes(f1 + f1Star));
        byte[] out2 = milenage.out2(challenge);
        assertThat(hex(out2, 0, 6)).isEqualTo(f5);
        assertThat(hex(out2, 8, 16)).isEqualTo(f2);
        assertThat(milenage.out3(challenge)).isEqualTo(bytes(f3));
        assertThat(milenage.out4(challenge)).isEqualTo(bytes(f4));
        assertThat(hex(milenage.out5(challenge), 0, 6)).isEqualTo(f5Star);
        if (sres != null) {
            byte[] gsm = new Aka(new Aka.Subscriber(bytes(k), derived, 0), new Transactions()).gsm(challenge);
            assertThat(gsm).isEqualTo(bytes(sres + kc));
        }
    }
}
