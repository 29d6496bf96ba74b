package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

  /** What each tool's own grammar reads, with a parenthesis for every operator. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {
        // Papers: unary, until, and, or, implies, iff.
        "REW ; G(a -> F b) ; ALWAYS((a IMPLIES EVENTUALLY(b)))",
        "REW ; a & b \\/ c -> d ; (((a AND b) OR c) IMPLIES d)",
        "REW ; a U b U c ; (a UNTIL (b UNTIL c))",
        "REW ; a U b & c ; ((a UNTIL b) AND c)",
        "REW ; !a U b ; (NOT(a) UNTIL b)",
        "REW ; a -> b -> c ; (a IMPLIES (b IMPLIES c))",
        "REW ; a <-> b -> c ; (a IFF (b IMPLIES c))",
        "REW ; a -> b <-> c ; ((a IMPLIES b) IFF c)",
        "REW ; GFa & FGb ; (ALWAYS(EVENTUALLY(a)) AND EVENTUALLY(ALWAYS(b)))",
        "REW ; XX p1 ; NEXT(NEXT(p1))",
        "REW ; XF \"x>4\" ; NEXT(EVENTUALLY(x>4))",
        "REW ; Fp1 ; EVENTUALLY(p1)",
        "REW ; X[3] a ; NEXT(NEXT(NEXT(a)))",
        "REW ; X a & N b & WX c ; ((NEXT(a) AND WEAK_NEXT(b)) AND WEAK_NEXT(c))",
        "REW ; X[!] a ; NEXT(a)",
        "REW ; [] (<> a) ; ALWAYS(EVENTUALLY(a))",
        "REW ; always[0, 20](x > 2) ; ALWAYS[0,20](x > 2)",
        "REW ; F[2:5] a ; EVENTUALLY[2,5](a)",
        "REW ; G[5] a ; ALWAYS[0,5](a)",
        "REW ; F[3:] a ; EVENTUALLY[3,inf](a)",
        "REW ; p until[0, 5] (q) ; (p UNTIL[0,5] q)",
        "REW ; coffee then office ; (coffee THEN office)",
        "REW ; last ; WEAK_NEXT(false)",
        "REW ; x+1>=2*y and (z) ; (x + 1 >= 2 * y AND z)",
        "REW ; (x + 1) > 2 ; (x + 1) > 2",
        "REW ; 0 < x <= 1 ; 0 < x <= 1",
        "REW ; \"Goal\" U \"x>2\" ; (Goal UNTIL x>2)",
        "REW ; a S b T c ; (a SINCE (b TRIGGERED c))",
        "REW ; previous(a) | Z b | O c ; ((YESTERDAY(a) OR WEAK_YESTERDAY(b)) OR ONCE(c))",
        "REW ; tt & ff ; (true AND false)",
        "REW ; not a and b ; (NOT(a) AND b)",
        // In Spot X is weak on finite words; implication and equivalence share a level.
        "SPOT ; X a | X[!] b ; (WEAK_NEXT(a) OR NEXT(b))",
        "SPOT ; a -> b <-> c ; (a IMPLIES (b IFF c))",
        "SPOT ; a xor b | c ; ((a XOR b) OR c)",
        "SPOT ; Goal ; ALWAYS(oal)",
        "SPOT ; 1 U 0 ; (true UNTIL false)",
        "SPOT ; last ; last",
        // In LTLf2DFA release binds tighter than until; tt is an atom.
        "LTLF2DFA ; a R b U c ; ((a RELEASE b) UNTIL c)",
        "LTLF2DFA ; X a & WX b ; (NEXT(a) AND WEAK_NEXT(b))",
        "LTLF2DFA ; tt ; tt",
        "LTLF2DFA ; GFa ; GFa",
        // RTAMT nests all to the left, implication too; X is weak; until binds before since.
        "RTAMT ; a -> b -> c ; ((a IMPLIES b) IMPLIES c)",
        "RTAMT ; a until b until c ; ((a UNTIL b) UNTIL c)",
        "RTAMT ; a since b until c ; (a SINCE (b UNTIL c))",
        "RTAMT ; a xor b iff c ; (a XOR (b IFF c))",
        "RTAMT ; always[0:3] (x >= 2 and s_next y) ; ALWAYS[0,3]((x >= 2 AND NEXT(y)))",
        "RTAMT ; a unless[0, 2] b ; (a WEAK_UNTIL[0,2] b)",
        // At the start of a trace what falls needn't have held: rtamt's rows of `fall`.
        "RTAMT ; rise(a) ; (a AND NOT(YESTERDAY(a)))",
        "RTAMT ; fall(a) ; (NOT(a) AND WEAK_YESTERDAY(a))",
        // In its grammar + binds tighter than -, and * tighter than /.
        "RTAMT ; a - b + c > 0 ; a - (b + c) > 0",
        "RTAMT ; a + b - c - d * e / f * g > 0 ; a + b - c - d * e / (f * g) > 0",
        "RTAMT ; a !== 1 ; a != 1",
      })
  void readsAsTheToolDoes(Dialect dialect, String text, String expected) {
    AtomNames atoms = new AtomNames();
    var read = assertInstanceOf(FormulaReader.Read.class, dialect.read(text, atoms));
    assertEquals(expected, show(read.formula(), atoms));
  }

  private static String show(Formula f, AtomNames atoms) {
    return switch (f) {
      case Formula.Constant c -> String.valueOf(c.value());
      case Formula.Atom a -> atoms.name(a.number());
      case Formula.Unary u ->
          u.operator() + window(u.window()) + "(" + show(u.operand(), atoms) + ")";
      case Formula.Binary b ->
          "("
              + show(b.left(), atoms)
              + " "
              + b.connective()
              + window(b.window())
              + " "
              + show(b.right(), atoms)
              + ")";
    };
  }

  private static String window(Formula.Window w) {
    String to = w.to() == Formula.Window.UNBOUNDED ? "inf" : String.valueOf(w.to());
    return w.isAll() ? "" : "[" + w.from() + "," + to + "]";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '§',
      value = {
        "REW ; a & ; 3 ; 0",
        "REW ; (a ; 2 ; 0",
        "REW ; a b ; 2 ; 1",
        "REW ; a ) ; 2 ; 1",
        "REW ; Goal ; 0 ; 4",
        "REW ; a & Fire ; 4 ; 4",
        "REW ; F[5, 2] a ; 1 ; 6",
        "REW ; F[0.5, 2] a ; 2 ; 3",
        "REW ; F[-1, 2] a ; 2 ; 1",
        "REW ; a && € ; 5 ; 1",
        "REW ; \"a ; 0 ; 1",
        "REW ; a & () ; 4 ; 2",
        "LTLF2DFA ; x > 2 ; 2 ; 1",
      })
  void saysWhere(Dialect dialect, String text, int offset, int length) {
    var no = assertInstanceOf(FormulaReader.Unreadable.class, dialect.read(text, new AtomNames()));
    assertEquals(offset, no.offset(), no.message());
    assertEquals(length, no.length(), no.message());
  }

  @Test
  void equalAtomsAreOne() {
    AtomNames atoms = new AtomNames();
    dialectRead("b & x>1 & a & x > 1 & b", atoms);
    assertEquals(List.of("b", "x > 1", "a"), atoms.all());
  }

  private static void dialectRead(String text, AtomNames atoms) {
    assertInstanceOf(FormulaReader.Read.class, Dialect.REW.read(text, atoms));
  }

  @Test
  void nestingIsBounded() {
    for (String deep :
        List.of("(".repeat(100_000) + "a" + ")".repeat(100_000), "!X ".repeat(50_000) + "a")) {
      assertInstanceOf(FormulaReader.Unreadable.class, Dialect.REW.read(deep, new AtomNames()));
    }
    dialectRead("a U ".repeat(100) + "b", new AtomNames());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    RandomText random = new RandomText(8);
    for (int i = 0; i < 5_000; i++) {
      AtomNames atoms = AtomNames.of("a", "b", "arm.speed > 2", "Goal");
      Formula f = random.formula(5);
      if (Dialect.REW.write(f, atoms) instanceof FormulaWriter.Written(String text)) {
        var read = assertInstanceOf(FormulaReader.Read.class, Dialect.REW.read(text, atoms), text);
        assertEquals(show(f, atoms), show(read.formula(), atoms), text);
      }
    }
  }

  @Test
  void anyTextIsReadOrRefused() {
    Random random = new Random(9);
    List<String> words =
        List.of(
            "a", "G", "F[", "(", ")", "U", "->", "!", "[0,", "2]", "x >", "1", "then", "\"q\"",
            "[!]");
    for (int i = 0; i < 20_000; i++) {
      String text =
          String.join(
              " ",
              IntStream.range(0, random.nextInt(10))
                  .mapToObj(_ -> words.get(random.nextInt(words.size())))
                  .toList());
      for (Dialect dialect : Dialect.values()) {
        if (dialect.read(text, new AtomNames()) instanceof FormulaReader.Unreadable no) {
          assertTrue(no.offset() >= 0 && no.offset() + no.length() <= text.length(), text);
        }
      }
    }
  }

  /** Formulas of every operator. */
  private record RandomText(Random random) {

    RandomText(long seed) {
      this(new Random(seed));
    }

    Formula formula(int depth) {
      return switch (depth == 0 ? 0 : random.nextInt(4)) {
        case 0 -> random.nextInt(8) == 0 ? Formula.TRUE : Formula.atom(random.nextInt(4));
        case 1 -> {
          var all = Formula.Operator.values();
          var o = all[random.nextInt(all.length)];
          Formula operand = formula(depth - 1);
          yield o == Formula.Operator.NOT
              ? Formula.not(operand)
              : new Formula.Unary(o, window(o.spans()), operand);
        }
        default -> {
          var all = Formula.Connective.values();
          var c = all[random.nextInt(all.length)];
          yield new Formula.Binary(c, window(c.spans()), formula(depth - 1), formula(depth - 1));
        }
      };
    }

    private Formula.Window window(boolean spans) {
      if (!spans || random.nextInt(3) > 0) {
        return Formula.Window.ALL;
      }
      int from = random.nextInt(5);
      int to = random.nextBoolean() ? Formula.Window.UNBOUNDED : from + random.nextInt(5);
      return new Formula.Window(from, to);
    }
  }
}
