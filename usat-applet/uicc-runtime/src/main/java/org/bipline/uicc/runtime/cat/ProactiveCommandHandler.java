// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import org.bipline.uicc.runtime.vm.TemporaryEntryPoint;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;

/** The one handler of a card that builds and sends proactive commands. ETSI TS 102 241, ProactiveHandler. */
final class ProactiveCommandHandler extends EditTlvHandler implements ProactiveHandler, TemporaryEntryPoint {
    /** What fits into one FETCH: 256 bytes less the tag and a length of two bytes. */
    private static final int CAPACITY = 253;

    private static final byte CR = (byte) 0x80;
    private final CatRuntime cat;

    ProactiveCommandHandler(CatRuntime cat) {
        super(CAPACITY);
        this.cat = cat;
    }

    @Override
    void check() {
        if (!cat.isProactiveHandlerAvailable()) {
            ToolkitException.throwIt(ToolkitException.HANDLER_NOT_AVAILABLE);
        }
    }

    /** Empties the handler when an applet is triggered that may use it. */
    void begin() {
        set(list, 0, 0);
    }

    @Override
    public void init(byte type, byte qualifier, byte dstDevice) {
        check();
        set(list, 0, 0);
        byte[] header = {
            CR | ToolkitConstants.TAG_COMMAND_DETAILS,
            3,
            1,
            type,
            qualifier,
            CR | ToolkitConstants.TAG_DEVICE_IDENTITIES,
            2,
            ToolkitConstants.DEV_ID_UICC,
            dstDevice
        };
        System.arraycopy(header, 0, list, 0, header.length);
        end = header.length;
    }

    @Override
    public byte send() {
        check();
        byte[] command = new byte[length()];
        System.arraycopy(list, 0, command, 0, command.length);
        ProactiveResponse response = cat.send(command);
        byte result = response.getGeneralResult();
        response.unselect();
        return result;
    }

    @Override
    public void initDisplayText(byte qualifier, byte dcs, byte[] buffer, short offset, short length) {
        check();
        checkRange(buffer, offset, length);
        init(ToolkitConstants.PRO_CMD_DISPLAY_TEXT, qualifier, ToolkitConstants.DEV_ID_DISPLAY);
        appendText(dcs, buffer, offset, length);
    }

    @Override
    public void initGetInkey(byte qualifier, byte dcs, byte[] buffer, short offset, short length) {
        check();
        checkRange(buffer, offset, length);
        init(ToolkitConstants.PRO_CMD_GET_INKEY, qualifier, ToolkitConstants.DEV_ID_TERMINAL);
        appendText(dcs, buffer, offset, length);
    }

    @Override
    public void initGetInput(
            byte qualifier,
            byte dcs,
            byte[] buffer,
            short offset,
            short length,
            short minRespLength,
            short maxRespLength) {
        check();
        checkRange(buffer, offset, length);
        init(ToolkitConstants.PRO_CMD_GET_INPUT, qualifier, ToolkitConstants.DEV_ID_TERMINAL);
        appendText(dcs, buffer, offset, length);
        appendTLV((byte) (CR | ToolkitConstants.TAG_RESPONSE_LENGTH), (byte) minRespLength, (byte) maxRespLength);
    }

    /** An empty text has no coding scheme either. */
    private void appendText(byte dcs, byte[] buffer, short offset, short length) {
        byte tag = (byte) (CR | ToolkitConstants.TAG_TEXT_STRING);
        if (length == 0) {
            appendTLV(tag, buffer, offset, length);
        } else {
            appendTLV(tag, dcs, buffer, offset, length);
        }
    }

    @Override
    public void initCloseChannel(byte channelIdentifier) {
        init(ToolkitConstants.PRO_CMD_CLOSE_CHANNEL, (byte) 0, (byte)
                (ToolkitConstants.DEV_ID_CHANNEL_BASE | channelIdentifier));
    }

    @Override
    public void initMoreTime() {
        init(ToolkitConstants.PRO_CMD_MORE_TIME, (byte) 0, ToolkitConstants.DEV_ID_TERMINAL);
    }
}
