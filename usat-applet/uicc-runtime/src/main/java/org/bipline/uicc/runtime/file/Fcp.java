// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.ArrayList;
import java.util.List;

/** Writes the file control parameters template, ETSI TS 102 221 clause 11.1.1.3. */
final class Fcp {
    private static final int DF_DESCRIPTOR = 0x78;
    private static final int DATA_CODING = 0x21;

    private Fcp() {}

    static void write(CardFile file, FileSystem files, Response out) {
        out.add(0x62).add(0);
        switch (file) {
            case Df df -> writeDf(df, files, out);
            case Ef ef -> writeEf(ef, out);
        }
        int length = out.length() - 2;
        if (length > 127) {
            out.insert(1, 0x81);
            out.data()[2] = (byte) length;
        } else {
            out.data()[1] = (byte) length;
        }
    }

    private static void writeDf(Df df, FileSystem files, Response out) {
        out.add(0x82).add(2).add(DF_DESCRIPTOR).add(DATA_CODING);
        identifier(df, out);
        if (df.isAdf()) {
            out.add(0x84).add(df.aid().length).add(df.aid(), 0, df.aid().length);
        }
        int free = files.free();
        if (df.parent() == null) {
            // UICC characteristics: clock stop allowed, no preferred level; 5 V, 3 V and 1.8 V. Free memory. TERMINAL
            // CAPABILITY
            out.add(0xA5).add(11).add(0x80).add(1).add(0x71);
            free(free, out);
            out.add(0x87).add(1).add(0x01);
        } else {
            out.add(0xA5).add(5);
            free(free, out);
        }
        out.add(0x8A).add(1).add(df.lifeCycle().code());
        df.security().write(out);
        pinStatus(df, out);
        out.add(0x81).add(2);
        size(df.size(), out);
    }

    private static void free(int free, Response out) {
        out.add(0x83).add(3).add(free >> 16).add(free >> 8 & 0xFF).add(free & 0xFF);
    }

    private static void size(int size, Response out) {
        out.add(size >> 8).add(size & 0xFF);
    }

    /** PIN status template: a bit for each PIN or key that is enabled, then their references, those of the MF first. */
    private static void pinStatus(Df df, Response out) {
        List<Pin> pins = new ArrayList<>(4);
        for (Df holder = df; holder != null; holder = holder.parent()) {
            pins.addAll(0, holder.pins());
        }
        int bytes = Math.max(1, (pins.size() + 7) / 8);
        boolean universal = pins.stream().anyMatch(pin -> pin.reference() == Pin.UNIVERSAL);
        out.add(0xC6).add(2 + bytes + 3 * pins.size() + (universal ? 3 : 0));
        out.add(0x90).add(bytes);
        for (int i = 0; i < bytes; i++) {
            int status = 0;
            for (int j = 8 * i; j < Math.min(8 * i + 8, pins.size()); j++) {
                status |= pins.get(j).isEnabled() ? 0x80 >> (j & 7) : 0;
            }
            out.add(status);
        }
        for (Pin pin : pins) {
            if (pin.reference() == Pin.UNIVERSAL) { // usage qualifier: whether it stands in for another PIN
                boolean used = pins.stream().anyMatch(Pin::isReplaced);
                out.add(0x95).add(1).add(used ? 0x08 : 0x00);
            }
            out.add(0x83).add(1).add(pin.reference());
        }
    }

    private static void writeEf(Ef ef, Response out) {
        int descriptor = ef.structure().descriptor() & (ef.isShareable() ? 0xFF : ~Ef.Structure.SHAREABLE);
        out.add(0x82);
        if (ef.hasRecords()) {
            out.add(5).add(descriptor).add(DATA_CODING);
            size(ef.recordLength(), out);
            out.add(ef.records());
        } else {
            out.add(2).add(descriptor).add(DATA_CODING);
        }
        identifier(ef, out);
        if (ef.structure() == Ef.Structure.BER_TLV) {
            out.add(0xA5).add(4).add(0x86).add(2); // maximum file size
            size(ef.size(), out);
        }
        out.add(0x8A).add(1).add(ef.lifeCycle().code());
        ef.security().write(out);
        out.add(0x80).add(2);
        size(ef.structure() == Ef.Structure.BER_TLV ? ef.used() : ef.size(), out);
        // an absent object would stand for the five low bits of the file identifier
        out.add(0x88);
        if (ef.shortIdentifier() == 0) {
            out.add(0);
        } else {
            out.add(1).add(ef.shortIdentifier() << 3);
        }
    }

    private static void identifier(CardFile file, Response out) {
        out.add(0x83).add(2).add(file.identifier() >> 8).add(file.identifier() & 0xFF);
    }
}
