// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.spi;

import java.util.Iterator;
import java.util.ServiceLoader;
import javacard.framework.AID;
import uicc.access.FileView;
import uicc.access.fileadministration.AdminFileView;
import uicc.toolkit.EditHandler;
import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ToolkitRegistry;
import uicc.usim.geolocation.GeoLocation;
import uicc.usim.suci.SUCICalculator;
import uicc.usim.toolkit.USATEnvelopeHandler;

/**
 * What the static factories of the {@code uicc.*} packages ask of a UICC runtime. There is one runtime in a JVM, found
 * by {@link ServiceLoader} in the class loader of this class, the parent of the loaders of the applets. Every method
 * answers for the card, and where it matters the applet, to which the calling thread is bound.
 *
 * <p>Each method returns and throws what the factory of its name is specified to return and throw; null arguments do
 * not reach it unless it says so. A call from a thread that is bound to no card is an {@link IllegalStateException}.
 */
public abstract class ToolkitRuntime {
    private static volatile ToolkitRuntime instance;

    protected ToolkitRuntime() {}

    /**
     * The runtime of this JVM.
     *
     * @throws IllegalStateException where no runtime or more than one is on the class path; the message says what to do
     */
    public static ToolkitRuntime get() {
        ToolkitRuntime runtime = instance;
        if (runtime == null) {
            runtime = find();
            instance = runtime; // a race loads a second, equal one: providers keep their state outside the instance
        }
        return runtime;
    }

    private static ToolkitRuntime find() {
        Iterator<ToolkitRuntime> found = ServiceLoader.load(ToolkitRuntime.class, ToolkitRuntime.class.getClassLoader())
                .iterator();
        if (!found.hasNext()) {
            throw new IllegalStateException(
                    "no UICC runtime answers the uicc.* API: add org.bipline:uicc-runtime to the"
                            + " class path and call the applet through it");
        }
        ToolkitRuntime runtime = found.next();
        if (found.hasNext()) {
            throw new IllegalStateException(
                    "two UICC runtimes on the class path, " + runtime.getClass().getName() + " and "
                            + found.next().getClass().getName() + ": remove one");
        }
        return runtime;
    }

    public abstract FileView getUiccView(byte event);

    public abstract FileView getFileView(AID aid, byte event);

    public abstract AdminFileView getUiccAdminView(byte event);

    public abstract AdminFileView getAdminView(AID aid, byte event);

    public abstract EditHandler buildTlvHandler(byte type, short capacity);

    public abstract byte[] getVolatileByteArray();

    public abstract EnvelopeHandler getEnvelopeHandler();

    public abstract EnvelopeResponseHandler getEnvelopeResponseHandler();

    public abstract ProactiveHandler getProactiveHandler();

    public abstract ProactiveResponseHandler getProactiveResponseHandler();

    public abstract USATEnvelopeHandler getUsatEnvelopeHandler();

    /**
     * The TERMINAL PROFILE of the current card session, as the ME sent it; the caller does not write to it.
     *
     * @throws uicc.toolkit.ToolkitException TERMINAL_PROFILE_NOT_AVAILABLE before the ME sent one
     */
    public abstract byte[] getTerminalProfile();

    public abstract ToolkitRegistry getRegistryEntry();

    /** Answers {@code ToolkitRegistrySystem.isPrioritizedProactiveHandlerAvailableEventSet}. */
    public abstract boolean isPrioritizedProactiveHandlerAvailableEventSet();

    public abstract GeoLocation buildGeoLocation();

    /** Registers for the USIM application {@code aid}, or for the default one where {@code aid} is null. */
    public abstract void registerSuciCalculator(AID aid, SUCICalculator calculator);

    public abstract void deregisterSuciCalculator(AID aid, SUCICalculator calculator);
}
