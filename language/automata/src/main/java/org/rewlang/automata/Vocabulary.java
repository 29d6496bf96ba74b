package org.rewlang.automata;

import static org.rewlang.automata.Formula.Connective.AND;
import static org.rewlang.automata.Formula.Connective.IFF;
import static org.rewlang.automata.Formula.Connective.IMPLIES;
import static org.rewlang.automata.Formula.Connective.OR;
import static org.rewlang.automata.Formula.Connective.RELEASE;
import static org.rewlang.automata.Formula.Connective.SINCE;
import static org.rewlang.automata.Formula.Connective.STRONG_RELEASE;
import static org.rewlang.automata.Formula.Connective.THEN;
import static org.rewlang.automata.Formula.Connective.TRIGGERED;
import static org.rewlang.automata.Formula.Connective.UNTIL;
import static org.rewlang.automata.Formula.Connective.WEAK_UNTIL;
import static org.rewlang.automata.Formula.Connective.XOR;
import static org.rewlang.automata.Formula.Operator.ALWAYS;
import static org.rewlang.automata.Formula.Operator.EVENTUALLY;
import static org.rewlang.automata.Formula.Operator.HISTORICALLY;
import static org.rewlang.automata.Formula.Operator.NEXT;
import static org.rewlang.automata.Formula.Operator.NOT;
import static org.rewlang.automata.Formula.Operator.ONCE;
import static org.rewlang.automata.Formula.Operator.WEAK_NEXT;
import static org.rewlang.automata.Formula.Operator.WEAK_YESTERDAY;
import static org.rewlang.automata.Formula.Operator.YESTERDAY;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;

/**
 * The words of a dialect. The first word of each meaning is the one that is written.
 *
 * @param infixes what has a greater level binds tighter
 */
record Vocabulary(
    Map<String, Operator> prefixes, Map<String, Infix> infixes, Map<String, Formula> constants) {

  /** A word between two formulas. */
  record Infix(Connective connective, int level, boolean groupsRight) {}

  static final Vocabulary REW =
      new Vocabulary(
          operators(
              "! ~ not", NOT,
              "X X[!] next", NEXT,
              "N WX weak_next", WEAK_NEXT,
              "F <> eventually finally", EVENTUALLY,
              "G [] always globally", ALWAYS,
              "Y previous", YESTERDAY,
              "Z weak_previous", WEAK_YESTERDAY,
              "O ever once", ONCE,
              "H historically", HISTORICALLY),
          levels(
              level("<-> <=> <--> iff", IFF),
              right("-> => --> implies", IMPLIES),
              level("| || \\/ or", OR),
              level("xor ^", XOR),
              level("& && /\\ and", AND),
              right(
                  "U until", UNTIL,
                  "W weak_until", WEAK_UNTIL,
                  "R release", RELEASE,
                  "M strong_release", STRONG_RELEASE,
                  "S since", SINCE,
                  "T triggered", TRIGGERED,
                  "then", THEN)),
          Map.of(
              "true", Formula.TRUE,
              "tt", Formula.TRUE,
              "1", Formula.TRUE,
              "false", Formula.FALSE,
              "ff", Formula.FALSE,
              "0", Formula.FALSE,
              "last", Formula.LAST,
              "first", Formula.FIRST));

  static final Vocabulary SPOT =
      new Vocabulary(
          operators(
              "! ~", NOT,
              "X[!]", NEXT,
              "X ()", WEAK_NEXT,
              "F <>", EVENTUALLY,
              "G []", ALWAYS),
          levels(
              right("-> => -->", IMPLIES, "<-> <=> <-->", IFF),
              level("| || + \\/", OR),
              level("xor ^", XOR),
              level("& && * /\\", AND),
              right("U", UNTIL, "W", WEAK_UNTIL, "R V", RELEASE, "M", STRONG_RELEASE)),
          Map.of(
              "true", Formula.TRUE,
              "1", Formula.TRUE,
              "false", Formula.FALSE,
              "0", Formula.FALSE));

  static final Vocabulary LTLF2DFA =
      new Vocabulary(
          operators(
              "! ~", NOT,
              "X", NEXT,
              "WX", WEAK_NEXT,
              "F", EVENTUALLY,
              "G", ALWAYS,
              "Y", YESTERDAY,
              "WY", WEAK_YESTERDAY,
              "O", ONCE,
              "H", HISTORICALLY),
          levels(
              level("<-> <=>", IFF),
              level("-> =>", IMPLIES),
              level("| ||", OR),
              level("& &&", AND),
              right("U", UNTIL),
              right("R", RELEASE),
              right("S", SINCE),
              right("P", TRIGGERED)),
          Map.of(
              "true", Formula.TRUE,
              "false", Formula.FALSE,
              "last", Formula.LAST,
              "start", Formula.FIRST));

  static final Vocabulary RTAMT =
      new Vocabulary(
          operators(
              "not !", NOT,
              "s_next sX", NEXT,
              "next X", WEAK_NEXT,
              "eventually F", EVENTUALLY,
              "always G", ALWAYS,
              "s_prev sY", YESTERDAY,
              "prev Y", WEAK_YESTERDAY,
              "once O", ONCE,
              "historically H", HISTORICALLY),
          levels(
              level("xor", XOR),
              level("iff <->", IFF),
              level("-> implies", IMPLIES),
              level("or |", OR),
              level("and &", AND),
              level("since S", SINCE),
              level("unless W", WEAK_UNTIL),
              level("until U", UNTIL)),
          Map.of("true", Formula.TRUE, "false", Formula.FALSE));

  private static Map<String, Operator> operators(Object... wordsAndOperators) {
    Map<String, Operator> map = new LinkedHashMap<>();
    for (int i = 0; i < wordsAndOperators.length; i += 2) {
      for (String word : ((String) wordsAndOperators[i]).split(" ")) {
        map.put(word, (Operator) wordsAndOperators[i + 1]);
      }
    }
    return map;
  }

  private record Level(boolean groupsRight, Object[] wordsAndConnectives) {}

  private static Level level(Object... wordsAndConnectives) {
    return new Level(false, wordsAndConnectives);
  }

  private static Level right(Object... wordsAndConnectives) {
    return new Level(true, wordsAndConnectives);
  }

  /** From loose to tight. */
  private static Map<String, Infix> levels(Level... levels) {
    Map<String, Infix> map = new LinkedHashMap<>();
    for (int n = 0; n < levels.length; n++) {
      Object[] row = levels[n].wordsAndConnectives;
      for (int i = 0; i < row.length; i += 2) {
        Infix infix = new Infix((Connective) row[i + 1], n, levels[n].groupsRight);
        List.of(((String) row[i]).split(" ")).forEach(word -> map.put(word, infix));
      }
    }
    return map;
  }
}
