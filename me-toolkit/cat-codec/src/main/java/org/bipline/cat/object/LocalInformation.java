// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.Optional;

/** What PROVIDE LOCAL INFORMATION may ask for, by qualifier. ETSI TS 102 223 clause 8.6, 3GPP TS 31.111 clause 8.6. */
public enum LocalInformation implements Coded {
    LOCATION_INFORMATION(0x00),
    IMEI(0x01),
    NETWORK_MEASUREMENT_RESULTS(0x02),
    DATE_TIME_AND_TIME_ZONE(0x03),
    LANGUAGE_SETTING(0x04),
    TIMING_ADVANCE(0x05),
    ACCESS_TECHNOLOGY(0x06),
    ESN(0x07),
    IMEISV(0x08),
    SEARCH_MODE(0x09),
    BATTERY_CHARGE_STATE(0x0A),
    MEID(0x0B),
    CURRENT_WSID(0x0C),
    BROADCAST_NETWORK_INFORMATION(0x0D),
    MULTIPLE_ACCESS_TECHNOLOGIES(0x0E),
    LOCATION_INFORMATION_FOR_MULTIPLE_ACCESS_TECHNOLOGIES(0x0F),
    NETWORK_MEASUREMENT_RESULTS_FOR_MULTIPLE_ACCESS_TECHNOLOGIES(0x10),
    CSG_ID_LIST(0x11),
    H_E_NB_IP_ADDRESS(0x12),
    H_E_NB_SURROUNDING_MACROCELLS(0x13),
    CURRENT_WLAN_IDENTIFIER(0x14),
    SLICES_INFORMATION(0x15),
    CAG_INFORMATION_LIST(0x16),
    REJECTED_SLICES_INFORMATION(0x17),
    SUPPORTED_RADIO_ACCESS_TECHNOLOGIES(0x1A);

    private static final CodeTable<LocalInformation> TABLE = new CodeTable<>(LocalInformation.class);

    private final int code;

    LocalInformation(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }

    public static Optional<LocalInformation> of(int code) {
        return TABLE.of(code);
    }
}
