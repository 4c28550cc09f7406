// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.object.DataObjectType.AID;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.APPLICATION_SPECIFIC_REFRESH_DATA;
import static org.bipline.cat.object.DataObjectType.FILE_LIST;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.PLMN_LIST;
import static org.bipline.cat.object.DataObjectType.PLMN_WITH_ACCESS_TECHNOLOGY_LIST;
import static org.bipline.cat.object.DataObjectType.REFRESH_ENFORCEMENT_POLICY;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.REFRESH;

import java.util.Optional;
import org.bipline.cat.object.Aid;
import org.bipline.cat.object.FileList;
import org.bipline.cat.object.Pdu;

/** REFRESH: files of the UICC have changed, or it is to be reset; the qualifier says which. ETSI TS 102 223 clause 6.6.13. */
public record Refresh(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            REFRESH,
            "6.6.13",
            Refresh::new,
            optional(FILE_LIST),
            optional(AID),
            optional(ALPHA_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            optional(TEXT_ATTRIBUTE),
            optional(FRAME_IDENTIFIER),
            optional(REFRESH_ENFORCEMENT_POLICY),
            optional(APPLICATION_SPECIFIC_REFRESH_DATA),
            optional(PLMN_WITH_ACCESS_TECHNOLOGY_LIST),
            optional(PLMN_LIST));

    public Refresh {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<FileList> fileList() {
        return pdu.first(FileList.class);
    }

    public Optional<Aid> aid() {
        return pdu.first(Aid.class);
    }
}
