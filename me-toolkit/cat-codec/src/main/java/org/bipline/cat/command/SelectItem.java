// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.command;

import static org.bipline.cat.command.Row.optional;
import static org.bipline.cat.command.Row.required;
import static org.bipline.cat.object.DataObjectType.ALPHA_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.FRAME_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ICON_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ITEM;
import static org.bipline.cat.object.DataObjectType.ITEMS_NEXT_ACTION_INDICATOR;
import static org.bipline.cat.object.DataObjectType.ITEM_ICON_IDENTIFIER_LIST;
import static org.bipline.cat.object.DataObjectType.ITEM_IDENTIFIER;
import static org.bipline.cat.object.DataObjectType.ITEM_TEXT_ATTRIBUTE_LIST;
import static org.bipline.cat.object.DataObjectType.TEXT_ATTRIBUTE;
import static org.bipline.cat.object.TypeOfCommand.SELECT_ITEM;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.object.AlphaIdentifier;
import org.bipline.cat.object.IconIdentifier;
import org.bipline.cat.object.Item;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.Pdu;

/** SELECT ITEM: the user picks one of some items. ETSI TS 102 223 clause 6.6.8. */
public record SelectItem(Pdu pdu) implements ProactiveCommand {
    static final CommandTable TABLE = CommandTable.of(
            SELECT_ITEM,
            "6.6.8",
            SelectItem::new,
            optional(ALPHA_IDENTIFIER),
            required(ITEM).repeated(),
            optional(ITEMS_NEXT_ACTION_INDICATOR),
            optional(ITEM_IDENTIFIER),
            optional(ICON_IDENTIFIER),
            optional(ITEM_ICON_IDENTIFIER_LIST),
            optional(TEXT_ATTRIBUTE),
            optional(ITEM_TEXT_ATTRIBUTE_LIST),
            optional(FRAME_IDENTIFIER));

    public SelectItem {
        ProactiveCommand.check(pdu, TABLE);
    }

    public Optional<AlphaIdentifier> title() {
        return pdu.first(AlphaIdentifier.class);
    }

    public List<Item> items() {
        return pdu.all(Item.class);
    }

    public Optional<ItemIdentifier> defaultItem() {
        return pdu.first(ItemIdentifier.class);
    }

    public Optional<IconIdentifier> iconIdentifier() {
        return pdu.first(IconIdentifier.class);
    }

    /** Whether the next bit tells the presentation: bit 1 of the qualifier. */
    public boolean presentationSpecified() {
        return details().qualifierBit(1);
    }

    /** Whether the items are choices of navigation, instead of data values: bit 2 of the qualifier. */
    public boolean navigation() {
        return details().qualifierBit(2);
    }

    /** Whether selection with soft keys is preferred: bit 3 of the qualifier. */
    public boolean softKeyPreferred() {
        return details().qualifierBit(3);
    }

    /** Whether help is available: bit 8 of the qualifier. */
    public boolean helpAvailable() {
        return details().qualifierBit(8);
    }
}
