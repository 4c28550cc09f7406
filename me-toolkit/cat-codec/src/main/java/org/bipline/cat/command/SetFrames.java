// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FRAME_LAYOUT;
import static org.bipline.cat.object.TypeOfCommand.SET_FRAMES;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;

/** SET FRAMES on the screen. ETSI TS 102 223 clause 6.6.35. */
public record SetFrames(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SET_FRAMES, "6.6.35", SetFrames::new, required(FRAME_IDENTIFIER).times(2), optional(FRAME_LAYOUT));

    public SetFrames {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<DataObject> layout() {
        return pdu.first(FRAME_LAYOUT);
    }
}
