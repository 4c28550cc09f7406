// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.cat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uicc.usim.geolocation.GeoLocation;
import uicc.usim.geolocation.GeoLocationException;

/** How an applet reads the ME's answer. 3GPP TS 31.130 GeoLocationInfo, TS 23.032 clauses 6 to 8, IEC 61162-1. */
class LocationReportTest {
    private static final String HORIZONTAL = "0" + "10E" + "0050"; // 270 degrees, 80 km/h

    private static LocationReport report(String objects) {
        byte[] list = HexFormat.of().parseHex("82028281" + objects);
        TlvHandler contents = new TlvHandler();
        contents.set(list, 0, list.length);
        return LocationReport.of(contents);
    }

    private static String object(String tag, String value) {
        return tag + "%02X".formatted(value.length() / 2) + value;
    }

    private static LocationReport shape(String shape, String velocity) {
        String sized =
                "%02X".formatted(shape.length() / 2) + shape + "%02X".formatted(velocity.length() / 2) + velocity;
        return report(object("77", sized));
    }

    private static LocationReport sentence(String text) {
        return report(object("78", HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII))));
    }

    private static void assertReason(short reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        GeoLocationException.class,
                        e -> assertThat(e.getReason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "00, 000000, 000000, 00000000, 00000000", // ellipsoid point
        "00, 123456, 123456, 000C2F3B, 0019233B", // just below 12.8 degrees north, 25.6 east
        "10, C00000, C00000, 802D0000, 805A0000", // 45 south, 90 west, uncertainty circle
        "30, 7FFFFF, 800000, 00593B3B, 80B40000", // just below the pole, 180 west, uncertainty ellipse
    })
    void a_point_is_in_degrees_minutes_and_seconds(
            String type, String latitude, String longitude, String expectedLatitude, String expectedLongitude) {
        LocationReport report = shape(type + latitude + longitude + "0000000000", "");
        assertThat(report.getLatitude()).isEqualTo(Integer.parseUnsignedInt(expectedLatitude, 16));
        assertThat(report.getLongitude()).isEqualTo(Integer.parseUnsignedInt(expectedLongitude, 16));
        assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, report::getAltitude);
    }

    @Test
    void a_polygon_is_at_its_centre() {
        LocationReport report = shape("54" + "400000C00000" + "400000400000" + "400000C00000" + "C00000C00000", "");
        assertThat(report.getLatitude()).as("half of 45 degrees north").isEqualTo(0x00161E00);
        assertThat(report.getLongitude()).as("half of 90 degrees west").isEqualTo(0x802D0000);
    }

    @Test
    void an_altitude_is_in_metres_and_a_depth_below_nought() {
        assertThat(shape("80" + "400000400000" + "01F4", "").getAltitude()).isEqualTo(500);
        assertThat(shape("90" + "400000400000" + "81F4" + "0000000000", "").getAltitude())
                .isEqualTo(-500);
    }

    @Test
    void a_velocity_is_given_part_by_part() {
        String point = "00400000400000";
        LocationReport both = shape(point, "3" + "30E" + "0050" + "07" + "11" + "22"); // downwards, with uncertainties
        assertThat(both.getVelocity(GeoLocation.GET_HORIZONTAL_VELOCITY)).isEqualTo(0x310E0050);
        assertThat(both.getVelocity(GeoLocation.GET_VERTICAL_VELOCITY)).isEqualTo(0x36000007);
        assertThat(both.getVelocity(GeoLocation.GET_HORIZONTAL_UNCERTAINTY_VELOCITY))
                .isEqualTo(0x38000011);
        assertThat(both.getVelocity(GeoLocation.GET_VERTICAL_UNCERTAINTY_VELOCITY))
                .isEqualTo(0x3C000022);
        LocationReport uncertain = shape(point, "2" + "10E" + "0050" + "11");
        assertThat(uncertain.getVelocity(GeoLocation.GET_HORIZONTAL_UNCERTAINTY_VELOCITY))
                .isEqualTo(0x28000011);
        LocationReport horizontal = shape(point, HORIZONTAL);
        assertThat(horizontal.getVelocity(GeoLocation.GET_HORIZONTAL_VELOCITY)).isEqualTo(0x010E0050);
        for (byte component = 1; component <= 3; component++) {
            byte absent = component;
            assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, () -> horizontal.getVelocity(absent));
        }
        assertReason(GeoLocationException.INCORRECT_PARAMETERS, () -> horizontal.getVelocity((byte) 4));
        assertReason(
                GeoLocationException.UNABLE_TO_PROCESS_COMMAND,
                () -> shape(point, "").getVelocity(GeoLocation.GET_HORIZONTAL_VELOCITY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A | 00300702 | 000B1F00",
                "$GPGGA,123519,4807.038,S,01131.000,W,1,08,0.9,545.4,M,46.9,M,,*47 | 80300702 | 800B1F00",
                "$GPGLL,4916.45,N,12311.12,W,225444,A,*1D | 0031101B | 807B0B07",
                "$GNGNS,103600.01,5114.51176,N,00012.29380,W,ANNN,07,1.18,111.5,45.6,,,V*00 | 00330E1E | 80000C11"
            })
    void sentences_are_read_as_shapes_are(String text, String latitude, String longitude) {
        LocationReport report = sentence(text + "\r\n");
        assertThat(report.getLatitude()).isEqualTo(Integer.parseUnsignedInt(latitude, 16));
        assertThat(report.getLongitude()).isEqualTo(Integer.parseUnsignedInt(longitude, 16));
        byte[] copy = new byte[100];
        assertThat(report.getResponseBuffer(copy, (short) 1, (short) 99)).isEqualTo((short) text.length());
        assertThat(new String(copy, 1, text.length(), StandardCharsets.US_ASCII))
                .isEqualTo(text);
    }

    @Test
    void the_velocity_is_that_of_rmc_and_the_altitude_that_of_gga_and_gns() {
        LocationReport rmc = sentence("$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,284.4,230394,003.1,W*6A");
        assertThat(rmc.getVelocity(GeoLocation.GET_HORIZONTAL_VELOCITY)).isEqualTo(0x811C0029); // 41 km/h, 284 degrees
        assertReason(
                GeoLocationException.UNABLE_TO_PROCESS_COMMAND,
                () -> rmc.getVelocity(GeoLocation.GET_VERTICAL_VELOCITY));
        assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, rmc::getAltitude);
        LocationReport gga = sentence("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,-46.9,M,,*47");
        assertThat(gga.getAltitude()).isEqualTo(499);
        assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, () -> gga.getVelocity((byte) 0));
        assertThat(sentence("$GNGNS,1,5114.5,N,00012.2,W,ANNN,07,1.18,111.5,45.6,,,V*00")
                        .getAltitude())
                .isEqualTo(157);
    }

    @Test
    void the_first_of_the_four_sentences_counts() {
        String other = object("78", HexFormat.of().formatHex("$GPGSA,A,3,,*30".getBytes(StandardCharsets.US_ASCII)));
        String gll = object(
                "78", HexFormat.of().formatHex("$GPGLL,4916.45,N,12311.12,W,,A".getBytes(StandardCharsets.US_ASCII)));
        assertThat(report(other + gll).getLatitude()).isEqualTo(0x0031101B);
        LocationReport unknown = report(other);
        assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, unknown::getLatitude);
        assertThat(unknown.getResponseBuffer(new byte[4], (short) 0, (short) 4)).isZero();
        LocationReport empty = sentence("$GPRMC,,V,,,,,,,,,,N*53");
        assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, empty::getLongitude);
    }

    @Test
    void an_answer_without_position_is_no_information() {
        LocationReport nothing = report("");
        assertReason(GeoLocationException.INCORRECT_INFORMATION, nothing::getLatitude);
        assertReason(GeoLocationException.INCORRECT_INFORMATION, nothing::getAltitude);
        assertReason(GeoLocationException.INCORRECT_INFORMATION, () -> nothing.getVelocity((byte) 0));
        assertThat(nothing.getResponseBuffer(new byte[4], (short) 0, (short) 4)).isZero();
        assertReason(GeoLocationException.INCORRECT_INFORMATION, shape("0040", "")::getLatitude);
        assertReason(GeoLocationException.UNABLE_TO_PROCESS_COMMAND, shape("B0" + "00".repeat(12), "")::getLatitude);
    }
}
