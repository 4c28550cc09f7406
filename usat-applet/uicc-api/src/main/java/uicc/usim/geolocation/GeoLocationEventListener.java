// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import javacard.framework.Shareable;

public interface GeoLocationEventListener extends Shareable {
    void processGeoLocationEventListener(GeoLocationInfo info);
}
