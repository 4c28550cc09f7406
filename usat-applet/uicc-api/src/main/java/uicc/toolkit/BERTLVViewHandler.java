// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

/** A list of COMPREHENSION-TLV data objects that is the value of a BER-TLV object. */
public interface BERTLVViewHandler extends ViewHandler {
    /**
     * Returns the tag of the BER-TLV object.
     *
     * @return for instance {@link ToolkitConstants#BTAG_EVENT_DOWNLOAD}
     */
    byte getTag();

    /**
     * Returns the length of the BER-TLV object with its tag and its length field.
     *
     * @return bytes
     */
    short getSize();
}
