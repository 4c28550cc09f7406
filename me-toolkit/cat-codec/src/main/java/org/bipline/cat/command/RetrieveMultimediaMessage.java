// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FILE_LIST;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_CONTENT_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.MULTIMEDIA_MESSAGE_REFERENCE;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.RETRIEVE_MULTIMEDIA_MESSAGE;

import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.Pdu;

/** RETRIEVE MULTIMEDIA MESSAGE into a file of the UICC. ETSI TS 102 223 clause 6.6.37. */
public record RetrieveMultimediaMessage(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            RETRIEVE_MULTIMEDIA_MESSAGE,
            "6.6.37",
            RetrieveMultimediaMessage::new,
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            required(MULTIMEDIA_MESSAGE_REFERENCE),
            required(FILE_LIST),
            required(MULTIMEDIA_MESSAGE_CONTENT_IDENTIFIER),
            optional(MULTIMEDIA_MESSAGE_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER));

    public RetrieveMultimediaMessage {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> alphaIdentifier() {
        return pdu.first(AlphaIdentifier.class);
    }

    public FileList receptionFile() {
        return pdu.required(FileList.class);
    }

    public Optional<DataObject> reference() {
        return pdu.first(MULTIMEDIA_MESSAGE_REFERENCE);
    }

    public Optional<DataObject> contentIdentifier() {
        return pdu.first(MULTIMEDIA_MESSAGE_CONTENT_IDENTIFIER);
    }

    public Optional<DataObject> identifier() {
        return pdu.first(MULTIMEDIA_MESSAGE_IDENTIFIER);
    }
}
