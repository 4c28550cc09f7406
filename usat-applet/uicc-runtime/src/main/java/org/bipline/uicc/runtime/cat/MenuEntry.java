// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import org.bipline.uicc.runtime.vm.Transactions;

/** An entry of the menu: the place it got at installation and, once initialised, what it shows. */
final class MenuEntry {
    final ToolkitApplet owner;
    final int identifier;
    private final Transactions transactions;
    private Shown shown;

    /** What the entry shows; icon 0 and an empty text attribute: none. */
    static final class Shown {
        final byte[] text;
        final byte nextAction;
        final boolean help;
        final byte iconQualifier;
        final short icon;
        final byte[] textAttribute;
        final boolean enabled;

        Shown(
                byte[] text,
                byte nextAction,
                boolean help,
                byte iconQualifier,
                short icon,
                byte[] textAttribute,
                boolean enabled) {
            this.text = text;
            this.nextAction = nextAction;
            this.help = help;
            this.iconQualifier = iconQualifier;
            this.icon = icon;
            this.textAttribute = textAttribute;
            this.enabled = enabled;
        }

        Shown withEnabled(boolean value) {
            return new Shown(text, nextAction, help, iconQualifier, icon, textAttribute, value);
        }

        Shown withTextAttribute(byte[] value) {
            return new Shown(text, nextAction, help, iconQualifier, icon, value, enabled);
        }
    }

    MenuEntry(ToolkitApplet owner, int identifier, Transactions transactions) {
        this.owner = owner;
        this.identifier = identifier;
        this.transactions = transactions;
    }

    /** Null before the applet initialised the entry. */
    Shown shown() {
        return shown;
    }

    void show(Shown next) {
        Shown before = shown;
        transactions.log(() -> shown = before);
        shown = next;
    }
}
