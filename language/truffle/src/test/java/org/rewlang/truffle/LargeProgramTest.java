package org.rewlang.truffle;

import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Differential;
import org.rewlang.interpret.Interpreter;

/** Programs far larger than people write. */
class LargeProgramTest {

  private static CoreProgram program(String before, String step, String after, int n) {
    StringBuilder text = new StringBuilder(before);
    for (int i = 1; i <= n; i++) {
      text.append(step.replace("%i", String.valueOf(i)).replace("%j", String.valueOf(i - 1)));
    }
    return Programs.parse(text + after.replace("%n", String.valueOf(n)));
  }

  /** Far more operations than one compilation takes. */
  static CoreProgram straight(int n) {
    return program(
        "in x f64[8] in c bool[8]\na0 = x[0]\n",
        "a%i = select(lt(x[3], %i), add(mul(a%j, 0.5), mul(x[1], %i)), sub(a%j, x[2]))\n",
        "out total t = a%n\n",
        n);
  }

  private static void agrees(CoreProgram program) {
    Differential.compare(program, new TruffleEngine(), new Interpreter(), 7, 20);
  }

  @Test
  void aLongChainNeedsNoDeepStack() {
    agrees(program("in x f64\na0 = x\n", "a%i = add(a%j, 1)\n", "out total t = a%n\n", 20_000));
  }

  @Test
  void aLongChainOfChoicesNeedsNoDeepStack() {
    agrees(
        program(
            "in x f64\na0 = x\n",
            "a%i = select(lt(x, %i), mul(x, %i), a%j)\n",
            "out total t = a%n\n",
            5_000));
  }

  @Test
  void manyOperationsAgree() {
    agrees(straight(10_000));
  }
}
