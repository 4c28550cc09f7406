// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import javacard.framework.AID;
import org.bipline.uicc.runtime.file.Ef;
import org.bipline.uicc.runtime.vm.Transactions;
import uicc.access.FileView;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitRegistry;

/** An applet's entry in the toolkit registry. ETSI TS 102 241, ToolkitRegistry. */
final class ToolkitApplet implements ToolkitRegistry {
    /** Longest interval that POLL INTERVAL can ask for: 255 minutes, in seconds. */
    private static final int MAX_POLL_INTERVAL = 15_300;

    /** Length of a text attribute, ETSI TS 102 223 clause 8.72. */
    private static final int TEXT_ATTRIBUTE_LENGTH = 4;

    private static final byte[] NONE = {};

    final AID aid;
    final ToolkitParameters parameters;
    final List<MenuEntry> entries = new ArrayList<>();
    private final Registry registry;
    private final EnumSet<Event> events = EnumSet.noneOf(Event.class);

    /** Names of the files that it watches, see {@link Registry#name}. */
    private final List<String> files = new ArrayList<>(0);

    private int pollInterval;
    private boolean locked;

    ToolkitApplet(AID aid, ToolkitParameters parameters, Registry registry) {
        this.aid = aid;
        this.parameters = parameters;
        this.registry = registry;
    }

    boolean isLocked() {
        return locked;
    }

    void setLocked(boolean locked) {
        this.locked = locked;
        registry.changed();
    }

    boolean has(Event event) {
        return events.contains(event);
    }

    /** Seconds asked for; 0: not polling, -1: what the card takes. */
    int requestedPollInterval() {
        return pollInterval;
    }

    /** Whether it asked for updates of this file, or of the files right below its directory. */
    boolean watches(Ef file) {
        return !files.isEmpty()
                && (files.contains(Registry.name(file)) || files.contains(Registry.name(file.parent())));
    }

    /** Registers to an event or deregisters from it, within the transaction where there is one. */
    void set(Event event, boolean on) {
        if (events.contains(event) != on) {
            transactions().log(() -> put(event, !on));
            put(event, on);
        }
    }

    private void put(Event event, boolean on) {
        if (on) {
            events.add(event);
        } else {
            events.remove(event);
        }
        registry.changed();
    }

    private Transactions transactions() {
        return registry.transactions();
    }

    @Override
    public void setEvent(short event) {
        Event known = registry.checkSettable(this, event);
        set(known, true);
    }

    @Override
    public void setEventList(short[] eventList, short offset, short length) {
        if (offset < 0 || length < 0 || offset + length > eventList.length) {
            throw new ArrayIndexOutOfBoundsException(offset + length);
        }
        List<Event> known = new ArrayList<>(length);
        for (int i = offset; i < offset + length; i++) {
            known.add(registry.checkSettable(this, eventList[i]));
        }
        known.forEach(event -> set(event, true)); // all or, where one was refused, none
    }

    @Override
    public void clearEvent(short event) {
        Event known = Event.of(event);
        if (known == null) {
            ToolkitException.throwIt(ToolkitException.EVENT_NOT_SUPPORTED);
        }
        if (!known.isExplicit() && known != Event.EXTERNAL_FILE_UPDATE) {
            ToolkitException.throwIt(ToolkitException.EVENT_NOT_ALLOWED);
        }
        if (known == Event.EXTERNAL_FILE_UPDATE) {
            logFiles();
            files.clear();
        }
        set(known, false);
    }

    @Override
    public boolean isEventSet(short event) {
        Event known = Event.of(event);
        return known != null && events.contains(known);
    }

    private MenuEntry entry(byte id) {
        for (MenuEntry entry : entries) {
            if (entry.identifier == (id & 0xFF) && entry.shown() != null) {
                return entry;
            }
        }
        throw new ToolkitException(ToolkitException.MENU_ENTRY_NOT_FOUND);
    }

    private void show(MenuEntry entry, MenuEntry.Shown shown) {
        entry.show(shown);
        set(Event.MENU_SELECTION, true);
        set(Event.MENU_SELECTION_HELP_REQUEST, entries.stream().anyMatch(e -> e.shown() != null && e.shown().help));
        transactions().log(registry::changed);
        registry.changed();
    }

    private byte[] text(byte[] menuEntry, short offset, short length) {
        TlvHandler.checkRange(menuEntry, offset, length);
        if (length > parameters.maxTextLength()) {
            ToolkitException.throwIt(ToolkitException.ALLOWED_LENGTH_EXCEEDED);
        }
        byte[] text = new byte[length];
        System.arraycopy(menuEntry, offset, text, 0, length);
        return text;
    }

    @Override
    public void disableMenuEntry(byte id) {
        MenuEntry entry = entry(id);
        show(entry, entry.shown().withEnabled(false));
    }

    @Override
    public void enableMenuEntry(byte id) {
        MenuEntry entry = entry(id);
        show(entry, entry.shown().withEnabled(true));
    }

    @Override
    public byte initMenuEntry(
            byte[] menuEntry,
            short offset,
            short length,
            byte nextAction,
            boolean helpSupported,
            byte iconQualifier,
            short iconIdentifier) {
        byte[] text = text(menuEntry, offset, length);
        for (MenuEntry entry : entries) {
            if (entry.shown() == null) {
                show(
                        entry,
                        new MenuEntry.Shown(
                                text, nextAction, helpSupported, iconQualifier, iconIdentifier, NONE, true));
                return (byte) entry.identifier;
            }
        }
        throw new ToolkitException(ToolkitException.REGISTRY_ERROR);
    }

    @Override
    public void changeMenuEntry(
            byte id,
            byte[] menuEntry,
            short offset,
            short length,
            byte nextAction,
            boolean helpSupported,
            byte iconQualifier,
            short iconIdentifier) {
        MenuEntry entry = entry(id);
        MenuEntry.Shown before = entry.shown();
        show(
                entry,
                new MenuEntry.Shown(
                        text(menuEntry, offset, length),
                        nextAction,
                        helpSupported,
                        iconQualifier,
                        iconIdentifier,
                        before.textAttribute,
                        true));
    }

    @Override
    public void setMenuEntryTextAttribute(byte id, byte[] textAttribute, short offset, short length) {
        MenuEntry entry = entry(id);
        TlvHandler.checkRange(textAttribute, offset, length);
        if (length != TEXT_ATTRIBUTE_LENGTH) {
            ToolkitException.throwIt(ToolkitException.BAD_INPUT_PARAMETER);
        }
        byte[] attribute = new byte[length];
        System.arraycopy(textAttribute, offset, attribute, 0, length);
        show(entry, entry.shown().withTextAttribute(attribute));
    }

    @Override
    public byte allocateTimer() {
        int timer = registry.timers().allocate(this, parameters.maxTimers());
        if (timer == 0) {
            ToolkitException.throwIt(ToolkitException.NO_TIMER_AVAILABLE);
        }
        set(Event.TIMER_EXPIRATION, true);
        return (byte) timer;
    }

    @Override
    public void releaseTimer(byte timerIdentifier) {
        if (!registry.timers().release(this, timerIdentifier)) {
            ToolkitException.throwIt(ToolkitException.INVALID_TIMER_ID);
        }
        set(Event.TIMER_EXPIRATION, registry.timers().count(this) > 0);
    }

    @Override
    public void requestPollInterval(short duration) {
        if (duration > MAX_POLL_INTERVAL || duration < ToolkitConstants.POLL_SYSTEM_DURATION) {
            ToolkitException.throwIt(ToolkitException.REGISTRY_ERROR);
        }
        int before = pollInterval;
        transactions().log(() -> setPollInterval(before));
        setPollInterval(duration);
        set(Event.STATUS_COMMAND, duration != ToolkitConstants.POLL_NO_DURATION);
    }

    private void setPollInterval(int seconds) {
        pollInterval = seconds;
        registry.changed();
    }

    @Override
    public short getPollInterval() {
        return (short) (pollInterval == 0 ? 0 : registry.grantedPollInterval());
    }

    @Override
    public byte allocateServiceIdentifier() {
        int service = registry.services().allocate(this, parameters.maxServices());
        if (service == 0) {
            ToolkitException.throwIt(ToolkitException.NO_SERVICE_ID_AVAILABLE);
        }
        set(Event.EVENT_DOWNLOAD_LOCAL_CONNECTION, true);
        return (byte) (service - 1); // services are numbered from 0
    }

    @Override
    public void releaseServiceIdentifier(byte serviceIdentifier) {
        if (!registry.services().release(this, serviceIdentifier + 1)) {
            ToolkitException.throwIt(ToolkitException.INVALID_SERVICE_ID);
        }
        set(Event.EVENT_DOWNLOAD_LOCAL_CONNECTION, registry.services().count(this) > 0);
    }

    @Override
    public void registerFileEvent(
            short event,
            byte[] fileList,
            short fileListOffset,
            short fileListLength,
            byte[] adfAid,
            short adfAidOffset,
            byte adfAidLength) {
        List<String> named =
                registry.files(event, fileList, fileListOffset, fileListLength, adfAid, adfAidOffset, adfAidLength);
        logFiles();
        named.stream().filter(file -> !files.contains(file)).forEach(files::add);
        set(Event.EXTERNAL_FILE_UPDATE, true);
    }

    @Override
    public void deregisterFileEvent(
            short event,
            byte[] fileList,
            short fileListOffset,
            short fileListLength,
            byte[] adfAid,
            short adfAidOffset,
            byte adfAidLength) {
        List<String> named =
                registry.files(event, fileList, fileListOffset, fileListLength, adfAid, adfAidOffset, adfAidLength);
        logFiles();
        files.removeAll(named);
        set(Event.EXTERNAL_FILE_UPDATE, !files.isEmpty());
    }

    @Override
    public void registerFileEvent(short event, FileView fileView) {
        String file = registry.file(event, fileView);
        logFiles();
        if (!files.contains(file)) {
            files.add(file);
        }
        set(Event.EXTERNAL_FILE_UPDATE, true);
    }

    @Override
    public void deregisterFileEvent(short event, FileView fileView) {
        String file = registry.file(event, fileView);
        logFiles();
        files.remove(file);
        set(Event.EXTERNAL_FILE_UPDATE, !files.isEmpty());
    }

    private void logFiles() {
        List<String> before = List.copyOf(files);
        transactions().log(() -> {
            files.clear();
            files.addAll(before);
        });
    }
}
