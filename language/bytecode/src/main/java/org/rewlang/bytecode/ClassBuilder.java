package org.rewlang.bytecode;

import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.code.ProgramCode;
import org.rewlang.code.Statement;
import org.rewlang.code.Variable;

/** Makes a class of the two bodies of a program. */
final class ClassBuilder {

  /** HotSpot compiles no method that is longer, in bytes. */
  static final int LONGEST = 8_000;

  private static final int SHORTEST = 1_000;

  private static final ClassDesc SELF =
      ClassDesc.of(ClassBuilder.class.getPackageName(), "Program");
  private static final ClassDesc STEPS = Steps.class.describeConstable().orElseThrow();

  private final ProgramCode program;

  ClassBuilder(ProgramCode program) {
    this.program = program;
  }

  /**
   * The class file.
   *
   * @param limit of a method, by estimate; where that was too low, it is made again
   */
  byte[] bytes(int limit) {
    Methods methods = new Methods(limit);
    methods.add("step", program.step());
    methods.add("observe", program.reset());
    Map<Variable, Integer> shared = shared(methods);
    Constants constants = new Constants(program.tables());
    byte[] bytes =
        ClassFile.of()
            .build(
                SELF,
                builder -> {
                  builder.withFlags(ClassFile.ACC_FINAL).withInterfaceSymbols(STEPS);
                  builder.withMethodBody(
                      ConstantDescs.INIT_NAME,
                      MethodTypeDesc.of(CD_void),
                      0,
                      code ->
                          code.aload(0)
                              .invokespecial(
                                  ConstantDescs.CD_Object,
                                  ConstantDescs.INIT_NAME,
                                  MethodTypeDesc.of(CD_void))
                              .return_());
                  methods
                      .all()
                      .forEach(
                          (name, statements) ->
                              builder.withMethodBody(
                                  name,
                                  Emitter.METHOD,
                                  ClassFile.ACC_PUBLIC,
                                  code ->
                                      Emitter.emit(
                                          code, SELF, statements, constants, methods, shared)));
                });
    if (longest(bytes) <= LONGEST) {
      return bytes;
    }
    if (limit < SHORTEST) {
      throw new IllegalStateException("a statement of more than " + LONGEST + " bytes");
    }
    return bytes(limit / 2);
  }

  /** Variables that more than one method mentions, each with a place in scratch memory. */
  private Map<Variable, Integer> shared(Methods methods) {
    Map<Variable, List<Statement>> only = new HashMap<>();
    Map<Variable, Integer> shared = new HashMap<>();
    for (List<Statement> method : methods.all().values()) {
      for (Variable variable : Uses.of(method).variables) {
        List<Statement> other = only.putIfAbsent(variable, method);
        if (other != null) {
          shared.computeIfAbsent(variable, _ -> program.scratch().allocate(variable.kind()));
        }
      }
    }
    return shared;
  }

  static int longest(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .mapToInt(ClassBuilder::length)
        .max()
        .orElse(0);
  }

  private static int length(MethodModel method) {
    return method.findAttribute(Attributes.code()).map(CodeAttribute::codeLength).orElse(0);
  }

  /** An instance of the class. It is collected with the program. */
  Steps define(byte[] bytes) {
    try {
      return (Steps)
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(bytes, program.tables().all(), true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the class of a program can't be made", e);
    }
  }
}
