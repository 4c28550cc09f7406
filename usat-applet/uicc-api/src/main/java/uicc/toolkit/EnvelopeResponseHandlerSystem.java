// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Lends the envelope response handler. */
public final class EnvelopeResponseHandlerSystem {
    private EnvelopeResponseHandlerSystem() {}

    /**
     * Returns the handler. It cannot be stored in a field: ask for it in each event.
     *
     * @return the handler
     * @throws ToolkitException HANDLER_NOT_AVAILABLE where the event allows no response, or another applet has posted
     *     one
     */
    public static EnvelopeResponseHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getEnvelopeResponseHandler();
    }
}
