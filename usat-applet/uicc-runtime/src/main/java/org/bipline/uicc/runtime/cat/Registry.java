// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.runtime.file.CardFile;
import org.bipline.uicc.runtime.file.CardFileView;
import org.bipline.uicc.runtime.file.Df;
import org.bipline.uicc.runtime.file.FileSystem;
import org.bipline.uicc.runtime.vm.Transactions;
import uicc.access.FileView;
import uicc.toolkit.ToolkitException;

/** The toolkit registry of a card: its applets in the order of their priority, the menu, timers and services. */
final class Registry {
    private static final int FIRST_OWN_IDENTIFIER = 128;
    private static final int CURRENT_ADF = 0x7FFF;

    private final List<ToolkitApplet> applets = new ArrayList<>(2);
    private final List<MenuEntry> menu = new ArrayList<>(2);
    private final Resources timers;
    private final Resources services;
    private final Transactions transactions;
    private final FileSystem files;
    private int grantedPollInterval;
    private boolean changed;

    /** Identifiers from 1 on, each owned by at most one applet. */
    static final class Resources {
        private final ToolkitApplet[] owners;
        private final Transactions transactions;

        Resources(int count, Transactions transactions) {
            this.owners = new ToolkitApplet[count + 1];
            this.transactions = transactions;
        }

        ToolkitApplet owner(int identifier) {
            return identifier > 0 && identifier < owners.length ? owners[identifier] : null;
        }

        /** The identifier, or 0 where the applet has its allotment or all are taken. */
        int allocate(ToolkitApplet applet, int allotment) {
            if (count(applet) < allotment) {
                for (int i = 1; i < owners.length; i++) {
                    if (owners[i] == null) {
                        set(i, applet);
                        return i;
                    }
                }
            }
            return 0;
        }

        boolean release(ToolkitApplet applet, int identifier) {
            if (owner(identifier) != applet) {
                return false;
            }
            set(identifier, null);
            return true;
        }

        void set(int identifier, ToolkitApplet applet) {
            ToolkitApplet before = owners[identifier];
            transactions.log(() -> owners[identifier] = before);
            owners[identifier] = applet;
        }

        int count(ToolkitApplet applet) {
            int count = 0;
            for (ToolkitApplet owner : owners) {
                count += owner == applet ? 1 : 0;
            }
            return count;
        }

        void releaseAll(ToolkitApplet applet) {
            for (int i = 1; i < owners.length; i++) {
                owners[i] = owners[i] == applet ? null : owners[i];
            }
        }
    }

    Registry(Transactions transactions, FileSystem files) {
        this.transactions = transactions;
        this.files = files;
        this.timers = new Resources(8, transactions);
        this.services = new Resources(8, transactions);
    }

    Transactions transactions() {
        return transactions;
    }

    Resources timers() {
        return timers;
    }

    Resources services() {
        return services;
    }

    /** In the order in which they are triggered. */
    List<ToolkitApplet> applets() {
        return applets;
    }

    List<MenuEntry> menu() {
        return menu;
    }

    /** Notes that the ME may have to be told something new. */
    void changed() {
        changed = true;
    }

    /** Whether {@link #changed()} was called since the last call of this. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    int grantedPollInterval() {
        return grantedPollInterval;
    }

    void setGrantedPollInterval(int seconds) {
        grantedPollInterval = seconds;
    }

    ToolkitApplet find(AID aid) {
        for (ToolkitApplet applet : applets) {
            if (applet.aid.equals(aid)) {
                return applet;
            }
        }
        return null;
    }

    /** The applet of a toolkit application reference, or null. */
    ToolkitApplet byTar(int tar) {
        for (ToolkitApplet applet : applets) {
            if (applet.parameters.tars().contains(tar)) {
                return applet;
            }
        }
        return null;
    }

    MenuEntry menuEntry(int identifier) {
        for (MenuEntry entry : menu) {
            if (entry.identifier == identifier) {
                return entry;
            }
        }
        return null;
    }

    /** Checks what of the parameters depends on the applets that are there already. */
    void check(ToolkitParameters parameters) {
        for (ToolkitParameters.MenuPosition place : parameters.menuEntries()) {
            if (place.identifier() != 0 && menuEntry(place.identifier()) != null) {
                throw ToolkitParameters.refused(
                        "identifier of a menu entry",
                        place.identifier() + " is taken by another applet",
                        "ETSI TS 102 226 clause 8.2.1.3.2.2.1");
            }
        }
        for (int tar : parameters.tars()) {
            if (byTar(tar) != null) {
                throw ToolkitParameters.refused(
                        "TAR values",
                        "%06X is assigned to another applet".formatted(tar),
                        "ETSI TS 102 226 clause 8.2.1.3.2.2.1");
            }
        }
    }

    void add(AID aid, ToolkitParameters parameters) {
        ToolkitApplet applet = new ToolkitApplet(aid, parameters, this);
        int index = 0;
        while (index < applets.size() && applets.get(index).parameters.priority() < parameters.priority()) {
            index++; // among equals the last installed comes first
        }
        applets.add(index, applet);
        for (ToolkitParameters.MenuPosition place : parameters.menuEntries()) {
            int identifier = place.identifier() == 0 ? freeIdentifier() : place.identifier();
            MenuEntry entry = new MenuEntry(applet, identifier, transactions);
            applet.entries.add(entry);
            int last = menu.size();
            menu.add(place.position() == 0 ? last : Math.min(place.position() - 1, last), entry);
        }
        changed();
    }

    private int freeIdentifier() {
        int identifier = FIRST_OWN_IDENTIFIER;
        while (menuEntry(identifier) != null) {
            identifier++;
        }
        return identifier;
    }

    void remove(ToolkitApplet applet) {
        applets.remove(applet);
        menu.removeAll(applet.entries);
        timers.releaseAll(applet);
        services.releaseAll(applet);
        changed();
    }

    /** The event of this value if {@code setEvent} may set it for this applet. */
    Event checkSettable(ToolkitApplet applet, short value) {
        Event event = Event.of(value);
        if (event == null) {
            throw new ToolkitException(ToolkitException.EVENT_NOT_SUPPORTED);
        }
        if (!event.isExplicit()) {
            throw new ToolkitException(ToolkitException.EVENT_NOT_ALLOWED);
        }
        if (event.isExclusive() && applets.stream().anyMatch(a -> a != applet && a.has(event))) {
            throw new ToolkitException(ToolkitException.EVENT_ALREADY_REGISTERED);
        }
        if (event.needsTar() && applet.parameters.tars().isEmpty()) {
            throw new ToolkitException(ToolkitException.TAR_NOT_DEFINED);
        }
        return event;
    }

    private static void checkFileEvent(short event) {
        Event known = Event.of(event);
        if (known != Event.EXTERNAL_FILE_UPDATE) {
            ToolkitException.throwIt(
                    known == null || known.isExplicit()
                            ? ToolkitException.EVENT_NOT_SUPPORTED
                            : ToolkitException.EVENT_NOT_ALLOWED);
        }
    }

    /** What names a file for an applet that watches it: the same for one that is deleted and made again. */
    static String name(CardFile file) {
        Df directory = file instanceof Df df ? df : file.parent();
        return (directory.application() == null
                        ? ""
                        : HexFormat.of().formatHex(directory.application().aid()) + ":")
                + file.path();
    }

    /**
     * The files that a file list (number of files, then their paths from the MF) names, whether they exist or not. ETSI TS 102 223
     * clause 8.18.
     */
    List<String> files(
            short event, byte[] list, int listOffset, int listLength, byte[] aid, int aidOffset, int aidLength) {
        checkFileEvent(event);
        TlvHandler.checkRange(list, listOffset, listLength);
        Df adf = null;
        if (aidLength != 0) {
            TlvHandler.checkRange(aid, aidOffset, aidLength);
            if (aidLength < 5 || aidLength > 16) {
                SystemException.throwIt(SystemException.ILLEGAL_VALUE);
            }
            adf = files.application(aid, aidOffset, aidLength);
        }
        List<String> found = new ArrayList<>();
        int at = listOffset + 1;
        int end = listOffset + listLength;
        while (at + 1 < end) {
            String name = "3F00";
            at += 2;
            // a path goes on until the next one begins with the MF
            while (at + 1 < end && !(list[at] == 0x3F && list[at + 1] == 0)) {
                int identifier = ((list[at] & 0xFF) << 8) | (list[at + 1] & 0xFF);
                name = adf != null && identifier == CURRENT_ADF ? name(adf) : "%s/%04X".formatted(name, identifier);
                at += 2;
            }
            found.add(name);
        }
        if (listLength == 0 || at != end || found.size() != (list[listOffset] & 0xFF)) {
            throw new ToolkitException(ToolkitException.BAD_INPUT_PARAMETER);
        }
        return found;
    }

    /** The file that is selected in an applet's view. */
    String file(short event, FileView view) {
        checkFileEvent(event);
        if (view == null) {
            throw new NullPointerException("fileView");
        }
        if (view instanceof CardFileView own) {
            return name(own.selected());
        }
        throw new ToolkitException(ToolkitException.BAD_INPUT_PARAMETER);
    }
}
