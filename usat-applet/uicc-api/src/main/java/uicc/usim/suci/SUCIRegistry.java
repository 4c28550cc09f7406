// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import java.util.Objects;
import javacard.framework.AID;
import org.bipline.uicc.spi.ToolkitRuntime;

public class SUCIRegistry {
    private SUCIRegistry() {}

    public static void registerSUCICalculator(AID aid, SUCICalculator calculator) {
        ToolkitRuntime.get().registerSuciCalculator(Objects.requireNonNull(aid), Objects.requireNonNull(calculator));
    }

    public static void registerSUCICalculator(SUCICalculator calculator) {
        ToolkitRuntime.get().registerSuciCalculator(null, Objects.requireNonNull(calculator));
    }

    public static void deregisterSUCICalculator(AID aid, SUCICalculator calculator) {
        ToolkitRuntime.get().deregisterSuciCalculator(Objects.requireNonNull(aid), Objects.requireNonNull(calculator));
    }

    public static void deregisterSUCICalculator(SUCICalculator calculator) {
        ToolkitRuntime.get().deregisterSuciCalculator(null, Objects.requireNonNull(calculator));
    }
}
