// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.CatDecodingException;
import org.bipline.cat.tlv.Length;

/**
 * One PDU of the toolkit in the order in which it was received: the data objects of a BER-TLV object (proactive command,
 * envelope), or the bare list of a terminal response. Decoding and encoding are inverse on every well-formed PDU. The
 * typed commands, responses and envelopes are views of it.
 *
 * @param tag BER-TLV tag, {@code D0} to {@code DF}, or {@link #BARE}
 * @param lengthOctets bytes of the BER-TLV's length field, 0 when bare
 */
public record Pdu(int tag, int lengthOctets, List<ComprehensionTlv> objects) {
    /** Tag of a list that stands in no BER-TLV. */
    public static final int BARE = 0;

    private static final int EVENT_DOWNLOAD = 0xD6;
    private static final int REQUIRED = 0x80;
    private static final String COMPREHENSION_TLV = "ETSI TS 101 220 clause 7.1.1";
    private static final String BER_TLV = "ETSI TS 101 220 clause 7.1.2";

    public Pdu {
        objects = TlvList.of(objects);
        if ((tag == BARE) != (lengthOctets == 0)) {
            throw new IllegalArgumentException("length octets " + lengthOctets + " for tag " + tag);
        }
    }

    /** The objects with comprehension required, the flag that every ME and UICC may set, and the shortest lengths. */
    public static Pdu of(int tag, DataObject... objects) {
        List<ComprehensionTlv> tlvs = new ArrayList<>(objects.length);
        for (DataObject object : objects) {
            tlvs.add(ComprehensionTlv.of(object, true));
        }
        return of(tag, tlvs);
    }

    /** The objects in a BER-TLV of shortest length, or bare. */
    public static Pdu of(int tag, List<ComprehensionTlv> objects) {
        return new Pdu(tag, tag == BARE ? 0 : Length.shortest(contentLength(objects)), objects);
    }

    /**
     * Reads a BER-TLV whose value is a list of data objects. A data object whose value is malformed becomes a
     * {@link MalformedObject}: what follows from it depends on the PDU.
     *
     * @param finder tells what the tags mean in the PDU
     * @throws CatDecodingException when the tag, a length or the end of the PDU is wrong
     */
    public static Pdu decode(ByteString pdu, TagMeaning.Finder finder) throws CatDecodingException {
        if (pdu.length() < 2) {
            throw fault("shorter than tag and length", pdu.length(), BER_TLV, Optional.empty());
        }
        int octets = Length.octetsAt(pdu, 1);
        if (octets == 0) {
            throw fault("length field is cut or longer than four bytes", 1, BER_TLV, Optional.empty());
        }
        int header = 1 + octets;
        int length = Length.read(pdu, 1, octets);
        if (length != pdu.length() - header) {
            String fault = "length " + length + " but " + (pdu.length() - header) + " bytes";
            throw fault(fault, 1, BER_TLV, Optional.empty());
        }
        if (pdu.u8(0) == BARE) {
            throw fault("tag 0", 0, BER_TLV, Optional.empty());
        }
        return new Pdu(pdu.u8(0), octets, objects(pdu, header, pdu.u8(0), finder));
    }

    /** The same where every tag has its usual meaning. */
    public static Pdu decode(ByteString pdu) throws CatDecodingException {
        return decode(pdu, TagMeaning.Finder.USUAL);
    }

    /**
     * Reads a list of data objects that stands in no BER-TLV: a terminal response.
     *
     * @param finder tells what the tags mean in the PDU
     * @throws CatDecodingException when a tag, a length or the end of the list is wrong
     */
    public static Pdu decodeBare(ByteString pdu, TagMeaning.Finder finder) throws CatDecodingException {
        return new Pdu(BARE, 0, objects(pdu, 0, BARE, finder));
    }

    /** The same where every tag has its usual meaning. */
    public static Pdu decodeBare(ByteString pdu) throws CatDecodingException {
        return decodeBare(pdu, TagMeaning.Finder.USUAL);
    }

    private static TlvList objects(ByteString pdu, int start, int berTag, TagMeaning.Finder finder)
            throws CatDecodingException {
        int keyTag = berTag == EVENT_DOWNLOAD ? DataObjectType.EVENT_LIST.tag() : DataObjectType.COMMAND_DETAILS.tag();
        int count = 0;
        int keyAt = -1;
        int keyEnd = -1;
        // The structure first: how many objects there are, and which kind of PDU it is
        for (int at = start; at < pdu.length(); count++) {
            int next = isShort(pdu, at) ? at + 2 + pdu.u8(at + 1) : next(pdu, at, berTag, keyAt);
            if (keyAt < 0 && tag(pdu, at) == keyTag) {
                keyAt = at;
                keyEnd = next;
            }
            at = next;
        }
        TagMeaning meaning = finder.find(berTag, pdu, keyAt < 0 ? 0 : valueAt(pdu, keyAt), keyAt < 0 ? 0 : keyEnd);
        ComprehensionTlv[] tlvs = new ComprehensionTlv[count];
        int at = start;
        for (int i = 0; i < count; i++) {
            if (isShort(pdu, at)) {
                int first = pdu.u8(at);
                int next = at + 2 + pdu.u8(at + 1);
                DataObject object = DataObjectType.decode(first & ~REQUIRED, pdu, at + 2, next, meaning);
                tlvs[i] = new ComprehensionTlv(object, first >= REQUIRED, false, 1);
                at = next;
            } else {
                boolean longTag = pdu.u8(at) == ComprehensionTlv.LONG_TAG;
                boolean required = ((longTag ? pdu.u8(at + 1) : pdu.u8(at)) & REQUIRED) != 0;
                int octets = Length.octetsAt(pdu, at + tagOctets(pdu.u8(at)));
                int next = next(pdu, at, berTag, -1);
                DataObject object = DataObjectType.decode(tag(pdu, at), pdu, valueAt(pdu, at), next, meaning);
                tlvs[i] = new ComprehensionTlv(object, required, longTag, octets);
                at = next;
            }
        }
        return new TlvList(tlvs);
    }

    /** Whether a whole object stands at the offset with tag and length of one byte each, as nearly all do. */
    private static boolean isShort(ByteString pdu, int at) {
        int left = pdu.length() - at - 2;
        int tag = pdu.u8(at) & ~REQUIRED;
        return left >= 0
                && tag != 0
                && tag != ComprehensionTlv.LONG_TAG // 7F, and FF, which is no tag
                && pdu.u8(at + 1) < REQUIRED
                && pdu.u8(at + 1) <= left;
    }

    private static int tagOctets(int first) {
        return first == ComprehensionTlv.LONG_TAG ? 3 : 1;
    }

    /** The tag at the offset, without the comprehension-required flag. */
    private static int tag(ByteString pdu, int at) {
        int first = pdu.u8(at);
        return first == ComprehensionTlv.LONG_TAG ? pdu.u16(at + 1) & ~(REQUIRED << 8) : first & ~REQUIRED;
    }

    /** Where the value starts of the object at the offset, whose header was checked. */
    private static int valueAt(ByteString pdu, int at) {
        int length = at + tagOctets(pdu.u8(at));
        return length + Length.octetsAt(pdu, length);
    }

    /** The offset behind the object at this one. */
    private static int next(ByteString pdu, int at, int berTag, int keyAt) throws CatDecodingException {
        int first = pdu.u8(at);
        int tagOctets = tagOctets(first);
        String wrong;
        int where = at;
        if (tagOctets > pdu.length() - at) {
            wrong = "tag is cut";
        } else if (tag(pdu, at) == 0 || first == 0xFF) { // 00, 80 and FF are no tags in either form of one byte
            wrong = "tag " + Integer.toHexString(first);
        } else {
            where = at + tagOctets;
            int octets = Length.octetsAt(pdu, where);
            int left = pdu.length() - where - octets;
            int length = octets == 0 ? 0 : Length.read(pdu, where, octets);
            if (octets != 0 && length <= left) {
                return where + octets + length;
            }
            wrong = octets == 0
                    ? "length field is cut or longer than four bytes"
                    : "length " + length + " but " + left + " bytes";
        }
        boolean details = keyAt >= 0 && berTag != EVENT_DOWNLOAD;
        throw fault(
                wrong,
                where,
                COMPREHENSION_TLV,
                details ? Optional.of(pdu.slice(keyAt, next(pdu, keyAt, berTag, -1))) : Optional.empty());
    }

    private static CatDecodingException fault(String fault, int at, String clause, Optional<ByteString> details) {
        return new CatDecodingException(fault, at, clause, CatDecodingException.DATA_NOT_UNDERSTOOD, details);
    }

    /** The first object of this kind. */
    public <T extends DataObject> Optional<T> first(Class<T> kind) {
        for (int i = 0; i < objects.size(); i++) { // no iterator: this is on the way of every command
            DataObject object = objects.get(i).object();
            if (kind.isInstance(object)) {
                return Optional.of(kind.cast(object));
            }
        }
        return Optional.empty();
    }

    /**
     * The first object of this kind, which the PDU must have.
     *
     * @throws IllegalStateException when there is none: the PDU was not checked against its table
     */
    public <T extends DataObject> T required(Class<T> kind) {
        return first(kind).orElseThrow(() -> new IllegalStateException("no " + kind.getSimpleName()));
    }

    /** The first object of this type, if its value is well-formed. */
    public Optional<DataObject> first(DataObjectType type) {
        for (int i = 0; i < objects.size(); i++) {
            DataObject object = objects.get(i).object();
            if (object instanceof TypedObject typed && typed.type() == type) {
                return Optional.of(object);
            }
        }
        return Optional.empty();
    }

    /** All objects of this kind in their order. */
    public <T extends DataObject> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (ComprehensionTlv tlv : objects) {
            if (kind.isInstance(tlv.object())) {
                found.add(kind.cast(tlv.object()));
            }
        }
        return found;
    }

    /** Index of the first object of this kind, or -1. */
    public int indexOf(Class<? extends DataObject> kind) {
        for (int i = 0; i < objects.size(); i++) {
            if (kind.isInstance(objects.get(i).object())) {
                return i;
            }
        }
        return -1;
    }

    /** Offset in the encoded PDU of the object's first byte; the index may be that behind the last object. */
    public int offsetOf(int index) {
        return header() + contentLength(objects.subList(0, index));
    }

    public ByteString encode() {
        int content = contentLength(objects);
        ByteSink sink = new ByteSink(header() + content);
        if (tag != BARE) {
            sink.u8(tag);
            Length.write(sink, content, lengthOctets);
        }
        for (int i = 0; i < objects.size(); i++) {
            objects.get(i).writeTo(sink);
        }
        return sink.toByteString();
    }

    private int header() {
        return tag == BARE ? 0 : 1 + lengthOctets;
    }

    private static int contentLength(List<ComprehensionTlv> objects) {
        int length = 0;
        for (int i = 0; i < objects.size(); i++) { // no iterator, as above
            length += objects.get(i).encodedLength();
        }
        return length;
    }
}
