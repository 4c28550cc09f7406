// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Map;
import org.bipline.cat.tlv.ByteSink;

/**
 * Channel status. ETSI TS 102 223 clause 8.56.
 *
 * @param status bits 1 to 3 channel identifier (0: no channel available); bit 8 link established or packet data service
 *     activated; in UICC server mode bits 7 and 8 are the state of the TCP connection
 * @param information further information: 0 none, 5 link dropped
 */
public record ChannelStatus(int status, int information) implements TypedObject {
    public static final int NO_FURTHER_INFORMATION = 0x00;
    public static final int LINK_DROPPED = 0x05;

    private static final int LINK_ESTABLISHED = 0x80;

    /** States of the TCP connection in UICC server mode, bits 7 and 8. */
    public enum TcpState {
        CLOSED(0x00),
        LISTEN(0x40),
        ESTABLISHED(0x80);

        private final int bits;

        TcpState(int bits) {
            this.bits = bits;
        }
    }

    public ChannelStatus {
        Bits.u8("channel status", status);
        Bits.u8("channel status information", information);
    }

    /** Status of a channel of a client, identifier 1 to 7, or of no channel (0). */
    public static ChannelStatus ofClient(int channelIdentifier, boolean linkEstablished, int information) {
        return new ChannelStatus(channelIdentifier | (linkEstablished ? LINK_ESTABLISHED : 0), information);
    }

    /** Status of a channel in UICC server mode, identifier 1 to 7. */
    public static ChannelStatus ofServer(int channelIdentifier, TcpState state) {
        return new ChannelStatus(channelIdentifier | state.bits, NO_FURTHER_INFORMATION);
    }

    public int channelIdentifier() {
        return status & 0x07;
    }

    public boolean linkEstablished() {
        return (status & LINK_ESTABLISHED) != 0;
    }

    @Override
    public DataObjectType type() {
        return DataObjectType.CHANNEL_STATUS;
    }

    @Override
    public int length() {
        return 2;
    }

    @Override
    public void writeTo(ByteSink sink) {
        sink.u8(status).u8(information);
    }

    @Override
    public Map<String, Object> fields() {
        return Fields.of()
                .put("channelIdentifier", channelIdentifier())
                .put("linkEstablished", linkEstablished())
                .put("status", status)
                .put("information", information)
                .put("linkDropped", information == LINK_DROPPED)
                .toMap();
    }
}
