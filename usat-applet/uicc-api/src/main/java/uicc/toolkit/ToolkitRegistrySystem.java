// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Gives an applet access to its entry in the registry of the framework. */
public final class ToolkitRegistrySystem {
    private ToolkitRegistrySystem() {}

    /**
     * Returns the entry of the calling applet. It is permanent and may be kept in a field.
     *
     * @return the entry, or null before {@code Applet.register()}
     * @throws ToolkitException REGISTRY_ERROR if the framework has no entry for the applet
     */
    public static ToolkitRegistry getEntry() throws ToolkitException {
        return ToolkitRuntime.get().getRegistryEntry();
    }

    /**
     * Tells whether another applet of the same or a higher priority waits for the proactive handler. A polite applet
     * ends its session then. From a later release of the package.
     *
     * @return true if one is registered for {@link ToolkitConstants#EVENT_PROACTIVE_HANDLER_AVAILABLE}
     */
    public static boolean isPrioritizedProactiveHandlerAvailableEventSet() {
        return ToolkitRuntime.get().isPrioritizedProactiveHandlerAvailableEventSet();
    }
}
