// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import javacard.framework.Shareable;

/** Takes the answer to a request for the position of the ME. */
public interface GeoLocationEventListener extends Shareable {
    /**
     * Called when the ME has reported its position.
     *
     * @param info the position, valid during the call
     */
    void processGeoLocationEventListener(GeoLocationInfo info);
}
