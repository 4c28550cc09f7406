// SPDX-License-Identifier: Apache-2.0
package org.bipline.uicc.runtime.vm;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Finds the classes of an applet that have state in static fields, and those that have to be kept with them. A static field is
 * state unless it is set by the static initialiser alone and holds a primitive value, a string, or an array that is never
 * written.
 */
final class StaticState {
    private final AppletCode code;
    private final Map<String, ClassNode> classes = new HashMap<>();
    private final Map<String, Set<String>> references = new HashMap<>();

    private StaticState(AppletCode code) {
        this.code = code;
    }

    /**
     * Names of classes that are not of the platform.
     *
     * @param all those that can be reached from one
     * @param own those of them that cannot be shared between cards
     */
    record Classes(Set<String> all, Set<String> own) {}

    static Classes classes(String root, AppletCode code) {
        StaticState state = new StaticState(code);
        state.collect(root);
        Set<String> own = state.withState();
        while (state.extend(own)) {
            // until nothing more has to be kept with what is there
        }
        return new Classes(names(state.classes.keySet()), names(own));
    }

    private static Set<String> names(Set<String> internal) {
        return internal.stream().map(name -> name.replace('/', '.')).collect(toUnmodifiableSet());
    }

    private void collect(String root) {
        Deque<String> pending = new ArrayDeque<>(Set.of(root));
        while (!pending.isEmpty()) {
            String name = pending.pop();
            if (!classes.containsKey(name)) {
                ClassNode node = code.read(name);
                classes.put(name, node);
                Set<String> referred = references(node);
                references.put(name, referred);
                pending.addAll(referred);
            }
        }
    }

    /** Classes that are not of the platform and that the code of a class mentions. */
    private Set<String> references(ClassNode node) {
        Set<String> found = new HashSet<>();
        add(found, node.superName);
        node.interfaces.forEach(name -> add(found, name));
        node.fields.forEach(field -> add(found, Type.getType(field.desc)));
        for (MethodNode method : node.methods) {
            addMethod(found, method.desc);
            method.tryCatchBlocks.forEach(block -> add(found, block.type));
            for (AbstractInsnNode insn : method.instructions) {
                addInstruction(found, insn);
            }
        }
        return found;
    }

    private void addInstruction(Set<String> found, AbstractInsnNode insn) {
        switch (insn) {
            case TypeInsnNode type -> add(found, Type.getObjectType(type.desc));
            case MultiANewArrayInsnNode array -> add(found, Type.getType(array.desc));
            case FieldInsnNode field -> {
                add(found, field.owner);
                add(found, Type.getType(field.desc));
            }
            case MethodInsnNode method -> {
                add(found, Type.getObjectType(method.owner));
                addMethod(found, method.desc);
            }
            case InvokeDynamicInsnNode dynamic -> {
                addMethod(found, dynamic.desc);
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle) {
                        add(found, handle.getOwner());
                    }
                }
            }
            case LdcInsnNode constant -> {
                if (constant.cst instanceof Type type && type.getSort() != Type.METHOD) {
                    add(found, type);
                }
            }
            default -> {
                // names no class
            }
        }
    }

    private void addMethod(Set<String> found, String descriptor) {
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            add(found, argument);
        }
        add(found, Type.getReturnType(descriptor));
    }

    private void add(Set<String> found, Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            add(found, element.getInternalName());
        }
    }

    private void add(Set<String> found, String name) {
        if (name != null && !code.isPlatform(name)) {
            found.add(name);
        }
    }

    private Set<String> withState() {
        Set<String> changed = new HashSet<>(new ArrayFlow(classes.values()).written());
        for (ClassNode node : classes.values()) {
            for (MethodNode method : node.methods) {
                for (AbstractInsnNode insn : method.instructions) {
                    if (insn.getOpcode() == Opcodes.PUTSTATIC && !method.name.equals("<clinit>")) {
                        // by name and descriptor: the instruction may name another class than the one that declares it
                        changed.add(((FieldInsnNode) insn).name + ':' + ((FieldInsnNode) insn).desc);
                    }
                }
            }
        }
        Set<String> found = new HashSet<>();
        classes.forEach((name, node) -> {
            if (node.fields.stream().anyMatch(field -> isState(field, changed))) {
                found.add(name);
            }
        });
        return found;
    }

    private static boolean isState(FieldNode field, Set<String> changed) {
        Type type = Type.getType(field.desc);
        boolean isValue = switch (type.getSort()) {
            case Type.ARRAY -> type.getElementType().getSort() < Type.ARRAY;
            case Type.OBJECT -> field.desc.equals("Ljava/lang/String;");
            default -> true;
        };
        return (field.access & Opcodes.ACC_STATIC) != 0
                && (!isValue || changed.contains(field.name + ':' + field.desc));
    }

    /**
     * Adds what refers to one of these classes, and what is in a package with one: classes of a package see each other. A public
     * interface needs nothing of its package, and through it applets of two packages share objects.
     */
    private boolean extend(Set<String> own) {
        Set<String> packages = new HashSet<>();
        own.forEach(name -> packages.add(packageOf(name)));
        return own.addAll(classes.keySet().stream()
                .filter(name -> (packages.contains(packageOf(name)) && !isPublicInterface(name))
                        || references.get(name).stream().anyMatch(own::contains))
                .toList());
    }

    private boolean isPublicInterface(String name) {
        int both = Opcodes.ACC_PUBLIC | Opcodes.ACC_INTERFACE;
        return (classes.get(name).access & both) == both;
    }

    private static String packageOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
