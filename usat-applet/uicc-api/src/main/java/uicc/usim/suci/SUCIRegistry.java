// SPDX-License-Identifier: Apache-2.0
package uicc.usim.suci;

import java.util.Objects;
import javacard.framework.AID;
import org.bipline.uicc.spi.ToolkitRuntime;

/**
 * Registers the applets that compute the subscription concealed identifier. A calculator has to be in the security
 * domain of its USIM.
 */
public class SUCIRegistry {
    private SUCIRegistry() {}

    /**
     * Registers a calculator for a USIM.
     *
     * @param aid AID of the USIM
     * @param calculator answers from now on
     * @throws NullPointerException if {@code aid} or {@code calculator} is null
     * @throws javacard.framework.SystemException if there is no USIM with this AID
     * @throws SUCIException ALREADY_REGISTERED if the USIM has one; WRONG_INTERFACE; WRONG_OWNERSHIP if it is in
     *     another security domain
     */
    public static void registerSUCICalculator(AID aid, SUCICalculator calculator) {
        ToolkitRuntime.get().registerSuciCalculator(Objects.requireNonNull(aid), Objects.requireNonNull(calculator));
    }

    /**
     * Registers a calculator for the USIM of the card.
     *
     * @param calculator answers from now on
     * @throws NullPointerException if {@code calculator} is null
     * @throws SUCIException NO_USIM; ALREADY_REGISTERED if the USIM has one; WRONG_INTERFACE; WRONG_OWNERSHIP if it is
     *     in another security domain
     */
    public static void registerSUCICalculator(SUCICalculator calculator) {
        ToolkitRuntime.get().registerSuciCalculator(null, Objects.requireNonNull(calculator));
    }

    /**
     * Ends the registration of a calculator with a USIM.
     *
     * @param aid AID of the USIM
     * @param calculator the one that is registered
     * @throws NullPointerException if {@code aid} or {@code calculator} is null
     * @throws javacard.framework.SystemException if there is no USIM with this AID
     * @throws SUCIException NOT_REGISTERED if it is not this one
     */
    public static void deregisterSUCICalculator(AID aid, SUCICalculator calculator) {
        ToolkitRuntime.get().deregisterSuciCalculator(Objects.requireNonNull(aid), Objects.requireNonNull(calculator));
    }

    /**
     * Ends the registration of a calculator with the USIM of the card.
     *
     * @param calculator the one that is registered
     * @throws NullPointerException if {@code calculator} is null
     * @throws SUCIException NO_USIM; NOT_REGISTERED if it is not this one
     */
    public static void deregisterSUCICalculator(SUCICalculator calculator) {
        ToolkitRuntime.get().deregisterSuciCalculator(null, Objects.requireNonNull(calculator));
    }
}
