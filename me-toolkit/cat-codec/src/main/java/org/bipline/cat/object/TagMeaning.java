// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import org.bipline.cat.tlv.ByteString;

/**
 * What tags mean in one kind of PDU: since release 10 a tag may stand for several data objects, told apart by the command,
 * the response or the event that they stand in. ETSI TS 101 220 clause 7.2.
 */
@FunctionalInterface
public interface TagMeaning {
    /** Every tag has its usual meaning. */
    TagMeaning USUAL = (tag, usual) -> usual;

    /** The object that the tag stands for; {@code usual} where this kind of PDU has no object of that tag. */
    DataObjectType of(int tag, DataObjectType usual);

    /** Finds the meaning that holds in a PDU. */
    @FunctionalInterface
    interface Finder {
        /** Every tag has its usual meaning in every PDU. */
        Finder USUAL = (berTag, pdu, key, end) -> TagMeaning.USUAL;

        /**
         * The meaning that holds in a PDU.
         *
         * @param berTag BER-TLV tag, or {@link Pdu#BARE}
         * @param key where in the PDU the value stands that says of which kind it is: that of the Command details, of the
         *     Event list in an event download
         * @param end the index behind that value, {@code key} when there is none
         */
        TagMeaning find(int berTag, ByteString pdu, int key, int end);
    }
}
