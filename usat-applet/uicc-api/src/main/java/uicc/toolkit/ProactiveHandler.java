// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface ProactiveHandler extends EditHandler {
    void init(byte type, byte qualifier, byte dstDevice);

    byte send() throws ToolkitException;

    void initDisplayText(byte qualifier, byte dcs, byte[] buffer, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    void initGetInkey(byte qualifier, byte dcs, byte[] buffer, short offset, short length)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    void initGetInput(
            byte qualifier,
            byte dcs,
            byte[] buffer,
            short offset,
            short length,
            short minRespLength,
            short maxRespLength)
            throws NullPointerException, ArrayIndexOutOfBoundsException, ToolkitException;

    void initCloseChannel(byte channelIdentifier);

    void initMoreTime();
}
