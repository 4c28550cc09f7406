// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

/** The channel status object in a TLV list. ETSI TS 102 223 clause 8.56. */
final class ChannelStatus {
    private ChannelStatus() {}

    static byte identifier(TlvHandler handler) {
        handler.require(ToolkitConstants.TAG_CHANNEL_DATA_STATUS, 1);
        return (byte) (handler.getValueByte((short) 0) & 7);
    }

    /** The two bytes of the object for this channel, which is selected. */
    static short of(TlvHandler handler, byte channelIdentifier) {
        for (byte occurrence = 1; occurrence > 0; occurrence++) {
            handler.require(ToolkitConstants.TAG_CHANNEL_DATA_STATUS, occurrence);
            if (handler.selectedLength() == 0 || (handler.getValueByte((short) 0) & 7) != channelIdentifier) {
                continue;
            }
            return handler.getValueShort((short) 0);
        }
        throw new ToolkitException(ToolkitException.UNAVAILABLE_ELEMENT);
    }
}
