// SPDX-License-Identifier: Apache-2.0
package uicc.system;

import org.bipline.uicc.spi.ToolkitRuntime;

public final class UICCPlatform {
    private UICCPlatform() {}

    public static byte[] getTheVolatileByteArray() {
        return ToolkitRuntime.get().getVolatileByteArray();
    }
}
