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

    private static final String COMPREHENSION_TLV = "ETSI TS 101 220 clause 7.1.1";
    private static final String BER_TLV = "ETSI TS 101 220 clause 7.1.2";

    public Pdu {
        objects = List.copyOf(objects);
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
     * @throws CatDecodingException when the tag, a length or the end of the PDU is wrong
     */
    public static Pdu decode(ByteString pdu) throws CatDecodingException {
        if (pdu.length() < 2) {
            throw fault("shorter than tag and length", pdu.length(), BER_TLV, List.of());
        }
        int octets = Length.octetsAt(pdu, 1);
        if (octets == 0) {
            throw fault("length field is cut or longer than four bytes", 1, BER_TLV, List.of());
        }
        int header = 1 + octets;
        int length = Length.read(pdu, 1, octets);
        if (length != pdu.length() - header) {
            String fault = "length " + length + " but " + (pdu.length() - header) + " bytes";
            throw fault(fault, 1, BER_TLV, List.of());
        }
        return new Pdu(pdu.u8(0), octets, objects(pdu, header));
    }

    /**
     * Reads a list of data objects that stands in no BER-TLV: a terminal response.
     *
     * @throws CatDecodingException when a tag, a length or the end of the list is wrong
     */
    public static Pdu decodeBare(ByteString pdu) throws CatDecodingException {
        return new Pdu(BARE, 0, objects(pdu, 0));
    }

    private static List<ComprehensionTlv> objects(ByteString pdu, int start) throws CatDecodingException {
        List<ComprehensionTlv> objects = new ArrayList<>(8);
        int at = start;
        while (at < pdu.length()) {
            int first = pdu.u8(at);
            boolean longTag = first == ComprehensionTlv.LONG_TAG;
            int tagOctets = longTag ? 3 : 1;
            if (tagOctets > pdu.length() - at) {
                throw fault("tag is cut", at, COMPREHENSION_TLV, objects);
            }
            int wireTag = longTag ? pdu.u16(at + 1) : first;
            int flag = longTag ? 0x8000 : 0x80;
            int tag = wireTag & ~flag;
            if (tag == 0 || wireTag == 0xFF) { // 00, 80 and FF are no tags in either form of one byte
                throw fault("tag " + Integer.toHexString(wireTag), at, COMPREHENSION_TLV, objects);
            }
            int octets = Length.octetsAt(pdu, at + tagOctets);
            if (octets == 0) {
                throw fault(
                        "length field is cut or longer than four bytes", at + tagOctets, COMPREHENSION_TLV, objects);
            }
            int length = Length.read(pdu, at + tagOctets, octets);
            int value = at + tagOctets + octets;
            if (length > pdu.length() - value) {
                String fault = "length " + length + " but " + (pdu.length() - value) + " bytes";
                throw fault(fault, at + tagOctets, COMPREHENSION_TLV, objects);
            }
            DataObject object = DataObjectType.decode(tag, pdu.slice(value, value + length));
            objects.add(new ComprehensionTlv(object, (wireTag & flag) != 0, longTag, octets));
            at = value + length;
        }
        return objects;
    }

    private static CatDecodingException fault(String fault, int at, String clause, List<ComprehensionTlv> read) {
        Optional<ByteString> details = read.stream()
                .filter(tlv -> tlv.object() instanceof CommandDetails)
                .map(ComprehensionTlv::encode)
                .findFirst();
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
            if (object.tag() == type.tag() && !(object instanceof MalformedObject)) {
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
        for (ComprehensionTlv tlv : objects) {
            tlv.writeTo(sink);
        }
        return sink.toByteString();
    }

    private int header() {
        return tag == BARE ? 0 : 1 + lengthOctets;
    }

    private static int contentLength(List<ComprehensionTlv> objects) {
        int length = 0;
        for (ComprehensionTlv tlv : objects) {
            length += tlv.encodedLength();
        }
        return length;
    }
}
