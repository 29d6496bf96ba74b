package org.rewlang.engine;

import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.source.Source;

/** Programs far larger than people write. */
public final class LargePrograms {

  private LargePrograms() {}

  /** {@code before}, then {@code step} for 1 to n, where %i is that and %j one less. */
  public static CoreProgram repeated(String before, String step, String after, int n) {
    StringBuilder text = new StringBuilder("core large clock step\n").append(before);
    for (int i = 1; i <= n; i++) {
      text.append(step.replace("%i", String.valueOf(i)).replace("%j", String.valueOf(i - 1)));
    }
    text.append(after.replace("%n", String.valueOf(n)));
    return CoreParser.parse(Source.of("large.core", text.toString())).orThrow();
  }

  /** Far more operations than one compilation takes. */
  public static CoreProgram straight(int n) {
    return repeated(
        "in x f64[8] in c bool[8]\na0 = x[0]\n",
        "a%i = select(lt(x[3], %i), add(mul(a%j, 0.5), mul(x[1], %i)), sub(a%j, x[2]))\n",
        "out total t = a%n\n",
        n);
  }

  /** One value made of the last one, over and over. */
  public static CoreProgram chain(int n) {
    return repeated("in x f64\na0 = x\n", "a%i = add(a%j, 1)\n", "out total t = a%n\n", n);
  }

  /** Each choice stands in an arm of the next. */
  public static CoreProgram choices(int n) {
    return repeated(
        "in x f64\na0 = x\n",
        "a%i = select(lt(x, %i), mul(x, %i), a%j)\n",
        "out total t = a%n\n",
        n);
  }

  /** A loop with a mask in a loop, whose bodies are long; what is outside is used inside. */
  public static CoreProgram loops(int n) {
    return repeated(
        """
        in x f64[8] in c bool[8]
        state s f64 = 1
        k = exp(x[7])
        total, best = fold i<4 (t = s, m = build h<3 { yield x[h] }) {
          a0 = mul(x[i], k)
        """,
        """
          b%i = select(c[i], add(a%j, mul(x[1], %i)), sub(t, x[2]))
          a%i = add(mul(b%i, 0.5), m[i])
        """,
        """
          u = sum j<2 { where lt(a%n, x[j]) yield add(mul(a%n, a1), b%n) }
          where lt(u, 1e9)
          yield add(t, u), put(m, i, a%n)
        }
        next s = total
        out total t = total
        out log m = best
        """,
        n);
  }

  /** Arms that are long, and whose values share what was computed before. */
  public static CoreProgram arms(int n) {
    return repeated(
        "in x f64[8] in c bool\na0 = x[0]\nb0 = x[1]\nk = exp(x[2])\n",
        "a%i = add(mul(a%j, k), %i)\nb%i = sub(mul(b%j, k), a%i)\n",
        "d = sub(x[3], k)\nout total t = select(c, mul(a%n, a%n), mul(d, d))\n"
            + "out log b = select(c, d, mul(b%n, b%n))\n",
        n);
  }

  /** As many checks as values, one of which may fail. */
  public static CoreProgram checks(int n) {
    return repeated(
        "in x f64[8]\na0 = x[0]\n",
        "a%i = add(mul(a%j, 0.5), x[3])\ncheck undefined \"a%i\" lt(a%i, %i) of a%i\n",
        "out total t = a%n\n",
        n);
  }

  /** As many different constants, of which a class file has room for few. */
  public static CoreProgram constants(int n) {
    return repeated(
        "in x f64 in i i32[8]\na0 = x\nk0 = i[0]\n",
        "a%i = add(mul(a%j, 0.%i1), %i.5)\nk%i = iadd(imul(k%j, 31), int(-%i00007))\n",
        "out total t = a%n\nout log k = itof(k%n)\n",
        n);
  }
}
