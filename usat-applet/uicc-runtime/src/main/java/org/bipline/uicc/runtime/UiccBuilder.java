// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javacard.framework.Applet;
import org.bipline.uicc.runtime.file.CardProfile;
import org.bipline.uicc.runtime.vm.CardRuntime;
import org.bipline.uicc.runtime.vm.Transactions;

/** Personalises a {@link Uicc}. */
public final class UiccBuilder {
    private final List<AppletInstallation> installations = new ArrayList<>();
    private CardProfile profile = CardProfile.usim();
    private int commitCapacity = Transactions.DEFAULT_CAPACITY;
    private int transientMemory = CardRuntime.DEFAULT_TRANSIENT_CAPACITY;
    private RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(0);
    private UiccListener listener = new UiccListener() {};

    UiccBuilder() {}

    /** What the card is made of; a card with a USIM where nothing else is said. */
    public UiccBuilder profile(CardProfile description) {
        profile = Objects.requireNonNull(description);
        return this;
    }

    /** EF ICCID, up to 20 digits, in place of that of the profile. */
    public UiccBuilder iccid(String digits) {
        profile = profile.withIccid(digits);
        return this;
    }

    /** EF IMSI, 6 to 15 digits, in place of that of the profile. */
    public UiccBuilder imsi(String digits) {
        profile = profile.withImsi(digits);
        return this;
    }

    /** Bytes that the changes of one transaction may take, four for each beside its old value; 4,096 by default. */
    public UiccBuilder commitCapacity(int bytes) {
        if (bytes < 0 || bytes > Short.MAX_VALUE) {
            throw new IllegalArgumentException("commit capacity " + bytes);
        }
        commitCapacity = bytes;
        return this;
    }

    /** Bytes that all transient arrays of the applets may take together, of both kinds; 16,384 by default. */
    public UiccBuilder transientMemory(int bytes) {
        if (bytes < 0 || bytes > Short.MAX_VALUE) {
            throw new IllegalArgumentException("transient memory " + bytes);
        }
        transientMemory = bytes;
        return this;
    }

    /** Where challenges (GET CHALLENGE) come from; a generator with a fixed seed where nothing else is said. */
    public UiccBuilder random(RandomGenerator generator) {
        random = Objects.requireNonNull(generator);
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

    /**
     * Adds an applet from a jar or a directory of class files. Nothing on this card depends on the AID of its package, and none
     * is asked for.
     *
     * @param className the applet's class, with its static {@code install} method
     * @param instanceAid AID of the instance, 5 to 16 bytes
     * @param parameters the install parameters field, see {@link InstallParameters#parse}
     * @throws InstallationException where the jar cannot be read or the parameters are wrong
     */
    public UiccBuilder applet(Path jar, String className, byte[] instanceAid, byte[] parameters) {
        return applet(
                AppletInstallation.of(jar, className, instanceAid, instanceAid, InstallParameters.parse(parameters)));
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
        Card card = new Card(profile, random, listener);
        card.setCommitCapacity(commitCapacity);
        card.setTransientCapacity(transientMemory);
        installations.forEach(installation -> card.applications().install(installation, true));
        return new Uicc(card);
    }
}
