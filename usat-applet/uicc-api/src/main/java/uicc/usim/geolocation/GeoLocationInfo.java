// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

/**
 * The position that the ME reported: a shape of 3GPP TS 23.032, or an NMEA 0183 sentence of type RMC, GGA, GLL or GNS, the first
 * where there are several. An applet for a card without int support reads {@link #getResponseBuffer} instead.
 *
 * <p>Where the report holds neither, all methods but that one throw a {@link GeoLocationException} with the reason
 * INCORRECT_INFORMATION; where it holds other sentences only, or not what is asked for, with UNABLE_TO_PROCESS_COMMAND.
 */
public interface GeoLocationInfo {
    /**
     * Returns the latitude, of a polygon that of the mean of its points.
     *
     * @return four bytes: 80 for south or 00, degrees, minutes, whole seconds
     */
    int getLatitude();

    /**
     * Returns the longitude, of a polygon that of the mean of its points.
     *
     * @return four bytes: 80 for west or 00, degrees, minutes, whole seconds
     */
    int getLongitude();

    /**
     * Returns the altitude, of a sentence the sum of the height above mean sea level and of the geoid's separation.
     *
     * @return metres, less than 0 for a depth
     */
    int getAltitude();

    /**
     * Returns one part of the velocity. Of a sentence there is the horizontal one of RMC only.
     *
     * @param component {@link GeoLocation#GET_HORIZONTAL_VELOCITY} or one of its siblings
     * @return bits 32 to 29: type of the velocity, 8 for RMC; 28 and 27: {@code component}. Of the horizontal velocity bits 25 to
     *     17, bearing in degrees, and 16 to 1, speed in kilometres per hour; of the vertical one bit 26, set for downward, and 8
     *     to 1, speed; of an uncertainty bits 8 to 1
     * @throws GeoLocationException INCORRECT_PARAMETERS for another {@code component}
     */
    int getVelocity(byte component);

    /**
     * Copies what the ME reported: the shape, without velocity, or the sentence from $ on; nothing where there is neither.
     *
     * @param dstBuffer takes the bytes
     * @param dstOffset where they go in {@code dstBuffer}
     * @param dstLength number of bytes that fit
     * @return number of bytes written
     */
    short getResponseBuffer(byte[] dstBuffer, short dstOffset, short dstLength);
}
