// SPDX-License-Identifier: Apache-2.0
package org.bipline.test.ts102268;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** One Java Card package on one card: its classes, and so its static fields, live from its loading to its deletion. */
final class PackageLoader extends ClassLoader {
    private final String packageName;
    private final Path classes;
    private final Map<String, PackageLoader> others;

    /** {@code others}: the packages on the card by their names, from which this one may import. */
    PackageLoader(String packageName, Path classes, Map<String, PackageLoader> others, ClassLoader parent) {
        super(parent);
        this.packageName = packageName;
        this.classes = classes;
        this.others = others;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        String wanted = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (!wanted.equals(packageName)) {
            PackageLoader other = others.get(wanted);
            return other == null ? super.loadClass(name, resolve) : other.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try {
            byte[] bytes = Files.readAllBytes(classes.resolve(name.replace('.', '/') + ".class"));
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
