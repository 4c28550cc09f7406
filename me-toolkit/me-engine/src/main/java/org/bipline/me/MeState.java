// SPDX-License-Identifier: Apache-2.0
package org.bipline.me;

import java.util.List;
import java.util.Optional;
import org.bipline.cat.command.SetUpMenu;
import org.bipline.cat.object.Event;
import org.bipline.cat.object.EventList;
import org.bipline.cat.object.Item;
import org.bipline.cat.profile.Facility;

/**
 * The state of one ME between commands. Belongs to the ME's own thread: handlers and listeners read it, nobody else does.
 */
public final class MeState {
    final Mailbox mailbox;
    final MeListener listener;
    final EventQueue events;
    final Channels channels;
    final Timers timers;
    final Polling polling;

    private final MeProfile profile;
    private final MeClock clock;
    private final UserModel user;
    private SetUpMenu menu;
    private EventList eventList;

    MeState(MobileEquipment.Builder builder, Mailbox mailbox, Runnable sendStatus) {
        this.mailbox = mailbox;
        listener = builder.listener;
        profile = builder.profile;
        clock = builder.clock;
        user = builder.user;
        events = new EventQueue(this);
        channels = new Channels(this, builder.bearer, builder.addressMap);
        timers = new Timers(this);
        polling = new Polling(this, sendStatus);
    }

    public MeProfile profile() {
        return profile;
    }

    public MeClock clock() {
        return clock;
    }

    public UserModel user() {
        return user;
    }

    /** Items of the menu that the card has set up; none when there is no menu. */
    public List<Item> menuItems() {
        return menu == null ? List.of() : menu.items();
    }

    /** The SET UP MENU in force. */
    public Optional<SetUpMenu> menu() {
        return Optional.ofNullable(menu);
    }

    void setMenu(SetUpMenu command) {
        menu = command.items().stream().allMatch(Item::isNull) ? null : command;
    }

    void setEventList(EventList list) {
        eventList = list;
    }

    /** Why the event is not told to the card, or empty when it is. */
    public Optional<String> whyDropped(Event event, Facility facility) {
        if (!profile.supports(facility)) {
            return Optional.of("not in the terminal profile");
        }
        return eventList != null && eventList.contains(event)
                ? Optional.empty()
                : Optional.of("not in the event list that the card has set up");
    }

    /** Forgets everything that ends with a reset of the card. */
    void reset(String reason) {
        menu = null;
        eventList = null;
        channels.closeAll(reason);
        timers.stopAll();
        polling.stop();
        events.clear(reason);
    }
}
