// SPDX-License-Identifier: Apache-2.0
package uicc.usim.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;
import uicc.toolkit.ToolkitException;

public final class USATEnvelopeHandlerSystem {
    private USATEnvelopeHandlerSystem() {}

    public static USATEnvelopeHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getUsatEnvelopeHandler();
    }
}
