// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the toolkit application specific parameters of an applet, the value of tag 80 of the UICC system specific
 * parameters: ETSI TS 102 226 clause 8.2.1.3.2.2.
 */
public final class ToolkitParameters {
    private static final int MAX_TIMERS = 8;
    private static final int MAX_CHANNELS = 7;
    private static final int MAX_SERVICES = 8;
    private static final int TAR_LENGTH = 3;

    private record MenuEntry(int position, int identifier) {}

    private int priority = 0xFF;
    private int timers;
    private int channels;
    private int services;
    private int menuTextLength;
    private byte[] minimumSecurityLevel = {};
    private final List<MenuEntry> menuEntries = new ArrayList<>();
    private final ByteArrayOutputStream tars = new ByteArrayOutputStream();

    /** Order in which applets get an event: 1 is highest, 255, the default, is lowest. */
    public ToolkitParameters priority(int level) {
        priority = inRange("priority", level, 1, 0xFF);
        return this;
    }

    /** Timers that the applet may hold, 0 to 8. */
    public ToolkitParameters timers(int count) {
        timers = inRange("timers", count, 0, MAX_TIMERS);
        return this;
    }

    /** Channels that the applet may hold, 0 to 7. */
    public ToolkitParameters channels(int count) {
        channels = inRange("channels", count, 0, MAX_CHANNELS);
        return this;
    }

    /** Services that the applet may hold, 0 to 8. */
    public ToolkitParameters services(int count) {
        services = inRange("services", count, 0, MAX_SERVICES);
        return this;
    }

    /** Longest text of a menu entry, 0 to 255 bytes. */
    public ToolkitParameters menuTextLength(int length) {
        menuTextLength = inRange("menu text length", length, 0, 0xFF);
        return this;
    }

    /**
     * Adds a menu entry.
     *
     * @param position place in the menu from 1 on, 0 for the last
     * @param identifier item identifier 1 to 127, 0 where the framework is to choose one
     */
    public ToolkitParameters menuEntry(int position, int identifier) {
        menuEntries.add(new MenuEntry(
                inRange("position of a menu entry", position, 0, 0xFF),
                inRange("identifier of a menu entry", identifier, 0, 0x7F)));
        return this;
    }

    /** Least security of a secured packet, as ETSI TS 102 226 codes it; none by default. */
    public ToolkitParameters minimumSecurityLevel(byte... level) {
        inRange("bytes of the minimum security level", level.length, 0, 0xFF);
        minimumSecurityLevel = level.clone();
        return this;
    }

    /** Adds a toolkit application reference of three bytes. */
    public ToolkitParameters tar(byte... tar) {
        inRange("bytes of a TAR", tar.length, TAR_LENGTH, TAR_LENGTH);
        inRange("bytes of all TARs", tars.size() + TAR_LENGTH, TAR_LENGTH, 0xFF);
        tars.writeBytes(tar);
        return this;
    }

    /** The value of tag 80. */
    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(priority);
        out.write(timers);
        out.write(menuTextLength);
        out.write(menuEntries.size());
        for (MenuEntry entry : menuEntries) {
            out.write(entry.position());
            out.write(entry.identifier());
        }
        out.write(channels);
        out.write(minimumSecurityLevel.length);
        out.writeBytes(minimumSecurityLevel);
        out.write(tars.size());
        out.writeBytes(tars.toByteArray());
        out.write(services);
        return out.toByteArray();
    }

    private static int inRange(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(what + ": " + value + " is not in " + min + " to " + max);
        }
        return value;
    }
}
