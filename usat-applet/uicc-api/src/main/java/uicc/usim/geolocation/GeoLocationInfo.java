// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

public interface GeoLocationInfo {
    int getLatitude();

    int getLongitude();

    int getAltitude();

    int getVelocity(byte component);

    short getResponseBuffer(byte[] dstBuffer, short dstOffset, short dstLength);
}
