// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import uicc.toolkit.ToolkitConstants;
import uicc.usim.geolocation.GeoLocation;
import uicc.usim.geolocation.GeoLocationEventListener;
import uicc.usim.geolocation.GeoLocationException;

/**
 * What one applet wants to know of where the ME is. 3GPP TS 31.130, GeoLocation; TS 31.111, Geographical Location Parameters.
 *
 * <p>What the applet does not set is the least that says something, as the standard names no default: an ellipsoid point as exact as
 * the ME can, without altitude, velocity and NMEA sentences, within the longest time that can be asked for.
 */
final class LocationRequest implements GeoLocation {
    private static final byte REQUEST = 0x16; // type of command
    private static final byte PARAMETERS = (byte) 0xF6;
    private static final int CAPACITY = 253; // as of any proactive command

    // indexes into the parameters
    private static final int HORIZONTAL_ACCURACY = 0;
    private static final int VERTICAL_COORDINATE = 1;
    private static final int VELOCITY = 2;
    private static final int SHAPES = 3;
    private static final int SENTENCES = 4;
    private static final int RESPONSE_TIME = 5;

    private static final int SHORTEST_TIME = 2;
    private static final int LONGEST_TIME = 7;
    private static final int ALL_SHAPES = 0x7F;
    private static final int ALL_SENTENCES = 0x0F;

    private final Locations locations;
    private final byte[] parameters = {
        HORIZONTAL_ACCURACY_BEST_EFFORT,
        VERTICAL_COORDINATE_NOT_REQUESTED,
        0,
        GAD_SHAPES_ELLIPSOID_POINT,
        0,
        LONGEST_TIME
    };
    private byte[] alphaIdentifier = {};
    private byte[] iconIdentifier = {};

    LocationRequest(Locations locations) {
        this.locations = locations;
    }

    private static void check(boolean correct) {
        if (!correct) {
            GeoLocationException.throwIt(GeoLocationException.INCORRECT_PARAMETERS);
        }
    }

    @Override
    public void setAlphaIdentifier(byte[] dataObject) {
        TlvHandler object = new TlvHandler();
        object.set(dataObject, 0, dataObject.length);
        check(object.seek(ToolkitConstants.TAG_ALPHA_IDENTIFIER)
                && object.tagOffset() == 0
                && object.valueOffset() + object.selectedLength() == dataObject.length);
        alphaIdentifier = dataObject.clone();
    }

    @Override
    public void setIconIdentifier(short value) {
        int qualifier = value >> 8 & 0xFF;
        check(qualifier <= 1 && (value & 0xFF) != 0);
        iconIdentifier = new byte[] {(byte) qualifier, (byte) value};
    }

    @Override
    public void setHorizontalAccuracy(byte accuracy) {
        check(accuracy >= 0 || accuracy == HORIZONTAL_ACCURACY_BEST_EFFORT);
        parameters[HORIZONTAL_ACCURACY] = accuracy;
    }

    @Override
    public void setVerticalCoordinate(byte verticalCoordinate) {
        check(verticalCoordinate >= 0
                || verticalCoordinate == VERTICAL_COORDINATE_NOT_REQUESTED
                || verticalCoordinate == VERTICAL_COORDINATE_REQUESTED_BEST_EFFORT);
        parameters[VERTICAL_COORDINATE] = verticalCoordinate;
    }

    @Override
    public void setVelocity(byte velocity) {
        int both = VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED | HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY;
        check(velocity == HORIZONTAL_VELOCITY_REQUESTED
                || velocity == VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED
                || velocity == HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY
                || velocity == both
                || velocity == VERTICAL_AND_HORIZONTAL_VELOCITY_REQUESTED_WITH_UNCERTAINTY);
        parameters[VELOCITY] = velocity;
    }

    @Override
    public void setAcceptedGADShapes(byte shapes) {
        check(shapes > 0 && (shapes & ~ALL_SHAPES) == 0);
        parameters[SHAPES] = shapes;
    }

    @Override
    public void setPreferredNMEASentences(byte sentences) {
        check(sentences > 0 && (sentences & ~ALL_SENTENCES) == 0);
        parameters[SENTENCES] = sentences;
    }

    @Override
    public void setPreferredMaximumResponseTime(byte time) {
        check(time >= SHORTEST_TIME && time <= LONGEST_TIME);
        parameters[RESPONSE_TIME] = time;
    }

    @Override
    public void performGeoLocationRequest(GeoLocationEventListener listener) {
        if (listener == null) {
            throw new NullPointerException("listener");
        }
        EditTlvHandler command = new EditTlvHandler(CAPACITY);
        command.appendTLV((byte) 0x81, new byte[] {1, REQUEST, 0}, (short) 0, (short) 3);
        command.appendTLV((byte) 0x82, ToolkitConstants.DEV_ID_UICC, ToolkitConstants.DEV_ID_TERMINAL);
        command.appendArray(alphaIdentifier, (short) 0, (short) alphaIdentifier.length);
        if (iconIdentifier.length > 0) {
            command.appendTLV(
                    ToolkitConstants.TAG_ICON_IDENTIFIER, iconIdentifier, (short) 0, (short) iconIdentifier.length);
        }
        command.appendTLV(PARAMETERS, parameters, (short) 0, (short) parameters.length);
        byte[] bytes = new byte[command.length()];
        command.copy(bytes, (short) 0, (short) bytes.length);
        locations.request(bytes, listener);
    }
}
