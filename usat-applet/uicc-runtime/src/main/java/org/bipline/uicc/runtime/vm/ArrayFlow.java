// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Finds the arrays in static fields that may be written. An array is followed from the field through locals, casts, other fields,
 * parameters and results of methods; wherever it gets out of sight (stored in an array, given to a method of the API that is not
 * known to read only) it counts as written. Fields and methods are told apart by name and descriptor alone.
 */
final class ArrayFlow {
    /** Parameters of the API that are read only: method, then the positions of the arrays. */
    private static final Map<String, Set<Integer>> READING = Map.ofEntries(
            Map.entry("javacard/framework/Util.arrayCopy", Set.of(0)),
            Map.entry("javacard/framework/Util.arrayCopyNonAtomic", Set.of(0)),
            Map.entry("javacard/framework/Util.arrayCompare", Set.of(0, 2)),
            Map.entry("javacard/framework/Util.getShort", Set.of(0)),
            Map.entry("javacard/framework/APDU.sendBytesLong", Set.of(0)),
            Map.entry("javacard/framework/OwnerPIN.update", Set.of(0)),
            Map.entry("javacard/framework/OwnerPIN.check", Set.of(0)),
            Map.entry("javacard/framework/AID.<init>", Set.of(0)),
            Map.entry("javacard/framework/AID.equals", Set.of(0)),
            Map.entry("javacard/framework/JCSystem.lookupAID", Set.of(0)),
            Map.entry("javacard/security/MessageDigest.update", Set.of(0)),
            Map.entry("javacard/security/MessageDigest.doFinal", Set.of(0)),
            Map.entry("javacard/security/Signature.update", Set.of(0)),
            Map.entry("javacard/security/Signature.sign", Set.of(0)),
            Map.entry("javacard/security/Signature.verify", Set.of(0, 3)),
            Map.entry("javacardx/crypto/Cipher.update", Set.of(0)),
            Map.entry("javacardx/crypto/Cipher.doFinal", Set.of(0)),
            Map.entry("javacard/security/AESKey.setKey", Set.of(0)),
            Map.entry("javacard/security/DESKey.setKey", Set.of(0)),
            Map.entry("javacard/security/HMACKey.setKey", Set.of(0)),
            Map.entry("uicc/toolkit/ToolkitRegistry.initMenuEntry", Set.of(0)),
            Map.entry("uicc/toolkit/ToolkitRegistry.changeMenuEntry", Set.of(1)),
            Map.entry("uicc/toolkit/ToolkitRegistry.setEventList", Set.of(0)),
            Map.entry("uicc/toolkit/ToolkitRegistry.registerFileEvent", Set.of(1, 4)));

    /** Every array of these is read only: they append to a list of their own. */
    private static final Set<String> APPENDING = Set.of(
            "appendArray",
            "appendTLV",
            "initDisplayText",
            "initGetInput",
            "initGetInkey",
            "initCloseChannel",
            "compareValue");

    /** From place to places: a field ({@code name:descriptor}), a parameter ({@code method#position}), a result ({@code method#}). */
    private final Map<String, Set<String>> passedTo = new HashMap<>();

    private final Set<String> written = new HashSet<>();
    private final Set<String> methods = new HashSet<>();
    private final Set<String> types = new HashSet<>();

    ArrayFlow(Collection<ClassNode> classes) {
        classes.forEach(node -> types.add(node.name));
        classes.forEach(node -> node.methods.forEach(method -> methods.add(method.name + method.desc)));
        classes.forEach(node -> node.methods.forEach(method -> follow(node, method)));
    }

    /** Places whose array may be written, fields as {@code name:descriptor}. */
    Set<String> written() {
        while (written.addAll(passedTo.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(written::contains))
                .map(Map.Entry::getKey)
                .toList())) {
            // until nothing more is found
        }
        return written;
    }

    /** Values by where they come from, unchanged by copies and casts. */
    private static final class Origins extends SourceInterpreter {
        Origins() {
            super(Opcodes.ASM9);
        }

        /** A parameter comes from an instruction that is not in the method. */
        @Override
        public SourceValue newParameterValue(boolean instance, int local, Type type) {
            return new SourceValue(type.getSize(), new VarInsnNode(Opcodes.ALOAD, local));
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode insn, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
            return insn.getOpcode() == Opcodes.CHECKCAST ? value : super.unaryOperation(insn, value);
        }

        /** An array in an array counts as that. */
        @Override
        public SourceValue binaryOperation(AbstractInsnNode insn, SourceValue first, SourceValue second) {
            return insn.getOpcode() == Opcodes.AALOAD ? first : super.binaryOperation(insn, first, second);
        }
    }

    private void follow(ClassNode owner, MethodNode method) {
        Frame<SourceValue>[] frames;
        try {
            frames = new Analyzer<>(new Origins()).analyze(owner.name, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException(owner.name + "." + method.name, e);
        }
        Map<Integer, Integer> positions = positions(method);
        for (int i = 0; i < frames.length; i++) {
            if (frames[i] != null) {
                new Step(method, positions, frames[i]).follow(method.instructions.get(i));
            }
        }
    }

    /** Position of the parameter that begins at a local variable. */
    private static Map<Integer, Integer> positions(MethodNode method) {
        Map<Integer, Integer> positions = new HashMap<>();
        int local = (method.access & Opcodes.ACC_STATIC) != 0 ? 0 : 1;
        int position = 0;
        for (Type argument : Type.getArgumentTypes(method.desc)) {
            positions.put(local, position++);
            local += argument.getSize();
        }
        return positions;
    }

    /** One instruction with the stack before it. */
    private final class Step {
        private final MethodNode method;
        private final Map<Integer, Integer> positions;
        private final Frame<SourceValue> frame;

        Step(MethodNode method, Map<Integer, Integer> positions, Frame<SourceValue> frame) {
            this.method = method;
            this.positions = positions;
            this.frame = frame;
        }

        /** The value that lies so many below the top of the stack. */
        private SourceValue stack(int below) {
            return frame.getStack(frame.getStackSize() - 1 - below);
        }

        void follow(AbstractInsnNode insn) {
            switch (insn.getOpcode()) {
                case Opcodes.BASTORE, Opcodes.SASTORE, Opcodes.IASTORE, Opcodes.CASTORE -> write(stack(2));
                case Opcodes.AASTORE -> {
                    write(stack(2));
                    write(stack(0));
                }
                case Opcodes.PUTFIELD, Opcodes.PUTSTATIC -> pass(stack(0), place((FieldInsnNode) insn));
                case Opcodes.ARETURN -> pass(stack(0), method.name + method.desc + '#');
                default -> {
                    if (insn instanceof MethodInsnNode call) {
                        call(call);
                    } else if (insn instanceof InvokeDynamicInsnNode dynamic) {
                        int count = Type.getArgumentTypes(dynamic.desc).length;
                        for (int i = 0; i < count; i++) {
                            write(stack(i));
                        }
                    }
                }
            }
        }

        private void call(MethodInsnNode call) {
            Type[] arguments = Type.getArgumentTypes(call.desc);
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i].getSort() < Type.ARRAY) {
                    continue;
                }
                SourceValue value = stack(arguments.length - 1 - i);
                if (methods.contains(call.name + call.desc)) {
                    String parameter = call.name + call.desc + '#' + i;
                    origins(value)
                            .forEach(origin -> passedTo.computeIfAbsent(origin, key -> new HashSet<>())
                                    .add(parameter));
                }
                if (!types.contains(call.owner) && !reads(call, i)) {
                    write(value);
                }
            }
        }

        private boolean reads(MethodInsnNode call, int position) {
            return APPENDING.contains(call.name)
                    || READING.getOrDefault(call.owner + '.' + call.name, Set.of())
                            .contains(position);
        }

        private void write(SourceValue value) {
            written.addAll(origins(value));
        }

        private void pass(SourceValue value, String place) {
            origins(value)
                    .forEach(origin -> passedTo.computeIfAbsent(origin, key -> new HashSet<>())
                            .add(place));
        }

        /** Where a value comes from; an array that the method itself makes comes from nowhere. */
        private List<String> origins(SourceValue value) {
            return value.insns.stream().flatMap(insn -> origin(insn).stream()).toList();
        }

        private Optional<String> origin(AbstractInsnNode insn) {
            return switch (insn) {
                case FieldInsnNode field -> Optional.of(place(field));
                case MethodInsnNode call -> Optional.of(call.name + call.desc + '#');
                case VarInsnNode parameter ->
                    Optional.of(method.name + method.desc + '#' + positions.get(parameter.var));
                default -> Optional.empty();
            };
        }

        private static String place(FieldInsnNode field) {
            return field.name + ':' + field.desc;
        }
    }
}
