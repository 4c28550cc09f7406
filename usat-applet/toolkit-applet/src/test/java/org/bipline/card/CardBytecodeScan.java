// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Finds in class files what a Java Card virtual machine without int support does not have (Java Card 3.0.4 Virtual
 * Machine Specification, clause 2.2) and what our cards forbid themselves: allocation after installation.
 */
final class CardBytecodeScan {
    /** First and last opcode of each run that handles long, float or double. */
    private static final int[][] WIDE_OR_FLOAT = {
        {Opcodes.LCONST_0, Opcodes.DCONST_1},
        {Opcodes.LLOAD, Opcodes.DLOAD},
        {Opcodes.LALOAD, Opcodes.DALOAD},
        {Opcodes.LSTORE, Opcodes.DSTORE},
        {Opcodes.LASTORE, Opcodes.DASTORE},
        {Opcodes.LADD, Opcodes.DADD},
        {Opcodes.LSUB, Opcodes.DSUB},
        {Opcodes.LMUL, Opcodes.DMUL},
        {Opcodes.LDIV, Opcodes.DDIV},
        {Opcodes.LREM, Opcodes.DREM},
        {Opcodes.LNEG, Opcodes.DNEG},
        {Opcodes.LSHL, Opcodes.LSHL},
        {Opcodes.LSHR, Opcodes.LSHR},
        {Opcodes.LUSHR, Opcodes.LUSHR},
        {Opcodes.LAND, Opcodes.LAND},
        {Opcodes.LOR, Opcodes.LOR},
        {Opcodes.LXOR, Opcodes.LXOR},
        {Opcodes.I2L, Opcodes.D2F},
        {Opcodes.LCMP, Opcodes.DCMPG},
        {Opcodes.LRETURN, Opcodes.DRETURN},
    };

    private final CardApi api;
    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Set<String> faults = new TreeSet<>();

    private CardBytecodeScan(Collection<ClassNode> classes, CardApi api) {
        this.api = api;
        classes.forEach(type -> this.classes.put(type.name, type));
    }

    /** Faults as {@code Class.method:line: what}, in alphabetical order; the classes are all that is not API. */
    static Set<String> faultsIn(Collection<ClassNode> classes, CardApi api) {
        CardBytecodeScan scan = new CardBytecodeScan(classes, api);
        scan.classes.values().forEach(scan::scan);
        scan.faults.addAll(new AllocationGraph(scan.classes, scan.api).faults());
        return scan.faults;
    }

    private void scan(ClassNode type) {
        String where = type.name;
        checkType(where, type.superName);
        type.interfaces.forEach(name -> checkType(where, name));
        if ((type.access & Opcodes.ACC_ENUM) != 0) {
            fault(where, "enum");
        }
        checkAnnotations(where, type.visibleAnnotations, type.invisibleAnnotations);
        for (FieldNode field : type.fields) {
            String name = where + "." + field.name;
            checkDescriptor(name, field.desc);
            checkAnnotations(name, field.visibleAnnotations, field.invisibleAnnotations);
        }
        for (MethodNode method : type.methods) {
            scan(type, method);
        }
    }

    private void scan(ClassNode type, MethodNode method) {
        String where = type.name + "." + method.name;
        checkDescriptor(where, method.desc);
        checkAnnotations(where, method.visibleAnnotations, method.invisibleAnnotations);
        if ((method.access & Opcodes.ACC_NATIVE) != 0) {
            fault(where, "native method");
        }
        if ((method.access & Opcodes.ACC_SYNCHRONIZED) != 0) {
            fault(where, "synchronized method");
        }
        if (method.name.equals("finalize") && method.desc.equals("()V")) {
            fault(where, "finalizer");
        }
        if ((type.access & Opcodes.ACC_INTERFACE) != 0 && (method.access & Opcodes.ACC_ABSTRACT) == 0) {
            fault(where, "code in an interface");
        }
        if (method.localVariables != null) {
            for (LocalVariableNode variable : method.localVariables) {
                checkDescriptor(where + " variable " + variable.name, variable.desc);
            }
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type != null) {
                checkType(where, block.type);
            }
        }
        int line = 0;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            }
            check(where + ":" + line, instruction);
            if (method.name.equals("<clinit>")) {
                checkStaticInitialiser(where + ":" + line, type, instruction);
            }
        }
        checkArithmetic(where, type, method);
    }

    private void checkArithmetic(String where, ClassNode type, MethodNode method) {
        try {
            new Analyzer<>(new ShortArithmetic((at, what) -> fault(where + ":" + lineOf(at), what)))
                    .analyze(type.name, method);
        } catch (AnalyzerException e) {
            fault(where, "not analysable: " + e.getMessage());
        }
    }

    private static int lineOf(AbstractInsnNode instruction) {
        AbstractInsnNode at = instruction;
        while (at != null && !(at instanceof LineNumberNode)) {
            at = at.getPrevious();
        }
        return at == null ? 0 : ((LineNumberNode) at).line;
    }

    private void check(String where, AbstractInsnNode instruction) {
        switch (instruction) {
            case FieldInsnNode field -> {
                checkDescriptor(where, field.desc);
                checkMember(where, field.owner, field.name + " " + field.desc);
            }
            case MethodInsnNode call -> {
                checkDescriptor(where, call.desc);
                checkMember(where, call.owner, call.name + call.desc);
            }
            case TypeInsnNode use ->
                checkDescriptor(where, Type.getObjectType(use.desc).getDescriptor());
            case LdcInsnNode load -> checkConstant(where, load.cst);
            case IntInsnNode number -> checkArray(where, number);
            default -> checkOpcode(where, instruction.getOpcode());
        }
    }

    /** An int literal is a matter of the arithmetic. */
    private void checkConstant(String where, Object constant) {
        if (!(constant instanceof Integer)) {
            fault(where, "constant of type " + constant.getClass().getSimpleName());
        }
    }

    private void checkArray(String where, IntInsnNode instruction) {
        boolean onCard = instruction.operand == Opcodes.T_BYTE
                || instruction.operand == Opcodes.T_SHORT
                || instruction.operand == Opcodes.T_BOOLEAN;
        if (instruction.getOpcode() == Opcodes.NEWARRAY && !onCard) {
            fault(where, "array of int, char, float, long or double");
        }
    }

    private void checkOpcode(String where, int opcode) {
        switch (opcode) {
            case Opcodes.INVOKEDYNAMIC -> fault(where, "invokedynamic (lambda, string concatenation)");
            case Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> fault(where, "monitor");
            case Opcodes.MULTIANEWARRAY -> fault(where, "array of more than one dimension");
            case Opcodes.I2C -> fault(where, "char");
            case Opcodes.CALOAD, Opcodes.CASTORE, Opcodes.IALOAD, Opcodes.IASTORE ->
                fault(where, "array of int or char");
            case Opcodes.JSR, Opcodes.RET -> fault(where, "subroutine");
            default -> {
                if (Arrays.stream(WIDE_OR_FLOAT).anyMatch(run -> opcode >= run[0] && opcode <= run[1])) {
                    fault(where, "long, float or double");
                }
            }
        }
    }

    /** A card runs no code here: the converter turns it into initial values, without arrays in a library package. */
    private void checkStaticInitialiser(String where, ClassNode type, AbstractInsnNode instruction) {
        boolean library = classes.values().stream()
                .filter(other -> packageOf(other.name).equals(packageOf(type.name)))
                .noneMatch(other -> "javacard/framework/Applet".equals(other.superName));
        switch (instruction.getOpcode()) {
            case Opcodes.NEWARRAY -> {
                if (library) {
                    fault(where, "static array in a package without applet");
                }
            }
            case Opcodes.NEW,
                    Opcodes.ANEWARRAY,
                    Opcodes.INVOKESTATIC,
                    Opcodes.INVOKESPECIAL,
                    Opcodes.INVOKEVIRTUAL,
                    Opcodes.INVOKEINTERFACE,
                    Opcodes.GETSTATIC,
                    Opcodes.GETFIELD -> fault(where, "static initialiser that computes");
            default -> {}
        }
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('/') + 1);
    }

    private void checkMember(String where, String owner, String member) {
        checkDescriptor(where, Type.getObjectType(owner).getDescriptor());
        if (owner.startsWith("[") || !isKnown(owner)) {
            if (owner.startsWith("[")) {
                fault(where, "method of an array: " + member);
            }
            return;
        }
        for (String type = owner; type != null; type = classes.containsKey(type) ? classes.get(type).superName : null) {
            if (api.hasMember(type, member) || declares(type, member)) {
                return;
            }
        }
        fault(where, "not in the card's API: " + owner + "." + member);
    }

    private boolean declares(String type, String member) {
        ClassNode declaring = classes.get(type);
        return declaring != null
                && (declaring.methods.stream().anyMatch(m -> member.equals(m.name + m.desc))
                        || declaring.fields.stream().anyMatch(f -> member.equals(f.name + " " + f.desc))
                        || declaring.interfaces.stream()
                                .anyMatch(i -> api.hasMember(i, member) || declares(i, member)));
    }

    private boolean isKnown(String type) {
        return classes.containsKey(type) || api.hasType(type);
    }

    private void checkType(String where, String name) {
        if (!isKnown(name)) {
            fault(where, "not in the card's API: " + name);
        }
    }

    private void checkDescriptor(String where, String descriptor) {
        Type whole = Type.getType(descriptor);
        List<Type> types = new ArrayList<>();
        if (whole.getSort() == Type.METHOD) {
            types.addAll(List.of(whole.getArgumentTypes()));
            types.add(whole.getReturnType());
        } else {
            types.add(whole);
        }
        for (Type type : types) {
            if (type.getSort() == Type.ARRAY && type.getDimensions() > 1) {
                fault(where, "array of more than one dimension");
            }
            Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
            switch (element.getSort()) {
                case Type.INT, Type.CHAR, Type.LONG, Type.FLOAT, Type.DOUBLE -> fault(where, element.getClassName());
                case Type.OBJECT -> checkType(where, element.getInternalName());
                default -> {}
            }
        }
    }

    private void checkAnnotations(String where, List<?> visible, List<?> invisible) {
        if (visible != null || invisible != null) {
            fault(where, "annotation in the class file");
        }
    }

    private void fault(String where, String what) {
        faults.add(where.replace('/', '.') + ": " + Objects.requireNonNull(what));
    }
}
