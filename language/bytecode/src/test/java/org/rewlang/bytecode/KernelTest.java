package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeAnnotation;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.Differential;
import org.rewlang.engine.Edges;
import org.rewlang.engine.Engine;
import org.rewlang.engine.EngineContract;
import org.rewlang.engine.LargePrograms;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

/** Kernels on this JVM: what every engine must pass, and the form that devices need. */
class KernelTest implements EngineContract {

  @Override
  public Engine engine() {
    return new KernelHost();
  }

  /** Else the tests of the contract would try the interpreter. */
  @Test
  void hardlyAnyRandomProgramIsRefused() {
    KernelHost host = new KernelHost();
    Differential.compare(host, new Interpreter(), 50_000, 50_400);
    assertTrue(host.kernels >= 396, host.kernels + " of " + (host.kernels + host.refused));
  }

  @Test
  void exactFunctionsAreJavas() {
    for (double a : Edges.numbers()) {
      same(Math.rint(a), KernelMath.rint(a), "rint " + a);
      same(Math.floor(a), KernelMath.floor(a), "floor " + a);
      assertEquals((int) a, KernelMath.toInt(a), "int " + a);
      for (double b : Edges.numbers()) {
        same(Math.min(a, b), KernelMath.min(a, b), "min " + a + ", " + b);
        same(Math.max(a, b), KernelMath.max(a, b), "max " + a + ", " + b);
      }
    }
    Random random = new Random(11);
    for (int n = 0; n < 200_000; n++) {
      double a = Double.longBitsToDouble(random.nextLong());
      same(Math.rint(a), KernelMath.rint(a), "rint " + a);
      same(Math.floor(a), KernelMath.floor(a), "floor " + a);
      assertEquals((int) a, KernelMath.toInt(a), "int " + a);
    }
    for (int i : new int[] {Integer.MIN_VALUE, -1, 0, 1, 4, 5, 6, Integer.MAX_VALUE}) {
      assertEquals(Math.clamp(i, 0, 5), KernelMath.clamp(i, 5));
    }
  }

  private static void same(double expected, double actual, String what) {
    assertEquals(Double.doubleToLongBits(expected), Double.doubleToLongBits(actual), what);
  }

  /** The only jump backwards is the end of a loop, nothing leaves one, nothing returns early. */
  @Test
  void theFormIsThatOfDevices() {
    for (long seed = 0; seed < 150; seed++) {
      if (Kernel.of(RandomCore.program(seed), KernelHost.JVM) instanceof Kernel.Code kernel) {
        MethodModel method = method(kernel);
        var code = method.findAttribute(Attributes.code()).orElseThrow();
        int returns = 0;
        int back = 0;
        int bci = 0;
        int ends = 0;
        for (CodeElement element : method.code().orElseThrow()) {
          switch (element) {
            case TableSwitchInstruction _, LookupSwitchInstruction _ ->
                throw new AssertionError("a switch");
            case ReturnInstruction r -> {
              returns++;
              bci += r.sizeInBytes();
            }
            case BranchInstruction b -> {
              if (code.labelToBci(b.target()) <= bci) {
                back++;
              }
              if (b.opcode() == Opcode.IF_ICMPGE) {
                ends++;
              }
              bci += b.sizeInBytes();
            }
            case Instruction i -> bci += i.sizeInBytes();
            default -> {}
          }
        }
        assertEquals(1, returns);
        assertEquals(ends, back, "each loop ends where its counter does");
      }
    }
  }

  /** TornadoVM would divide, and write the infinity as a constant of another type. */
  @Test
  void numbersAreNoConstants() {
    var kernel = assertInstanceOf(Kernel.Code.class, kernel("div(-1, 0)", KernelHost.JVM));
    assertArrayEquals(new double[] {-1, 0}, kernel.tables());
    for (CodeElement element : method(kernel).code().orElseThrow()) {
      if (element instanceof ConstantInstruction constant) {
        assertInstanceOf(Integer.class, constant.constantValue());
      }
    }
  }

  private static MethodModel method(Kernel.Code kernel) {
    return ClassFile.of().parse(kernel.bytes()).methods().stream()
        .filter(m -> m.methodName().equalsString("rw_step"))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Without names of parameters TornadoVM computes one row; without the mark, one after the other.
   */
  @Test
  void parametersHaveNamesAndTheLoopItsMark() {
    var kernel = assertInstanceOf(Kernel.Code.class, kernel("x", Kernel.Platform.TORNADO_VM));
    var code = method(kernel).findAttribute(Attributes.code()).orElseThrow();
    var names = code.findAttribute(Attributes.localVariableTable()).orElseThrow().localVariables();
    for (int slot = 0; slot < 7; slot++) {
      int s = slot;
      assertTrue(
          names.stream()
              .anyMatch(v -> v.slot() == s && v.startPc() == 0 && v.length() == code.codeLength()),
          "parameter " + slot);
    }
    TypeAnnotation mark =
        code.findAttribute(Attributes.runtimeVisibleTypeAnnotations())
            .orElseThrow()
            .annotations()
            .getFirst();
    assertEquals(
        "Luk/ac/manchester/tornado/api/annotations/Parallel;",
        mark.annotation().className().stringValue());
    var target = assertInstanceOf(TypeAnnotation.LocalVarTarget.class, mark.targetInfo());
    assertEquals(7, target.table().getFirst().index());
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "log", "sin", "tanh"})
  void whatHasNoVersionWithTheSameBitsIsRefused(String function) {
    for (String text : new String[] {"%s(x)", "add(1, mul(2, %s(x)))", "sum i<3 { yield %s(x) }"}) {
      assertEquals(
          new Kernel.Refused("there is no '" + function + "' with the same bits on a GPU"),
          kernel(text.formatted(function), Kernel.Platform.TORNADO_VM));
    }
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertEquals(
        new Kernel.Refused("the program is too long for one kernel"),
        Kernel.of(LargePrograms.straight(20_000), KernelHost.JVM));
  }

  /** By hand: two inputs, one output and no state, so the widest has two places. */
  @Test
  void asManyLanesAsAnIndexCanName() {
    CoreProgram program = parse("in y f64\nout total t = add(x, y)");
    var kernel = assertInstanceOf(Kernel.Code.class, Kernel.of(program, KernelHost.JVM));
    assertEquals(1_073_741_823, kernel.maxLanes());
  }

  private static Kernel kernel(String expression, Kernel.Platform platform) {
    return Kernel.of(parse("out total t = " + expression), platform);
  }

  private static CoreProgram parse(String text) {
    String whole = "core test clock step\nin x f64\n" + text;
    return CoreParser.parse(Source.of("test.core", whole)).orThrow();
  }
}
