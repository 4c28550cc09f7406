// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Lends the proactive response handler. */
public final class ProactiveResponseHandlerSystem {
    private ProactiveResponseHandlerSystem() {}

    /**
     * Returns the handler. It cannot be stored in a field: ask for it after each {@code send()}.
     *
     * @return the handler
     * @throws ToolkitException HANDLER_NOT_AVAILABLE before the first {@code send()} of the event
     */
    public static ProactiveResponseHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getProactiveResponseHandler();
    }
}
