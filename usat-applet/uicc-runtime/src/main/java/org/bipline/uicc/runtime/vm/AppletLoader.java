// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.function.Predicate;

/** Defines classes of an applet, rewritten; what it does not define itself comes from its parent. */
final class AppletLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final AppletCode code;
    private final Predicate<String> own;

    /** {@code own} tells by its name which class that is not of the platform is defined here. */
    AppletLoader(AppletCode code, ClassLoader parent, Predicate<String> own) {
        super(parent);
        this.code = code;
        this.own = own;
    }

    /** A class that was defined here, or null. */
    Class<?> loaded(String name) {
        return findLoadedClass(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (code.isPlatform(name.replace('.', '/')) || !own.test(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                byte[] bytes = code.rewritten(name);
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            return loaded;
        }
    }
}
