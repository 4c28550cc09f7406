// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** BER-TLV tags from the ME to the UICC. ETSI TS 102 223 clause 9.2, 3GPP TS 31.111 clause 9.2. */
public enum EnvelopeType {
    SMS_PP_DOWNLOAD(0xD1),
    CELL_BROADCAST_DOWNLOAD(0xD2),
    MENU_SELECTION(0xD3),
    CALL_CONTROL(0xD4),
    MO_SHORT_MESSAGE_CONTROL(0xD5),
    EVENT_DOWNLOAD(0xD6),
    TIMER_EXPIRATION(0xD7),
    USSD_DOWNLOAD(0xD9),
    MMS_TRANSFER_STATUS(0xDA),
    MMS_NOTIFICATION_DOWNLOAD(0xDB),
    TERMINAL_APPLICATIONS(0xDC),
    GEOGRAPHICAL_LOCATION_REPORTING(0xDD),
    ENVELOPE_CONTAINER(0xDE),
    PROSE_REPORT(0xDF);

    /** Made once: a lookup costs nothing. */
    private static final List<Optional<EnvelopeType>> BY_TAG =
            new ArrayList<>(Collections.nCopies(0x100, Optional.empty()));

    static {
        for (EnvelopeType type : values()) {
            BY_TAG.set(type.tag, Optional.of(type)).ifPresent(other -> {
                throw new IllegalStateException("tag of " + type + " is that of " + other);
            });
        }
    }

    private final int tag;

    EnvelopeType(int tag) {
        this.tag = tag;
    }

    public int tag() {
        return tag;
    }

    /** The name in words. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    public static Optional<EnvelopeType> of(int tag) {
        return tag < 0 || tag >= BY_TAG.size() ? Optional.empty() : BY_TAG.get(tag);
    }
}
