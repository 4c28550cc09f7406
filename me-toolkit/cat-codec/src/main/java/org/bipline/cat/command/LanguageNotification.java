// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.conditional;
import static org.bipline.cat.object.DataObjectType.LANGUAGE;
import static org.bipline.cat.object.TypeOfCommand.LANGUAGE_NOTIFICATION;

import java.util.Optional;
import org.bipline.cat.object.CommandDetails;
import org.bipline.cat.object.Language;
import org.bipline.cat.object.Pdu;

/** LANGUAGE NOTIFICATION. ETSI TS 102 223 clause 6.6.25. */
public record LanguageNotification(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            LANGUAGE_NOTIFICATION,
            "6.6.25",
            LanguageNotification::new,
            conditional(LANGUAGE, LanguageNotification::isSpecific));

    public LanguageNotification {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<Language> language() {
        return pdu.first(Language.class);
    }

    private static boolean isSpecific(Pdu pdu) {
        return pdu.first(CommandDetails.class).filter(d -> d.qualifierBit(1)).isPresent();
    }

    /** Whether the language is told, instead of any earlier notification being withdrawn: bit 1 of the qualifier. */
    public boolean specific() {
        return details().qualifierBit(1);
    }
}
