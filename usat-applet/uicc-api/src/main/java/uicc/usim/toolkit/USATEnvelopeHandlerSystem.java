// SPDX-License-Identifier: Apache-2.0
package uicc.usim.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;
import uicc.toolkit.ToolkitException;

/** Lends the envelope handler of USIM events. */
public final class USATEnvelopeHandlerSystem {
    private USATEnvelopeHandlerSystem() {}

    /**
     * Returns the handler. It cannot be stored in a field: ask for it in each event.
     *
     * @return the handler
     * @throws ToolkitException HANDLER_NOT_AVAILABLE where no event with an envelope is being processed
     */
    public static USATEnvelopeHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getUsatEnvelopeHandler();
    }
}
