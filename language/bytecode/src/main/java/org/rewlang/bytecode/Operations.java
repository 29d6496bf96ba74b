package org.rewlang.bytecode;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import org.rewlang.code.Expression;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.UnaryOp;

/** Writes the code of expressions. */
final class Operations {

  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc STRICT_MATH = StrictMath.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc UNARY = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc BINARY = MethodTypeDesc.of(CD_double, CD_double, CD_double);
  private static final MethodTypeDesc OF_INTS = MethodTypeDesc.of(CD_int, CD_int, CD_int);

  private final CodeBuilder code;
  private final Emitter emitter;

  Operations(CodeBuilder code, Emitter emitter) {
    this.code = code;
    this.emitter = emitter;
  }

  /** Leaves a value on the stack, a truth value as 0 or 1. */
  void value(Expression expression) {
    switch (expression) {
      case Expression.Literal l -> literal(l);
      case Expression.From f -> value(f.value());
      case Expression.Read r -> emitter.read(r.variable());
      case Expression.Load l -> emitter.load(l);
      case Expression.Present p -> emitter.present(p.port());
      case Expression.Unary u -> unary(u);
      case Expression.Binary b -> binary(b);
      case Expression.Select s -> select(s);
      case Expression.Clamp c -> {
        value(c.index());
        emitter.integer(0);
        code.invokestatic(MATH, "max", OF_INTS);
        emitter.integer(c.length() - 1);
        code.invokestatic(MATH, "min", OF_INTS);
      }
      case Expression.Ago a -> emitter.ago(a);
    }
  }

  private void literal(Expression.Literal literal) {
    switch (literal.kind()) {
      case F64 -> emitter.number(literal.value());
      case BOOL -> emitter.integer(literal.value() != 0 ? 1 : 0);
      case I32 -> emitter.integer((int) literal.value());
    }
  }

  private void unary(Expression.Unary unary) {
    if (unary.op() == UnaryOp.FINITE || unary.op() == UnaryOp.NOT) {
      truth(unary);
      return;
    }
    value(unary.operand());
    switch (unary.op()) {
      case NEG -> code.dneg();
      // Exact, and intrinsic where those of StrictMath aren't.
      case ABS, SQRT, FLOOR, RINT -> code.invokestatic(MATH, unary.op().text(), UNARY);
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH ->
          code.invokestatic(STRICT_MATH, unary.op().text(), UNARY);
      case ITOF -> code.i2d();
      case FTOI -> code.d2i();
      case BTOI -> {}
      case FINITE, NOT -> throw new IllegalStateException("a truth value");
    }
  }

  private void binary(Expression.Binary binary) {
    switch (binary.op()) {
      case LT, LE, EQ, IEQ, ILT -> truth(binary);
      case AND, OR -> {
        if (isAtHand(binary.left()) && isAtHand(binary.right())) {
          operands(binary);
          if (binary.op() == BinaryOp.AND) {
            code.iand();
          } else {
            code.ior();
          }
        } else {
          truth(binary);
        }
      }
      case XOR -> operands(binary).ixor();
      case ADD -> operands(binary).dadd();
      case SUB -> operands(binary).dsub();
      case MUL -> operands(binary).dmul();
      case DIV -> operands(binary).ddiv();
      case MIN, MAX -> operands(binary).invokestatic(MATH, binary.op().text(), BINARY);
      case POW, ATAN2 -> operands(binary).invokestatic(STRICT_MATH, binary.op().text(), BINARY);
      case IADD -> operands(binary).iadd();
      case IMUL -> operands(binary).imul();
    }
  }

  private CodeBuilder operands(Expression.Binary binary) {
    value(binary.left());
    value(binary.right());
    return code;
  }

  /** Whether a truth value costs no branch. */
  private static boolean isAtHand(Expression expression) {
    return switch (expression) {
      case Expression.From f -> isAtHand(f.value());
      case Expression.Read _, Expression.Literal _ -> true;
      default -> false;
    };
  }

  private void select(Expression.Select select) {
    Label otherwise = code.newLabel();
    Label end = code.newLabel();
    jump(select.condition(), false, otherwise);
    value(select.then());
    code.goto_(end).labelBinding(otherwise);
    value(select.otherwise());
    code.labelBinding(end);
  }

  private void truth(Expression expression) {
    truth(label -> jump(expression, true, label));
  }

  /** Leaves 1 on the stack where {@code jump} jumps to the label that it is given, else 0. */
  void truth(Consumer<Label> jump) {
    Label holds = code.newLabel();
    Label end = code.newLabel();
    jump.accept(holds);
    code.iconst_0().goto_(end).labelBinding(holds).iconst_1().labelBinding(end);
  }

  /** Jumps where a condition is {@code when}. What decides needs no second operand. */
  void jump(Expression condition, boolean when, Label to) {
    switch (condition) {
      case Expression.From f -> jump(f.value(), when, to);
      case Expression.Unary u when u.op() == UnaryOp.NOT -> jump(u.operand(), !when, to);
      case Expression.Unary u when u.op() == UnaryOp.FINITE -> {
        value(u.operand());
        // Of NaN and the infinities the difference is NaN.
        code.dup2().dsub().dconst_0().dcmpl();
        jumpOnZero(when, to);
      }
      case Expression.Load l -> {
        emitter.number(l);
        code.dconst_0().dcmpl();
        jumpOnZero(!when, to);
      }
      case Expression.Binary b -> jump(b, when, to);
      default -> {
        value(condition);
        jumpOnZero(!when, to);
      }
    }
  }

  private void jump(Expression.Binary condition, boolean when, Label to) {
    switch (condition.op()) {
      // NaN compares as greater: neither less nor equal.
      case LT -> {
        operands(condition).dcmpg();
        if (when) {
          code.iflt(to);
        } else {
          code.ifge(to);
        }
      }
      case LE -> {
        operands(condition).dcmpg();
        if (when) {
          code.ifle(to);
        } else {
          code.ifgt(to);
        }
      }
      case EQ -> {
        operands(condition).dcmpg();
        jumpOnZero(when, to);
      }
      case ILT -> {
        operands(condition);
        if (when) {
          code.if_icmplt(to);
        } else {
          code.if_icmpge(to);
        }
      }
      case IEQ -> {
        operands(condition);
        if (when) {
          code.if_icmpeq(to);
        } else {
          code.if_icmpne(to);
        }
      }
      case AND -> both(condition, true, when, to);
      case OR -> both(condition, false, when, to);
      default -> {
        value(condition);
        jumpOnZero(!when, to);
      }
    }
  }

  /**
   * @param going the value of the left operand with which the right one decides
   */
  private void both(Expression.Binary condition, boolean going, boolean when, Label to) {
    if (when == going) {
      Label decided = code.newLabel();
      jump(condition.left(), !going, decided);
      jump(condition.right(), when, to);
      code.labelBinding(decided);
    } else {
      jump(condition.left(), when, to);
      jump(condition.right(), when, to);
    }
  }

  private void jumpOnZero(boolean when, Label to) {
    if (when) {
      code.ifeq(to);
    } else {
      code.ifne(to);
    }
  }
}
