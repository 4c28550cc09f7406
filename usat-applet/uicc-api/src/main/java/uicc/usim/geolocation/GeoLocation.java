// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import uicc.toolkit.ToolkitException;

/**
 * A request for the position of the ME, by the GEOGRAPHICAL LOCATION REQUEST command of 3GPP TS 31.111. Set what
 * matters, then call {@link #performGeoLocationRequest}; the coding of the values is that of the data objects of the
 * command.
 */
public interface GeoLocation {
    /** As exact as the ME can. */
    byte HORIZONTAL_ACCURACY_BEST_EFFORT = (byte) 0x81;

    /** No altitude. */
    byte VERTICAL_COORDINATE_NOT_REQUESTED = (byte) 0x80;

    /** Altitude, as exact as the ME can. */
    byte VERTICAL_COORDINATE_REQUESTED_BEST_EFFORT = (byte) 0x81;

    /** Horizontal velocity. */
    byte HORIZONTAL_VELOCITY_REQUESTED = 1;

    /** Horizontal and vertical velocity. */
    byte VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED = 3;

    /** Horizontal velocity with its uncertainty. */
    byte HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY = 5;

    /** Horizontal and vertical velocity with their uncertainties. */
    byte VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY = 15;

    /** The horizontal velocity, for {@link GeoLocationInfo#getVelocity}. */
    byte GET_HORIZONTAL_VELOCITY = 0;

    /** The vertical velocity, for {@link GeoLocationInfo#getVelocity}. */
    byte GET_VERTICAL_VELOCITY = 1;

    /** The uncertainty of the horizontal velocity, for {@link GeoLocationInfo#getVelocity}. */
    byte GET_HORIZONTAL_UNCERTAINTY_VELOCITY = 2;

    /** The uncertainty of the vertical velocity, for {@link GeoLocationInfo#getVelocity}. */
    byte GET_VERTICAL_UNCERTAINTY_VELOCITY = 3;

    /** Ellipsoid point. */
    byte GAD_SHAPES_ELLIPSOID_POINT = 1;

    /** Ellipsoid point with uncertainty circle. */
    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_UNCERTAINTY_CIRCLE = 2;

    /** Ellipsoid point with uncertainty ellipse. */
    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_UNCERTAINTY_ELLIPSE = 4;

    /** Ellipsoid point with altitude. */
    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_ALTITUDE = 8;

    /** Polygon. */
    byte GAD_SHAPES_POLYGON = 16;

    /** Ellipsoid point with altitude and uncertainty ellipsoid. */
    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_ALTITUDE_AND_UNCERTAINTY_ELLIPSOID = 32;

    /** Ellipsoid arc. */
    byte GAD_SHAPES_ELLIPSOID_ARC = 64;

    /** Recommended minimum data. */
    byte PREFERRED_NMEA_SENTENCE_RMC = 1;

    /** Fix data. */
    byte PREFERRED_NMEA_SENTENCE_GGA = 2;

    /** Geographic position. */
    byte PREFERRED_NMEA_SENTENCE_GLL = 4;

    /** Fix data of several satellite systems. */
    byte PREFERRED_NMEA_SENTENCE_GNS = 8;

    /**
     * Sets the text that the user sees.
     *
     * @param alphaIdentifier the whole data object: tag, length and text
     * @throws GeoLocationException INCORRECT_PARAMETERS for anything else
     */
    void setAlphaIdentifier(byte[] alphaIdentifier);

    /**
     * Sets the icon that the user sees.
     *
     * @param iconIdentifier value of the icon identifier: qualifier, then record of EF IMG
     * @throws GeoLocationException INCORRECT_PARAMETERS
     */
    void setIconIdentifier(short iconIdentifier);

    /**
     * Sets how exact the position is to be.
     *
     * @param accuracy uncertainty code 0 to 127, or {@link #HORIZONTAL_ACCURACY_BEST_EFFORT}
     * @throws GeoLocationException INCORRECT_PARAMETERS for another value
     */
    void setHorizontalAccuracy(byte accuracy);

    /**
     * Sets whether the altitude is wanted and how exact.
     *
     * @param verticalCoordinate uncertainty code 0 to 127, {@link #VERTICAL_COORDINATE_REQUESTED_BEST_EFFORT} or {@link
     *     #VERTICAL_COORDINATE_NOT_REQUESTED}
     * @throws GeoLocationException INCORRECT_PARAMETERS for another value
     */
    void setVerticalCoordinate(byte verticalCoordinate);

    /**
     * Sets which velocities are wanted.
     *
     * @param velocity one of the constants with VELOCITY_REQUESTED in their name, or several joined by or
     * @throws GeoLocationException INCORRECT_PARAMETERS for another value
     */
    void setVelocity(byte velocity);

    /**
     * Sets which shapes of 3GPP TS 23.032 the answer may have.
     *
     * @param gadShapes {@code GAD_SHAPES_...}, several joined by or
     * @throws GeoLocationException INCORRECT_PARAMETERS for another value
     */
    void setAcceptedGADShapes(byte gadShapes);

    /**
     * Sets which NMEA 0183 sentences are preferred as answer.
     *
     * @param nmeaSentences {@code PREFERRED_NMEA_SENTENCE_...}, several joined by or
     * @throws GeoLocationException INCORRECT_PARAMETERS for another value
     */
    void setPreferredNMEASentences(byte nmeaSentences);

    /**
     * Sets how long the ME should take at most.
     *
     * @param maximumResponseTime 2 to 7; the time is two to this power in seconds, 4 to 128
     * @throws GeoLocationException INCORRECT_PARAMETERS for another value
     */
    void setPreferredMaximumResponseTime(byte maximumResponseTime);

    /**
     * Sends the request and returns when the ME has accepted it; the position comes later, to the listener.
     *
     * @param listener takes the answer
     * @throws NullPointerException if {@code listener} is null
     * @throws GeoLocationException FUNCTION_DISABLED if the ME cannot locate itself now; UNABLE_TO_PROCESS_COMMAND if
     *     it cannot at all, by its terminal profile or its answer, or refused; LOCATION_REQUEST_PROCESSING if an earlier
     *     request, of this or another applet, is not answered yet
     * @throws ToolkitException HANDLER_NOT_AVAILABLE outside of processToolkit and while a proactive session is under way
     */
    void performGeoLocationRequest(GeoLocationEventListener listener) throws GeoLocationException, ToolkitException;
}
