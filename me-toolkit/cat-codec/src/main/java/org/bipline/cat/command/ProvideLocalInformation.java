// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.object.TypeOfCommand.PROVIDE_LOCAL_INFORMATION;

import java.util.Optional;
import org.bipline.cat.object.LocalInformation;
import org.bipline.cat.object.Pdu;

/** PROVIDE LOCAL INFORMATION; the qualifier says which. ETSI TS 102 223 clause 6.6.15. */
public record ProvideLocalInformation(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE =
            CommandTable.of(PROVIDE_LOCAL_INFORMATION, "6.6.15", ProvideLocalInformation::new);

    public ProvideLocalInformation {
        ProactiveCommand.check(pdu, TABLE);
    }

    /** What is asked for, if the qualifier is known. */
    public Optional<LocalInformation> information() {
        return LocalInformation.of(details().commandQualifier());
    }
}
