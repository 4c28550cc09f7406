// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

/** File control parameters template, ETSI TS 102 221 clause 11.1.1.3. */
final class Fcp {
    private static final int EF_ARR = 0x2F06;
    private static final int FREE_BYTES = 0x7FFF;

    private Fcp() {}

    static void write(CardFile file, FileSystem files, Response out) {
        out.add(0x62).add(0);
        switch (file) {
            case Df df -> writeDf(df, files, out);
            case Ef ef -> writeEf(ef, out);
        }
        out.data()[1] = (byte) (out.length() - 2); // below 128: the longest template here has less than 60 bytes
    }

    private static void writeDf(Df df, FileSystem files, Response out) {
        out.add(0x82).add(2).add(0x78).add(0x21);
        identifier(df, out);
        if (df.isAdf()) {
            out.add(0x84).add(df.aid().length).add(df.aid(), 0, df.aid().length);
        }
        if (df.parent() == null) {
            // UICC characteristics: clock stop allowed, no preferred level; 5 V, 3 V and 1.8 V
            out.add(0xA5).add(3).add(0x80).add(1).add(0x71);
        } else {
            out.add(0xA5).add(4).add(0x83).add(2).add(FREE_BYTES >> 8).add(FREE_BYTES & 0xFF);
        }
        out.add(0x8A).add(1).add(0x05);
        out.add(0x8B).add(3).add(EF_ARR >> 8).add(EF_ARR & 0xFF).add(AccessRule.READ_ALWAYS_UPDATE_ADM.record());
        int status = 0;
        int[] references = {0x01, 0x81, 0x0A};
        for (int i = 0; i < references.length; i++) {
            status |= files.pin(references[i]).isEnabled() ? 0x80 >> i : 0;
        }
        out.add(0xC6).add(3 + 3 * references.length).add(0x90).add(1).add(status);
        for (int reference : references) {
            out.add(0x83).add(1).add(reference);
        }
    }

    private static void writeEf(Ef ef, Response out) {
        out.add(0x82);
        if (ef.structure() == Ef.Structure.TRANSPARENT) {
            out.add(2).add(ef.structure().descriptor()).add(0x21);
        } else {
            out.add(5).add(ef.structure().descriptor()).add(0x21);
            out.add(ef.recordLength() >> 8).add(ef.recordLength() & 0xFF).add(ef.records());
        }
        identifier(ef, out);
        out.add(0x8A).add(1).add(ef.isActivated() ? 0x05 : 0x04);
        out.add(0x8B).add(3).add(EF_ARR >> 8).add(EF_ARR & 0xFF).add(ef.rule().record());
        out.add(0x80).add(2).add(ef.size() >> 8).add(ef.size() & 0xFF);
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
