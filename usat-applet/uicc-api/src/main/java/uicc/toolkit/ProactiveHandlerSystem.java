// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Lends the proactive handler. */
public final class ProactiveHandlerSystem {
    private ProactiveHandlerSystem() {}

    /**
     * Returns the handler. It cannot be stored in a field: ask for it in each event.
     *
     * @return the handler
     * @throws ToolkitException HANDLER_NOT_AVAILABLE before the ME sent its terminal profile, while another applet's
     *     command is under way, and outside {@code processToolkit}; {@link
     *     ToolkitConstants#EVENT_PROACTIVE_HANDLER_AVAILABLE} tells when it is free
     */
    public static ProactiveHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getProactiveHandler();
    }
}
