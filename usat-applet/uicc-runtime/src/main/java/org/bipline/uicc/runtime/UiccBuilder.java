// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javacard.framework.Applet;

/** Personalises a {@link Uicc}. */
public final class UiccBuilder {
    private final List<AppletInstallation> installations = new ArrayList<>();
    private String iccid = "89860000000000000017";
    private String imsi = "001010123456789";
    private UiccListener listener = new UiccListener() {};

    UiccBuilder() {}

    /** EF ICCID, up to 20 digits. */
    public UiccBuilder iccid(String digits) {
        iccid = digits(digits, 1, 20, "ICCID");
        return this;
    }

    /** EF IMSI, 6 to 15 digits. */
    public UiccBuilder imsi(String digits) {
        imsi = digits(digits, 6, 15, "IMSI");
        return this;
    }

    public UiccBuilder listener(UiccListener listener) {
        this.listener = Objects.requireNonNull(listener);
        return this;
    }

    /** Adds an applet; applets are installed in the order in which they were added. */
    public UiccBuilder applet(AppletInstallation installation) {
        installations.add(Objects.requireNonNull(installation));
        return this;
    }

    /** Adds an applet without access parameters, see {@link AppletInstallation}. */
    public UiccBuilder applet(
            Class<? extends Applet> type,
            byte[] packageAid,
            byte[] instanceAid,
            byte[] toolkitParameters,
            byte[] appletParameters) {
        return applet(new AppletInstallation(type, packageAid, instanceAid, toolkitParameters, appletParameters));
    }

    /**
     * The card, without power.
     *
     * @throws InstallationException where an applet cannot be installed
     */
    public Uicc build() {
        Card card = new Card(iccid, imsi, listener);
        installations.forEach(installation -> card.install(installation, true));
        return new Uicc(card);
    }

    private static String digits(String text, int min, int max, String what) {
        if (!text.matches("[0-9]{" + min + "," + max + "}")) {
            throw new IllegalArgumentException(what + " is " + min + " to " + max + " digits, not " + text);
        }
        return text;
    }
}
