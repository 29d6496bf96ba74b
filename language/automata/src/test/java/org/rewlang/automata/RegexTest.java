package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.automata.FormulaReader.Unreadable;

/**
 * Regular expressions beside those of the JDK: a letter over two atoms is one of four characters,
 * so a condition is a class of characters.
 */
class RegexTest {

  /** By which atoms hold: none, a, b, both. */
  private static final String LETTERS = "nabx";

  private static Regex read(String text) {
    AtomNames atoms = AtomNames.of();
    assertEquals(0, atoms.number("a"));
    assertEquals(1, atoms.number("b"));
    return assertInstanceOf(RegexReader.Read.class, RegexReader.read(text, atoms), text).regex();
  }

  private static Monitor monitor(Regex regex) {
    Monitor made = Monitor.matching(regex, Limits.USUAL).orNull();
    assertTrue(made != null, regex::toString);
    return made;
  }

  /** A condition as the characters in which it holds. */
  private static boolean holds(Formula f, int letter) {
    return switch (f) {
      case Formula.Constant c -> c.value();
      case Formula.Atom a -> (letter >> a.number() & 1) == 1;
      case Formula.Unary u -> !holds(u.operand(), letter);
      case Formula.Binary b ->
          b.connective() == Formula.Connective.AND
              ? holds(b.left(), letter) && holds(b.right(), letter)
              : holds(b.left(), letter) || holds(b.right(), letter);
    };
  }

  private static String jdk(Regex regex) {
    return switch (regex) {
      case Regex.Step(Formula condition) -> {
        StringBuilder characters = new StringBuilder();
        for (int letter = 0; letter < 4; letter++) {
          characters.append(holds(condition, letter) ? LETTERS.charAt(letter) : "");
        }
        yield characters.isEmpty() ? "(?!)" : "[" + characters + "]";
      }
      case Regex.Sequence(List<Regex> parts) -> {
        StringBuilder all = new StringBuilder("(?:");
        parts.forEach(p -> all.append(jdk(p)));
        yield all + ")";
      }
      case Regex.Choice(List<Regex> parts) -> {
        List<String> all = parts.stream().map(RegexTest::jdk).toList();
        yield "(?:" + String.join("|", all) + ")";
      }
      case Regex.Star(Regex of) -> "(?:" + jdk(of) + ")*";
    };
  }

  /** Compares all words up to a length: what matches, and what still can. */
  private static void compare(Regex regex, int length) {
    Monitor monitor = monitor(regex);
    Pattern pattern = Pattern.compile(jdk(regex));
    List<String> words = new ArrayList<>(List.of(""));
    for (int from = 0, n = 0; n <= length; n++) {
      int to = words.size();
      for (int i = from; i < to; i++) {
        String word = words.get(i);
        int state = monitor.initial();
        for (char c : word.toCharArray()) {
          int letter = LETTERS.indexOf(c);
          state = monitor.next(state, atom -> (letter >> atom & 1) == 1);
        }
        boolean matches = pattern.matcher(word).matches();
        Verdict verdict = monitor.verdict(state);
        assertEquals(matches, verdict.closed() == Verdict.SATISFIED, word + " " + regex);
        if (n < length) {
          LETTERS.chars().forEach(c -> words.add(word + (char) c));
        }
        // What can't match any more doesn't, whatever comes; what always will, does.
        if (verdict == Verdict.VIOLATED || verdict == Verdict.SATISFIED) {
          boolean always = verdict == Verdict.SATISFIED;
          for (char c : LETTERS.toCharArray()) {
            assertEquals(always, pattern.matcher(word + c).matches(), word + c + " " + regex);
          }
        }
      }
      from = to;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a",
        "a b",
        "a | b",
        "a b | b",
        "a*",
        "a+ b",
        "a? b",
        ". . b",
        "!a* a (a | b)+",
        "!(a | b)",
        "a & !b",
        "a & b*",
        "(a b)* a",
        "a{2}",
        "a{1,3} b",
        "a{2,}",
        "(a b?){0,2}",
        "(a* b)* a",
        "not a and b or a",
        "true* 'a' .",
        "(a|b)* a (a|b){3}",
        "a{0} b"
      })
  void asTheJdkReadsThem(String text) {
    compare(read(text), 6);
  }

  @Test
  void postfixBindsToAStepAndAllItsConditions() {
    assertEquals(read("(a & b)*"), read("a & b*"));
    assertEquals(read("(!a)*"), read("!a*"));
    assertEquals(read("(a b) | b"), read("a b | b"));
    assertEquals(read("a b"), read("a ; b"));
  }

  @Test
  void randomExpressions() {
    Random random = new Random(7);
    for (int i = 0; i < 1_500; i++) {
      compare(random(random, 4), 4);
    }
  }

  private static Regex random(Random random, int depth) {
    int kind = depth == 0 ? random.nextInt(2) : random.nextInt(7);
    return switch (kind) {
      case 0, 1 -> new Regex.Step(condition(random, 2));
      case 2 -> new Regex.Star(random(random, depth - 1));
      case 3, 4 ->
          new Regex.Sequence(
              List.of(random(random, depth - 1), random(random, random.nextInt(depth))));
      case 5 -> new Regex.Choice(List.of(random(random, depth - 1), random(random, depth - 1)));
      default -> new Regex.Choice(List.of(random(random, depth - 1), Regex.NOTHING));
    };
  }

  private static Formula condition(Random random, int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(6)) {
      case 0 -> Formula.atom(0);
      case 1 -> Formula.atom(1);
      case 2 -> Formula.TRUE;
      case 3 -> Formula.not(condition(random, depth - 1));
      case 4 -> Formula.and(condition(random, depth - 1), condition(random, depth - 1));
      default -> Formula.or(condition(random, depth - 1), condition(random, depth - 1));
    };
  }

  @Test
  void theAutomatonIsMinimal() {
    // The known sizes: the k-th letter from the end needs 2^k, (ab)* three with the dead state.
    for (int k = 1; k <= 8; k++) {
      String text = ".* a " + (k == 1 ? "" : ".{" + (k - 1) + "}");
      assertEquals(1 << k, monitor(read(text)).size(), text);
    }
    assertEquals(3, monitor(read("(a b)*")).size());
    assertEquals(1, monitor(read(".*")).size());
    assertEquals(10_002, length(10_000));
  }

  private static int length(int n) {
    Limits many = new Limits(20_000, 20_000_000, Duration.ofMinutes(5));
    Monitor made = Monitor.matching(read("a{" + n + "}"), many).orNull();
    return made == null ? -1 : made.size();
  }

  @Test
  void whatIsTooLargeIsRefused() {
    assertInstanceOf(Limits.Refused.class, Monitor.matching(read(".* a .{20}"), Limits.USUAL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "~~; 0; 0; the expression ends where a step belongs",
        "a (b; 4; 4; the expression ends where `)` belongs",
        "a ) b; 2; 3; `)` stands where a step, `|`, `*` or the end belongs",
        "* a; 0; 1; `*` stands where a step belongs",
        "a |; 3; 3; the expression ends where a step belongs",
        "a{3,2}; 1; 6; it can't be at least 3 and at most 2 times",
        "a{x}; 2; 3; `x` stands where a whole number belongs",
        "a{2; 3; 3; the expression ends where `}` belongs",
        "!(a b); 1; 6; `!` and `&` are about one step, and this is no single one",
        "a & b c* & a; 9; 10; `&` stands where a step, `|`, `*` or the end belongs",
        "(a*) & b; 0; 4; `!` and `&` are about one step, and this is no single one",
        "a ''; 2; 4; nothing is quoted",
        "a{10001}; 1; 8; written out, the expression has more than 10000 steps",
        "(a{100}){101}; 8; 13; written out, the expression has more than 10000 steps",
        "a{99999999999}; 2; 13; written out, the expression has more than 10000 steps",
        "a and; 5; 5; the expression ends where a step belongs",
        "a # b; 2; 3; `#` stands where a step, `|`, `*` or the end belongs"
      })
  void mistakesHaveAPlace(String text, int from, int to, String message) {
    Unreadable no =
        assertInstanceOf(Unreadable.class, RegexReader.read(text, AtomNames.of()), text);
    assertEquals(message, no.message());
    assertEquals(from + ".." + to, no.offset() + ".." + (no.offset() + no.length()), message);
  }

  @Test
  void howeverDeep() {
    String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);
    assertInstanceOf(Unreadable.class, RegexReader.read(deep, AtomNames.of()));
    String negated = "!".repeat(100_000) + "a";
    assertInstanceOf(Unreadable.class, RegexReader.read(negated, AtomNames.of()));
    String repeated = "a" + "*".repeat(100_000);
    assertEquals(1, monitor(read("(a|.)" + "*".repeat(100_000))).size());
    assertEquals(read("a*"), read(repeated));
    assertEquals(read("a?"), read("a" + "?".repeat(100_000)));
    compare(read("a" + "+".repeat(10) + "?*".repeat(50_000)), 3);
    compare(read("((a{1}){0,1}){0,} b" + "{1}".repeat(50_000)), 4);
    compare(read("a b{0}" + "{2}".repeat(1_000) + "*?".repeat(1_000)), 3);
    assertInstanceOf(Unreadable.class, RegexReader.read("a" + "{2}".repeat(1_000), AtomNames.of()));
  }
}
