package org.rewlang.truffle;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.engine.Mutants;
import org.rewlang.engine.Mutants.Mutant;

/** A mistake in a node is noticed. */
class MutantsTest {

  @Test
  void areNoticed(@TempDir Path folder) throws Exception {
    Mutants.areNoticed(
        TruffleEngine.class,
        folder,
        List.of(
            new Mutant("Arithmetic.java", "Math.rint(", "Math.floor(0.5 + "),
            new Mutant("Arithmetic.java", "Math.min(left", "Math.max(left"),
            new Mutant("Arithmetic.java", "(frame) / right", "(frame) * right"),
            new Mutant(
                "Comparison.java", "executeDouble(frame) <= right", "executeDouble(frame) < right"),
            new Mutant(
                "Comparison.java", "executeInt(frame) < right", "executeInt(frame) <= right"),
            new Mutant("Comparison.java", "x - x == 0", "x == x"),
            new Mutant("Integers.java", "(frame) * right", "(frame) + right"),
            new Mutant("Integers.java", "(int) operand", "(int) (long) operand"),
            new Mutant("Integers.java", "length - 1)", "length - 2)"),
            new Mutant("Logic.java", "(frame) ^ right", "(frame) | right"),
            new Mutant("Logic.java", "(frame) & right", "(frame) | right"),
            new Mutant("Choice.java", "if (condition", "if (!condition"),
            new Mutant("Loop.java", "next < counts[d]", "next <= counts[d]"),
            new Mutant("Loop.java", "round < times", "round < times - 1"),
            new Mutant("Store.java", "offset + length, value)", "offset + length - 1, value)"),
            new Mutant(
                "Store.java",
                "sort(scratch, offset, offset + length)",
                "sort(scratch, offset, offset + length - 1)"),
            new Mutant("Store.java", "head + 1 == ring.length() ? 0", "head == ring.length() ? 0"),
            new Mutant("Store.java", "] + 1, ring.length()", "] + 1, 1"),
            new Mutant("CheckNode.java", "return condition", "return !condition")));
  }
}
