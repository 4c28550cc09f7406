// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FILE_LIST;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SUBMIT_MULTIMEDIA_MESSAGE;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.Pdu;

/** SUBMIT MULTIMEDIA MESSAGE out of a file of the UICC. ETSI TS 102 223 clause 6.6.38. */
public record SubmitMultimediaMessage(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SUBMIT_MULTIMEDIA_MESSAGE,
            "6.6.38",
            SubmitMultimediaMessage::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(FILE_LIST),
            optional(MULTIMEDIA_MESSAGE_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public SubmitMultimediaMessage {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public FileList submissionFile() {
        return pdu.required(FileList.class);
    }

    public Optional<DataObject> identifier() {
        return pdu.first(MULTIMEDIA_MESSAGE_IDENTIFIER);
    }
}
