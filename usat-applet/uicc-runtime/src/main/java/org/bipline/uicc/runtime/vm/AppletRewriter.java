// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts calls of {@link MemoryAccess} into the code of an applet: in the place of array stores and of the methods of the API that
 * write or make arrays, before fields are set and references stored, and round allocations. Static initialisers stay as they are: what they do, a card
 * has from the CAP file.
 */
final class AppletRewriter extends ClassVisitor {
    private static final String ACCESS = Type.getInternalName(MemoryAccess.class);
    private static final String CIPHERS = Type.getInternalName(Ciphers.class);
    private static final String KEYS = Type.getInternalName(Keys.class);
    private static final String SIGNATURES = Type.getInternalName(Signatures.class);
    private static final String SYSTEM_CALLS = Type.getInternalName(SystemCalls.class);
    private static final Set<String> UTIL = Set.of("arrayCopy", "arrayCopyNonAtomic", "arrayFillNonAtomic", "setShort");
    private static final Set<String> SYSTEM = Set.of(
            "makeTransientBooleanArray",
            "makeTransientByteArray",
            "makeTransientShortArray",
            "makeTransientObjectArray");

    /** Factories of the API that take memory. */
    private static final Set<String> FACTORIES =
            Set.of("getInstance", "buildKey", "buildTLVHandler", "buildGeoLocation");

    /** Tells by its internal name whether a class is part of the runtime environment. */
    private final Predicate<String> platform;

    private String type;
    private String superType;

    private AppletRewriter(ClassVisitor next, Predicate<String> platform) {
        super(Opcodes.ASM9, next);
        this.platform = platform;
    }

    static byte[] rewrite(byte[] classFile, Predicate<String> platform) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new AppletRewriter(writer, platform), 0);
        return writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        type = name;
        superType = superName;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    /** A field that a constructor sets can be set back. */
    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        boolean instance = (access & Opcodes.ACC_STATIC) == 0;
        return super.visitField(instance ? access & ~Opcodes.ACC_FINAL : access, name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        return name.equals("<clinit>") ? next : new Method(next, name);
    }

    private final class Method extends MethodVisitor {
        private final String name;
        private final Set<Label> handlers = new HashSet<>();

        /** Whether the next instruction is the first of a handler. */
        private boolean atHandler;

        /** In a constructor: what was allocated and not yet constructed, and whether {@code this} is constructed. */
        private int unconstructed;

        private boolean constructed;

        Method(MethodVisitor next, String name) {
            super(Opcodes.ASM9, next);
            this.name = name;
            this.constructed = !name.equals("<init>");
        }

        private void access(String method, String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, ACCESS, method, descriptor, false);
        }

        private void allocating(String what) {
            super.visitLdcInsn("new " + what + " in " + Type.getObjectType(type).getClassName() + "." + name);
            access("allocating", "(Ljava/lang/String;)V");
        }

        private void created() {
            super.visitInsn(Opcodes.DUP);
            access("created", "(Ljava/lang/Object;)V");
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String caught) {
            if (caught == null || caught.equals("java/lang/Throwable") || caught.equals("java/lang/Error")) {
                handlers.add(handler);
            }
            super.visitTryCatchBlock(start, end, handler, caught);
        }

        @Override
        public void visitLabel(Label label) {
            super.visitLabel(label);
            atHandler |= handlers.contains(label);
        }

        /** To be called before each instruction. */
        private void begin() {
            if (atHandler) {
                atHandler = false;
                super.visitInsn(Opcodes.DUP);
                access("caught", "(Ljava/lang/Throwable;)V");
            }
        }

        @Override
        public void visitInsn(int opcode) {
            begin();
            switch (opcode) {
                case Opcodes.BASTORE -> access("store", "(Ljava/lang/Object;II)V");
                case Opcodes.SASTORE -> access("store", "([SII)V");
                case Opcodes.IASTORE -> access("store", "([III)V");
                case Opcodes.AASTORE -> access("store", "([Ljava/lang/Object;ILjava/lang/Object;)V");
                default -> super.visitInsn(opcode);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            begin();
            if (opcode == Opcodes.NEWARRAY) {
                allocating("array");
            }
            super.visitIntInsn(opcode, operand);
            if (opcode == Opcodes.NEWARRAY) {
                created();
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String operand) {
            begin();
            if (opcode == Opcodes.NEW) {
                unconstructed++;
                allocating(Type.getObjectType(operand).getClassName());
            } else if (opcode == Opcodes.ANEWARRAY) {
                allocating("array of " + Type.getObjectType(operand).getClassName());
            }
            super.visitTypeInsn(opcode, operand);
            if (opcode == Opcodes.ANEWARRAY) {
                created();
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            begin();
            allocating(Type.getType(descriptor).getClassName());
            super.visitMultiANewArrayInsn(descriptor, dimensions);
            created();
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            begin();
            int size = size(Type.getType(descriptor));
            if ((opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) && mayBeOfTheCard(descriptor)) {
                super.visitInsn(Opcodes.DUP);
                access("storing", "(Ljava/lang/Object;)V");
            }
            if (opcode == Opcodes.PUTFIELD && constructed && !platform.test(owner)) {
                duplicateTarget(Type.getType(descriptor).getSize() == 2);
                super.visitLdcInsn(Type.getObjectType(owner).getClassName());
                super.visitLdcInsn(field);
                super.visitLdcInsn(size);
                access("beforePut", "(Ljava/lang/Object;Ljava/lang/String;Ljava/lang/String;I)V");
            } else if (opcode == Opcodes.PUTSTATIC && !platform.test(owner)) {
                super.visitLdcInsn(Type.getObjectType(owner));
                super.visitLdcInsn(field);
                super.visitLdcInsn(size);
                access("beforePutStatic", "(Ljava/lang/Class;Ljava/lang/String;I)V");
            }
            super.visitFieldInsn(opcode, owner, field, descriptor);
        }

        /** Object and value are on the stack; the object comes on top of them. */
        private void duplicateTarget(boolean wide) {
            if (wide) {
                super.visitInsn(Opcodes.DUP2_X1);
                super.visitInsn(Opcodes.POP2);
                super.visitInsn(Opcodes.DUP_X2);
            } else {
                super.visitInsn(Opcodes.DUP2);
                super.visitInsn(Opcodes.POP);
            }
        }

        /** Whether a field can hold a handler, an APDU object or a byte array. */
        private static boolean mayBeOfTheCard(String descriptor) {
            return descriptor.equals("[B") || descriptor.startsWith("L");
        }

        /** Bytes of a value on a card, where a reference has two. */
        private static int size(Type value) {
            return switch (value.getSort()) {
                case Type.BOOLEAN, Type.BYTE -> 1;
                case Type.INT -> 4;
                default -> 2;
            };
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            begin();
            if (isReplaced(owner, method)) {
                access(method, descriptor);
                return;
            }
            if (opcode == Opcodes.INVOKEVIRTUAL
                    && owner.equals("javacard/framework/OwnerPIN")
                    && method.equals("update")) {
                access("update", "(L" + owner + ";" + descriptor.substring(1));
                return;
            }
            String called = switch (owner + '.' + method) {
                case "javacard/security/KeyBuilder.buildKey" -> KEYS;
                case "javacardx/crypto/Cipher.getInstance" -> CIPHERS;
                case "javacard/security/Signature.getInstance" -> SIGNATURES;
                case "javacard/framework/JCSystem.isAppletActive" -> SYSTEM_CALLS;
                default -> owner;
            };
            if (opcode == Opcodes.INVOKESTATIC && FACTORIES.contains(method) && platform.test(owner)) {
                allocating(Type.getObjectType(owner).getClassName());
            }
            super.visitMethodInsn(opcode, called, method, descriptor, isInterface);
            if (opcode == Opcodes.INVOKESPECIAL && method.equals("<init>")) {
                if (unconstructed > 0) {
                    unconstructed--;
                } else if (!constructed) {
                    constructed = true;
                    if (owner.equals(superType) && platform.test(owner)) {
                        super.visitVarInsn(Opcodes.ALOAD, 0);
                        access("created", "(Ljava/lang/Object;)V");
                    }
                }
            }
        }

        private static boolean isReplaced(String owner, String method) {
            return switch (owner) {
                case "javacard/framework/Util" -> UTIL.contains(method);
                case "javacard/framework/JCSystem" -> SYSTEM.contains(method);
                default -> false;
            };
        }

        @Override
        public void visitVarInsn(int opcode, int local) {
            begin();
            super.visitVarInsn(opcode, local);
        }

        @Override
        public void visitInvokeDynamicInsn(
                String method, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
            begin();
            super.visitInvokeDynamicInsn(method, descriptor, bootstrap, arguments);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            begin();
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitLdcInsn(Object value) {
            begin();
            super.visitLdcInsn(value);
        }

        @Override
        public void visitIincInsn(int local, int increment) {
            begin();
            super.visitIincInsn(local, increment);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
            begin();
            super.visitTableSwitchInsn(min, max, other, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
            begin();
            super.visitLookupSwitchInsn(other, keys, labels);
        }
    }
}
