// SPDX-License-Identifier: Apache-2.0
package org.bipline.card.dm;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Loads the classes of this package anew, the card's and those that drive it, with calls of {@link PersistentWrites} in the
 * place of array stores and of the Java Card methods that write arrays. A class that sets a field outside its constructor is
 * refused: such a write would not be counted.
 */
final class CardClassLoader extends ClassLoader {
    private static final String PACKAGE = "org.bipline.card.dm.";
    private static final String WRITES = "org/bipline/card/dm/PersistentWrites";
    private static final Set<String> METHODS = Set.of(
            "arrayCopy",
            "arrayCopyNonAtomic",
            "arrayFillNonAtomic",
            "setShort",
            "makeTransientByteArray",
            "makeTransientShortArray",
            "makeTransientObjectArray");
    /** Classes of the tests that drive the card; they are not instrumented. */
    private final Set<String> drivers;

    CardClassLoader(Set<String> drivers) {
        super(CardClassLoader.class.getClassLoader());
        this.drivers = drivers;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)
                || name.startsWith(PACKAGE + "PersistentWrites")
                || name.contains("PowerCutTest")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            String outer = name.substring(PACKAGE.length()).replaceAll("\\$.*", "");
            if (!drivers.contains(outer)) {
                ClassWriter writer = new ClassWriter(0);
                new ClassReader(bytes).accept(new Instrumentation(writer), 0);
                bytes = writer.toByteArray();
            }
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private static final class Instrumentation extends ClassVisitor {
        Instrumentation(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (name.equals("<clinit>")) { // a card has its static arrays from the CAP file
                return next;
            }
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.BASTORE) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, WRITES, "store", "([BII)V", false);
                    } else if (opcode == Opcodes.SASTORE) {
                        super.visitMethodInsn(Opcodes.INVOKESTATIC, WRITES, "store", "([SII)V", false);
                    } else {
                        super.visitInsn(opcode);
                    }
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String fieldDescriptor) {
                    if (opcode == Opcodes.PUTFIELD && !name.equals("<init>")) {
                        throw new IllegalStateException(owner + "." + field + " is set in " + name);
                    }
                    super.visitFieldInsn(opcode, owner, field, fieldDescriptor);
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String method, String methodDescriptor, boolean isInterface) {
                    boolean replaced = owner.startsWith("javacard/framework/") && METHODS.contains(method);
                    super.visitMethodInsn(opcode, replaced ? WRITES : owner, method, methodDescriptor, isInterface);
                }
            };
        }
    }
}
