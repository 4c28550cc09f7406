// SPDX-License-Identifier: Apache-2.0
package org.bipline.cat.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bipline.cat.tlv.ByteString;

/** A shape of the universal geographical area description. 3GPP TS 23.032 clauses 6 and 7. */
final class GadShape {
    private static final int POINT = 0;
    private static final int UNCERTAINTY_CIRCLE = 1;
    private static final int UNCERTAINTY_ELLIPSE = 3;
    private static final int POLYGON = 5;
    private static final int ALTITUDE = 8;
    private static final int ALTITUDE_AND_ELLIPSOID = 9;
    private static final int ARC = 10;
    /** Bytes of a point: latitude and longitude of 24 bits each. */
    private static final int POINT_LENGTH = 6;

    private static final int UNCERTAINTY_MASK = 0x7F;

    private static final int WITH_VERTICAL = 1;
    private static final int WITH_UNCERTAINTY = 2;

    private GadShape() {}

    /** A shape and a velocity, each with its length before it; there may be no velocity. 3GPP TS 31.111 clause 8.95. */
    static Fields fields(ByteString v) {
        int velocity = 1 + v.u8(0);
        Fields fields = shape(v.slice(1, velocity));
        return velocity < v.length() && v.u8(velocity) > 0
                ? fields.put("velocity", velocity(v.slice(velocity + 1, velocity + 1 + v.u8(velocity))))
                : fields;
    }

    /** 3GPP TS 23.032 clause 8: bearing from north clockwise, speeds in kilometres per hour. */
    private static Map<String, Object> velocity(ByteString v) {
        int type = v.u8(0) >> 4;
        Fields fields = Fields.of().put("bearingDegrees", v.u16(0) & 0x1FF).put("horizontalSpeed", v.u16(2));
        int at = 4;
        if ((type & WITH_VERTICAL) != 0) {
            boolean down = (v.u8(0) >> 1 & 1) != 0;
            fields.put("verticalSpeed", down ? -v.u8(at) : v.u8(at));
            at++;
        }
        if ((type & WITH_UNCERTAINTY) != 0) {
            fields.put("uncertaintySpeed", v.u8(at++));
            if ((type & WITH_VERTICAL) != 0) {
                fields.put("verticalUncertaintySpeed", v.u8(at));
            }
        }
        return fields.toMap();
    }

    private static Fields shape(ByteString v) {
        int shape = v.u8(0) >> 4;
        Fields fields = Fields.of()
                .put(
                        "shape",
                        Fields.code(
                                shape,
                                "ellipsoid point",
                                "ellipsoid point with uncertainty circle",
                                "",
                                "ellipsoid point with uncertainty ellipse",
                                "",
                                "polygon",
                                "",
                                "",
                                "ellipsoid point with altitude",
                                "ellipsoid point with altitude and uncertainty ellipsoid",
                                "ellipsoid arc"));
        int end = 1 + POINT_LENGTH;
        switch (shape) {
            case POINT -> point(fields, v, 1);
            case UNCERTAINTY_CIRCLE -> {
                point(fields, v, 1);
                fields.put("uncertaintyMetres", uncertainty(v.u8(end)));
            }
            case UNCERTAINTY_ELLIPSE -> {
                point(fields, v, 1);
                ellipse(fields, v, end, false);
            }
            case POLYGON -> {
                List<Object> points = new ArrayList<>();
                for (int i = 0; i < (v.u8(0) & 0xF); i++) {
                    Fields point = Fields.of();
                    point(point, v, 1 + POINT_LENGTH * i);
                    points.add(point.toMap());
                }
                fields.put("points", points);
            }
            case ALTITUDE -> {
                point(fields, v, 1);
                altitude(fields, v, end);
            }
            case ALTITUDE_AND_ELLIPSOID -> {
                point(fields, v, 1);
                altitude(fields, v, end);
                ellipse(fields, v, end + 2, true);
            }
            case ARC -> {
                point(fields, v, 1);
                fields.put("innerRadiusMetres", 5 * v.u16(end))
                        .put("uncertaintyRadiusMetres", uncertainty(v.u8(end + 2)))
                        .put("offsetAngleDegrees", 2 * v.u8(end + 3))
                        .put("includedAngleDegrees", 2 * v.u8(end + 4))
                        .put("confidencePercent", v.u8(end + 5) & UNCERTAINTY_MASK);
            }
            default -> fields.put("value", v);
        }
        return fields;
    }

    private static void point(Fields fields, ByteString v, int at) {
        int latitude = (v.u8(at) & UNCERTAINTY_MASK) << 16 | v.u16(at + 1);
        boolean south = v.u8(at) >> 7 != 0;
        int longitude = v.u8(at + 3) << 16 | v.u16(at + 4);
        fields.put("latitude", degrees((south ? -1 : 1) * latitude * 90.0 / (1 << 23)))
                .put("longitude", degrees((longitude << 8 >> 8) * 360.0 / (1 << 24)));
    }

    /** Five decimals are about a metre, the resolution of the coding is two. */
    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private static void ellipse(Fields fields, ByteString v, int at, boolean withAltitude) {
        fields.put("semiMajorMetres", uncertainty(v.u8(at)))
                .put("semiMinorMetres", uncertainty(v.u8(at + 1)))
                .put("orientationDegrees", 2 * v.u8(at + 2));
        int next = at + 3;
        if (withAltitude) {
            fields.put("altitudeUncertaintyMetres", format(45 * (Math.pow(1.025, v.u8(next) & UNCERTAINTY_MASK) - 1)));
            next++;
        }
        fields.put("confidencePercent", v.u8(next) & UNCERTAINTY_MASK);
    }

    private static void altitude(Fields fields, ByteString v, int at) {
        int metres = v.u16(at) & 0x7FFF;
        fields.put("altitudeMetres", v.u8(at) >> 7 != 0 ? -metres : metres);
    }

    /** Clause 6.2: ten metres times a power of 1.1. */
    private static String uncertainty(int code) {
        return format(10 * (Math.pow(1.1, code & UNCERTAINTY_MASK) - 1));
    }

    private static String format(double metres) {
        return String.format(Locale.ROOT, "%.1f", metres);
    }
}
