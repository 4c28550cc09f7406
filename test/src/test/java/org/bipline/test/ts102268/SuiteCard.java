// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.ts102268;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javacard.framework.Applet;
import javacard.framework.CardRuntimeException;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.InstallationException;
import org.bipline.uicc.runtime.Uicc;
import org.bipline.uicc.runtime.UiccListener;
import org.bipline.uicc.runtime.file.CardProfile;

/**
 * The card of one driver, as the card service of the suite sees it: hex in, hex out. It does what a T=0 ME does below the
 * application (GET RESPONSE, the right P3), loads packages, and notes the first check of the driver that failed.
 */
public final class SuiteCard {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String OK = "9000";
    private static final String NOT_ALLOWED = "6985";

    private static final CardProfile PROFILE = profile();

    private static SuiteCard current;

    private final Suite suite;
    private final List<String> remarks = new ArrayList<>();
    private final Uicc uicc;
    private final ClassLoader classes;
    private final Set<String> packages = new HashSet<>();

    /** The packages from which applets were installed, which the card knows. */
    private final Set<String> used = new HashSet<>();

    private String firstFailure = "";

    SuiteCard(Suite suite) {
        this.suite = suite;
        this.classes = suite.loader();
        uicc = Uicc.builder().profile(PROFILE).listener(new Remarks()).build();
    }

    private static CardProfile profile() {
        try (InputStream in = SuiteCard.class.getResourceAsStream("test.card")) {
            return CardProfile.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the card has to say about events that went no further, and about applets that threw. */
    private final class Remarks implements UiccListener {
        @Override
        public void dropped(String what, String reason) {
            remarks.add(what + ": " + reason);
        }

        @Override
        public void threw(String aid, Throwable exception) {
            String reason =
                    exception instanceof CardRuntimeException e ? " with reason %04X".formatted(e.getReason()) : "";
            remarks.add(aid + " threw " + exception + reason);
        }
    }

    /** The card that the driver which runs now talks to. */
    public static SuiteCard current() {
        return current;
    }

    static void setCurrent(SuiteCard card) {
        current = card;
    }

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replaceAll("\\s", ""));
    }

    /** Powers up; returns the answer to reset. */
    public String reset() {
        return HEX.formatHex(uicc.reset());
    }

    /** One command with what T=0 adds to it; response data and status word in hex. */
    public String transmit(String hex) {
        byte[] command = bytes(hex);
        byte[] response = uicc.transmit(command);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int warning = 0;
        while (true) {
            int end = response.length - 2;
            int sw1 = response[end] & 0xFF;
            data.write(response, 0, end);
            if (sw1 == 0x6C) {
                byte[] again = Arrays.copyOf(command, 5);
                again[4] = response[end + 1];
                response = uicc.transmit(again);
            } else if (sw1 == 0x61) {
                response = uicc.transmit(new byte[] {(byte) (command[0] & 3), (byte) 0xC0, 0, 0, response[end + 1]});
            } else if ((sw1 == 0x62 || sw1 == 0x63) && warning == 0 && command.length > 5 && end == 0) {
                // a warning may have data behind it, which GET RESPONSE fetches (ETSI TS 102 221 clause 7.3.1.1.4)
                warning = (sw1 << 8) | (response[end + 1] & 0xFF);
                byte[] more = uicc.transmit(new byte[] {(byte) (command[0] & 3), (byte) 0xC0, 0, 0, 0});
                if (more[more.length - 2] == 0x6C) {
                    more = uicc.transmit(
                            new byte[] {(byte) (command[0] & 3), (byte) 0xC0, 0, 0, more[more.length - 1]});
                }
                data.write(more, 0, more.length - 2);
                return HEX.formatHex(data.toByteArray()) + "%04X".formatted(warning);
            } else {
                return HEX.formatHex(data.toByteArray()) + HEX.formatHex(response, end, response.length);
            }
        }
    }

    /** Some drivers spell the path of a package with upper-case letters. */
    private static String packageName(String path) {
        return path.toLowerCase(Locale.ROOT).replace('/', '.');
    }

    /** Loads a package; those that it imports have to be there. */
    public String load(String path) {
        if (!suite.hasPackage(path)) {
            note("no package " + path + " in the suite");
            return "6A88";
        }
        String name = packageName(path);
        for (String imported : suite.imports(path)) {
            if (!packages.contains(imported)) {
                return NOT_ALLOWED;
            }
        }
        packages.add(name);
        return OK;
    }

    /** Deletes a package. */
    public String unload(String path) {
        return unload(path, () -> uicc.deletePackage(suite.packageAid(path)));
    }

    /** Deletes a package and the applets of its classes. */
    public String unloadWithApplets(String path) {
        return unload(path, () -> uicc.deletePackageAndApplets(suite.packageAid(path)));
    }

    /** The card refuses what its applets still need; of packages without applets it knows nothing. */
    private String unload(String path, Runnable deletion) {
        String name = packageName(path);
        if (packages.stream().anyMatch(other -> suite.imports(other).contains(name))) {
            return NOT_ALLOWED;
        }
        if (!packages.contains(name)) {
            return "6A88";
        }
        String response = used.contains(name) ? managed(deletion) : OK;
        if (response.equals(OK)) {
            packages.remove(name);
            used.remove(name);
        }
        return response;
    }

    /** INSTALL [for install]: the applet stays in the state INSTALLED, in which it is neither selected nor triggered. */
    public String installOnly(String path, String classAid, String instanceAid, String systemParameters) {
        return install(path, classAid, instanceAid, systemParameters, uicc::installOnly);
    }

    /** INSTALL [for make selectable]. */
    public String makeSelectable(String instanceAid) {
        return managed(() -> uicc.makeSelectable(bytes(instanceAid)));
    }

    /** INSTALL [for install and make selectable]; {@code systemParameters} is the value of tag EA. */
    public String install(String path, String classAid, String instanceAid, String systemParameters) {
        return install(path, classAid, instanceAid, systemParameters, uicc::install);
    }

    private String install(
            String path,
            String classAid,
            String instanceAid,
            String systemParameters,
            Consumer<AppletInstallation> operation) {
        try {
            if (!packages.contains(packageName(path))) {
                note("package " + path + " is not loaded");
                return "6A88";
            }
            Class<? extends Applet> type = Class.forName(suite.appletClass(path, bytes(classAid)), false, classes)
                    .asSubclass(Applet.class);
            Map<Integer, byte[]> parameters = parameters(bytes(systemParameters));
            operation.accept(new AppletInstallation(
                    type,
                    suite.packageAid(path),
                    bytes(instanceAid),
                    parameters.getOrDefault(0x80, new byte[0]),
                    parameters.getOrDefault(0x81, new byte[0]),
                    parameters.getOrDefault(0x82, new byte[0]),
                    new byte[0]));
            used.add(packageName(path));
            return "00" + OK;
        } catch (InstallationException e) {
            remarks.add(e.getMessage());
            return "%04X".formatted(e.statusWord());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<Integer, byte[]> parameters(byte[] tlvs) {
        Map<Integer, byte[]> values = new HashMap<>();
        int at = 0;
        while (at + 1 < tlvs.length) {
            int length = tlvs[at + 1] & 0xFF;
            int from = at + 2;
            if (length == 0x81) {
                length = tlvs[at + 2] & 0xFF;
                from++;
            }
            values.put(tlvs[at] & 0xFF, Arrays.copyOfRange(tlvs, from, from + length));
            at = from + length;
        }
        return values;
    }

    /** Deletes an applet. */
    public String delete(String instanceAid) {
        return managed(() -> uicc.delete(bytes(instanceAid)));
    }

    /** Locks an applet. */
    public String lock(String instanceAid) {
        return managed(() -> uicc.lock(bytes(instanceAid)));
    }

    /** Unlocks an applet. */
    public String unlock(String instanceAid) {
        return managed(() -> uicc.unlock(bytes(instanceAid)));
    }

    private static String managed(Runnable operation) {
        try {
            operation.run();
            return OK;
        } catch (IllegalArgumentException e) {
            return "6A88"; // no such applet
        } catch (InstallationException e) {
            return "%04X".formatted(e.statusWord());
        }
    }

    /** TERMINAL PROFILE and every proactive command behind it, each answered with success; the last answer to the profile. */
    public String profileSession(String profile) {
        byte[] bits = bytes(profile);
        String response = transmit("80100000%02X%s".formatted(bits.length, HEX.formatHex(bits)));
        for (int left = 50; left > 0 && response.startsWith("91", response.length() - 4); left--) {
            String command = transmit("80120000" + response.substring(response.length() - 2));
            int details = command.indexOf("8103");
            if (details < 0) {
                break;
            }
            response = transmit("801400000C" + command.substring(details, details + 10) + "82028281" + "830100");
        }
        return response;
    }

    /** What a driver expects of a response; the first difference is kept. */
    public boolean check(String what, String expected, String actual) {
        boolean same = expected.replaceAll("\\s", "").toUpperCase(Locale.ROOT).equals(actual);
        if (!same) {
            note("%s %s, expected %s".formatted(what, actual, expected.replaceAll("\\s", "")));
        }
        return same;
    }

    /** A step of the driver that failed. */
    public void note(String failure) {
        if (firstFailure.isEmpty()) {
            String where = StackWalker.getInstance()
                    .walk(frames -> frames.filter(f -> f.getClassName().startsWith("uicc.test"))
                            .map(f -> f.getFileName() + ":" + f.getLineNumber())
                            .collect(Collectors.joining(", called from ")));
            firstFailure = (where.isEmpty() ? "" : where + ": ") + failure;
        }
    }

    String firstFailure() {
        return firstFailure;
    }

    List<String> remarks() {
        return List.copyOf(remarks);
    }
}
