// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class ToolkitRegistrySystem {
    private ToolkitRegistrySystem() {}

    public static ToolkitRegistry getEntry() throws ToolkitException {
        return ToolkitRuntime.get().getRegistryEntry();
    }

    public static boolean isPrioritizedProactiveHandlerAvailableEventSet() {
        return ToolkitRuntime.get().isPrioritizedProactiveHandlerAvailableEventSet();
    }
}
