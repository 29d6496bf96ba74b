package org.rewlang.bytecode;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.engine.Mutants;
import org.rewlang.engine.Mutants.Mutant;

/** A mistake in what makes bytecode, or a kernel, is noticed. */
class MutantsTest {

  private static Mutant code(String text, String instead) {
    return new Mutant("Operations.java", text, instead);
  }

  private static Mutant emitter(String text, String instead) {
    return new Mutant("Emitter.java", text, instead);
  }

  private static Mutant rings(String text, String instead) {
    return new Mutant("Rings.java", text, instead);
  }

  private static Mutant kernel(String text, String instead) {
    return new Mutant("KernelEmitter.java", text, instead);
  }

  private static Mutant form(String text, String instead) {
    return new Mutant("KernelForm.java", text, instead);
  }

  private static Mutant math(String text, String instead) {
    return new Mutant("KernelMath.java", text, instead);
  }

  @Test
  void ofBytecode(@TempDir Path folder) throws Exception {
    Mutants.areNoticed(
        BytecodeEngine.class,
        folder,
        List.of(
            code("case NEG -> code.dneg()", "case NEG -> code.nop()"),
            code("operands(binary).dadd()", "operands(binary).dsub()"),
            code("operands(binary).dsub()", "operands(binary).dadd()"),
            code("operands(binary).dmul()", "operands(binary).ddiv()"),
            code("operands(binary).ddiv()", "operands(binary).drem()"),
            code("operands(binary).iadd()", "operands(binary).isub()"),
            code("operands(binary).imul()", "operands(binary).iadd()"),
            code("operands(binary).ixor()", "operands(binary).ior()"),
            code("code.iand()", "code.ior()"),
            code("code.ior()", "code.ixor()"),
            code("code.d2i()", "code.d2l().l2i()"),
            code("integer(c.length() - 1)", "integer(c.length() - 2)"),
            code("code.iflt(to)", "code.ifle(to)"),
            code("code.ifge(to)", "code.ifgt(to)"),
            code("code.ifle(to)", "code.iflt(to)"),
            code("code.ifgt(to)", "code.ifge(to)"),
            code("code.if_icmplt(to)", "code.if_icmple(to)"),
            code("code.if_icmpge(to)", "code.if_icmpgt(to)"),
            code("code.if_icmpeq(to)", "code.if_icmpge(to)"),
            code("code.dup2().dsub()", "code.dup2().dadd()"),
            code("jump(u.operand(), !when, to)", "jump(u.operand(), when, to)"),
            code("if (when == going)", "if (when != going)"),
            code(
                "jump(condition.left(), !going, decided)",
                "jump(condition.left(), going, decided)"),
            emitter("integer(offset + length)", "integer(offset + length - 1)"),
            emitter("jump(c.condition(), true, holds)", "jump(c.condition(), false, holds)"),
            emitter("jump(choice.condition(), false,", "jump(choice.condition(), true,"),
            emitter("code.if_icmpge(end)", "code.if_icmpgt(end)"),
            emitter("code.iinc(counter, 1)", "code.iinc(counter, 2)"),
            emitter("dcmpl().ifne(label)", "dcmpl().ifeq(label)"),
            rings("age >= (int) state[count]", "age > (int) state[count]"),
            rings("- 1 - age", "- age"),
            rings("place + 1 == length ? 0", "place + 1 == length ? 1"),
            rings("state[count] + 1, length", "state[count] + 1, length - 1"),
            rings("base + place * size", "base + place")));
  }

  @Test
  void ofKernels(@TempDir Path folder) throws Exception {
    Mutants.areNoticed(
        KernelHost.class,
        folder,
        List.of(
            kernel("case ADD -> code.dadd()", "case ADD -> code.dsub()"),
            kernel("case DIV -> code.ddiv()", "case DIV -> code.dmul()"),
            kernel("case OR -> code.ior()", "case OR -> code.ixor()"),
            kernel("Math.addExact(params, offset)", "offset"),
            kernel("code.loadConstant(c.length() - 1)", "code.loadConstant(c.length() - 2)"),
            kernel("truth(code::if_icmplt)", "truth(code::if_icmple)"),
            kernel("case NOT -> code.iconst_1().ixor()", "case NOT -> code.iconst_1().iand()"),
            form("List.of(length - 1, length - 1)", "List.of(length - 2, length - 1)"),
            form("integer(0), next)", "integer(1), next)"),
            form("binary(BinaryOp.ILT, integer(-1), age)", "binary(BinaryOp.ILT, integer(0), age)"),
            form("one, b), binary(BinaryOp.DIV, one, a)", "one, a), binary(BinaryOp.DIV, one, b)"),
            math("a == 0 ? -(-a - b) : a", "a"),
            math("a == 0 ? a + b : a", "a"),
            math("return size < INTEGERS ? result : x", "return result"),
            math("x < nearest ? nearest - 1 : nearest", "nearest")));
  }
}
