// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import javacard.framework.AID;
import javacard.framework.JCSystem;
import org.junit.jupiter.api.Test;
import uicc.access.UICCSystem;
import uicc.access.fileadministration.AdminFileViewBuilder;
import uicc.system.HandlerBuilder;
import uicc.system.UICCPlatform;
import uicc.toolkit.EnvelopeHandlerSystem;
import uicc.toolkit.EnvelopeResponseHandlerSystem;
import uicc.toolkit.ProactiveHandlerSystem;
import uicc.toolkit.ProactiveResponseHandlerSystem;
import uicc.toolkit.ToolkitException;
import uicc.toolkit.ToolkitRegistrySystem;
import uicc.usim.geolocation.GeoLocationBuilder;
import uicc.usim.suci.SUCICalculator;
import uicc.usim.suci.SUCIRegistry;
import uicc.usim.toolkit.USATEnvelopeHandlerSystem;

class FactoryTest {
    private static final byte[] AID_BYTES = {(byte) 0xA0, 0, 0, 0, 9, 1};
    private final AID aid = new AID(AID_BYTES, (short) 0, (byte) 6);

    @Test
    void each_handler_comes_from_the_runtime() {
        assertThat(ProactiveHandlerSystem.getTheHandler()).hasToString("proactive");
        assertThat(ProactiveResponseHandlerSystem.getTheHandler()).hasToString("proactive response");
        assertThat(EnvelopeHandlerSystem.getTheHandler()).hasToString("envelope");
        assertThat(EnvelopeResponseHandlerSystem.getTheHandler()).hasToString("envelope response");
        assertThat(USATEnvelopeHandlerSystem.getTheHandler()).hasToString("USAT envelope");
        assertThat(ToolkitRegistrySystem.getEntry()).hasToString("registry");
        assertThat(ToolkitRegistrySystem.isPrioritizedProactiveHandlerAvailableEventSet())
                .isTrue();
        assertThat(GeoLocationBuilder.buildGeoLocation()).hasToString("geographical location");
        assertThat(UICCPlatform.getTheVolatileByteArray()).containsExactly(0x55);
    }

    @Test
    void a_view_is_asked_for_with_its_adf_and_the_life_of_its_context() {
        byte event = JCSystem.CLEAR_ON_RESET;
        assertThat(UICCSystem.getTheUICCView(event)).hasToString("UICC view 1");
        assertThat(UICCSystem.getTheFileView(aid, event)).hasToString("ADF view 6 -96 1");
        assertThat(UICCSystem.getTheFileView(AID_BYTES, (short) 0, (byte) 5, event))
                .hasToString("ADF view 5 -96 1");
        assertThat(AdminFileViewBuilder.getTheUICCAdminFileView(event)).hasToString("UICC admin view 1");
        assertThat(AdminFileViewBuilder.getTheAdminFileView(aid, event)).hasToString("ADF admin view 6 -96 1");
        assertThat(AdminFileViewBuilder.getTheAdminFileView(AID_BYTES, (short) 0, (byte) 5, event))
                .hasToString("ADF admin view 5 -96 1");
    }

    @Test
    void a_view_without_aid_is_refused() {
        assertThatNullPointerException().isThrownBy(() -> UICCSystem.getTheFileView(null, JCSystem.CLEAR_ON_RESET));
        assertThatNullPointerException()
                .isThrownBy(() -> UICCSystem.getTheFileView(null, (short) 0, (byte) 5, JCSystem.CLEAR_ON_RESET));
        assertThatNullPointerException()
                .isThrownBy(() -> AdminFileViewBuilder.getTheAdminFileView(null, JCSystem.CLEAR_ON_RESET));
    }

    @Test
    void a_handler_is_built_with_type_and_capacity() {
        assertThat(HandlerBuilder.buildTLVHandler(HandlerBuilder.BER_EDIT_HANDLER, (short) 300))
                .hasToString("handler 2 300");
    }

    @Test
    void content_larger_than_the_capacity_is_a_bad_parameter() {
        assertThatExceptionOfType(ToolkitException.class)
                .isThrownBy(() -> HandlerBuilder.buildTLVHandler(
                        HandlerBuilder.EDIT_HANDLER, (short) 1, AID_BYTES, (short) 0, (short) 2))
                .satisfies(e -> assertThat(e.getReason()).isEqualTo(ToolkitException.BAD_INPUT_PARAMETER));
    }

    @Test
    void a_suci_calculator_is_registered_for_one_usim_or_the_default_one() {
        SUCICalculator calculator = new SUCICalculator() {
            @Override
            public short getSUCI(byte[] dstBuffer, short dstOffset, short dstLength) {
                return dstOffset;
            }

            @Override
            public String toString() {
                return "calculator";
            }
        };
        SUCIRegistry.registerSUCICalculator(calculator);
        assertThat(TestRuntime.registration).isEqualTo("register default calculator");
        SUCIRegistry.deregisterSUCICalculator(aid, calculator);
        assertThat(TestRuntime.registration).isEqualTo("deregister for 6 -96 0 calculator");
        assertThatNullPointerException().isThrownBy(() -> SUCIRegistry.registerSUCICalculator(null, calculator));
        assertThatNullPointerException().isThrownBy(() -> SUCIRegistry.deregisterSUCICalculator(null));
    }
}
