// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bipline.uicc.runtime.vm.TemporaryEntryPoint;
import uicc.toolkit.ToolkitConstants;
import uicc.usim.geolocation.GeoLocationException;
import uicc.usim.geolocation.GeoLocationInfo;

/** Where the ME is, as it says. 3GPP TS 31.130, GeoLocationInfo. */
abstract sealed class LocationReport implements GeoLocationInfo, TemporaryEntryPoint {
    private static final byte GAD_SHAPES = 0x77;
    private static final byte NMEA_SENTENCE = 0x78;

    /** The four sentences of 3GPP TS 31.111, with their fields. */
    private static final Pattern SENTENCE = Pattern.compile("\\$..(RMC|GGA|GLL|GNS),[^\\r\\n$]*");

    private static final int NEGATIVE = 0x80000000;

    /** Reads the envelope's list: a shape, else the first sentence that is one of the four. */
    static LocationReport of(TlvHandler contents) {
        if (contents.seek(GAD_SHAPES)) {
            byte[] value = value(contents);
            int shape = value.length == 0 ? 0 : Math.min(value[0] & 0xFF, value.length - 1);
            int rest = 1 + shape;
            int velocity = value.length <= rest ? 0 : Math.min(value[rest] & 0xFF, value.length - rest - 1);
            return shape == 0
                    ? new Nothing(GeoLocationException.INCORRECT_INFORMATION)
                    : new Shape(
                            Arrays.copyOfRange(value, 1, rest),
                            velocity == 0 ? new byte[0] : Arrays.copyOfRange(value, rest + 1, rest + 1 + velocity));
        }
        byte occurrence = 1;
        for (; contents.findTLV(NMEA_SENTENCE, occurrence) != ToolkitConstants.TLV_NOT_FOUND; occurrence++) {
            Matcher sentence = SENTENCE.matcher(new String(value(contents), StandardCharsets.US_ASCII));
            if (sentence.find()) {
                return new Sentence(sentence.group());
            }
        }
        return new Nothing(
                occurrence == 1
                        ? GeoLocationException.INCORRECT_INFORMATION
                        : GeoLocationException.UNABLE_TO_PROCESS_COMMAND);
    }

    private static byte[] value(TlvHandler contents) {
        byte[] value = new byte[contents.selectedLength()];
        contents.copyValue((short) 0, value, (short) 0, (short) value.length);
        return value;
    }

    static int thrown(short reason) {
        GeoLocationException.throwIt(reason);
        return 0;
    }

    static int unable() {
        return thrown(GeoLocationException.UNABLE_TO_PROCESS_COMMAND);
    }

    /** Sign, degrees, minutes and whole seconds, a byte each. */
    static int angle(boolean negative, long seconds) {
        return (negative ? NEGATIVE : 0)
                | (int) (seconds / 3600) << 16
                | (int) (seconds / 60 % 60) << 8
                | (int) (seconds % 60);
    }

    /** What an applet that asks for the report itself gets. */
    abstract byte[] bytes();

    /** One part of the velocity; {@code component} is in its range. */
    abstract int velocity(byte component);

    @Override
    public int getVelocity(byte component) {
        return component < 0 || component > 3 ? thrown(GeoLocationException.INCORRECT_PARAMETERS) : velocity(component);
    }

    @Override
    public short getResponseBuffer(byte[] dstBuffer, short dstOffset, short dstLength) {
        TlvHandler.checkRange(dstBuffer, dstOffset, dstLength);
        byte[] bytes = bytes();
        int length = Math.min(bytes.length, dstLength);
        System.arraycopy(bytes, 0, dstBuffer, dstOffset, length);
        return (short) length;
    }

    /** An envelope with nothing that could be read. */
    private static final class Nothing extends LocationReport {
        private final short reason;

        Nothing(short reason) {
            this.reason = reason;
        }

        @Override
        byte[] bytes() {
            return new byte[0];
        }

        @Override
        public int getLatitude() {
            return thrown(reason);
        }

        @Override
        public int getLongitude() {
            return thrown(reason);
        }

        @Override
        public int getAltitude() {
            return thrown(reason);
        }

        @Override
        int velocity(byte component) {
            return thrown(reason);
        }
    }

    /** A shape of 3GPP TS 23.032 clause 7, and a velocity of clause 8, empty where there is none. */
    private static final class Shape extends LocationReport {
        private static final int POLYGON = 5;
        private static final int WITH_ALTITUDE = 8;
        private static final int WITH_ALTITUDE_AND_ELLIPSOID = 9;
        private static final int ARC = 10;

        /** Bytes of a point, latitude and longitude of three each. */
        private static final int POINT = 6;

        private final byte[] shape;
        private final byte[] velocity;

        Shape(byte[] shape, byte[] velocity) {
            this.shape = shape;
            this.velocity = velocity;
        }

        @Override
        byte[] bytes() {
            return shape;
        }

        private static int u8(byte[] bytes, int at) {
            return at < bytes.length ? bytes[at] & 0xFF : thrown(GeoLocationException.INCORRECT_INFORMATION);
        }

        private static int u16(byte[] bytes, int at) {
            return u8(bytes, at) << 8 | u8(bytes, at + 1);
        }

        private int type() {
            return u8(shape, 0) >> 4;
        }

        /** Points of the shape; the high accuracy ones of later releases are coded otherwise and not for this API. */
        private int points() {
            return switch (type()) {
                case 0, 1, 3, WITH_ALTITUDE, WITH_ALTITUDE_AND_ELLIPSOID, ARC -> 1;
                case POLYGON -> u8(shape, 0) & 0x0F;
                default -> 0;
            };
        }

        /** The centre of the points, sums and mean as signed numbers of 24 bits; the sign of the latitude is a bit of its own. */
        private int mean(boolean latitude) {
            int points = points();
            if (points == 0) {
                return unable();
            }
            int sum = 0;
            for (int i = 0; i < points; i++) {
                int at = 1 + POINT * i + (latitude ? 0 : 3);
                int coded = u8(shape, at) << 16 | u16(shape, at + 1);
                int south = coded & 0x800000;
                sum += !latitude ? coded << 8 >> 8 : south != 0 ? -(coded - south) : coded;
            }
            return sum / points;
        }

        @Override
        public int getLatitude() {
            int mean = mean(true);
            return angle(mean < 0, (Math.abs(mean) * 90L * 3600) >> 23); // clause 6.1
        }

        @Override
        public int getLongitude() {
            int mean = mean(false);
            return angle(mean < 0, (Math.abs(mean) * 360L * 3600) >> 24);
        }

        @Override
        public int getAltitude() {
            if (type() != WITH_ALTITUDE && type() != WITH_ALTITUDE_AND_ELLIPSOID) {
                return unable();
            }
            int coded = u16(shape, 1 + POINT); // clause 6.3: the first bit is set for a depth
            return coded >= 0x8000 ? -(coded & 0x7FFF) : coded;
        }

        @Override
        int velocity(byte component) {
            if (velocity.length == 0) {
                return unable();
            }
            int type = u8(velocity, 0) >> 4;
            boolean vertical = (type & 1) != 0;
            boolean uncertain = (type & 2) != 0;
            int result = type << 28 | component << 26;
            return switch (type > 3 ? -1 : component) {
                case 0 -> result | (u16(velocity, 0) & 0x1FF) << 16 | u16(velocity, 2);
                case 1 -> vertical ? result | (u8(velocity, 0) & 2) << 24 | u8(velocity, 4) : unable();
                case 2 -> uncertain ? result | u8(velocity, vertical ? 5 : 4) : unable();
                case 3 -> uncertain && vertical ? result | u8(velocity, 6) : unable();
                default -> unable();
            };
        }
    }

    /** An NMEA 0183 sentence of one of the four kinds. IEC 61162-1. */
    private static final class Sentence extends LocationReport {
        private static final double KILOMETRES = 1.852; // of a nautical mile

        private final String text;
        private final String kind;
        private final String[] fields;

        Sentence(String text) {
            this.text = text;
            this.fields = text.split("[,*]", -1);
            this.kind = fields[0].substring(3);
        }

        @Override
        byte[] bytes() {
            return text.getBytes(StandardCharsets.US_ASCII);
        }

        private String field(int index, String form) {
            String field = index < fields.length ? fields[index] : "";
            if (!field.matches(form)) {
                unable();
            }
            return field;
        }

        private double number(int index) {
            return Double.parseDouble(field(index, "-?[0-9]+(\\.[0-9]*)?"));
        }

        /** Degrees and minutes; the last two digits before the point are whole minutes. */
        private int coordinate(int index, String hemispheres) {
            String value = field(index, "[0-9]{3,5}(\\.[0-9]*)?");
            boolean negative = field(index + 1, "[" + hemispheres + "]").charAt(0) == hemispheres.charAt(1);
            int degrees = (value + ".").indexOf('.') - 2;
            BigDecimal seconds = new BigDecimal(value.substring(degrees)).multiply(BigDecimal.valueOf(60));
            return angle(negative, Integer.parseInt(value.substring(0, degrees)) * 3600L + seconds.longValue());
        }

        private int latitude() {
            return switch (kind) {
                case "RMC" -> 3;
                case "GLL" -> 1;
                default -> 2;
            };
        }

        @Override
        public int getLatitude() {
            return coordinate(latitude(), "NS");
        }

        @Override
        public int getLongitude() {
            return coordinate(latitude() + 2, "EW");
        }

        /** Above mean sea level, and what that is above the ellipsoid. */
        @Override
        public int getAltitude() {
            return switch (kind) {
                case "GGA" -> (int) Math.round(number(9) + number(11));
                case "GNS" -> (int) Math.round(number(9) + number(10));
                default -> unable();
            };
        }

        @Override
        int velocity(byte component) {
            return kind.equals("RMC") && component == 0
                    ? NEGATIVE | (int) number(8) << 16 | (int) Math.round(number(7) * KILOMETRES)
                    : unable();
        }
    }
}
