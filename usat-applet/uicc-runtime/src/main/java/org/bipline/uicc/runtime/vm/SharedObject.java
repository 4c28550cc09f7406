// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import javacard.framework.AID;
import javacard.framework.Shareable;

/**
 * What an applet of another package gets of a shareable object: its shareable interfaces. A call of their methods runs in the
 * context of the applet that owns the object. Java Card 3.0.4 runtime environment, clauses 6.2.4 and 6.2.8.
 */
final class SharedObject implements InvocationHandler {
    private final CardRuntime card;
    private final AID owner;
    private final Shareable object;

    private SharedObject(CardRuntime card, AID owner, Shareable object) {
        this.card = card;
        this.owner = owner;
        this.object = object;
    }

    static Shareable of(CardRuntime card, AID owner, Shareable object) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        interfaces.add(Shareable.class);
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> each : type.getInterfaces()) {
                if (Shareable.class.isAssignableFrom(each)) {
                    interfaces.add(each);
                }
            }
        }
        return (Shareable) Proxy.newProxyInstance(
                object.getClass().getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                new SharedObject(card, owner, object));
    }

    /** The applet that shares an object which {@link #of} made; null for any other object. */
    static AID owner(Object object) {
        return object instanceof Proxy && Proxy.getInvocationHandler(object) instanceof SharedObject shared
                ? shared.owner
                : null;
    }

    /** The object behind what {@link #of} made, or the object itself. */
    static Object unwrap(Object object) {
        return object instanceof Proxy && Proxy.getInvocationHandler(object) instanceof SharedObject shared
                ? shared.object
                : object;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very object
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> unwrap(arguments[0]) == object;
                case "hashCode" -> System.identityHashCode(object);
                default -> object.toString();
            };
        }
        if (card.isBusyElsewhere(owner)) {
            throw new SecurityException("the applet is active on another logical channel and not multiselectable");
        }
        Context before = card.enter(new Context(owner, card.getAID()));
        try {
            return method.invoke(object, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            card.enter(before);
        }
    }
}
