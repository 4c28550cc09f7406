// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bipline.uicc.runtime.vm.Transactions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardProfileTest {
    private static final String HEAD = """
            rule all read,update,create-ef=always
            3F00      df      all
            3F00/2F06 linear  16x1  06 all  @rules
            """;

    @Test
    void a_description_becomes_files_with_contents_numbers_and_states() {
        FileSystem files = CardProfile.parse(HEAD + """
                iccid 8901
                3F00/2FE2      transparent 3    02 all @iccid   # the number
                3F00/7F10      df          all
                3F00/7F10/6F3A linear      2x3  -  all 01,0203
                3F00/7F10/6F39 ber-tlv     20   -  all 5F0101AA8000
                3F00/7F10/6F38 transparent 1    -  all +deactivated
                """).withIccid("12345").fileSystem(new Transactions());
        assertThat(((Ef) files.mf().child(0x2FE2)).contents()).containsExactly(0x21, 0x43, 0xF5);
        Df telecom = (Df) files.mf().child(0x7F10);
        assertThat(((Ef) telecom.child(0x6F3A)).contents()).containsExactly(1, 0xFF, 2, 3, 0xFF, 0xFF);
        assertThat(((Ef) telecom.child(0x6F39)).objects()).containsOnlyKeys(0x5F01, 0x80);
        assertThat(telecom.child(0x6F38).lifeCycle()).isEqualTo(LifeCycle.DEACTIVATED);
        assertThat(telecom.child(0x6F38).path()).isEqualTo("3F00/7F10/6F38");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            3F00/6F01;                                   the structure is missing
            3F00/6F01 tree 5 - all;                      no structure is called tree
            3F00/6F01 linear 5 - all;                    record length x number of records expected, not 5
            3F00/6F01 linear 5x255 - all;                a file of 5x255 cannot be
            3F00/6F01 transparent 2 1F all;              an SFI is 01 to 1E or -, not 1F
            3F00/6F01 transparent 2 -;                   the rule is missing
            3F00/6F01 transparent 2 - some;              no rule is called some
            3F00/6F01 transparent 2 - all 010203;        the contents 010203 are longer than the file or record
            3F00/6F01 linear 2x2 - all 01,02,03;         the contents 03 are longer than the file or record
            3F00/6F01 transparent 9 - all @imsi;         nothing says what @imsi is
            3F00/6F01 ber-tlv 9 - all 8005AA;            the contents are no sequence of BER-TLV data objects
            3F00/6F01 ber-tlv 2 - all 8001AA;            the contents are longer than the file
            3F00/2F06 transparent 2 - all;               there is a file 3F00/2F06 already
            3F00/6F transparent 2 - all;                 a file identifier has four hexadecimal digits, not 6F
            3F00/5F01/6F01 transparent 2 - all;          there is no directory 3F00/5F01 before it
            USIM adf A000 all;                           an AID has 5 to 16 bytes, not 2
            imsi 12345;                                  IMSI is 6 to 15 digits, not 12345
            rule other read=pin9;                        no condition or key is called pin9
            rule other peek=pin1;                        no access is called peek
            pin 3F00 pin1 12;                            a PIN is 4 to 8 digits, not 12
            pin 3F00 pin1 1234 tries=16;                 unblock=, tries=1 to 15 or disabled expected, not tries=16
            rule other read=pin1 update=pin1;            an EF ARR has records, and as many as there are rules: 2
            """)
    void what_is_wrong_is_told_with_its_line(String line, String reason) {
        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> CardProfile.parse(HEAD + line))
                .withMessageEndingWith(": " + reason)
                .satisfies(e -> assertThat(e.line()).isBetween(3, 4));
    }

    @Test
    void a_description_without_mf_is_refused() {
        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> CardProfile.parse("# nothing"))
                .withMessage("line 1: there is no MF, 3F00");
    }
}
