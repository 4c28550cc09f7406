// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.SERVICE_RECORD;
import static org.bipline.cat.object.DataObjectType.TRANSPORT_LEVEL;
import static org.bipline.cat.object.TypeOfCommand.DECLARE_SERVICE;

import java.util.Optional;
import org.bipline.cat.object.DataObject;
import org.bipline.cat.object.Pdu;
import org.bipline.cat.object.TransportLevel;

/** DECLARE SERVICE of the UICC. ETSI TS 102 223 clause 6.6.34. */
public record DeclareService(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            DECLARE_SERVICE, "6.6.34", DeclareService::new, required(SERVICE_RECORD), optional(TRANSPORT_LEVEL));

    public DeclareService {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<DataObject> serviceRecord() {
        return pdu.first(SERVICE_RECORD);
    }

    public Optional<TransportLevel> transportLevel() {
        return pdu.first(TransportLevel.class);
    }

    /** Whether the service is removed from the terminal, instead of added: bit 1 of the qualifier. */
    public boolean delete() {
        return details().qualifierBit(1);
    }
}
