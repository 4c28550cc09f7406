// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import org.bipline.uicc.spi.ToolkitRuntime;

public class GeoLocationBuilder {
    public GeoLocationBuilder() {}

    public static GeoLocation buildGeoLocation() {
        return ToolkitRuntime.get().buildGeoLocation();
    }
}
