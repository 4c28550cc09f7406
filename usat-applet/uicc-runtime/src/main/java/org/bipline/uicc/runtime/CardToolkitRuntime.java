// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import javacard.framework.AID;
import javacard.framework.SystemException;
import org.bipline.uicc.runtime.cat.CatRuntime;
import org.bipline.uicc.runtime.cat.TlvHandlers;
import org.bipline.uicc.runtime.vm.CardRuntime;
import org.bipline.uicc.spi.ToolkitRuntime;
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

/** Answers the static factories of the {@code uicc.*} API for the card to which the calling thread is bound. */
public final class CardToolkitRuntime extends ToolkitRuntime {
    private static Card card() {
        return (Card) CardRuntime.current();
    }

    private static CatRuntime cat() {
        return card().cat();
    }

    @Override
    public FileView getUiccView(byte event) {
        checkMemoryType(event);
        return card().views().view(null, event);
    }

    @Override
    public FileView getFileView(AID aid, byte event) {
        checkMemoryType(event);
        if (aid == null) {
            throw new NullPointerException("aid");
        }
        return card().views().view(aid, event);
    }

    private static void checkMemoryType(byte event) {
        if (event < 0 || event > 2) {
            SystemException.throwIt(SystemException.ILLEGAL_VALUE);
        }
    }

    @Override
    public AdminFileView getUiccAdminView(byte event) {
        checkMemoryType(event);
        return card().views().adminView(null, event);
    }

    @Override
    public AdminFileView getAdminView(AID aid, byte event) {
        checkMemoryType(event);
        if (aid == null) {
            throw new NullPointerException("aid");
        }
        return card().views().adminView(aid, event);
    }

    @Override
    public EditHandler buildTlvHandler(byte type, short capacity) {
        return TlvHandlers.build(type, capacity);
    }

    @Override
    public byte[] getVolatileByteArray() {
        return card().volatileBytes();
    }

    @Override
    public EnvelopeHandler getEnvelopeHandler() {
        return cat().envelopeHandler();
    }

    @Override
    public EnvelopeResponseHandler getEnvelopeResponseHandler() {
        return cat().envelopeResponseHandler();
    }

    @Override
    public ProactiveHandler getProactiveHandler() {
        return cat().proactiveHandler();
    }

    @Override
    public ProactiveResponseHandler getProactiveResponseHandler() {
        return cat().proactiveResponseHandler();
    }

    @Override
    public USATEnvelopeHandler getUsatEnvelopeHandler() {
        return cat().usatEnvelopeHandler();
    }

    @Override
    public byte[] getTerminalProfile() {
        return cat().terminalProfile();
    }

    @Override
    public ToolkitRegistry getRegistryEntry() {
        return cat().registryEntry();
    }

    @Override
    public boolean isPrioritizedProactiveHandlerAvailableEventSet() {
        return cat().isPrioritizedHandlerWaiting();
    }

    @Override
    public GeoLocation buildGeoLocation() {
        return cat().geoLocation();
    }

    @Override
    public void registerSuciCalculator(AID aid, SUCICalculator calculator) {
        card().suciCalculators().register(aid, calculator);
    }

    @Override
    public void deregisterSuciCalculator(AID aid, SUCICalculator calculator) {
        card().suciCalculators().deregister(aid, calculator);
    }
}
