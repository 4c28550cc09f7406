// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

/**
 * A package of applets and libraries, which on a card is one CAP file: applets of one package share a context. Java Card 3.0.4
 * runtime environment, clause 6.1.2.
 *
 * @param source where its class files come from
 * @param name of the Java package
 */
public record CardPackage(ClassLoader source, String name) {
    public static CardPackage of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return new CardPackage(loader instanceof AppletLoader own ? own.source() : loader, type.getPackageName());
    }

    boolean has(String className) {
        return className.startsWith(name) && className.lastIndexOf('.') == name.length();
    }
}
