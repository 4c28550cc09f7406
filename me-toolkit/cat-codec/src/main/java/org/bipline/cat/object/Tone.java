// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import java.util.Optional;

/** Tone. ETSI TS 102 223 clause 8.16. */
public record Tone(int code) implements ByteObject {
    /** Tones by code. ETSI TS 102 223 clause 8.16. */
    public enum Kind implements Coded {
        DIAL_TONE(0x01),
        CALLED_SUBSCRIBER_BUSY(0x02),
        CONGESTION(0x03),
        RADIO_PATH_ACKNOWLEDGE(0x04),
        RADIO_PATH_NOT_AVAILABLE(0x05),
        ERROR_OR_SPECIAL_INFORMATION(0x06),
        CALL_WAITING_TONE(0x07),
        RINGING_TONE(0x08),
        GENERAL_BEEP(0x10),
        POSITIVE_ACKNOWLEDGEMENT_TONE(0x11),
        NEGATIVE_ACKNOWLEDGEMENT_OR_ERROR_TONE(0x12),
        RINGING_TONE_FOR_INCOMING_SPEECH_CALL(0x13),
        ALERT_TONE_FOR_INCOMING_SMS(0x14),
        CRITICAL_ALERT(0x15),
        VIBRATE_ONLY(0x20),
        HAPPY_TONE(0x30),
        SAD_TONE(0x31),
        URGENT_ACTION_TONE(0x32),
        QUESTION_TONE(0x33),
        MESSAGE_RECEIVED_TONE(0x34),
        MELODY_1(0x40),
        MELODY_2(0x41),
        MELODY_3(0x42),
        MELODY_4(0x43),
        MELODY_5(0x44),
        MELODY_6(0x45),
        MELODY_7(0x46),
        MELODY_8(0x47);

        private static final CodeTable<Kind> TABLE = new CodeTable<>(Kind.class);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        public static Optional<Kind> of(int code) {
            return TABLE.of(code);
        }
    }

    public Tone {
        Bits.u8("tone", code);
    }

    public Optional<Kind> kind() {
        return Kind.of(code);
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.TONE;
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of().put("tone", code, kind()).toMap();
    }
}
