// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.nio.file.Path;
import java.util.Objects;
import javacard.framework.Applet;
import org.bipline.uicc.runtime.vm.CardPackage;
import org.bipline.uicc.runtime.vm.CardRuntime;

/** What INSTALL [for install and make selectable] says of one applet: GlobalPlatform and ETSI TS 102 226. Immutable. */
public final class AppletInstallation {
    private final ClassLoader source;
    private final String className;
    private final boolean asLoaded;
    private final byte[] packageAid;
    private final byte[] instanceAid;
    private final byte[] toolkitParameters;
    private final byte[] accessParameters;
    private final byte[] administrativeAccessParameters;
    private final byte[] appletParameters;

    /**
     * One installation.
     *
     * @param type the applet's class, with its static {@code install} method
     * @param packageAid AID of the package, 5 to 16 bytes
     * @param instanceAid AID of the applet instance, 5 to 16 bytes
     * @param toolkitParameters value of tag 80, UICC toolkit application specific parameters; empty for an applet without
     *     toolkit
     * @param accessParameters value of tag 81, UICC access application specific parameters; empty: files are open to the
     *     applet only where they are open to everyone
     * @param administrativeAccessParameters value of tag 82, UICC administrative access application specific parameters, for
     *     the applet's AdminFileViews; empty: as for tag 81
     * @param appletParameters value of tag C9, handed to the applet's {@code install}
     */
    public AppletInstallation(
            Class<? extends Applet> type,
            byte[] packageAid,
            byte[] instanceAid,
            byte[] toolkitParameters,
            byte[] accessParameters,
            byte[] administrativeAccessParameters,
            byte[] appletParameters) {
        this(
                type.getClassLoader(),
                type.getName(),
                packageAid,
                instanceAid,
                toolkitParameters,
                accessParameters,
                administrativeAccessParameters,
                appletParameters);
    }

    private AppletInstallation(
            ClassLoader source,
            String className,
            byte[] packageAid,
            byte[] instanceAid,
            byte[] toolkitParameters,
            byte[] accessParameters,
            byte[] administrativeAccessParameters,
            byte[] appletParameters) {
        this.source = source;
        this.className = Objects.requireNonNull(className);
        this.asLoaded = false;
        this.packageAid = packageAid.clone();
        this.instanceAid = instanceAid.clone();
        this.toolkitParameters = toolkitParameters.clone();
        this.accessParameters = accessParameters.clone();
        this.administrativeAccessParameters = administrativeAccessParameters.clone();
        this.appletParameters = appletParameters.clone();
    }

    /** An installation without administrative access parameters. */
    public AppletInstallation(
            Class<? extends Applet> type,
            byte[] packageAid,
            byte[] instanceAid,
            byte[] toolkitParameters,
            byte[] accessParameters,
            byte[] appletParameters) {
        this(type, packageAid, instanceAid, toolkitParameters, accessParameters, new byte[0], appletParameters);
    }

    /** An installation without access parameters. */
    public AppletInstallation(
            Class<? extends Applet> type,
            byte[] packageAid,
            byte[] instanceAid,
            byte[] toolkitParameters,
            byte[] appletParameters) {
        this(type, packageAid, instanceAid, toolkitParameters, new byte[0], appletParameters);
    }

    /**
     * An installation from a jar, or from a directory of class files, with the install parameters field as INSTALL has it.
     *
     * @throws InstallationException where the file cannot be read
     */
    public static AppletInstallation of(
            Path jar, String className, byte[] packageAid, byte[] instanceAid, InstallParameters parameters) {
        return new AppletInstallation(
                AppletJar.loader(jar),
                className,
                packageAid,
                instanceAid,
                parameters.toolkit(),
                parameters.access(),
                parameters.administrativeAccess(),
                parameters.application());
    }

    private AppletInstallation(AppletInstallation other, boolean asLoaded) {
        this.source = other.source;
        this.className = other.className;
        this.asLoaded = asLoaded;
        this.packageAid = other.packageAid;
        this.instanceAid = other.instanceAid;
        this.toolkitParameters = other.toolkitParameters;
        this.accessParameters = other.accessParameters;
        this.administrativeAccessParameters = other.administrativeAccessParameters;
        this.appletParameters = other.appletParameters;
    }

    /**
     * The same installation of the class as its loader defined it, so that a test can reach into the applet: its memory is
     * neither rolled back nor watched, and all cards share its static fields.
     */
    public AppletInstallation asLoaded() {
        return new AppletInstallation(this, true);
    }

    // the arrays stay inside this package, which does not write to them

    /** The applet's class for a card. */
    Class<?> load(CardRuntime card) throws ClassNotFoundException {
        return asLoaded ? Class.forName(className, false, source) : card.load(source, className);
    }

    /** The package of the applet's class. */
    CardPackage code() {
        return new CardPackage(source, className.substring(0, Math.max(0, className.lastIndexOf('.'))));
    }

    String className() {
        return className;
    }

    byte[] packageAid() {
        return packageAid;
    }

    byte[] instanceAid() {
        return instanceAid;
    }

    byte[] toolkitParameters() {
        return toolkitParameters;
    }

    byte[] accessParameters() {
        return accessParameters;
    }

    byte[] administrativeAccessParameters() {
        return administrativeAccessParameters;
    }

    byte[] appletParameters() {
        return appletParameters;
    }
}
