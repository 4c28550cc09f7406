// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Lends the envelope handler. */
public final class EnvelopeHandlerSystem {
    private EnvelopeHandlerSystem() {}

    /**
     * Returns the handler. It cannot be stored in a field: ask for it in each event.
     *
     * @return the handler
     * @throws ToolkitException HANDLER_NOT_AVAILABLE where no event with an envelope is being processed
     */
    public static EnvelopeHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getEnvelopeHandler();
    }
}
