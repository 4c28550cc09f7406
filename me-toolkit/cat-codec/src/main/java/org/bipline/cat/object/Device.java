// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** Device identities. ETSI TS 102 223 clause 8.7. */
public enum Device implements Coded {
    KEYPAD(0x01),
    DISPLAY(0x02),
    EARPIECE(0x03),
    ADDITIONAL_CARD_READER_0(0x10),
    ADDITIONAL_CARD_READER_1(0x11),
    ADDITIONAL_CARD_READER_2(0x12),
    ADDITIONAL_CARD_READER_3(0x13),
    ADDITIONAL_CARD_READER_4(0x14),
    ADDITIONAL_CARD_READER_5(0x15),
    ADDITIONAL_CARD_READER_6(0x16),
    ADDITIONAL_CARD_READER_7(0x17),
    CHANNEL_1(0x21),
    CHANNEL_2(0x22),
    CHANNEL_3(0x23),
    CHANNEL_4(0x24),
    CHANNEL_5(0x25),
    CHANNEL_6(0x26),
    CHANNEL_7(0x27),
    ECAT_CLIENT_1(0x31),
    ECAT_CLIENT_2(0x32),
    ECAT_CLIENT_3(0x33),
    ECAT_CLIENT_4(0x34),
    ECAT_CLIENT_5(0x35),
    ECAT_CLIENT_6(0x36),
    ECAT_CLIENT_7(0x37),
    ECAT_CLIENT_8(0x38),
    ECAT_CLIENT_9(0x39),
    ECAT_CLIENT_10(0x3A),
    ECAT_CLIENT_11(0x3B),
    ECAT_CLIENT_12(0x3C),
    ECAT_CLIENT_13(0x3D),
    ECAT_CLIENT_14(0x3E),
    ECAT_CLIENT_15(0x3F),
    UICC(0x81),
    TERMINAL(0x82),
    NETWORK(0x83);

    private static final CodeTable<Device> TABLE = new CodeTable<>(Device.class);

    private final int code;

    Device(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The channel's device, for channel identifiers 1 to 7. */
    public static Device channel(int channelIdentifier) {
        return of(0x20 + channelIdentifier)
                .filter(d -> channelIdentifier >= 1 && channelIdentifier <= 7)
                .orElseThrow(() -> new IllegalArgumentException("channel " + channelIdentifier));
    }

    public static Optional<Device> of(int code) {
        return TABLE.of(code);
    }

    @Override
    public String text() {
        return this == UICC ? "UICC" : Coded.super.text();
    }
}
