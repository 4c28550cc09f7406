// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

public interface EnvelopeHandler extends BERTLVViewHandler {
    byte getItemIdentifier() throws ToolkitException;

    byte getChannelIdentifier() throws ToolkitException;

    short getChannelStatus(byte channelIdentifier) throws ToolkitException;
}
