// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

/**
 * The position that the ME reported. The numbers are coded as in 3GPP TS 23.032; an applet for a card without int
 * support reads {@link #getResponseBuffer} instead.
 */
public interface GeoLocationInfo {
    /**
     * Returns the latitude.
     *
     * @return coded as in 3GPP TS 23.032
     */
    int getLatitude();

    /**
     * Returns the longitude.
     *
     * @return coded as in 3GPP TS 23.032
     */
    int getLongitude();

    /**
     * Returns the altitude.
     *
     * @return coded as in 3GPP TS 23.032
     */
    int getAltitude();

    /**
     * Returns one part of the velocity.
     *
     * @param component {@link GeoLocation#GET_HORIZONTAL_VELOCITY} or one of its siblings
     * @return coded as in 3GPP TS 23.032
     */
    int getVelocity(byte component);

    /**
     * Copies what the ME reported, a GAD shape or an NMEA sentence.
     *
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes that fit
     * @return number of bytes written
     */
    short getResponseBuffer(byte[] dstBuffer, short dstOffset, short dstLength);
}
