// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** Events that the ME reports. ETSI TS 102 223 clause 8.25, 3GPP TS 31.111 clause 8.25. */
public enum Event implements Coded {
    MT_CALL(0x00),
    CALL_CONNECTED(0x01),
    CALL_DISCONNECTED(0x02),
    LOCATION_STATUS(0x03),
    USER_ACTIVITY(0x04),
    IDLE_SCREEN_AVAILABLE(0x05),
    CARD_READER_STATUS(0x06),
    LANGUAGE_SELECTION(0x07),
    BROWSER_TERMINATION(0x08),
    DATA_AVAILABLE(0x09),
    CHANNEL_STATUS(0x0A),
    ACCESS_TECHNOLOGY_CHANGE(0x0B),
    DISPLAY_PARAMETERS_CHANGED(0x0C),
    LOCAL_CONNECTION(0x0D),
    NETWORK_SEARCH_MODE_CHANGE(0x0E),
    BROWSING_STATUS(0x0F),
    FRAMES_INFORMATION_CHANGE(0x10),
    WLAN_ACCESS_STATUS(0x11),
    NETWORK_REJECTION(0x12),
    HCI_CONNECTIVITY(0x13),
    ACCESS_TECHNOLOGY_CHANGE_MULTIPLE(0x14),
    CSG_CELL_SELECTION(0x15),
    CONTACTLESS_STATE_REQUEST(0x16),
    IMS_REGISTRATION(0x17),
    INCOMING_IMS_DATA(0x18),
    PROFILE_CONTAINER(0x19),
    SECURED_PROFILE_CONTAINER(0x1B),
    POLL_INTERVAL_NEGOTIATION(0x1C),
    DATA_CONNECTION_STATUS_CHANGE(0x1D),
    CAG_CELL_SELECTION(0x1E),
    SLICES_STATUS_CHANGE(0x1F);

    private static final CodeTable<Event> TABLE = new CodeTable<>(Event.class);

    private final int code;

    Event(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    public static Optional<Event> of(int code) {
        return TABLE.of(code);
    }
}
