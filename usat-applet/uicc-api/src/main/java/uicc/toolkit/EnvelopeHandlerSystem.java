// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class EnvelopeHandlerSystem {
    private EnvelopeHandlerSystem() {}

    public static EnvelopeHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getEnvelopeHandler();
    }
}
