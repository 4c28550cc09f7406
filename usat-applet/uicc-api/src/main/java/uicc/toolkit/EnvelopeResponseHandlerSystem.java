// SPDX-License-Identifier: Apache-2.0
package uicc.toolkit;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class EnvelopeResponseHandlerSystem {
    private EnvelopeResponseHandlerSystem() {}

    public static EnvelopeResponseHandler getTheHandler() throws ToolkitException {
        return ToolkitRuntime.get().getEnvelopeResponseHandler();
    }
}
