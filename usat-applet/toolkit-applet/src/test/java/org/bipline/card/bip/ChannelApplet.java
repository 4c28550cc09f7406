// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.bip;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import javacard.framework.AID;
import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISOException;
import javacard.framework.Shareable;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitInterface;
import uicc.toolkit.ToolkitRegistry;
import uicc.toolkit.ToolkitRegistrySystem;

/** An applet with one channel, whose part on menu selection the test plays. */
public final class ChannelApplet extends Applet implements ToolkitInterface, ByteReceiver {
    private static final byte[] TEXT = {'C'};

    /** The instance installed last; tests run one after another. */
    public static volatile ChannelApplet instance;

    public final BipChannel channel = new BipChannel();
    public final ByteArrayOutputStream received = new ByteArrayOutputStream();
    public volatile Consumer<BipChannel> onMenu = c -> {};
    public volatile Consumer<BipChannel> onData = c -> {};
    public volatile boolean about;
    public volatile boolean more = true;

    private ChannelApplet() {
        register();
        ToolkitRegistry registry = ToolkitRegistrySystem.getEntry();
        registry.initMenuEntry(TEXT, (short) 0, (short) 1, (byte) 0, false, (byte) 0, (short) 0);
        registry.setEvent(ToolkitConstants.EVENT_EVENT_DOWNLOAD_DATA_AVAILABLE);
        registry.setEvent(ToolkitConstants.EVENT_EVENT_DOWNLOAD_CHANNEL_STATUS);
    }

    public static void install(byte[] buf, short off, byte len) {
        instance = new ChannelApplet();
    }

    @Override
    public Shareable getShareableInterfaceObject(AID client, byte parameter) {
        return this;
    }

    @Override
    public void processToolkit(short event) {
        if (event == ToolkitConstants.EVENT_MENU_SELECTION) {
            onMenu.accept(channel);
        } else if (event == ToolkitConstants.EVENT_EVENT_DOWNLOAD_DATA_AVAILABLE) {
            about = channel.dataAvailable();
            channel.receive(this);
        } else if (event == ToolkitConstants.EVENT_EVENT_DOWNLOAD_CHANNEL_STATUS) {
            about = channel.channelStatus();
            channel.receive(this);
        }
    }

    @Override
    public boolean receive(byte[] buf, short off, short len) {
        received.write(buf, off, len);
        onData.accept(channel);
        return more;
    }

    @Override
    public void process(APDU apdu) throws ISOException {}
}
