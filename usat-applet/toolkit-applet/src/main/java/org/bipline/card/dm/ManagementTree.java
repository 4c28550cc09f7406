// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/** The nodes that the card brings along: ./DevInfo, ./DevDetail and ./MO. Technical specification clause 4. */
public final class ManagementTree {
    private static final byte GET = MoStore.ACCESS_GET;
    private static final byte ADD = MoStore.ACCESS_ADD;

    /**
     * Nodes in the order of the tree: depth, format, access, name behind its length and, for a leaf, value behind its length.
     * The value of DevId is left out.
     */
    private static final byte[] NODES = {
        1,
        Format.NODE,
        GET,
        7,
        'D',
        'e',
        'v',
        'I',
        'n',
        'f',
        'o', //
        2,
        Format.CHR,
        GET,
        5,
        'D',
        'e',
        'v',
        'I',
        'd',
        0, //
        2,
        Format.CHR,
        GET,
        3,
        'M',
        'a',
        'n',
        7,
        'b',
        'i',
        'p',
        'l',
        'i',
        'n',
        'e', //
        2,
        Format.CHR,
        GET,
        3,
        'M',
        'o',
        'd',
        9,
        'D',
        'M',
        ' ',
        'a',
        'p',
        'p',
        'l',
        'e',
        't', //
        2,
        Format.CHR,
        GET,
        3,
        'D',
        'm',
        'V',
        3,
        '1',
        '.',
        '2', //
        2,
        Format.CHR,
        GET,
        4,
        'L',
        'a',
        'n',
        'g',
        2,
        'e',
        'n', //
        1,
        Format.NODE,
        GET,
        9,
        'D',
        'e',
        'v',
        'D',
        'e',
        't',
        'a',
        'i',
        'l', //
        2,
        Format.CHR,
        GET,
        6,
        'D',
        'e',
        'v',
        'T',
        'y',
        'p',
        4,
        'U',
        'I',
        'C',
        'C', //
        2,
        Format.CHR,
        GET,
        3,
        'O',
        'E',
        'M',
        7,
        'b',
        'i',
        'p',
        'l',
        'i',
        'n',
        'e', //
        2,
        Format.CHR,
        GET,
        3,
        'F',
        'w',
        'V',
        3,
        '0',
        '.',
        '1', //
        2,
        Format.CHR,
        GET,
        3,
        'S',
        'w',
        'V',
        3,
        '0',
        '.',
        '1', //
        2,
        Format.CHR,
        GET,
        3,
        'H',
        'w',
        'V',
        1,
        '1', //
        2,
        Format.BOOL,
        GET,
        6,
        'L',
        'r',
        'g',
        'O',
        'b',
        'j',
        4,
        't',
        'r',
        'u',
        'e', //
        2,
        Format.NODE,
        GET,
        3,
        'U',
        'R',
        'I', // with the limits of Target
        3,
        Format.CHR,
        GET,
        8,
        'M',
        'a',
        'x',
        'D',
        'e',
        'p',
        't',
        'h',
        2,
        '1',
        '6', //
        3,
        Format.CHR,
        GET,
        9,
        'M',
        'a',
        'x',
        'T',
        'o',
        't',
        'L',
        'e',
        'n',
        3,
        '2',
        '5',
        '5', //
        3,
        Format.CHR,
        GET,
        9,
        'M',
        'a',
        'x',
        'S',
        'e',
        'g',
        'L',
        'e',
        'n',
        2,
        '6',
        '4', //
        1,
        Format.NODE,
        GET | ADD,
        2,
        'M',
        'O'
    };

    private ManagementTree() {}

    /**
     * Puts the permanent nodes into the store, where they are not yet. Allocates nothing, so that it may also run at the first
     * event.
     *
     * @param devId value of ./DevInfo/DevId (a URN such as {@code ICCID:8949...}) in {@code devId[off .. off + len)}
     */
    public static void seed(MoStore store, byte[] devId, short off, short len) {
        store.recover();
        if (deviceInformation(store) != MoStore.NONE) {
            return;
        }
        BlockHeap heap = store.heap();
        store.draft(Format.NODE, GET);
        short top = store.create(); // stands for the root while the nodes are made
        short above = top;
        short depth = 0; // of the node above
        short at = 0;
        while (at < (short) NODES.length) {
            byte nodeDepth = NODES[at];
            byte format = NODES[(short) (at + 1)];
            byte access = NODES[(short) (at + 2)];
            short length = NODES[(short) (at + 3)];
            at = (short) (at + 4);
            short name = heap.put(NODES, at, length);
            at = (short) (at + length);
            store.draft(format, access);
            store.draftName(name, length);
            if (format != Format.NODE) {
                length = NODES[at];
                at++;
                if (length == 0) {
                    store.draftValue(heap.put(devId, off, len), len);
                } else {
                    store.draftValue(heap.put(NODES, at, length), length);
                    at = (short) (at + length);
                }
            }
            for (; depth >= nodeDepth; depth--) {
                above = store.parent(above);
            }
            short node = store.create();
            store.append(above, node);
            if (format == Format.NODE) {
                above = node;
                depth = nodeDepth;
            }
        }
        store.attach(MoStore.ROOT, store.firstChild(top));
        store.commit();
    }

    /** The node ./DevInfo. */
    static short deviceInformation(MoStore store) {
        return store.child(MoStore.ROOT, Text.DEV_INFO, (short) 0, (short) Text.DEV_INFO.length);
    }

    /** The node ./DevInfo/DevId. */
    static short deviceId(MoStore store) {
        return store.child(deviceInformation(store), Text.DEV_ID, (short) 0, (short) Text.DEV_ID.length);
    }
}
