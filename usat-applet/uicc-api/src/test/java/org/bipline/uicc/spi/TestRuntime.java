// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.spi;

import java.lang.reflect.Proxy;
import javacard.framework.AID;
import uicc.access.FileView;
import uicc.access.fileadministration.AdminFileView;
import uicc.toolkit.EditHandler;
import uicc.toolkit.EnvelopeHandler;
import uicc.toolkit.EnvelopeResponseHandler;
import uicc.toolkit.ProactiveHandler;
import uicc.toolkit.ProactiveResponseHandler;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitRegistry;
import uicc.usim.geolocation.GeoLocation;
import uicc.usim.suci.SUCICalculator;
import uicc.usim.toolkit.USATEnvelopeHandler;

/** A runtime that answers each factory with an object that says which question it answers. */
public class TestRuntime extends ToolkitRuntime {
    static byte[] terminalProfile = {};
    static String registration;

    private static <T> T answer(Class<T> type, String name) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals("appendArray")) {
                throw new ToolkitException(ToolkitException.HANDLER_OVERFLOW);
            }
            return name;
        }));
    }

    private static String describe(String what, AID aid, byte event) {
        byte[] bytes = new byte[16];
        return what + " " + aid.getBytes(bytes, (short) 0) + " " + bytes[0] + " " + event;
    }

    @Override
    public FileView getUiccView(byte event) {
        return answer(FileView.class, "UICC view " + event);
    }

    @Override
    public FileView getFileView(AID aid, byte event) {
        return answer(FileView.class, describe("ADF view", aid, event));
    }

    @Override
    public AdminFileView getUiccAdminView(byte event) {
        return answer(AdminFileView.class, "UICC admin view " + event);
    }

    @Override
    public AdminFileView getAdminView(AID aid, byte event) {
        return answer(AdminFileView.class, describe("ADF admin view", aid, event));
    }

    @Override
    public EditHandler buildTlvHandler(byte type, short capacity) {
        return answer(EditHandler.class, "handler " + type + " " + capacity);
    }

    @Override
    public byte[] getVolatileByteArray() {
        return new byte[] {0x55};
    }

    @Override
    public EnvelopeHandler getEnvelopeHandler() {
        return answer(EnvelopeHandler.class, "envelope");
    }

    @Override
    public EnvelopeResponseHandler getEnvelopeResponseHandler() {
        return answer(EnvelopeResponseHandler.class, "envelope response");
    }

    @Override
    public ProactiveHandler getProactiveHandler() {
        return answer(ProactiveHandler.class, "proactive");
    }

    @Override
    public ProactiveResponseHandler getProactiveResponseHandler() {
        return answer(ProactiveResponseHandler.class, "proactive response");
    }

    @Override
    public USATEnvelopeHandler getUsatEnvelopeHandler() {
        return answer(USATEnvelopeHandler.class, "USAT envelope");
    }

    @Override
    public byte[] getTerminalProfile() {
        return terminalProfile;
    }

    @Override
    public ToolkitRegistry getRegistryEntry() {
        return answer(ToolkitRegistry.class, "registry");
    }

    @Override
    public boolean isPrioritizedProactiveHandlerAvailableEventSet() {
        return true;
    }

    @Override
    public GeoLocation buildGeoLocation() {
        return answer(GeoLocation.class, "geographical location");
    }

    @Override
    public void registerSuciCalculator(AID aid, SUCICalculator calculator) {
        registration = "register " + (aid == null ? "default" : describe("for", aid, (byte) 0)) + " " + calculator;
    }

    @Override
    public void deregisterSuciCalculator(AID aid, SUCICalculator calculator) {
        registration = "deregister " + (aid == null ? "default" : describe("for", aid, (byte) 0)) + " " + calculator;
    }
}
