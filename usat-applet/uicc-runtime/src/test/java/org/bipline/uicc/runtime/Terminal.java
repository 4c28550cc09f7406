// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;

/** The ME's side of the wire in the tests: hex in, hex out, and the T=0 procedure where a test does not want to see it. */
final class Terminal {
    /** Says yes to everything that the tests use. */
    static final String FULL_PROFILE = "FF".repeat(32);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private final Uicc uicc;

    Terminal(Uicc uicc) {
        this.uicc = uicc;
        uicc.reset();
    }

    static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    Uicc uicc() {
        return uicc;
    }

    /** One exchange, as it is on the wire. */
    String send(String apdu) {
        return hex(uicc.transmit(bytes(apdu)));
    }

    /** A command with data. */
    String send(String header, String data) {
        return send(header + "%02X".formatted(data.replace(" ", "").length() / 2) + data);
    }

    /** Data and status word of a whole command: GET RESPONSE and the right length are taken care of. */
    String exchange(String apdu) {
        String response = send(apdu);
        String sw = response.substring(response.length() - 4);
        if (sw.startsWith("61")) {
            int cla = Integer.parseInt(apdu.substring(0, 2), 16);
            int same = (cla & 0x40) == 0 ? cla & 0x03 : cla & 0x4F;
            return send("%02XC00000".formatted(same) + sw.substring(2));
        }
        if (sw.startsWith("6C")) {
            return send(apdu.replace(" ", "").substring(0, 8) + sw.substring(2));
        }
        return response;
    }

    /** TERMINAL PROFILE; what the card wants to set up is answered with success. */
    void profile(String profile) {
        String response = send("80100000", profile);
        while (response.startsWith("91")) {
            fetch(response);
            response = respond(0x00);
        }
        assertThat(response).isEqualTo("9000");
    }

    /** Fetches what {@code 91xx} announced; the proactive command without its status word. */
    String fetch(String announced) {
        assertThat(announced).startsWith("91");
        String response = send("80120000" + announced.substring(2));
        assertThat(response).endsWith("9000");
        return response.substring(0, response.length() - 4);
    }

    /** TERMINAL RESPONSE with a general result and more objects. */
    String respond(int result, String... objects) {
        String data = "810301000082028281" + "8301%02X".formatted(result) + String.join("", objects);
        return send("80140000", data);
    }

    String envelope(String tag, String contents) {
        return send("80C20000", tag + length(contents) + contents);
    }

    String selectMenu(int identifier) {
        return envelope("D3", "82020181" + "9001%02X".formatted(identifier));
    }

    /** The length of hex in BER. */
    static String length(String hex) {
        int length = hex.replace(" ", "").length() / 2;
        return (length > 127 ? "81" : "") + "%02X".formatted(length);
    }
}
