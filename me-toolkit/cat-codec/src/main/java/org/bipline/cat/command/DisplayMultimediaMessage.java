// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.FILE_LIST;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.IMMEDIATE_RESPONSE;
import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_IDENTIFIER;
import static org.bipline.cat.object.TypeOfCommand.DISPLAY_MULTIMEDIA_MESSAGE;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.Pdu;

/** DISPLAY MULTIMEDIA MESSAGE out of a file of the UICC. ETSI TS 102 223 clause 6.6.39. */
public record DisplayMultimediaMessage(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            DISPLAY_MULTIMEDIA_MESSAGE,
            "6.6.39",
            DisplayMultimediaMessage::new,
            required(FILE_LIST),
            required(MULTIMEDIA_MESSAGE_IDENTIFIER),
            optional(IMMEDIATE_RESPONSE),
            optional(FRAME_IDENTIFIER));

    public DisplayMultimediaMessage {
        ProactiveCommand.check(pdu, TABLE);
    }

    public FileList submissionFile() {
        return pdu.required(FileList.class);
    }

    public Optional<DataObject> identifier() {
        return pdu.first(MULTIMEDIA_MESSAGE_IDENTIFIER);
    }

    /** Whether the message is of high priority: bit 1 of the qualifier. */
    public boolean highPriority() {
        return details().qualifierBit(1);
    }

    /** Whether the user clears the message, instead of a delay: bit 8 of the qualifier. */
    public boolean waitForUser() {
        return details().qualifierBit(8);
    }
}
