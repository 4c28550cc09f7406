// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Card and channel in the log's MDC while the ME works for them: {@code card}, the digits of EF ICCID, and {@code channel},
 * the channel identifier. Costs nothing where the ME's log is quieter than INFO.
 */
final class LogContext {
    static final String CARD = "card";
    static final String CHANNEL = "channel";

    private static final Logger LOG = LoggerFactory.getLogger(LogContext.class);
    private static final LogContext NONE = new LogContext(false, false);

    private final boolean card;
    private final boolean channel;

    private LogContext(boolean card, boolean channel) {
        this.card = card;
        this.channel = channel;
    }

    /**
     * Names what the lines to come are about, unless that is known, until {@link #end}.
     *
     * @param channel channel identifier, or 0 when it is none of a channel
     */
    static LogContext of(MeState me, int channel) {
        if (!LOG.isInfoEnabled()) {
            return NONE;
        }
        boolean card = MDC.get(CARD) == null;
        if (card) {
            MDC.put(CARD, me.files().iccidDigits());
        }
        if (channel > 0) {
            MDC.put(CHANNEL, Integer.toString(channel));
        }
        return new LogContext(card, channel > 0);
    }

    /** Takes away what this one has named. */
    void end() {
        if (card) {
            MDC.remove(CARD);
        }
        if (channel) {
            MDC.remove(CHANNEL);
        }
    }
}
