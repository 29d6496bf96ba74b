package org.rewlang.bytecode;

import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Annotation;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.code.Expression;
import org.rewlang.code.Memory;
import org.rewlang.code.Statement;
import org.rewlang.code.Tables;
import org.rewlang.code.Variable;
import org.rewlang.core.Kind;
import org.rewlang.engine.Layout;

/**
 * Writes the class of a kernel. Truth values are 0 and 1, made of both operands; the only jumps are
 * those of loops and of choices that leave exactly one value or none, which every translator to C
 * gets right. Numbers lie in a table: a translator that knows them computes with them, and writes
 * what comes to an infinity or NaN as a constant of another type.
 */
final class KernelEmitter {

  private static final ClassDesc SELF = ClassDesc.of(Kernel.Code.NAME);
  private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
  private static final ClassDesc EXACT = KernelMath.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc UNARY = MethodTypeDesc.of(CD_double, CD_double);
  private static final MethodTypeDesc BINARY = MethodTypeDesc.of(CD_double, CD_double, CD_double);
  private static final MethodTypeDesc TO_INT = MethodTypeDesc.of(CD_int, CD_double);
  private static final MethodTypeDesc CLAMP = MethodTypeDesc.of(CD_int, CD_int, CD_int);
  private static final MethodTypeDesc INT_VALUE = MethodTypeDesc.of(CD_int);
  private static final MethodTypeDesc GET = MethodTypeDesc.of(CD_double, CD_int);
  private static final MethodTypeDesc SET = MethodTypeDesc.of(CD_void, CD_int, CD_double);
  private static final MethodTypeDesc SET_INT = MethodTypeDesc.of(CD_void, CD_int, CD_int);

  private static final int FAILED = 5;
  private static final int LANES = 6;

  private static final List<String> PARAMETERS =
      List.of("inputs", "shared", "state", "outputs", "scratch", "failed", "n");

  private final CodeBuilder code;
  private final Kernel.Platform platform;
  private final Tables tables;
  private final int params;
  private final int lane;
  private final Map<Variable, Integer> locals = new HashMap<>();

  /** Where numbers of the program lie in the tables, by their bits. */
  private final Map<Long, Integer> numbers = new HashMap<>();

  private KernelEmitter(CodeBuilder code, Kernel.Platform platform, Tables tables, int params) {
    this.code = code;
    this.platform = platform;
    this.tables = tables;
    this.params = params;
    this.lane = code.allocateLocal(TypeKind.INT);
  }

  static byte[] classOf(
      Layout layout,
      List<Statement> statements,
      Variable failed,
      Tables tables,
      Kernel.Platform platform) {
    List<ClassDesc> types =
        List.of(
            platform.doubles(),
            platform.doubles(),
            platform.doubles(),
            platform.doubles(),
            platform.doubles(),
            platform.ints(),
            CD_int);
    MethodTypeDesc kernel = MethodTypeDesc.of(CD_void, types);
    int open = ClassFile.ACC_PUBLIC;
    return ClassFile.of()
        .build(
            SELF,
            builder -> {
              builder.withFlags(open | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
              builder.withInterfaceSymbols(platform.task());
              builder.withMethodBody(
                  INIT_NAME,
                  MTD_void,
                  open,
                  code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
              builder.withMethodBody(
                  Kernel.Code.METHOD,
                  kernel,
                  open | ClassFile.ACC_STATIC,
                  code ->
                      new KernelEmitter(code, platform, tables, layout.paramSize())
                          .lanes(types, statements, failed));
              builder.withMethodBody(
                  "apply",
                  MethodTypeDesc.of(CD_void, Collections.nCopies(types.size(), CD_Object)),
                  open,
                  code -> adapter(code, types, kernel));
            });
  }

  /** The mark of the loop over lanes, as a class file says it. */
  static Kernel.Lanes lanes(byte[] classFile) {
    for (MethodModel method : ClassFile.of().parse(classFile).methods()) {
      CodeAttribute code = method.findAttribute(Attributes.code()).orElse(null);
      if (code != null && method.methodName().equalsString(Kernel.Code.METHOD)) {
        for (TypeAnnotation mark :
            code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
                .orElseThrow()
                .annotations()) {
          if (mark.targetInfo() instanceof TypeAnnotation.LocalVarTarget of) {
            TypeAnnotation.LocalVarTargetInfo loop = of.table().getFirst();
            int start = code.labelToBci(loop.startLabel());
            return new Kernel.Lanes(start, code.labelToBci(loop.endLabel()) - start, loop.index());
          }
        }
      }
    }
    throw new IllegalStateException("a kernel without a loop over lanes");
  }

  /** TornadoVM takes the first static method that this calls for the kernel. */
  private static void adapter(CodeBuilder code, List<ClassDesc> types, MethodTypeDesc kernel) {
    for (int i = 0; i < LANES; i++) {
      code.aload(i + 1).checkcast(types.get(i));
    }
    code.aload(LANES + 1).checkcast(CD_Integer).invokevirtual(CD_Integer, "intValue", INT_VALUE);
    code.invokestatic(SELF, Kernel.Code.METHOD, kernel).return_();
  }

  /** The loop over lanes. TornadoVM needs the parameters' names, and the loop's mark. */
  private void lanes(List<ClassDesc> types, List<Statement> statements, Variable failed) {
    for (int i = 0; i < types.size(); i++) {
      code.localVariable(i, PARAMETERS.get(i), types.get(i), code.startLabel(), code.endLabel());
    }
    code.iconst_0().istore(lane);
    Label round = code.newBoundLabel();
    Label end = code.newLabel();
    code.iload(lane).iload(LANES).if_icmpge(end);
    all(statements);
    code.aload(FAILED).iload(lane).iload(local(failed));
    code.invokevirtual(platform.ints(), "set", SET_INT);
    code.iinc(lane, 1).goto_w(round).labelBinding(end);
    code.localVariable(lane, "i", CD_int, round, end);
    code.with(
        RuntimeVisibleTypeAnnotationsAttribute.of(
            TypeAnnotation.of(
                TypeAnnotation.TargetInfo.ofLocalVariable(
                    List.of(TypeAnnotation.LocalVarTargetInfo.of(round, end, lane))),
                List.of(),
                Annotation.of(platform.parallel()))));
    code.return_();
  }

  private void all(List<Statement> statements) {
    statements.forEach(this::one);
  }

  private void one(Statement statement) {
    switch (statement) {
      case Statement.Write w -> {
        value(w.value());
        code.storeLocal(type(w.to()), local(w.to()));
      }
      case Statement.Store s -> {
        place(s.memory(), s.offset(), s.index());
        value(s.value());
        if (s.value().kind() != Kind.F64) {
          code.i2d();
        }
        code.invokevirtual(platform.doubles(), "set", SET);
      }
      case Statement.If i -> {
        value(i.condition());
        choose(() -> all(i.then()), i.otherwise().isEmpty() ? null : () -> all(i.otherwise()));
      }
      case Statement.Loop l -> loop(l, 0);
      default -> throw new IllegalStateException("no statement of a kernel: " + statement);
    }
  }

  /** Does one of two things, as the truth value on the stack says. */
  private void choose(Runnable then, @Nullable Runnable otherwise) {
    Label not = code.newLabel();
    code.ifeq(not);
    then.run();
    if (otherwise == null) {
      code.labelBinding(not);
      return;
    }
    Label end = code.newLabel();
    code.goto_(end).labelBinding(not);
    otherwise.run();
    code.labelBinding(end);
  }

  private void loop(Statement.Loop loop, int d) {
    if (d == loop.indices().size()) {
      all(loop.body());
      return;
    }
    int counter = local(loop.indices().get(d));
    Label end = code.newLabel();
    code.iconst_0().istore(counter);
    Label round = code.newBoundLabel();
    code.iload(counter).loadConstant(loop.counts().get(d)).if_icmpge(end);
    loop(loop, d + 1);
    code.iinc(counter, 1).goto_(round).labelBinding(end);
  }

  private int local(Variable variable) {
    return locals.computeIfAbsent(variable, v -> code.allocateLocal(type(v)));
  }

  private static TypeKind type(Variable variable) {
    return variable.kind() == Kind.F64 ? TypeKind.DOUBLE : TypeKind.INT;
  }

  /** Leaves the array and the index of a place on the stack. */
  private void place(Memory memory, int offset, @Nullable Expression index) {
    int parameter =
        switch (memory) {
          case INPUTS -> 0;
          case PARAMS, TABLES -> 1;
          case STATE -> 2;
          case OUTPUTS -> 3;
          case SCRATCH -> 4;
        };
    int first = memory == Memory.TABLES ? Math.addExact(params, offset) : offset;
    code.aload(parameter).loadConstant(first);
    if (index != null) {
      value(index);
      code.iadd();
    }
    if (parameter != 1) {
      code.iload(LANES).imul().iload(lane).iadd();
    }
  }

  private void load(Memory memory, int offset, @Nullable Expression index) {
    place(memory, offset, index);
    code.invokevirtual(platform.doubles(), "get", GET);
  }

  private void value(Expression expression) {
    switch (expression) {
      case Expression.Literal l -> literal(l);
      case Expression.Read r -> code.loadLocal(type(r.variable()), local(r.variable()));
      case Expression.Load l -> {
        load(l.memory(), l.offset(), l.index());
        switch (l.kind()) {
          case F64 -> {}
          case I32 -> code.invokestatic(EXACT, "toInt", TO_INT);
          case BOOL -> {
            code.dconst_0().dcmpl();
            truth(code::ifne);
          }
        }
      }
      case Expression.Unary u -> unary(u);
      case Expression.Binary b -> {
        value(b.left());
        value(b.right());
        binary(b);
      }
      case Expression.Select s -> {
        value(s.condition());
        choose(() -> value(s.then()), () -> value(s.otherwise()));
      }
      case Expression.Clamp c -> {
        value(c.index());
        code.loadConstant(c.length() - 1).invokestatic(EXACT, "clamp", CLAMP);
      }
      case Expression.From _, Expression.Ago _, Expression.Present _ ->
          throw new IllegalStateException("no expression of a kernel: " + expression);
    }
  }

  private void literal(Expression.Literal literal) {
    if (literal.kind() == Kind.F64) {
      long bits = Double.doubleToRawLongBits(literal.value());
      load(Memory.TABLES, numbers.computeIfAbsent(bits, _ -> tables.add(literal.value())), null);
    } else {
      code.loadConstant((int) literal.value());
    }
  }

  /** Leaves 1 where this jumps to the label that it is given, else 0. */
  private void truth(Consumer<Label> jump) {
    Label holds = code.newLabel();
    Label end = code.newLabel();
    jump.accept(holds);
    code.iconst_0().goto_(end).labelBinding(holds).iconst_1().labelBinding(end);
  }

  private void unary(Expression.Unary unary) {
    value(unary.operand());
    switch (unary.op()) {
      case NEG -> code.dneg();
      case ABS, SQRT -> code.invokestatic(MATH, unary.op().text(), UNARY);
      case FLOOR, RINT -> code.invokestatic(EXACT, unary.op().text(), UNARY);
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH ->
          code.invokestatic(elementary(), unary.op().text(), UNARY);
      case FINITE -> {
        // Of NaN and the infinities the difference is NaN.
        code.dup2().dsub().dconst_0().dcmpl();
        truth(code::ifeq);
      }
      case NOT -> code.iconst_1().ixor();
      case ITOF -> code.i2d();
      case FTOI -> code.invokestatic(EXACT, "toInt", TO_INT);
      case BTOI -> {}
    }
  }

  private ClassDesc elementary() {
    ClassDesc elementary = platform.elementary();
    if (elementary == null) {
      throw new IllegalStateException("an elementary function where there is none");
    }
    return elementary;
  }

  private void binary(Expression.Binary binary) {
    switch (binary.op()) {
      case ADD -> code.dadd();
      case SUB -> code.dsub();
      case MUL -> code.dmul();
      case DIV -> code.ddiv();
      case MIN, MAX -> code.invokestatic(EXACT, binary.op().text(), BINARY);
      case POW, ATAN2 -> code.invokestatic(elementary(), binary.op().text(), BINARY);
      case AND -> code.iand();
      case OR -> code.ior();
      case XOR -> code.ixor();
      case IADD -> code.iadd();
      case IMUL -> code.imul();
      case LT -> {
        code.dcmpg();
        truth(code::iflt);
      }
      // Not one comparison: TornadoVM's says that NaN is at most anything.
      case LE -> lessOrEqual();
      case EQ -> {
        code.dcmpl();
        truth(code::ifeq);
      }
      case IEQ -> truth(code::if_icmpeq);
      case ILT -> truth(code::if_icmplt);
    }
  }

  private void lessOrEqual() {
    int right = code.allocateLocal(TypeKind.DOUBLE);
    int left = code.allocateLocal(TypeKind.DOUBLE);
    code.dstore(right).dstore(left);
    code.dload(left).dload(right).dcmpg();
    truth(code::iflt);
    code.dload(left).dload(right).dcmpl();
    truth(code::ifeq);
    code.ior();
  }
}
