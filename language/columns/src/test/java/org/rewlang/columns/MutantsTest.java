package org.rewlang.columns;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.engine.Mutants;
import org.rewlang.engine.Mutants.Mutant;

/** A mistake in what columns do is noticed. */
class MutantsTest {

  private static Mutant kernels(String text, String instead) {
    return new Mutant("Kernels.java", text, instead);
  }

  @Test
  void areNoticed(@TempDir Path folder) throws Exception {
    Mutants.areNoticed(
        ColumnsEngine.class,
        folder,
        List.of(
            kernels("Math.floor(x[i])", "Math.ceil(x[i])"),
            kernels("Math.rint(x[i])", "Math.floor(x[i] + 0.5)"),
            kernels("x[i] - y[i]", "y[i] - x[i]"),
            kernels("x[i] / y[i]", "y[i] / x[i]"),
            kernels("Math.min(x[i], y[i])", "x[i] < y[i] ? x[i] : y[i]"),
            kernels("x[i] <= y[i] ?", "x[i] < y[i] ?"),
            kernels("<= Double.MAX_VALUE", "< Double.MAX_VALUE"),
            kernels("to[i] = x[i] & (y[i] ^ 1)", "to[i] = x[i] & y[i]"),
            kernels("to[i] = x[i] ^ 1", "to[i] = x[i]"),
            kernels("(int) x[i]", "(int) (long) x[i]"),
            kernels("y[i] ^ ((x[i] ^ y[i]) & -mask[i])", "x[i] ^ ((x[i] ^ y[i]) & -mask[i])"),
            kernels("-(long) mask", "mask - 1"),
            kernels("any |= mask[i]", "any ^= mask[i]"),
            kernels("blend(mask[i], to[i] + x[i], to[i])", "to[i] + x[i]"),
            kernels("blend(mask[i], to[i] * x[i], to[i])", "to[i] * x[i]"),
            kernels("Math.min(to[i], x[i]), to[i]", "Math.min(to[i], x[i]), x[i]"),
            kernels("mask[i] & x[i]", "x[i]"),
            kernels("(mask[i] ^ 1) | x[i]", "x[i]"),
            kernels("to[i], Double.NaN", "to[i], 0.0"),
            kernels("wins(x[i] < best[i]", "wins(x[i] <= best[i]"),
            kernels("wins(x[i] > best[i]", "wins(x[i] < best[i]"),
            kernels("best == best && (better", "(better"),
            new Mutant("Loop.java", "rest % counts[d]", "rest % counts[0]"),
            new Mutant(
                "Loop.java",
                "fill(c.ints[indices[d]], 1, n, index)",
                "fill(c.ints[indices[d]], 1, n, 0)"),
            new Mutant(
                "Reduce.java", "Arrays.fill(product, 0, n, 1)", "Arrays.fill(product, 0, n, 0)"),
            new Mutant(
                "Reduce.java", "Arrays.fill(index, 0, n, -1)", "Arrays.fill(index, 0, n, 0)"),
            new Mutant("Commit.java", "head + 1 == ring.length() ? 0", "head == ring.length() ? 0"),
            new Mutant("Commit.java", "counts[lane] + 1, ring", "counts[lane] + 2, ring"),
            new Mutant("Commit.java", "condition[lane] == 0\n", "condition[lane] != 0\n"),
            new Mutant("Leaves.java", "heads[lane] - 1 - k", "heads[lane] - k"),
            new Mutant("Leaves.java", "k < (int) counts[lane]", "k <= (int) counts[lane]"),
            new Mutant("Leaves.java", "isStep || there[lane] ? 1 : 0", "1"),
            new Mutant("Columns.java", "System.arraycopy(own, 0, reals, 0, own.length);", ""),
            new Mutant("Subscript.java", "0, varyingLengths[k] - 1", "0, varyingLengths[k] - 2")));
  }
}
