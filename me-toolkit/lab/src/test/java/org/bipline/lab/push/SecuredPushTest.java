// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bipline.cat.ota.CommandPacket;
import org.bipline.cat.ota.OtaKeys;
import org.bipline.cat.ota.Spi;
import org.bipline.cat.tlv.ByteString;
import org.bipline.lab.Failure;
import org.bipline.lab.card.DmAppletInstallation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("TR-3")
class SecuredPushTest {
    private static final String KIC = "000102030405060708090A0B0C0D0E0F";
    private static final String KID = "101112131415161718191A1B1C1D1E1F";
    private static final String STATEMENT = "ota 1 kic=aes:%s kid=aes:%s".formatted(KIC, KID);
    private static final ByteString TAR = ByteString.ofHex(DmAppletInstallation.TAR);

    @TempDir
    private Path directory;

    private Path file(String... lines) throws IOException {
        return Files.write(directory.resolve("card.ota"), List.of(lines));
    }

    @Test
    void keys_are_those_of_the_card_s_own_description() throws Exception {
        Path file =
                file("# keys", "iccid 8988", STATEMENT + " cc=4 cntr=00000000FF", STATEMENT.replace("ota 1", "ota 2"));
        OtaKeyFile.Entry entry = OtaKeyFile.read(file, Optional.of(1));
        assertThat(entry.counter()).isEqualTo(255);
        assertThat(entry.keys().checksumLength()).isEqualTo(4);
        assertThat(OtaKeyFile.read(file, Optional.of(2)).keys().version()).isEqualTo(2);
        assertThatThrownBy(() -> OtaKeyFile.read(file, Optional.empty())).hasMessageContaining("--keyset");
        assertThatThrownBy(() -> OtaKeyFile.read(file, Optional.of(3))).hasMessageContaining("no keyset of version 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ota 1 kic=aes:" + KIC,
                "ota 1 kic=aes:" + KIC + " kid=aes:" + KID + "00",
                "ota 1 kic=aes:" + KIC + " kid=rsa:" + KID,
                "ota 1 kic=aes:" + KIC + "zz kid=aes:" + KID,
                "ota 1 kic=aes:" + KIC + " kid=aes:" + KID + " key=" + KIC,
                "ota x kic=aes:" + KIC + " kid=aes:" + KID,
                "ota 16 kic=aes:" + KIC + " kid=aes:" + KID,
                "ota 1 kic=aes:" + KIC + " kid=aes:" + KID + " cntr=1"
            })
    @Tag("SEC-6")
    void a_wrong_statement_is_refused_with_its_line_and_without_its_keys(String statement) throws IOException {
        Path file = file("", statement);
        assertThatThrownBy(() -> OtaKeyFile.read(file, Optional.empty()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("line 2")
                .satisfies(e -> assertThat(e.toString()).doesNotContain(KIC, KID));
    }

    @Test
    @Tag("SEC-5")
    void no_two_packets_have_the_same_counter() throws Exception {
        Path state = directory.resolve("counter");
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertThat(taken.add(new CounterFile(state).next(0))).isTrue();
        }
        assertThat(state).hasContent("0000000014");
        assertThat(new CounterFile(state).next(0x1000)).isEqualTo(0x1001);
        assertThat(new CounterFile(state).next(0)).isEqualTo(0x1002);
        Files.writeString(state, "FFFFFFFFFE");
        assertThatThrownBy(() -> new CounterFile(state).next(0)).hasMessageContaining("come to its end");
        Files.writeString(state, "twelve");
        assertThatThrownBy(() -> new CounterFile(state).next(0)).hasMessageContaining("ten digits");
    }

    @ParameterizedTest
    @CsvSource({
        "00, 00, 01, true, the card takes the notification",
        "00, 01, 01, false, does not know the server",
        "00, 02, 01, false, of this session before",
        "01, '', 01, false, a key is not that of the card",
        "02, '', 01, false, the keys are right",
        "09, '', 01, false, no application with this TAR",
        "00, 00, 09, false, anybody can have made it",
        "7F, '', 01, false, reserved"
    })
    void a_receipt_is_told_in_words(String status, String data, String spi2, boolean succeeded, String words)
            throws Exception {
        OtaKeys keys = OtaKeyFile.read(file(STATEMENT), Optional.empty()).keys();
        Spi spi = new Spi(0x16, Integer.parseInt(spi2, 16));
        SecuredPush push = new SecuredPush(CommandPacket.of(spi, keys, TAR, 7, ByteString.EMPTY), Optional.of(keys));
        String rest = "0A" + TAR + "0000000007" + "00" + status + data;
        Receipt receipt = push.receipt(ByteString.ofHex("027100%04X".formatted(rest.length() / 2) + rest));
        assertThat(receipt.succeeded()).isEqualTo(succeeded);
        assertThat(receipt.text()).contains(words);
    }

    @Test
    @Tag("SEC-5")
    void what_is_no_response_to_the_push_is_none() throws Exception {
        OtaKeys keys = OtaKeyFile.read(file(STATEMENT), Optional.empty()).keys();
        SecuredPush push = SecuredPush.of(keys, SecuredPush.SECURED, TAR, 7, ByteString.EMPTY);
        assertThatThrownBy(() -> push.receipt(ByteString.EMPTY)).isInstanceOf(Failure.class);
        assertThatThrownBy(() -> push.receipt(ByteString.ofHex("027000000E"))).hasMessageContaining("element 71");
        assertThatThrownBy(() -> push.receipt(ByteString.ofHex("027100" + "000B" + "0A" + "B00011" + "00000000070000")))
                .hasMessageContaining("TAR");
    }
}
