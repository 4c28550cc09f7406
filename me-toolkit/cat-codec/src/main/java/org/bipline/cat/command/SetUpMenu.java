// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ITEM;
import static org.bipline.cat.object.DataObjectType.ITEMS_NEXT_ACTION_INDICATOR;
import static org.bipline.cat.object.DataObjectType.ITEM_ICON_IDENTIFIER_LIST;
import static org.bipline.cat.object.DataObjectType.ITEM_TEXT_ATTRIBUTE_LIST;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SET_UP_MENU;

import java.util.List;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.Pdu;

/** SET UP MENU; a single empty item removes the menu. ETSI TS 102 223 clause 6.6.7. */
public record SetUpMenu(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SET_UP_MENU,
            "6.6.7",
            SetUpMenu::new,
            required(ALPHA_IDENTIFIER),
            required(ITEM).repeated(),
            optional(ITEMS_NEXT_ACTION_INDICATOR),
            optional(ICON_IDENTIFIER),
            optional(ITEM_ICON_IDENTIFIER_LIST),
            optional(TEXT_ATTRIBUTE),
            optional(ITEM_TEXT_ATTRIBUTE_LIST));

    public SetUpMenu {
        ProactiveCommand.check(pdu, TABLE);
    }

    public AlphaIdentifier title() {
        return pdu.required(AlphaIdentifier.class);
    }

    public List<Item> items() {
        return pdu.all(Item.class);
    }

    /** Whether the menu is removed. */
    public boolean removesMenu() {
        List<Item> items = items();
        return items.size() == 1 && items.get(0).isNull();
    }

    /** Whether help is available on the items: bit 8 of the qualifier. */
    public boolean helpAvailable() {
        return details().qualifierBit(8);
    }
}
