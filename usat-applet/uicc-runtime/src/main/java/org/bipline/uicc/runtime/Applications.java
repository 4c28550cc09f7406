// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import com.licel.jcardsim.utils.AIDUtil;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javacard.framework.AID;
import javacard.framework.CardRuntimeException;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import org.bipline.uicc.runtime.cat.CatRuntime;
import org.bipline.uicc.runtime.cat.ToolkitParameters;
import org.bipline.uicc.runtime.file.SuciCalculators;
import org.bipline.uicc.runtime.vm.CardPackage;
import org.bipline.uicc.runtime.vm.CardRuntime;
import org.bipline.uicc.runtime.vm.PowerCut;

/**
 * The applets of a card and their packages, as the card manager sees them. GlobalPlatform Card Specification, Java Card 3.0.4
 * runtime environment chapter 11. A package comes with its first applet, and stays until it is deleted.
 */
final class Applications {
    private static final String INSTALL_CLAUSE = "GlobalPlatform Card Specification, INSTALL [for install]";
    private static final String DELETION_CLAUSE = "Java Card 3.0.4 runtime environment, clause 11.3.4";

    /** An installed applet. */
    private static final class Entry {
        private final CardPackage code;
        private final AccessDomains access;
        private boolean selectable;
        private boolean locked;

        Entry(CardPackage code, AccessDomains access) {
            this.code = code;
            this.access = access;
        }
    }

    /** A package with the classes of the applets that were installed from it. */
    private record Loaded(CardPackage code, Set<String> applets) {}

    private final CardRuntime card;
    private final CatRuntime cat;
    private final SuciCalculators suciCalculators;
    private final UiccListener listener;
    private final Map<AID, Entry> entries = new TreeMap<>(AIDUtil.comparator());
    private final Map<AID, Loaded> packages = new TreeMap<>(AIDUtil.comparator());

    Applications(CardRuntime card, CatRuntime cat, SuciCalculators suciCalculators, UiccListener listener) {
        this.card = card;
        this.cat = cat;
        this.suciCalculators = suciCalculators;
        this.listener = listener;
    }

    void install(AppletInstallation installation, boolean makeSelectable) {
        AID aid = aid("instance AID", installation.instanceAid());
        AID packageAid = aid("package AID", installation.packageAid());
        if (entries.containsKey(aid)) {
            throw new InstallationException("instance AID", "an applet with it is installed", INSTALL_CLAUSE, 0x6985);
        }
        Loaded known = packages.get(packageAid);
        CardPackage code = installation.code();
        if (known != null
                && !known.code().equals(code)
                && !instances(known.code()).isEmpty()) {
            throw new InstallationException(
                    "package AID", "it is that of package " + known.code().name(), INSTALL_CLAUSE, 0x6985);
        }
        byte[] toolkit = installation.toolkitParameters();
        ToolkitParameters parameters = toolkit.length == 0 ? null : ToolkitParameters.parse(toolkit);
        if (parameters != null) {
            cat.check(parameters);
        }
        AccessDomains access =
                AccessDomains.parse(installation.accessParameters(), installation.administrativeAccessParameters());
        Entry entry = new Entry(code, access);
        entries.put(aid, entry); // a file view can be had before the applet has registered itself
        try {
            Class<?> type = installation.load(card);
            card.install(type, aid, installParameters(installation), applet -> {
                if (parameters != null) {
                    cat.register(aid, parameters);
                }
            });
        } catch (PowerCut e) {
            forget(aid);
            throw e;
        } catch (ClassNotFoundException e) {
            forget(aid);
            throw new InstallationException(
                    "applet class", "there is no " + installation.className(), INSTALL_CLAUSE, 0x6A88, e);
        } catch (NoSuchMethodException e) {
            forget(aid);
            throw new InstallationException("applet class", "it has no install method", INSTALL_CLAUSE, 0x6A80, e);
        } catch (InvocationTargetException e) {
            forget(aid);
            Throwable cause = e.getCause();
            int sw = cause instanceof ISOException iso ? iso.getReason() & 0xFFFF : ISO7816.SW_CONDITIONS_NOT_SATISFIED;
            throw new InstallationException(
                    "applet parameters (C9) or the applet itself",
                    "install() threw " + describe(cause),
                    INSTALL_CLAUSE,
                    sw,
                    cause);
        }
        if (known == null || !known.code().equals(code)) {
            packages.put(packageAid, new Loaded(code, new HashSet<>()));
        }
        packages.get(packageAid).applets().add(installation.className());
        entry.selectable = makeSelectable;
        cat.setLocked(aid, !makeSelectable);
        listener.installed(hex(installation.instanceAid()), installation.className());
        cat.afterCommand();
    }

    private static String hex(byte[] aid) {
        return HexFormat.of().withUpperCase().formatHex(aid);
    }

    /** The reason is what tells one CardRuntimeException from another. */
    private static String describe(Throwable thrown) {
        return thrown instanceof CardRuntimeException e
                ? "%s, reason %04X".formatted(e.getClass().getSimpleName(), e.getReason())
                : String.valueOf(thrown);
    }

    private static AID aid(String field, byte[] bytes) {
        if (bytes.length < 5 || bytes.length > 16) {
            throw new InstallationException(
                    field, "an AID has 5 to 16 bytes, not " + bytes.length, "ISO/IEC 7816-5", 0x6A80);
        }
        return aid(bytes);
    }

    private static AID aid(byte[] bytes) {
        return new AID(bytes, (short) 0, (byte) bytes.length);
    }

    /** Instance AID, privileges and applet parameters, each with its length. */
    private static byte[] installParameters(AppletInstallation installation) {
        byte[] aid = installation.instanceAid();
        byte[] data = installation.appletParameters();
        if (aid.length + data.length + 4 > 255) {
            throw new InstallationException(
                    "applet parameters (C9)", data.length + " bytes are too long", INSTALL_CLAUSE, 0x6A80);
        }
        byte[] parameters = new byte[1 + aid.length + 2 + 1 + data.length];
        parameters[0] = (byte) aid.length;
        System.arraycopy(aid, 0, parameters, 1, aid.length);
        int at = 1 + aid.length;
        parameters[at++] = 1;
        parameters[at++] = 0;
        parameters[at++] = (byte) data.length;
        System.arraycopy(data, 0, parameters, at, data.length);
        return parameters;
    }

    private Entry installed(byte[] instanceAid) {
        Entry entry = entries.get(aid(instanceAid));
        if (entry == null) {
            throw new IllegalArgumentException("no applet " + hex(instanceAid));
        }
        return entry;
    }

    // Deletion

    void delete(byte[] instanceAid) {
        installed(instanceAid);
        delete(List.of(aid(instanceAid)), null);
        cat.afterCommand();
    }

    void deletePackage(byte[] packageAid, boolean withInstances) {
        Loaded loaded = packages.get(aid(packageAid));
        if (loaded == null) {
            throw new IllegalArgumentException("no package " + hex(packageAid));
        }
        CardPackage code = loaded.code();
        List<AID> instances = instances(code);
        refuse(!withInstances && !instances.isEmpty(), "package AID", "an applet of the package is installed");
        packages.values().stream()
                .filter(other -> !other.code().equals(code))
                .filter(other -> other.applets().stream().anyMatch(name -> CardRuntime.needs(other.code(), name, code)))
                .forEach(other ->
                        refuse(true, "package AID", "package " + other.code().name() + " needs it"));
        delete(instances, code);
        packages.values().removeIf(other -> other.code().equals(code));
        card.delete(code);
        cat.afterCommand();
    }

    private List<AID> instances(CardPackage code) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().code.equals(code))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void refuse(boolean refused, String field, String reason) {
        if (refused) {
            throw new InstallationException(field, reason, DELETION_CLAUSE, ISO7816.SW_CONDITIONS_NOT_SATISFIED);
        }
    }

    /** Deletes all of them or none; {@code leaving} is their package where that goes too. */
    private void delete(List<AID> aids, CardPackage leaving) {
        aids.forEach(card::uninstall);
        String field = "instance AID";
        refuse(
                aids.stream().anyMatch(card::isActive),
                field,
                "the applet, or another one of its package, is active on a logical channel");
        refuse(
                aids.stream().anyMatch(cat::isWaiting),
                field,
                "the applet waits for the TERMINAL RESPONSE to its proactive command");
        refuse(
                card.isReferredTo(aids, leaving),
                field,
                "another applet or a static field refers to the applet or to an object that it shares");
        for (AID aid : aids) {
            card.delete(aid);
            forget(aid);
        }
    }

    private void forget(AID aid) {
        cat.unregister(aid);
        suciCalculators.forget(aid);
        entries.remove(aid);
    }

    // Life cycle

    void makeSelectable(byte[] instanceAid) {
        Entry entry = installed(instanceAid);
        if (entry.selectable) {
            throw new IllegalArgumentException("the applet is selectable");
        }
        entry.selectable = true;
        tell(instanceAid, entry);
    }

    void setLocked(byte[] instanceAid, boolean locked) {
        Entry entry = installed(instanceAid);
        entry.locked = locked;
        AID aid = aid(instanceAid);
        for (int channel = 0; locked && channel < CardRuntime.CHANNELS; channel++) {
            if (aid.equals(card.active(channel))) {
                card.deselect(channel, 0);
            }
        }
        tell(instanceAid, entry);
    }

    private void tell(byte[] instanceAid, Entry entry) {
        cat.setLocked(aid(instanceAid), entry.locked || !entry.selectable);
        cat.afterCommand();
    }

    /**
     * The selectable applet that SELECT by DF name means, whole or by the beginning of its name, or null; {@code current} is the one
     * that is active on the channel. ETSI TS 102 221 clause 11.1.1.
     */
    AID selected(byte[] command, int length, AID current) {
        int occurrence = command[3] & 3;
        AID found = null;
        boolean behind = false;
        for (AID aid : card.applets()) {
            Entry entry = entries.get(aid);
            boolean same = aid.equals(current);
            if (same && occurrence == 3) {
                return found;
            }
            if (entry.selectable
                    && !entry.locked
                    && length > 0
                    && aid.partialEquals(command, (short) 5, (byte) length)) {
                boolean first = occurrence == 0 && (found == null || aid.equals(command, (short) 5, (byte) length));
                if (first || occurrence == 1 || occurrence == 3 || (occurrence == 2 && behind && found == null)) {
                    found = aid;
                }
            }
            behind |= same;
        }
        return occurrence == 3 ? null : found;
    }

    /** The access domains of an applet; null where it is not installed. */
    AccessDomains access(AID aid) {
        Entry entry = aid == null ? null : entries.get(aid);
        return entry == null ? null : entry.access;
    }
}
