// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.bench;

import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISO7816;
import javacard.framework.Util;

/** An applet with next to no work of its own: answers every command with eight bytes. */
public final class EchoApplet extends Applet {
    private final byte[] answer = {1, 2, 3, 4, 5, 6, 7, 8};

    private EchoApplet() {
        register();
    }

    public static void install(byte[] parameters, short offset, byte length) {
        new EchoApplet();
    }

    @Override
    public void process(APDU apdu) {
        byte[] buffer = apdu.getBuffer();
        if (buffer[ISO7816.OFFSET_INS] == ISO7816.INS_SELECT) {
            return;
        }
        Util.arrayCopyNonAtomic(answer, (short) 0, buffer, (short) 0, (short) answer.length);
        apdu.setOutgoingAndSend((short) 0, (short) answer.length);
    }
}
