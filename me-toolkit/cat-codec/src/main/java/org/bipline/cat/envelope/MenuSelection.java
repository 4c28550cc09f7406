// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.envelope;

import java.util.Optional;
import org.bipline.cat.object.Device;
import org.bipline.cat.object.DeviceIdentities;
import org.bipline.cat.object.HelpRequest;
import org.bipline.cat.object.ItemIdentifier;
import org.bipline.cat.object.Pdu;

/** MENU SELECTION: the user picked an item of the menu, or asks for help on it. ETSI TS 102 223 clause 7.2. */
public record MenuSelection(Pdu pdu) implements Envelope {
    public MenuSelection {
        Envelope.check(pdu, EnvelopeType.MENU_SELECTION);
    }

    /** The item was picked; the identifier is that of SET UP MENU. */
    public static MenuSelection of(int itemIdentifier) {
        return new MenuSelection(Pdu.of(
                EnvelopeType.MENU_SELECTION.tag(),
                DeviceIdentities.of(Device.KEYPAD, Device.UICC),
                new ItemIdentifier(itemIdentifier)));
    }

    /** Help on the item is asked for. */
    public static MenuSelection helpOn(int itemIdentifier) {
        return new MenuSelection(Pdu.of(
                EnvelopeType.MENU_SELECTION.tag(),
                DeviceIdentities.of(Device.KEYPAD, Device.UICC),
                new ItemIdentifier(itemIdentifier),
                new HelpRequest()));
    }

    public Optional<ItemIdentifier> item() {
        return pdu.first(ItemIdentifier.class);
    }

    public boolean helpRequested() {
        return pdu.indexOf(HelpRequest.class) >= 0;
    }
}
