// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The classes of a card's applets: those with static state are the card's own, one loader for each package, the others are shared
 * with all cards.
 */
final class AppletClasses {
    private final Map<CardPackage, AppletLoader> loaders = new HashMap<>(0);

    /** Names of the classes, by where they come from, of which the card has its own. */
    private final Map<ClassLoader, Set<String>> own = new HashMap<>(0);

    /**
     * A class as it runs on this card: rewritten, and with static fields of the card's own.
     *
     * @throws ClassNotFoundException where {@code source} has none of this name
     */
    Class<?> load(ClassLoader source, String className) throws ClassNotFoundException {
        if (source.getResource(className.replace('.', '/') + ".class") == null) {
            throw new ClassNotFoundException(className);
        }
        AppletCode code = AppletCode.of(source);
        Set<String> names = code.classes(className).own();
        if (!names.isEmpty()) {
            own.computeIfAbsent(source, key -> new HashSet<>()).addAll(names);
        }
        AppletLoader loader = loader(code, className);
        return Class.forName(className, false, loader == null ? code.shared() : loader);
    }

    /** The loader of this card's own class of this name; null where it has none of its own. */
    private AppletLoader loader(AppletCode code, String className) {
        if (!own.getOrDefault(code.source(), Set.of()).contains(className)) {
            return null;
        }
        String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
        return loaders.computeIfAbsent(
                new CardPackage(code.source(), packageName), key -> new AppletLoader(code, name -> loader(code, name)));
    }

    /** The classes of a package are gone; whoever loads them again finds their static fields as they were at first. */
    void forget(CardPackage deleted) {
        loaders.remove(deleted);
        Set<String> names = own.get(deleted.source());
        if (names != null) {
            names.removeIf(deleted::has);
        }
    }

    /** Adds what the static fields refer to, but for those of some packages. */
    void addStatics(References references, Set<CardPackage> but) {
        loaders.forEach((owner, loader) -> {
            if (!but.contains(owner)) {
                for (String name : own.get(owner.source())) {
                    Class<?> type = loader.loaded(name);
                    if (type != null) {
                        references.addStatics(type);
                    }
                }
            }
        });
    }

    /** Whether an applet's class, or one that it needs, is of another package. */
    static boolean needs(CardPackage applet, String className, CardPackage other) {
        return applet.source().equals(other.source())
                && AppletCode.of(applet.source()).classes(className).all().stream()
                        .anyMatch(other::has);
    }
}
