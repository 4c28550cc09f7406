// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

/**
 * What the registry lets an authority do, beyond what the lists of the nodes say: TLVs within tag 9E of its parameters. Technical
 * specification clause 5. They stand behind a byte with their length.
 */
final class Rights {
    /** Bytes of the longest list of rights. */
    static final short MAX = 96;

    // privileges
    /** ./DevDetail/Ext/ME: identifiers of the device, location. */
    static final byte DEVICE_INFORMATION = 0x01;
    /** Policies that say where in its tree the device has an object, which may be where it has another's. */
    static final byte PLACES = 0x02;
    /** ./SecurityLog. */
    static final byte SECURITY_LOG = 0x04;
    /** ./Unlock: credentials that failures have locked. */
    static final byte UNLOCK = 0x08;

    private static final byte TAG_COMMANDS =
            (byte) 0x80; // bits of the access types in MoStore; all where it is missing
    private static final byte TAG_PRIVILEGES = (byte) 0x81;
    private static final byte TAG_TYPE = (byte) 0x82; // identifier of an object; any where all are missing
    private static final byte TAG_NAME = (byte) 0x83; // below ./MO; a star at its end stands for any rest

    private Rights() {}

    /** Tells whether {@code buf[off .. off + len)} is a list of rights. */
    static boolean isWellFormed(byte[] buf, short off, short len) {
        short end = (short) (off + len);
        for (short at = off; at < end; at = Tlv.next(buf, at)) {
            if (!Tlv.isWhole(buf, at, end)) {
                return false;
            }
            byte tag = buf[at];
            short length = Tlv.length(buf, at);
            boolean isByte = tag == TAG_COMMANDS || tag == TAG_PRIVILEGES;
            if (isByte ? length != 1 || Tlv.find(buf, off, at, tag) >= 0 : tag != TAG_TYPE && tag != TAG_NAME) {
                return false;
            }
            if (length == 0 || length > Target.MAX_SEGMENT) {
                return false;
            }
        }
        return len <= MAX;
    }

    private static short find(byte[] rights, byte tag) {
        return Tlv.find(rights, (short) 1, (short) (1 + rights[0]), tag);
    }

    /** Tells whether a command, a bit of the access types, is among those that the authority may use at all. */
    static boolean hasCommand(byte[] rights, byte command) {
        short at = find(rights, TAG_COMMANDS);
        return at < 0 || (rights[Tlv.value(rights, at)] & command) != 0;
    }

    static boolean hasPrivilege(byte[] rights, byte privilege, boolean absent) {
        short at = find(rights, TAG_PRIVILEGES);
        return at < 0 ? absent : (rights[Tlv.value(rights, at)] & privilege) != 0;
    }

    /** Tells whether there are names that the authority may not use below ./MO. */
    static boolean limitsNames(byte[] rights) {
        return find(rights, TAG_NAME) >= 0;
    }

    /** Tells whether the authority may use the name of a node below ./MO. */
    static boolean allowsName(byte[] rights, MoStore store, short node) {
        return allows(rights, TAG_NAME, store, node);
    }

    /** Tells whether the authority may have an object of the type of a node. */
    static boolean allowsType(byte[] rights, MoStore store, short node) {
        return allows(rights, TAG_TYPE, store, node);
    }

    private static boolean allows(byte[] rights, byte tag, MoStore store, short node) {
        short end = (short) (1 + rights[0]);
        short at = find(rights, tag);
        if (at < 0) {
            return true;
        }
        for (; at >= 0; at = Tlv.find(rights, Tlv.next(rights, at), end, tag)) {
            short value = Tlv.value(rights, at);
            short length = Tlv.length(rights, at);
            if (tag == TAG_TYPE
                    ? store.isOfType(node, rights, value, length)
                    : isName(store, node, rights, value, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isName(MoStore store, short node, byte[] rights, short off, short len) {
        short last = (short) (len - 1);
        return rights[(short) (off + last)] == '*'
                ? store.nameBegins(node, rights, off, last)
                : store.isNamed(node, rights, off, len);
    }
}
