// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import com.licel.jcardsim.base.ApduCase;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Method;
import javacard.framework.APDU;

/** What jCardSim's APDU objects do not let out. */
final class Apdus {
    /** jCardSim prepares an APDU object by reflection; a constant handle costs a tenth of that. */
    private static final MethodHandle RESET;

    private static final VarHandle VARIABLES;

    /** Index of the logical channel among the variables, which jCardSim never sets. */
    private static final int LOGICAL_CHANNEL = 6;

    static {
        try {
            Method reset = APDU.class.getDeclaredMethod("internalReset", byte.class, ApduCase.class, byte[].class);
            reset.setAccessible(true);
            RESET = MethodHandles.lookup().unreflect(reset);
            VARIABLES = MethodHandles.privateLookupIn(APDU.class, MethodHandles.lookup())
                    .findVarHandle(APDU.class, "ramVars", short[].class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("another jCardSim than the one this was built with", e);
        }
    }

    private Apdus() {}

    /** Begins with a command, or ends with the last one where {@code command} is null. */
    static void reset(APDU apdu, byte protocol, ApduCase apduCase, byte[] command) {
        try {
            RESET.invokeExact(apdu, protocol, apduCase, command);
        } catch (Throwable e) {
            throw new IllegalStateException("jCardSim refuses an APDU", e);
        }
    }

    /** What {@code APDU.getCLAChannel()} gives from now on. */
    static void setChannel(APDU apdu, int channel) {
        ((short[]) VARIABLES.get(apdu))[LOGICAL_CHANNEL] = (short) channel;
    }
}
