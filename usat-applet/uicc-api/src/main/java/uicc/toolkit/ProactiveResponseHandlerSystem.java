// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class ProactiveResponseHandlerSystem {
    private ProactiveResponseHandlerSystem() {}

    public static ProactiveResponseHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getProactiveResponseHandler();
    }
}
