// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import javacard.framework.AID;
import org.bipline.uicc.spi.ToolkitRuntime;

public class SUCIRegistry {
    private SUCIRegistry() {}

    public static void registerSUCICalculator(AID aid, SUCICalculator calculator) {
        ToolkitRuntime.get().registerSuciCalculator(aid, calculator);
    }

    public static void registerSUCICalculator(SUCICalculator calculator) {
        ToolkitRuntime.get().registerSuciCalculator(null, calculator);
    }

    public static void deregisterSUCICalculator(AID aid, SUCICalculator calculator) {
        ToolkitRuntime.get().deregisterSuciCalculator(aid, calculator);
    }

    public static void deregisterSUCICalculator(SUCICalculator calculator) {
        ToolkitRuntime.get().deregisterSuciCalculator(null, calculator);
    }
}
