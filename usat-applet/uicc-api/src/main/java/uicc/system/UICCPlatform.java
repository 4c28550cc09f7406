// SPDX-License-Identifier: Apache-2.0
package uicc.system;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Gives access to what the platform shares among applets. */
public final class UICCPlatform {
    private UICCPlatform() {}

    /**
     * Returns a scratch array that all applets share, of at least 256 bytes. It is a global array: it takes no part in
     * transactions, a reference to it cannot be stored, and its content is lost whenever another applet may have run,
     * thus at each {@code send()} and at the end of an event.
     *
     * @return the array
     */
    public static byte[] getTheVolatileByteArray() {
        return ToolkitRuntime.get().getVolatileByteArray();
    }
}
