// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.DURATION;
import static org.bipline.cat.object.TypeOfCommand.POLL_INTERVAL;

import org.bipline.cat.object.Duration;
import org.bipline.cat.object.Pdu;

/** POLL INTERVAL: how often the ME is to send STATUS. ETSI TS 102 223 clause 6.6.6. */
public record PollInterval(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(POLL_INTERVAL, "6.6.6", PollInterval::new, required(DURATION));

    public PollInterval {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Duration interval() {
        return pdu.required(Duration.class);
    }
}
