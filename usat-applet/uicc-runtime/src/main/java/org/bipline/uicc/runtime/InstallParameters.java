// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The install parameters field of INSTALL [for install]: GlobalPlatform Card Specification 2.3 clause 11.5.2.3.7 with the objects
 * of ETSI TS 102 226 clause 8.2.1.3.2. Immutable.
 *
 * <p>Memory quotas are checked for their form only.
 */
public final class InstallParameters {
    private static final int APPLICATION = 0xC9;
    private static final int SYSTEM = 0xEF;
    private static final int VOLATILE_QUOTA = 0xC7;
    private static final int NON_VOLATILE_QUOTA = 0xC8;
    private static final int SIM_TOOLKIT = 0xCA;
    private static final int UICC = 0xEA;
    private static final int TOOLKIT = 0x80;
    private static final int ACCESS = 0x81;
    private static final int ADMINISTRATIVE_ACCESS = 0x82;

    private static final String FIELD_CLAUSE = "GlobalPlatform Card Specification clause 11.5.2.3.7";
    private static final String SIM_CLAUSE = "ETSI TS 102 226 clause 8.2.1.3.2.1";
    private static final String UICC_CLAUSE = "ETSI TS 102 226 clause 8.2.1.3.2.2";

    private static final Map<Integer, String> NAMES = Map.of(
            APPLICATION, "application specific parameters",
            SYSTEM, "system specific parameters",
            VOLATILE_QUOTA, "volatile memory quota",
            NON_VOLATILE_QUOTA, "non-volatile memory quota",
            SIM_TOOLKIT, "SIM file access and toolkit application specific parameters",
            UICC, "UICC system specific parameters",
            TOOLKIT, "UICC toolkit application specific parameters",
            ACCESS, "UICC access application specific parameters",
            ADMINISTRATIVE_ACCESS, "UICC administrative access application specific parameters");

    private static final byte[] NOTHING = {};

    private final byte[] toolkit;
    private final byte[] access;
    private final byte[] administrativeAccess;
    private final byte[] application;

    private InstallParameters(byte[] toolkit, byte[] access, byte[] administrativeAccess, byte[] application) {
        this.toolkit = toolkit;
        this.access = access;
        this.administrativeAccess = administrativeAccess;
        this.application = application;
    }

    /**
     * Reads the field: C9, EF (with C7, C8, CA) and EA (with 80, 81, 82), each at most once and in any order.
     *
     * @throws InstallationException for the first object that is wrong, with its offset in the field
     */
    public static InstallParameters parse(byte[] field) {
        Map<Integer, int[]> top = objects(field, 0, field.length, FIELD_CLAUSE, APPLICATION, SYSTEM, UICC);
        if (!top.containsKey(APPLICATION)) {
            throw new InstallationException(
                    name(APPLICATION), 0, "", "they are mandatory, C900 where there are none", FIELD_CLAUSE, 0x6A80);
        }
        Map<Integer, int[]> system =
                inside(field, top.get(SYSTEM), FIELD_CLAUSE, VOLATILE_QUOTA, NON_VOLATILE_QUOTA, SIM_TOOLKIT);
        checkQuota(field, system, VOLATILE_QUOTA);
        checkQuota(field, system, NON_VOLATILE_QUOTA);
        Map<Integer, int[]> uicc = inside(field, top.get(UICC), UICC_CLAUSE, TOOLKIT, ACCESS, ADMINISTRATIVE_ACCESS);
        byte[] application = value(field, top.get(APPLICATION));
        int[] sim = system.get(SIM_TOOLKIT);
        if (sim == null) {
            return new InstallParameters(
                    value(field, uicc.get(TOOLKIT)),
                    value(field, uicc.get(ACCESS)),
                    value(field, uicc.get(ADMINISTRATIVE_ACCESS)),
                    application);
        }
        if (top.containsKey(UICC)) {
            throw new InstallationException(
                    name(SIM_TOOLKIT), sim[0], "CA", "they and tag EA exclude each other", SIM_CLAUSE, 0x6A80);
        }
        return simToolkit(field, sim, application);
    }

    /** The value of CA is an access domain with its length, then what tag 80 has as well. */
    private static InstallParameters simToolkit(byte[] field, int[] sim, byte[] application) {
        byte[] value = value(field, sim);
        int length = value.length == 0 ? 0 : value[0] & 0xFF;
        if (value.length < 1 + length) {
            throw new InstallationException(
                    "length of access domain",
                    sim[0],
                    value.length == 0 ? "" : "%02X".formatted(length),
                    "the parameters end inside the access domain",
                    SIM_CLAUSE,
                    0x6A80);
        }
        byte[] access = NOTHING;
        if (length > 0) { // an entry of tag 81: no AID, which is the file system below the MF, the domain, and no DAP
            access = new byte[length + 3];
            System.arraycopy(value, 0, access, 1, length + 1);
        }
        return new InstallParameters(Arrays.copyOfRange(value, 1 + length, value.length), access, NOTHING, application);
    }

    private static void checkQuota(byte[] field, Map<Integer, int[]> objects, int tag) {
        int[] place = objects.get(tag);
        if (place != null && place[1] - place[0] != 2 && place[1] - place[0] != 4) {
            throw new InstallationException(
                    name(tag), place[0], hex(field, place), "a quota has two or four bytes", FIELD_CLAUSE, 0x6A80);
        }
    }

    private static Map<Integer, int[]> inside(byte[] field, int[] place, String clause, int... allowed) {
        return place == null ? Map.of() : objects(field, place[0], place[1], clause, allowed);
    }

    /** Begin and end of the value of each object. */
    private static Map<Integer, int[]> objects(byte[] field, int from, int to, String clause, int... allowed) {
        Map<Integer, int[]> found = new TreeMap<>();
        int at = from;
        while (at < to) {
            int start = at;
            int tag = field[at++] & 0xFF;
            String shown = "%02X".formatted(tag);
            if (Arrays.stream(allowed).noneMatch(known -> known == tag)) {
                throw new InstallationException("tag " + shown, start, shown, "it is not known here", clause, 0x6A80);
            }
            if (found.containsKey(tag)) {
                throw new InstallationException(name(tag), start, shown, "they are there twice", clause, 0x6A80);
            }
            int length = at < to ? field[at++] & 0xFF : -1;
            if (length == 0x81 && at < to) {
                length = field[at++] & 0xFF;
            } else if (length > 0x7F) {
                throw new InstallationException(
                        "length of tag " + shown,
                        start + 1,
                        "%02X".formatted(length),
                        "a length is one byte up to 7F, or 81 and one byte",
                        clause,
                        0x6A80);
            }
            if (length < 0 || length > to - at) {
                throw new InstallationException(
                        name(tag),
                        start,
                        shown,
                        length < 0 ? "the length is missing" : length + " bytes should follow, not " + (to - at),
                        clause,
                        0x6A80);
            }
            found.put(tag, new int[] {at, at + length});
            at += length;
        }
        return found;
    }

    private static String name(int tag) {
        return "%s (%02X)".formatted(NAMES.get(tag), tag);
    }

    private static byte[] value(byte[] field, int[] place) {
        return place == null ? NOTHING : Arrays.copyOfRange(field, place[0], place[1]);
    }

    private static String hex(byte[] field, int[] place) {
        return InstallationException.hex(field, place[0], place[1] - place[0]);
    }

    byte[] toolkit() {
        return toolkit;
    }

    byte[] access() {
        return access;
    }

    byte[] administrativeAccess() {
        return administrativeAccess;
    }

    byte[] application() {
        return application;
    }
}
