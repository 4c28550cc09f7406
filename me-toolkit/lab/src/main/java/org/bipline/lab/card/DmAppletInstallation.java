// SPDX-License-Identifier: Apache-2.0
package org.bipline.lab.card;

import java.util.HexFormat;
import org.bipline.card.dm.DmApplet;
import org.bipline.uicc.runtime.AppletInstallation;

/** The DM applet as it is installed everywhere in this build: its AIDs and its toolkit parameters. */
public final class DmAppletInstallation {
    /** AID of the applet instance, in hex. */
    public static final String AID = "F06269706C0301";

    /** The applet's entry in the menu. */
    public static final String MENU_TEXT = "Device management";

    private static final byte[] PACKAGE_AID = HexFormat.of().parseHex("F06269706C03");

    private DmAppletInstallation() {}

    /** One timer, one channel, one menu entry; {@code parameters} say where its server is. */
    public static AppletInstallation of(DmAppletParameters parameters) {
        byte[] toolkit = new ToolkitParameters()
                .timers(1)
                .channels(1)
                .menuTextLength(MENU_TEXT.length())
                .menuEntry(0, 0)
                .encode();
        return new AppletInstallation(
                DmApplet.class,
                PACKAGE_AID,
                HexFormat.of().parseHex(AID),
                toolkit,
                parameters.menuText(MENU_TEXT).encode());
    }
}
