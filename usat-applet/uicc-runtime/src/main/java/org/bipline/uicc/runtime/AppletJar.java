// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import javacard.framework.Applet;

/** The class loader of a jar, or of a directory of class files; one for all cards, as long as the file stays as it is. */
record AppletJar(Path path, FileTime modified) {
    private static final Map<AppletJar, WeakReference<ClassLoader>> LOADERS = new HashMap<>();

    /** Finds the class files of a jar, and of the API with it. */
    static ClassLoader loader(Path jar) {
        try {
            Path path = jar.toRealPath();
            AppletJar key = new AppletJar(path, Files.getLastModifiedTime(path));
            synchronized (LOADERS) {
                WeakReference<ClassLoader> known = LOADERS.get(key);
                ClassLoader loader = known == null ? null : known.get();
                if (loader == null) {
                    loader = new URLClassLoader(new URL[] {path.toUri().toURL()}, Applet.class.getClassLoader());
                    LOADERS.put(key, new WeakReference<>(loader));
                }
                return loader;
            }
        } catch (IOException e) {
            throw new InstallationException(
                    "jar " + jar, "it cannot be read", "GlobalPlatform Card Specification clause 11.5", 0x6A88, e);
        }
    }
}
