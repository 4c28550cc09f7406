// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javacard.framework.Applet;
import org.bipline.uicc.spi.ToolkitRuntime;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The class files that one class loader gives, rewritten for cards. Classes whose static fields never change are defined once for
 * all cards; the others once for each card.
 */
final class AppletCode {
    /** A code source lives as long as one of its loaders, and is made anew after that. */
    private static final Map<ClassLoader, WeakReference<AppletCode>> CODES = new WeakHashMap<>();

    /** One location where API and runtime are in one archive. */
    private static final Set<String> PLATFORM = Stream.of(CardRuntime.class, ToolkitRuntime.class, Applet.class)
            .map(AppletCode::locationOf)
            .collect(toUnmodifiableSet());

    private static final List<String> PLATFORM_PACKAGES =
            List.of("javacard/", "javacardx/", "uicc/", "org/bipline/uicc/", "com/licel/");

    private final ClassLoader source;
    private final Map<String, byte[]> rewritten = new ConcurrentHashMap<>();
    private final Map<String, Boolean> platform = new ConcurrentHashMap<>();
    private final Map<String, StaticState.Classes> classes = new ConcurrentHashMap<>();
    private final AppletLoader shared = new AppletLoader(this, CardRuntime.class.getClassLoader());

    private AppletCode(ClassLoader source) {
        this.source = source;
    }

    static AppletCode of(ClassLoader source) {
        synchronized (CODES) {
            WeakReference<AppletCode> known = CODES.get(source);
            AppletCode code = known == null ? null : known.get();
            if (code == null) {
                code = new AppletCode(source);
                CODES.put(source, new WeakReference<>(code));
            }
            return code;
        }
    }

    private static String locationOf(Class<?> type) {
        CodeSource code = type.getProtectionDomain().getCodeSource();
        return code.getLocation().toString();
    }

    ClassLoader source() {
        return source;
    }

    AppletLoader shared() {
        return shared;
    }

    /** The classes that an applet needs, itself among them. */
    StaticState.Classes classes(String applet) {
        return classes.computeIfAbsent(applet, name -> StaticState.classes(name.replace('.', '/'), this));
    }

    /** Whether a class, by its internal name, is of the JDK, the API or this runtime. */
    boolean isPlatform(String name) {
        return name.startsWith("[") || platform.computeIfAbsent(name, this::comesWithPlatform);
    }

    private boolean comesWithPlatform(String name) {
        if (name.startsWith("java/")) {
            return true;
        }
        URL url = source.getResource(name + ".class");
        if (url == null) {
            return true; // whoever needs it will hear that it is missing
        }
        String location = url.toString();
        return location.startsWith("jrt:")
                || (PLATFORM.stream().anyMatch(location::contains)
                        && PLATFORM_PACKAGES.stream().anyMatch(name::startsWith));
    }

    ClassNode read(String internalName) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes(internalName)).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return node;
    }

    byte[] rewritten(String name) {
        return rewritten.computeIfAbsent(
                name, key -> AppletRewriter.rewrite(bytes(key.replace('.', '/')), this::isPlatform));
    }

    private byte[] bytes(String internalName) {
        try (InputStream in = source.getResourceAsStream(internalName + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(internalName, e);
        }
    }
}
