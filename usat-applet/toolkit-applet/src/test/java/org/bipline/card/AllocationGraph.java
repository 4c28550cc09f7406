// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Finds allocation that a card may come to after installation: a call graph from each method by which the card's
 * runtime calls into the classes, which are the instance methods that implement or override a method of the API. A
 * virtual call goes to every class that could be the receiver.
 */
final class AllocationGraph {
    /** Factories of the API that take memory at each call; constructors are seen at their NEW. */
    private static final Set<String> ALLOCATING = Set.of(
            "javacard/framework/JCSystem.makeTransientBooleanArray",
            "javacard/framework/JCSystem.makeTransientByteArray",
            "javacard/framework/JCSystem.makeTransientShortArray",
            "javacard/framework/JCSystem.makeTransientObjectArray",
            "javacard/security/KeyBuilder.buildKey",
            "javacardx/framework/util/intx/JCint.makeTransientIntArray",
            "uicc/access/UICCSystem.getTheUICCView",
            "uicc/access/UICCSystem.getTheFileView",
            "uicc/access/fileadministration/AdminFileViewBuilder.getTheUICCAdminFileView",
            "uicc/access/fileadministration/AdminFileViewBuilder.getTheAdminFileView",
            "uicc/system/HandlerBuilder.buildTLVHandler",
            "uicc/usim/geolocation/GeoLocationBuilder.buildGeoLocation");

    /** A method of the scanned classes, and the way by which it was reached. */
    private record Reached(ClassNode type, MethodNode method, String way) {
        String key() {
            return type.name + "." + method.name + method.desc;
        }
    }

    private final Map<String, ClassNode> classes;
    private final CardApi api;
    private final Map<String, Reached> reached = new LinkedHashMap<>();
    private final Deque<Reached> pending = new ArrayDeque<>();

    AllocationGraph(Map<String, ClassNode> classes, CardApi api) {
        this.classes = classes;
        this.api = api;
    }

    Collection<String> faults() {
        Set<String> faults = new TreeSet<>();
        classes.values().forEach(this::enter);
        while (!pending.isEmpty()) {
            Reached from = pending.remove();
            int line = 0;
            for (AbstractInsnNode instruction : from.method.instructions) {
                if (instruction instanceof LineNumberNode number) {
                    line = number.line;
                }
                if (instruction instanceof MethodInsnNode call) {
                    follow(from, call);
                }
                if (allocates(instruction)) {
                    faults.add(from.type.name.replace('/', '.') + "." + from.method.name + ":" + line
                            + ": allocation after installation, by " + from.way);
                }
            }
        }
        return faults;
    }

    private void enter(ClassNode type) {
        for (MethodNode method : type.methods) {
            boolean instance = (method.access & Opcodes.ACC_STATIC) == 0 && !method.name.startsWith("<");
            if (instance && isOfApi(type.name, method.name + method.desc)) {
                reach(new Reached(type, method, simpleName(type) + "." + method.name));
            }
        }
    }

    private boolean isOfApi(String type, String member) {
        ClassNode node = classes.get(type);
        return node == null
                ? api.hasMember(type, member)
                : isOfApi(node.superName, member) || node.interfaces.stream().anyMatch(i -> isOfApi(i, member));
    }

    private void reach(Reached method) {
        if (reached.putIfAbsent(method.key(), method) == null) {
            pending.add(method);
        }
    }

    private void follow(Reached from, MethodInsnNode call) {
        boolean virtual = call.getOpcode() == Opcodes.INVOKEVIRTUAL || call.getOpcode() == Opcodes.INVOKEINTERFACE;
        for (ClassNode type : classes.values()) {
            if (virtual ? isA(type.name, call.owner) : type.name.equals(call.owner)) {
                reachDeclaration(type, call, from);
            }
        }
    }

    /** The method that an object of the type runs: its own or the nearest inherited one. */
    private void reachDeclaration(ClassNode type, MethodInsnNode call, Reached from) {
        for (ClassNode at = type; at != null; at = classes.get(at.superName)) {
            for (MethodNode method : at.methods) {
                if (method.name.equals(call.name) && method.desc.equals(call.desc)) {
                    reach(new Reached(at, method, from.way + " > " + simpleName(at) + "." + method.name));
                    return;
                }
            }
        }
    }

    private boolean isA(String type, String wanted) {
        if (type.equals(wanted) || !classes.containsKey(type)) {
            return type.equals(wanted);
        }
        ClassNode node = classes.get(type);
        return isA(node.superName, wanted) || node.interfaces.stream().anyMatch(i -> isA(i, wanted));
    }

    private static boolean allocates(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.NEW, Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.MULTIANEWARRAY -> true;
            case Opcodes.INVOKESTATIC -> {
                MethodInsnNode call = (MethodInsnNode) instruction;
                boolean instanceFactory = call.name.equals("getInstance")
                        && Type.getReturnType(call.desc).getSort() == Type.OBJECT
                        && call.owner.startsWith("javacard");
                yield instanceFactory || ALLOCATING.contains(call.owner + "." + call.name);
            }
            default -> false;
        };
    }

    private static String simpleName(ClassNode type) {
        return type.name.substring(type.name.lastIndexOf('/') + 1);
    }
}
