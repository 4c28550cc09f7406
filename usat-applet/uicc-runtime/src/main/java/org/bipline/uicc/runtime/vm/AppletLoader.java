// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.function.Function;

/** Defines classes of an applet, rewritten; what it does not define itself comes from its parent or another one of its card. */
final class AppletLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final AppletCode code;
    private final Function<String, AppletLoader> owners;

    /** A loader of all that is not of the platform. */
    AppletLoader(AppletCode code, ClassLoader parent) {
        super(parent);
        this.code = code;
        this.owners = name -> this;
    }

    /** A loader of one card; {@code owners} tells by its name which loader defines a class, null: none of the card's own. */
    AppletLoader(AppletCode code, Function<String, AppletLoader> owners) {
        super(code.shared());
        this.code = code;
        this.owners = owners;
    }

    /** What has the class files. */
    ClassLoader source() {
        return code.source();
    }

    /** A class that was defined here, or null. */
    Class<?> loaded(String name) {
        return findLoadedClass(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        AppletLoader owner = code.isPlatform(name.replace('.', '/')) ? null : owners.apply(name);
        if (owner == null) {
            return super.loadClass(name, resolve);
        }
        return owner.define(name);
    }

    private Class<?> define(String name) {
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
