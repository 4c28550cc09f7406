// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.https;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import javacard.framework.ISOException;
import javacard.security.AESKey;
import javacard.security.RandomData;
import org.bipline.card.bip.ByteSink;
import org.bipline.uicc.runtime.vm.GcmCipher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("deprecation") // of RandomData: what replaces its members came with Java Card 3.0.5
class TlsRecordsTest {
    private static final int WRITE_SEQUENCE = 13;

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final TlsRecords records = new TlsRecords(
            new ByteSink() {
                @Override
                public void write(byte b) {
                    wire.write(b);
                }

                @Override
                public void write(byte[] buf, short off, short len) {
                    wire.write(buf, off, len);
                }

                @Override
                public void flush() {}
            },
            new Hmac(),
            RandomData.getInstance(RandomData.ALG_SECURE_RANDOM),
            new GcmCipher(),
            true);

    @ParameterizedTest
    @ValueSource(shorts = {0xA8, 0xAE, 0xB0})
    @Tag("SEC-5")
    void uses_no_sequence_number_twice(short suite) {
        protect(suite);
        Arrays.fill(records.secrets, WRITE_SEQUENCE, WRITE_SEQUENCE + 8, (byte) 0xFF);
        records.secrets[WRITE_SEQUENCE + 7]--;
        send();
        assertThat(wire.size()).isPositive();
        wire.reset();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::send).isInstanceOf(ISOException.class);
        }
        assertThat(wire.size()).isZero();
    }

    @Test
    void carries_over_all_bytes_of_a_sequence_number() {
        protect(TlsRecords.PSK_NULL_SHA256);
        Arrays.fill(records.secrets, WRITE_SEQUENCE + 1, WRITE_SEQUENCE + 8, (byte) 0xFF);
        send();
        assertThat(Arrays.copyOfRange(records.secrets, WRITE_SEQUENCE, WRITE_SEQUENCE + 8))
                .containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(shorts = {0xA8, 0xAE, 0xB0})
    @Tag("SEC-6")
    void leaves_no_key_and_no_content_behind(short suite) {
        protect(suite);
        send();
        assertThat(records.secrets).contains((byte) 7);

        records.clear();

        assertThat(records.secrets).containsOnly(0);
        assertThat(records.buffer).containsOnly(0);
        assertThat(List.of("readKey", "writeKey"))
                .extracting(field -> key(field).isInitialized())
                .containsOnly(false);
    }

    private AESKey key(String name) {
        try {
            Field field = TlsRecords.class.getDeclaredField(name);
            field.setAccessible(true);
            return (AESKey) field.get(records);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void protect(short suite) {
        records.clear();
        records.choose(suite);
        byte[] block = new byte[TlsRecords.MAX_KEY_BLOCK];
        Arrays.fill(block, (byte) 7);
        records.setKeys(block, (short) 0);
        records.protectWriting();
    }

    private void send() {
        records.begin(TlsRecords.APPLICATION_DATA);
        records.put((byte) 1);
        records.send();
    }
}
