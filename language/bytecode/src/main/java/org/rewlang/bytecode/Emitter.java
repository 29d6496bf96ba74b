package org.rewlang.bytecode;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.code.Area;
import org.rewlang.code.Expression;
import org.rewlang.code.Memory;
import org.rewlang.code.Statement;
import org.rewlang.code.Variable;
import org.rewlang.core.Kind;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Ring;

/**
 * Writes the code of one method. Arrays of the frame that it uses are locals from its beginning.
 */
final class Emitter {

  /** Of every method of a program. */
  static final MethodTypeDesc METHOD =
      MethodTypeDesc.of(CD_int, Frame.class.describeConstable().orElseThrow());

  private static final ClassDesc FRAME = Frame.class.describeConstable().orElseThrow();
  private static final ClassDesc DOUBLES = CD_double.arrayType();
  private static final ClassDesc SYSTEM = System.class.describeConstable().orElseThrow();
  private static final ClassDesc ARRAYS = Arrays.class.describeConstable().orElseThrow();
  private static final ClassDesc RINGS = Rings.class.describeConstable().orElseThrow();

  private final CodeBuilder code;
  private final ClassDesc self;
  private final Constants constants;
  private final Methods methods;
  private final Operations operations;

  /** Where variables lie in scratch memory that other methods use too. */
  private final Map<Variable, Integer> shared;

  private final Map<Variable, Integer> locals = new HashMap<>();
  private final Map<Memory, Integer> arrays = new EnumMap<>(Memory.class);

  private Emitter(
      CodeBuilder code,
      ClassDesc self,
      Constants constants,
      Methods methods,
      Map<Variable, Integer> shared) {
    this.code = code;
    this.methods = methods;
    this.self = self;
    this.constants = constants;
    this.shared = shared;
    this.operations = new Operations(code, this);
  }

  /** Writes a method that does this. */
  static void emit(
      CodeBuilder code,
      ClassDesc self,
      List<Statement> statements,
      Constants constants,
      Methods methods,
      Map<Variable, Integer> shared) {
    Emitter emitter = new Emitter(code, self, constants, methods, shared);
    Uses uses = Uses.of(statements);
    uses.memory.forEach(emitter::open);
    if (uses.variables.stream().anyMatch(shared::containsKey)) {
      emitter.open(Memory.SCRATCH);
    }
    emitter.all(statements);
    code.loadConstant(Evaluator.OK).ireturn();
  }

  private void open(Memory memory) {
    if (memory != Memory.TABLES && !arrays.containsKey(memory)) {
      int local = code.allocateLocal(TypeKind.REFERENCE);
      code.aload(1).getfield(FRAME, field(memory), DOUBLES).astore(local);
      arrays.put(memory, local);
    }
  }

  private static String field(Memory memory) {
    return switch (memory) {
      case INPUTS -> "inputs";
      case PARAMS -> "params";
      case STATE -> "state";
      case OUTPUTS -> "outputs";
      case SCRATCH -> "scratch";
      case TABLES -> throw new IllegalArgumentException("the class's own");
    };
  }

  private void array(Memory memory) {
    Integer local = arrays.get(memory);
    if (local == null) {
      constants.tables(code);
    } else {
      code.aload(local);
    }
  }

  void integer(int value) {
    constants.load(code, value);
  }

  void number(double value) {
    constants.load(code, value);
  }

  // Statements.

  private void all(List<Statement> statements) {
    statements.forEach(this::one);
  }

  private void one(Statement statement) {
    switch (statement) {
      case Statement.From f -> one(f.statement());
      case Statement.Take t -> all(t.first());
      case Statement.Write w -> write(w.to(), w.value());
      case Statement.Store s -> {
        array(s.memory());
        place(s.offset(), s.index());
        operations.value(s.value());
        toMemory(s.value().kind());
        code.dastore();
      }
      case Statement.Copy c -> {
        area(c.from());
        array(c.memory());
        integer(c.offset());
        arraycopy(c.from().type().size());
      }
      case Statement.Fill f -> {
        range(f.offset(), f.length());
        number(f.value());
        code.invokestatic(
            ARRAYS, "fill", MethodTypeDesc.of(CD_void, DOUBLES, CD_int, CD_int, CD_double));
      }
      case Statement.Sort s -> {
        range(s.offset(), s.length());
        code.invokestatic(ARRAYS, "sort", MethodTypeDesc.of(CD_void, DOUBLES, CD_int, CD_int));
      }
      case Statement.Push p -> {
        array(Memory.STATE);
        advance(p.ring());
        operations.value(p.value());
        toMemory(p.value().kind());
        code.dastore();
      }
      case Statement.PushArray p -> {
        area(p.from());
        array(Memory.STATE);
        advance(p.ring());
        arraycopy(p.ring().size());
      }
      case Statement.If i -> choose(i);
      case Statement.Loop l -> loop(l, 0);
      case Statement.Check c -> {
        Label holds = code.newLabel();
        operations.jump(c.condition(), true, holds);
        integer(c.sink());
        code.ireturn().labelBinding(holds);
      }
      case Statement.Part p -> {
        Label next = code.newLabel();
        code.aload(0).aload(1).invokevirtual(self, methods.name(p), METHOD);
        code.dup().iflt(next).ireturn().labelBinding(next).pop();
      }
    }
  }

  private void write(Variable to, Expression value) {
    Integer place = shared.get(to);
    if (place == null) {
      operations.value(value);
      code.storeLocal(type(to), local(to));
    } else {
      array(Memory.SCRATCH);
      integer(place);
      operations.value(value);
      toMemory(to.kind());
      code.dastore();
    }
  }

  /** A variable, on the stack. */
  void read(Variable variable) {
    Integer place = shared.get(variable);
    if (place == null) {
      code.loadLocal(type(variable), local(variable));
    } else {
      load(new Expression.Load(variable.kind(), Memory.SCRATCH, place, null));
    }
  }

  private int local(Variable variable) {
    return locals.computeIfAbsent(variable, v -> code.allocateLocal(type(v)));
  }

  private static TypeKind type(Variable variable) {
    return variable.kind() == Kind.F64 ? TypeKind.DOUBLE : TypeKind.INT;
  }

  /** What memory holds, on the stack. */
  void load(Expression.Load load) {
    if (load.memory() == Memory.TABLES && load.index() == null) {
      operations.value(new Expression.Literal(load.kind(), constants.at(load.offset())));
      return;
    }
    number(load);
    fromMemory(load.kind());
  }

  /** What memory holds, on the stack as memory has it. */
  void number(Expression.Load load) {
    array(load.memory());
    place(load.offset(), load.index());
    code.daload();
  }

  /** An element of a history, on the stack. */
  void ago(Expression.Ago ago) {
    array(Memory.STATE);
    operations.value(ago.age());
    operations.value(ago.inner());
    ring(ago.ring());
    number(Expression.Literal.absent(ago.kind()).value());
    code.invokestatic(
        RINGS,
        "ago",
        MethodTypeDesc.of(
            CD_double, DOUBLES, CD_int, CD_int, CD_int, CD_int, CD_int, CD_int, CD_int, CD_double));
    fromMemory(ago.kind());
  }

  void present(int port) {
    code.aload(1).getfield(FRAME, "present", CD_boolean.arrayType());
    integer(port);
    code.baload();
  }

  private void fromMemory(Kind kind) {
    switch (kind) {
      case F64 -> {}
      case I32 -> code.d2i();
      case BOOL -> operations.truth(label -> code.dconst_0().dcmpl().ifne(label));
    }
  }

  private void toMemory(Kind kind) {
    if (kind != Kind.F64) {
      code.i2d();
    }
  }

  private void place(int offset, @Nullable Expression index) {
    if (index == null) {
      integer(offset);
      return;
    }
    operations.value(index);
    if (offset != 0) {
      integer(offset);
      code.iadd();
    }
  }

  private void area(Area area) {
    array(area.memory());
    integer(area.offset());
  }

  private void range(int offset, int length) {
    array(Memory.SCRATCH);
    integer(offset);
    integer(offset + length);
  }

  private void arraycopy(int length) {
    integer(length);
    code.invokestatic(
        SYSTEM,
        "arraycopy",
        MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_Object, CD_int, CD_int));
  }

  private void advance(Ring ring) {
    array(Memory.STATE);
    ring(ring);
    code.invokestatic(
        RINGS,
        "advance",
        MethodTypeDesc.of(CD_int, DOUBLES, CD_int, CD_int, CD_int, CD_int, CD_int));
  }

  private void ring(Ring ring) {
    integer(ring.base());
    integer(ring.head());
    integer(ring.count());
    integer(ring.size());
    integer(ring.length());
  }

  private void choose(Statement.If choice) {
    Label otherwise = code.newLabel();
    operations.jump(choice.condition(), false, otherwise);
    all(choice.then());
    if (choice.otherwise().isEmpty()) {
      code.labelBinding(otherwise);
      return;
    }
    Label end = code.newLabel();
    code.goto_(end).labelBinding(otherwise);
    all(choice.otherwise());
    code.labelBinding(end);
  }

  /** The loops from the {@code d}th index on, one in the other. */
  private void loop(Statement.Loop loop, int d) {
    if (d == loop.indices().size()) {
      all(loop.body());
      return;
    }
    Variable index = loop.indices().get(d);
    int counter = local(index);
    Label round = code.newLabel();
    Label end = code.newLabel();
    code.iconst_0().istore(counter).labelBinding(round).iload(counter);
    integer(loop.counts().get(d));
    code.if_icmpge(end);
    Integer place = shared.get(index);
    if (place != null) {
      array(Memory.SCRATCH);
      integer(place);
      code.iload(counter).i2d().dastore();
    }
    loop(loop, d + 1);
    code.iinc(counter, 1).goto_(round).labelBinding(end);
  }
}
