// SPDX-License-Identifier: Apache-2.0
package uicc.usim.geolocation;

import uicc.toolkit.ToolkitException;

public interface GeoLocation {
    byte HORIZONTAL_ACCURACY_BEST_EFFORT = (byte) 0x81;

    byte VERTICAL_COORDINATE_NOT_REQUESTED = (byte) 0x80;

    byte VERTICAL_COORDINATE_REQUESTED_BEST_EFFORT = (byte) 0x81;

    byte HORIZONTAL_VELOCITY_REQUESTED = 1;

    byte VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED = 3;

    byte HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY = 5;

    byte VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY = 15;

    byte GET_HORIZONTAL_VELOCITY = 0;

    byte GET_VERTICAL_VELOCITY = 1;

    byte GET_HORIZONTAL_UNCERTAINTY_VELOCITY = 2;

    byte GET_VERTICAL_UNCERTAINTY_VELOCITY = 3;

    byte GAD_SHAPES_ELLIPSOID_POINT = 1;

    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_UNCERTAINTY_CIRCLE = 2;

    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_UNCERTAINTY_ELLIPSE = 4;

    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_ALTITUDE = 8;

    byte GAD_SHAPES_POLYGON = 16;

    byte GAD_SHAPES_ELLIPSOID_POINT_WITH_ALTITUDE_AND_UNCERTAINTY_ELLIPSOID = 32;

    byte GAD_SHAPES_ELLIPSOID_ARC = 64;

    byte PREFERRED_NMEA_SENTENCE_RMC = 1;

    byte PREFERRED_NMEA_SENTENCE_GGA = 2;

    byte PREFERRED_NMEA_SENTENCE_GLL = 4;

    byte PREFERRED_NMEA_SENTENCE_GNS = 8;

    void setAlphaIdentifier(byte[] alphaIdentifier);

    void setIconIdentifier(short iconIdentifier);

    void setHorizontalAccuracy(byte accuracy);

    void setVerticalCoordinate(byte verticalCoordinate);

    void setVelocity(byte velocity);

    void setAcceptedGADShapes(byte gadShapes);

    void setPreferredNMEASentences(byte nmeaSentences);

    void setPreferredMaximumResponseTime(byte maximumResponseTime);

    void performGeoLocationRequest(GeoLocationEventListener listener) throws GeoLocationException, ToolkitException;
}
