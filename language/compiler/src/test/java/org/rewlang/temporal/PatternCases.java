package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.rewlang.engine.Engine;

/** The library's patterns against what their scopes and they themselves say, on random words. */
public final class PatternCases {

  static final String EVENTS = "pqrstz";
  private static final List<String> SCOPES =
      List.of("", "_before", "_after", "_between", "_after_until");

  private PatternCases() {}

  /** A word: which events happen in which step. */
  record Word(boolean[][] steps) {
    boolean is(char event, int step) {
      return steps[step][EVENTS.indexOf(event)];
    }

    int length() {
      return steps.length;
    }

    /** The first step from {@code from} to before {@code to} with an event, or {@code to}. */
    int first(char event, int from, int to) {
      for (int i = from; i < to; i++) {
        if (is(event, i)) {
          return i;
        }
      }
      return to;
    }

    boolean any(char event, int from, int to) {
      return first(event, from, to) < to;
    }
  }

  /** What a pattern says of the steps from one to before another. */
  interface Stretch {
    boolean holds(Word word, int from, int to);
  }

  private static final Map<String, Stretch> FAMILIES = new LinkedHashMap<>();

  static {
    FAMILIES.put("absence(p", (w, a, b) -> !w.any('p', a, b));
    FAMILIES.put("existence(p", (w, a, b) -> w.any('p', a, b));
    FAMILIES.put("bounded_existence(p", (w, a, b) -> blocks(w, a, b) <= 2);
    FAMILIES.put("universality(p", (w, a, b) -> count(w, a, b) == b - a);
    FAMILIES.put(
        "precedence(s, p", (w, a, b) -> !w.any('p', a, b) || w.any('s', a, w.first('p', a, b) + 1));
    FAMILIES.put(
        "response(p, s",
        (w, a, b) -> {
          boolean all = true;
          for (int i = a; i < b; i++) {
            all &= !w.is('p', i) || w.any('s', i, b);
          }
          return all;
        });
    FAMILIES.put(
        "precedence_chain(s, t, p",
        (w, a, b) -> {
          int p = w.first('p', a, b);
          int s = w.first('s', a, p);
          return p == b || s < p && w.any('t', s + 1, p + 1);
        });
    FAMILIES.put(
        "precedence_to_chain(p, s, t",
        (w, a, b) -> {
          int s = w.first('s', a, b);
          return s == b || !w.any('t', s + 1, b) || w.any('p', a, s + 1);
        });
    FAMILIES.put(
        "response_chain(p, s, t",
        (w, a, b) -> {
          boolean all = true;
          for (int i = a; i < b; i++) {
            int s = w.first('s', i, b);
            all &= !w.is('p', i) || s < b && w.any('t', s + 1, b);
          }
          return all;
        });
    FAMILIES.put(
        "response_to_chain(s, t, p",
        (w, a, b) -> {
          boolean all = true;
          for (int i = a; i < b; i++) {
            int t = w.first('t', i + 1, b);
            all &= !w.is('s', i) || t >= b || w.any('p', t, b);
          }
          return all;
        });
    FAMILIES.put(
        "constrained_response(p, s, t, z",
        (w, a, b) -> {
          boolean all = true;
          for (int i = a; i < b; i++) {
            boolean answered = false;
            for (int s = i; s < b; s++) {
              for (int t = s + 1; t < b; t++) {
                answered |= w.is('s', s) && w.is('t', t) && !w.any('z', s, t);
              }
            }
            all &= !w.is('p', i) || answered;
          }
          return all;
        });
  }

  private static int count(Word w, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += w.is('p', i) ? 1 : 0;
    }
    return count;
  }

  private static int blocks(Word w, int from, int to) {
    int blocks = 0;
    for (int i = from; i < to; i++) {
      blocks += w.is('p', i) && (i == from || !w.is('p', i - 1)) ? 1 : 0;
    }
    return blocks;
  }

  private static boolean inScope(int scope, Stretch stretch, Word w) {
    int end = w.length();
    boolean holds = true;
    switch (scope) {
      case 0 -> holds = stretch.holds(w, 0, end);
      case 1 -> holds = !w.any('r', 0, end) || stretch.holds(w, 0, w.first('r', 0, end));
      case 2 -> holds = !w.any('q', 0, end) || stretch.holds(w, w.first('q', 0, end), end);
      default -> {
        for (int i = 0; i < end; i++) {
          if (w.is('q', i) && !w.is('r', i) && (scope == 4 || w.any('r', i, end))) {
            holds &= stretch.holds(w, i, w.first('r', i, end));
          }
        }
      }
    }
    return holds;
  }

  /** Each pattern's call in each scope, and what it says of a whole word. */
  static Map<String, Predicate<Word>> all() {
    Map<String, Predicate<Word>> all = new LinkedHashMap<>();
    FAMILIES.forEach(
        (head, stretch) -> {
          for (int i = 0; i < SCOPES.size(); i++) {
            int scope = i;
            String ends = List.of("", ", r", ", q", ", q, r", ", q, r").get(i);
            String call = head.replace("(", SCOPES.get(i) + "(") + ends + ")";
            all.put(call, w -> inScope(scope, stretch, w));
          }
        });
    return all;
  }

  /** A program with a formula for each call, called {@code f0} and so on. */
  static String program(List<String> calls) {
    StringBuilder text = new StringBuilder("inputs {");
    EVENTS.chars().forEach(c -> text.append(' ').append((char) c).append(": bool"));
    text.append(" }\nreward { none = 0 }\n");
    for (int i = 0; i < calls.size(); i++) {
      text.append("formula f" + i + " = " + calls.get(i) + "\n");
      text.append("metric m" + i + " = violated(f" + i + ")\n");
    }
    return text.toString();
  }

  /** Gives how many truths were compared. */
  public static long compare(Engine engine, int words) {
    Map<String, Predicate<Word>> all = all();
    List<String> calls = List.copyOf(all.keySet());
    List<Predicate<Word>> meanings = List.copyOf(all.values());
    TemporalCases.Running running = new TemporalCases.Running(engine, program(calls));
    long values = 0;
    int[] held = new int[calls.size()];
    for (int seed = 0; seed < words; seed++) {
      Random random = new Random(seed);
      running.reset();
      int length = 1 + random.nextInt(12);
      int seldom = 2 + random.nextInt(4);
      boolean[][] steps = new boolean[0][];
      for (int t = 0; t < length; t++) {
        double[] inputs = new double[EVENTS.length() + 1];
        steps = Arrays.copyOf(steps, t + 1);
        steps[t] = new boolean[EVENTS.length()];
        for (int e = 0; e < EVENTS.length(); e++) {
          steps[t][e] = random.nextInt(seldom) == 0;
          inputs[e] = steps[t][e] ? 1 : 0;
        }
        inputs[EVENTS.length()] = t == length - 1 ? 1 : 0;
        running.step(inputs);
        Word word = new Word(steps);
        for (int i = 0; i < calls.size(); i++) {
          boolean holds = meanings.get(i).test(word);
          String where = "seed " + seed + " step " + t + ": " + calls.get(i);
          assertEquals(holds ? 0 : 1, (int) running.output("f" + i) % 2, where);
          if (t == length - 1) {
            assertEquals(holds ? 0 : 1, running.output("m" + i), where);
          }
          held[i] += holds ? 1 : 0;
          values++;
        }
      }
    }
    for (int i = 0; i < calls.size(); i++) {
      long often = values / calls.size();
      assertTrue(held[i] > often / 50 && held[i] < often, calls.get(i) + " is hardly tried");
    }
    return values;
  }
}
