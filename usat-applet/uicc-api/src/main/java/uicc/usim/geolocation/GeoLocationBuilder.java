// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import org.bipline.uicc.spi.ToolkitRuntime;

/** Makes requests for the position of the ME. */
public class GeoLocationBuilder {
    /** Part of the published API; {@link #buildGeoLocation} needs no object. */
    public GeoLocationBuilder() {}

    /**
     * Makes a request. It takes memory for good, so call it while the applet is installed.
     *
     * @return an empty request
     */
    public static GeoLocation buildGeoLocation() {
        return ToolkitRuntime.get().buildGeoLocation();
    }
}
