// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.file;

import java.util.Arrays;

/**
 * The value of an FCP template as CREATE FILE and RESIZE FILE have it, ETSI TS 102 222 clauses 6.3 and 6.10. A number that was
 * not given is -1, an array that was not given null.
 */
final class FileParameters {
    private int descriptor = -1;
    private int recordLength;
    private int identifier = -1;
    private byte[] name;
    private int lifeCycle = LifeCycle.ACTIVATED.code();
    private SecurityAttributes security;
    private int size = -1;
    private int maximumSize = -1;
    private int shortIdentifier = -1;

    private FileParameters() {}

    /** Anything that is malformed, or has a length that it cannot have, is {@link FileFault#INCORRECT_PARAMETERS}. */
    static FileParameters read(byte[] data, int offset, int length) {
        FileParameters parameters = new FileParameters();
        parameters.readObjects(data, offset, offset + length, false);
        return parameters;
    }

    /** The value of the template with its tag 62 before it. */
    static FileParameters readTemplate(byte[] data, int offset, int length) {
        int begin = offset + 2;
        if (length < 3 || data[offset] != 0x62) {
            throw FileFault.INCORRECT_PARAMETERS.thrown();
        }
        int size = data[offset + 1] & 0xFF;
        if (size == 0x81) {
            size = data[begin++] & 0xFF;
        }
        if (begin + size != offset + length) {
            throw FileFault.INCORRECT_PARAMETERS.thrown();
        }
        return read(data, begin, size);
    }

    private void readObjects(byte[] data, int from, int end, boolean proprietary) {
        for (int at = from; at < end; ) {
            int tag = data[at] & 0xFF;
            check(at + 2 <= end);
            int length = data[at + 1] & 0xFF;
            int value = at + 2;
            at = value + length;
            check(length < 0x80 && at <= end);
            if (proprietary) {
                if (tag == 0x86
                        || (tag == 0x85 && maximumSize < 0)) { // maximum and reserved size of a BER-TLV structure EF
                    maximumSize = number(data, value, length);
                }
            } else {
                readObject(data, tag, value, length);
            }
        }
    }

    private void readObject(byte[] data, int tag, int value, int length) {
        switch (tag) {
            case 0x82 -> {
                check(length == 2 || length == 4);
                descriptor = data[value] & 0xFF;
                recordLength = length == 4 ? number(data, value + 2, 2) : 0;
            }
            case 0x83 -> {
                check(length == 2);
                identifier = number(data, value, 2);
            }
            case 0x84 -> {
                check(length >= 1 && length <= 16);
                name = Arrays.copyOfRange(data, value, value + length);
            }
            case 0x8A -> {
                check(length == 1);
                lifeCycle = data[value];
            }
            case 0x8B -> {
                check(length == 3); // the form with security environments names more than one record: not for this card
                security = new SecurityAttributes.Referenced(number(data, value, 2), data[value + 2] & 0xFF);
            }
            case 0x8C -> security = new SecurityAttributes.Compact(Arrays.copyOfRange(data, value, value + length));
            case 0xAB -> security = new SecurityAttributes.Expanded(Arrays.copyOfRange(data, value, value + length));
            case 0x80 -> size = number(data, value, length);
            case 0x81 -> size = size < 0 ? number(data, value, length) : size;
            case 0x88 -> {
                check(length <= 1);
                shortIdentifier = length == 0 ? 0 : data[value] >> 3 & 0x1F;
            }
            case 0xA5 -> readObjects(data, value, value + length, true);
            case 0xC6 -> {} // PIN status template: the PINs are those of the DF above
            default -> throw FileFault.INCORRECT_PARAMETERS.thrown();
        }
    }

    private static int number(byte[] data, int offset, int length) {
        check(length >= 1 && length <= 3);
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | (data[offset + i] & 0xFF);
        }
        return number;
    }

    private static void check(boolean condition) {
        if (!condition) {
            throw FileFault.INCORRECT_PARAMETERS.thrown();
        }
    }

    int identifier() {
        check(identifier >= 0);
        return identifier;
    }

    int size() {
        check(size >= 0 || maximumSize >= 0);
        return Math.max(size, maximumSize);
    }

    boolean isDf() {
        check(descriptor >= 0);
        return (descriptor & 0x3F) == 0x38;
    }

    /** DF name; empty: none. */
    byte[] name() {
        return name == null ? new byte[0] : name;
    }

    SecurityAttributes security() {
        check(security != null);
        return security;
    }

    LifeCycle lifeCycle() {
        return switch (lifeCycle) {
            case 0x01 -> LifeCycle.CREATION;
            case 0x03 -> LifeCycle.INITIALISATION;
            case 0x04, 0x06 -> LifeCycle.DEACTIVATED;
            case 0x05, 0x07 -> LifeCycle.ACTIVATED;
            default -> throw FileFault.INCORRECT_PARAMETERS.thrown();
        };
    }

    /** The EF that is described; its size is checked against its structure. */
    Ef.Description ef() {
        Ef.Structure structure = switch (descriptor & 0x3F) {
            case 0x01 -> Ef.Structure.TRANSPARENT;
            case 0x02 -> Ef.Structure.LINEAR_FIXED;
            case 0x06 -> Ef.Structure.CYCLIC;
            case 0x39 -> Ef.Structure.BER_TLV;
            default -> throw FileFault.INCORRECT_PARAMETERS.thrown();
        };
        boolean records = structure == Ef.Structure.LINEAR_FIXED || structure == Ef.Structure.CYCLIC;
        check(records == (recordLength > 0));
        if (records) {
            check(recordLength <= 255 && size() % recordLength == 0 && size() / recordLength >= 1);
            check(size() / recordLength <= 254);
        }
        return new Ef.Description(
                identifier(),
                // absent: the five low bits of the identifier, ETSI TS 102 221 clause 11.1.1.4.8
                shortIdentifier < 0 ? identifier & 0x1F : shortIdentifier,
                structure,
                recordLength,
                (descriptor & Ef.Structure.SHAREABLE) != 0,
                security());
    }
}
