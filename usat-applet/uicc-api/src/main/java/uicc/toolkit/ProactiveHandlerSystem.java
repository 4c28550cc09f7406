// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class ProactiveHandlerSystem {
    private ProactiveHandlerSystem() {}

    public static ProactiveHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getProactiveHandler();
    }
}
