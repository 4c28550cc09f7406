// SPDX-License-Identifier: Apache-2.0
package org.bipline.card;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/**
 * Finds where a method needs the upper half of an int. Compilers compute byte and short expressions as int; a card
 * without int computes them with 16 bits, which gives the same only as long as what is lost does not matter: a sum may
 * be narrowed, masked or added to, but not compared, divided, shifted to the right, stored, passed or used as an index
 * before a cast. The rule is that of the Java Card converter without {@code -i}, stricter in two places where the
 * converter lets a wrong result pass: or and exclusive or, and a mask that is not a positive literal.
 */
final class ShortArithmetic extends Interpreter<CardValue> {
    private static final Map<Integer, String> UNARY_USES = Map.of(
            Opcodes.TABLESWITCH, "switch over a value",
            Opcodes.LOOKUPSWITCH, "switch over a value",
            Opcodes.NEWARRAY, "array size",
            Opcodes.ANEWARRAY, "array size",
            Opcodes.IRETURN, "result",
            Opcodes.PUTSTATIC, "field");

    private final BiConsumer<AbstractInsnNode, String> faults;

    ShortArithmetic(BiConsumer<AbstractInsnNode, String> faults) {
        super(Opcodes.ASM9);
        this.faults = faults;
    }

    private void mustFit(AbstractInsnNode instruction, CardValue value, String use) {
        if (value.isInt()) {
            faults.accept(instruction, use + " that may need more than 16 bits: cast it before");
        }
    }

    @Override
    public CardValue newValue(Type type) {
        return type == null ? CardValue.OTHER : type.getSort() == Type.VOID ? null : CardValue.of(type);
    }

    @Override
    public CardValue newOperation(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return CardValue.literal(opcode - Opcodes.ICONST_0);
        }
        return switch (opcode) {
            case Opcodes.BIPUSH, Opcodes.SIPUSH -> CardValue.literal(((IntInsnNode) instruction).operand);
            case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> CardValue.WIDE;
            case Opcodes.LDC -> constant(instruction, ((LdcInsnNode) instruction).cst);
            case Opcodes.GETSTATIC -> CardValue.of(Type.getType(((FieldInsnNode) instruction).desc));
            default -> CardValue.OTHER;
        };
    }

    private CardValue constant(AbstractInsnNode instruction, Object value) {
        if (value instanceof Integer) {
            faults.accept(instruction, "literal " + value + " of more than 16 bits");
            return CardValue.INT;
        }
        return value instanceof Long || value instanceof Double ? CardValue.WIDE : CardValue.OTHER;
    }

    @Override
    public CardValue copyOperation(AbstractInsnNode instruction, CardValue value) {
        if (instruction.getOpcode() == Opcodes.ISTORE) {
            mustFit(instruction, value, "local variable");
        }
        return value;
    }

    @Override
    public CardValue unaryOperation(AbstractInsnNode instruction, CardValue value) {
        int opcode = instruction.getOpcode();
        String use =
                opcode >= Opcodes.IFEQ && opcode <= Opcodes.IFLE ? "comparison of a value" : UNARY_USES.get(opcode);
        if (use != null) {
            mustFit(instruction, value, use);
        }
        return switch (opcode) {
            case Opcodes.INEG -> value.isByte() ? CardValue.SHORT : CardValue.INT;
            case Opcodes.IINC -> { // compilers write it for int variables only
                faults.accept(instruction, "int as a counter");
                yield CardValue.INT;
            }
            case Opcodes.I2B, Opcodes.INSTANCEOF -> CardValue.BYTE;
            case Opcodes.I2S, Opcodes.ARRAYLENGTH -> CardValue.SHORT;
            case Opcodes.GETFIELD -> CardValue.of(Type.getType(((FieldInsnNode) instruction).desc));
            case Opcodes.I2L,
                    Opcodes.I2D,
                    Opcodes.F2L,
                    Opcodes.F2D,
                    Opcodes.L2D,
                    Opcodes.D2L,
                    Opcodes.LNEG,
                    Opcodes.DNEG -> CardValue.WIDE;
            case Opcodes.L2I, Opcodes.F2I, Opcodes.D2I, Opcodes.I2C -> CardValue.INT;
            default -> CardValue.OTHER;
        };
    }

    @Override
    public CardValue binaryOperation(AbstractInsnNode instruction, CardValue left, CardValue right) {
        int opcode = instruction.getOpcode();
        checkOperands(instruction, opcode, left, right);
        return switch (opcode) {
            // -128 / -1 fits a short, -32768 / -1 does not
            case Opcodes.IADD, Opcodes.ISUB, Opcodes.IMUL, Opcodes.IDIV ->
                left.isByte() && right.isByte() ? CardValue.SHORT : CardValue.INT;
            case Opcodes.IREM -> CardValue.SHORT;
            case Opcodes.ISHL, Opcodes.IUSHR -> CardValue.INT;
            case Opcodes.ISHR -> left.asVariable();
            case Opcodes.IAND ->
                left.isMask() ? left.asVariable() : right.isMask() ? right.asVariable() : CardValue.wider(left, right);
            case Opcodes.IOR, Opcodes.IXOR -> CardValue.wider(left, right);
            case Opcodes.BALOAD -> CardValue.BYTE;
            case Opcodes.SALOAD -> CardValue.SHORT;
            case Opcodes.CALOAD, Opcodes.IALOAD -> CardValue.INT;
            case Opcodes.LCMP, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> CardValue.BYTE;
            case Opcodes.LALOAD, Opcodes.DALOAD -> CardValue.WIDE;
            // what is left of the arithmetic is of the type of its operands
            default -> left.kind() == CardValue.Kind.WIDE ? CardValue.WIDE : CardValue.OTHER;
        };
    }

    private void checkOperands(AbstractInsnNode instruction, int opcode, CardValue left, CardValue right) {
        if (opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE) {
            mustFit(instruction, left, "comparison of a value");
            mustFit(instruction, right, "comparison with a value");
        } else if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
            mustFit(instruction, right, "array index");
        } else if (opcode == Opcodes.IDIV || opcode == Opcodes.IREM) {
            mustFit(instruction, left, "division of a value");
            mustFit(instruction, right, "division by a value");
        } else if (opcode == Opcodes.ISHR || opcode == Opcodes.IUSHR) {
            mustFit(instruction, left, "right shift of a value");
        } else if (opcode == Opcodes.PUTFIELD) {
            mustFit(instruction, right, "field");
        }
    }

    @Override
    public CardValue ternaryOperation(AbstractInsnNode instruction, CardValue array, CardValue index, CardValue value) {
        mustFit(instruction, index, "array index");
        mustFit(instruction, value, "array component");
        return null;
    }

    @Override
    public CardValue naryOperation(AbstractInsnNode instruction, List<? extends CardValue> values) {
        for (CardValue value : values) {
            mustFit(instruction, value, "argument");
        }
        return switch (instruction) {
            case MethodInsnNode call -> newValue(Type.getReturnType(call.desc));
            case InvokeDynamicInsnNode call -> newValue(Type.getReturnType(call.desc));
            default -> CardValue.OTHER;
        };
    }

    @Override
    public void returnOperation(AbstractInsnNode instruction, CardValue value, CardValue expected) {}

    @Override
    public CardValue merge(CardValue a, CardValue b) {
        return a.equals(b) ? a : CardValue.wider(a, b);
    }
}
