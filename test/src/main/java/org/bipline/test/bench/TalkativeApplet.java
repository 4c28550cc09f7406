// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import javacard.framework.AID;
import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.Shareable;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ToolkitConstants;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitInterface;
import uicc.toolkit.ToolkitRegistrySystem;

/** An applet that answers the choice of its menu entry with {@link #COMMANDS} proactive commands of the cheapest kind. */
public final class TalkativeApplet extends Applet implements ToolkitInterface {
    static final int COMMANDS = 1000;

    private static final byte[] TITLE = {'T', 'a', 'l', 'k'};

    private TalkativeApplet() throws ToolkitException {
        register();
        ToolkitRegistrySystem.getEntry()
                .initMenuEntry(TITLE, (short) 0, (short) TITLE.length, (byte) 0, false, (byte) 0, (short) 0);
    }

    public static void install(byte[] parameters, short offset, byte length) throws ToolkitException {
        new TalkativeApplet();
    }

    @Override
    public Shareable getShareableInterfaceObject(AID client, byte parameter) {
        return this;
    }

    @Override
    public void process(APDU apdu) {
        if (!selectingApplet()) {
            ISOException.throwIt(ISO7816.SW_INS_NOT_SUPPORTED);
        }
    }

    @Override
    public void processToolkit(short event) throws ToolkitException {
        for (short i = 0; i < COMMANDS; i++) {
            ProactiveHandler handler = ProactiveHandlerSystem.getTheHandler();
            handler.init(ToolkitConstants.PRO_CMD_MORE_TIME, (byte) 0, ToolkitConstants.DEV_ID_TERMINAL);
            if (handler.send() != ToolkitConstants.RES_CMD_PERF) {
                throw new IllegalStateException("MORE TIME was refused");
            }
        }
    }
}
