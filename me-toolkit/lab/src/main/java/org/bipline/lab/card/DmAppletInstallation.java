// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.util.HexFormat;
import java.util.List;
import org.bipline.card.dm.DmApplet;
import org.bipline.uicc.runtime.AppletInstallation;
import org.bipline.uicc.runtime.Uicc;

/** The DM applet as it is installed everywhere in this build: its AIDs and its toolkit parameters. */
public final class DmAppletInstallation {
    /** AID of the applet instance, in hex. */
    public static final String AID = "F06269706C0301";

    /** The applet's entry in the menu. */
    public static final String MENU_TEXT = "Device management";

    /** The applet's toolkit application reference, in hex: for secured packets to it. */
    public static final String TAR = "424950";

    /** Least SPI1 of a packet: checksum and a counter that is checked. ETSI TS 102 226 clause 8.2.1.3.2.4. */
    private static final byte[] CHECKSUM_AND_COUNTER = {0x01, 0x12};

    private static final byte[] PACKAGE_AID = HexFormat.of().parseHex("F06269706C03");

    private DmAppletInstallation() {}

    /**
     * One timer, one channel, one menu entry, and the TAR, whose packets need a checksum and a counter: on a card without OTA keys
     * none is taken. {@code parameters} say where its server is.
     */
    public static AppletInstallation of(DmAppletParameters parameters) {
        byte[] toolkit = new ToolkitParameters()
                .timers(1)
                .channels(1)
                .menuTextLength(MENU_TEXT.length())
                .menuEntry(0, 0)
                .minimumSecurityLevel(CHECKSUM_AND_COUNTER)
                .tar(HexFormat.of().parseHex(TAR))
                .encode();
        return new AppletInstallation(
                DmApplet.class,
                PACKAGE_AID,
                HexFormat.of().parseHex(AID),
                toolkit,
                parameters.menuText(MENU_TEXT).encode());
    }

    /**
     * Adds authorities to a card on which the applet is installed and which has not been in an ME yet, and ends the personalisation.
     *
     * @throws IllegalArgumentException that says what the card refuses
     */
    public static void personalise(Uicc card, List<DmAppletParameters> authorities) {
        card.reset();
        transmit(card, "the applet", "00A40400", HexFormat.of().parseHex(AID));
        for (int i = 0; i < authorities.size(); i++) {
            transmit(
                    card,
                    "authority " + (i + 2),
                    "80E210%02X".formatted(i),
                    authorities.get(i).encodeAuthority());
        }
        transmit(card, "the end", "80E290%02X".formatted(authorities.size()), new byte[0]);
    }

    private static void transmit(Uicc card, String what, String header, byte[] data) {
        byte[] response = card.transmit(HexFormat.of()
                .parseHex(
                        header + "%02X".formatted(data.length) + HexFormat.of().formatHex(data)));
        int sw1 = response[response.length - 2] & 0xFF;
        if (sw1 != 0x90 && sw1 != 0x61) {
            throw new IllegalArgumentException("personalisation: the card refuses " + what + " by "
                    + HexFormat.of().withUpperCase().formatHex(response));
        }
    }
}
