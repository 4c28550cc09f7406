// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import org.bipline.me.CardLink;
import org.bipline.me.CardLinkException;
import org.bipline.uicc.runtime.PowerCutException;
import org.bipline.uicc.runtime.Uicc;

/** The way from an ME to a simulated UICC in the same process. */
public final class UiccLink implements CardLink {
    private final Uicc uicc;

    public UiccLink(Uicc uicc) {
        this.uicc = uicc;
    }

    @Override
    public byte[] reset() {
        return uicc.reset();
    }

    @Override
    public byte[] transmit(byte[] command) throws CardLinkException {
        try {
            return uicc.transmit(command);
        } catch (PowerCutException e) {
            throw new CardLinkException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        uicc.powerOff();
    }
}
