// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** Types of command. ETSI TS 102 223 clause 9.4, 3GPP TS 31.111 clause 9.4. */
public enum TypeOfCommand implements Coded {
    REFRESH(0x01),
    MORE_TIME(0x02),
    POLL_INTERVAL(0x03),
    POLLING_OFF(0x04),
    SET_UP_EVENT_LIST(0x05),
    SET_UP_CALL(0x10),
    SEND_SS(0x11),
    SEND_USSD(0x12),
    SEND_SHORT_MESSAGE(0x13),
    SEND_DTMF(0x14),
    LAUNCH_BROWSER(0x15),
    GEOGRAPHICAL_LOCATION_REQUEST(0x16),
    PLAY_TONE(0x20),
    DISPLAY_TEXT(0x21),
    GET_INKEY(0x22),
    GET_INPUT(0x23),
    SELECT_ITEM(0x24),
    SET_UP_MENU(0x25),
    PROVIDE_LOCAL_INFORMATION(0x26),
    TIMER_MANAGEMENT(0x27),
    SET_UP_IDLE_MODE_TEXT(0x28),
    PERFORM_CARD_APDU(0x30),
    POWER_ON_CARD(0x31),
    POWER_OFF_CARD(0x32),
    GET_READER_STATUS(0x33),
    RUN_AT_COMMAND(0x34),
    LANGUAGE_NOTIFICATION(0x35),
    OPEN_CHANNEL(0x40),
    CLOSE_CHANNEL(0x41),
    RECEIVE_DATA(0x42),
    SEND_DATA(0x43),
    GET_CHANNEL_STATUS(0x44),
    SERVICE_SEARCH(0x45),
    GET_SERVICE_INFORMATION(0x46),
    DECLARE_SERVICE(0x47),
    SET_FRAMES(0x50),
    GET_FRAMES_STATUS(0x51),
    RETRIEVE_MULTIMEDIA_MESSAGE(0x60),
    SUBMIT_MULTIMEDIA_MESSAGE(0x61),
    DISPLAY_MULTIMEDIA_MESSAGE(0x62),
    ACTIVATE(0x70),
    CONTACTLESS_STATE_CHANGED(0x71),
    COMMAND_CONTAINER(0x72),
    ENCAPSULATED_SESSION_CONTROL(0x73),
    LSI_COMMAND(0x79),
    END_OF_PROACTIVE_SESSION(0x81);

    private static final CodeTable<TypeOfCommand> TABLE = new CodeTable<>(TypeOfCommand.class);

    private final int code;

    TypeOfCommand(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    /** The name as the standard writes it, in capitals. */
    @Override
    public String text() {
        return name().replace('_', ' ');
    }

    public static Optional<TypeOfCommand> of(int code) {
        return TABLE.of(code);
    }
}
