// SPDX-License-Identifier: Apache-2.0
package org.bipline.me.dm;

/**
 * What the ME tells of itself in DevInfo and DevDetail. OMA DM Standardized Objects.
 *
 * @param devId a URN, such as {@code IMEI:490154203237518}
 * @param man manufacturer
 * @param mod model
 * @param lang language tag
 * @param fwV version of the firmware, which an update changes
 */
public record DeviceIdentity(
        String devId, String man, String mod, String lang, String oem, String fwV, String swV, String hwV) {
    /** An ME of this project with an IMEI of 15 digits. */
    public static DeviceIdentity of(String imei, String language) {
        return new DeviceIdentity("IMEI:" + imei, "bipline", "simulated ME", language, "bipline", "1.0", "1.0", "1.0");
    }
}
