// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/** A list of COMPREHENSION-TLV data objects under a BER-TLV tag, made by {@link uicc.system.HandlerBuilder}. */
public interface BERTLVEditHandler extends EditHandler, BERTLVViewHandler {
    /**
     * Sets the tag of the BER-TLV object.
     *
     * @param tag one byte
     */
    void setTag(byte tag);
}
