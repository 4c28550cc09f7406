// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteSink;
import org.bipline.cat.tlv.ByteString;
import org.bipline.cat.tlv.Length;

/**
 * A data object in its place: with comprehension-required flag and the form of its tag and length. ETSI TS 101 220 clause
 * 7.1.1.
 *
 * @param longTag whether the tag has three bytes although one might do
 * @param lengthOctets bytes of the length field, one to four; too few for the value fail when it is written
 */
public record ComprehensionTlv(DataObject object, boolean comprehensionRequired, boolean longTag, int lengthOctets) {
    static final int LONG_TAG = 0x7F;
    static final int MAX_SHORT_TAG = 0x7E;

    public ComprehensionTlv {
        if (lengthOctets < 1 || lengthOctets > Length.MAX_OCTETS) {
            throw new IllegalArgumentException(lengthOctets + " length octets");
        }
        if (!longTag && object instanceof UnknownObject unknown && unknown.tag() > MAX_SHORT_TAG) {
            throw new IllegalArgumentException("tag " + unknown.tag() + " in one byte");
        }
    }

    /** The object with the shortest tag and length. */
    public static ComprehensionTlv of(DataObject object, boolean comprehensionRequired) {
        return new ComprehensionTlv(
                object, comprehensionRequired, object.tag() > MAX_SHORT_TAG, Length.shortest(object.length()));
    }

    /** The first tag byte as it stands on the wire, for showing. */
    public int wireTag() {
        int flag = comprehensionRequired ? 0x80 : 0;
        return longTag ? (LONG_TAG << 16) | (flag << 8) | object.tag() : flag | object.tag();
    }

    public int headerLength() {
        return (longTag ? 3 : 1) + lengthOctets;
    }

    public int encodedLength() {
        return headerLength() + object.length();
    }

    void writeTo(ByteSink sink) {
        int flag = comprehensionRequired ? 0x80 : 0;
        if (longTag) {
            sink.u8(LONG_TAG).u16((flag << 8) | object.tag());
        } else {
            sink.u8(flag | object.tag());
        }
        Length.write(sink, object.length(), lengthOctets);
        object.writeTo(sink);
    }

    public ByteString encode() {
        ByteSink sink = new ByteSink(encodedLength());
        writeTo(sink);
        return sink.toByteString();
    }
}
