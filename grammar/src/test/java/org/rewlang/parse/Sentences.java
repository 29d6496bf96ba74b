package org.rewlang.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStartState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/**
 * Random sentences of the grammar, found by walking its network. Beyond a length, the way out is
 * the shortest, so that every walk ends.
 */
final class Sentences {

  private static final int FAR = 1_000_000;

  private static final Map<Integer, String> SPELLINGS =
      Map.ofEntries(
          Map.entry(RewLexer.NUMBER, "12"),
          Map.entry(RewLexer.QUANTITY, "9.81 m/s^2"),
          Map.entry(RewLexer.ANGLE, "<m>"),
          Map.entry(RewLexer.TEXT, "\"text\""),
          Map.entry(RewLexer.RAW_TEXT, "r\"a+\""),
          Map.entry(RewLexer.NE, "!="),
          Map.entry(RewLexer.LE, "<="),
          Map.entry(RewLexer.GE, ">="));

  private static final String[] NAMES = {"a", "b", "m", "s", "x", "speed"};

  private final ATN atn = RewParser._ATN;
  private final Random random;

  /** The fewest tokens from a state to the end of its rule. */
  private final int[] shortest;

  Sentences(long seed) {
    random = new Random(seed);
    shortest = new int[atn.states.size()];
    Arrays.fill(shortest, FAR);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : atn.states) {
        int best = state instanceof RuleStopState ? 0 : FAR;
        for (Transition transition : state.getTransitions()) {
          best = Math.min(best, cost(transition));
        }
        if (best < shortest[state.stateNumber]) {
          shortest[state.stateNumber] = best;
          changed = true;
        }
      }
    }
  }

  private int cost(Transition transition) {
    if (transition instanceof RuleTransition call) {
      return Math.min(
          FAR, shortest[call.target.stateNumber] + shortest[call.followState.stateNumber]);
    }
    boolean never =
        !transition.isEpsilon() && transition.label().toList().equals(List.of(RewLexer.BROKEN));
    int step = transition.isEpsilon() ? 0 : never ? FAR : 1;
    return Math.min(FAR, step + shortest[transition.target.stateNumber]);
  }

  /** The token types of a random sentence of {@code rule}, the end of the text left out. */
  List<Integer> types(int rule, int length) {
    List<Integer> types = new ArrayList<>();
    Deque<ATNState> stack = new ArrayDeque<>();
    ATNState state = atn.ruleToStartState[rule];
    while (true) {
      if (state instanceof RuleStopState) {
        if (stack.isEmpty()) {
          return types;
        }
        state = stack.pop();
        continue;
      }
      Transition chosen = choose(state, types.size() + stack.size() / 4 > length);
      if (chosen instanceof RuleTransition call) {
        stack.push(call.followState);
        state = (RuleStartState) call.target;
      } else {
        if (!chosen.isEpsilon()) {
          List<Integer> labels =
              chosen.label().toList().stream().filter(t -> t != RewLexer.BROKEN).toList();
          int type = labels.get(random.nextInt(labels.size()));
          if (labels.size() > 20 && random.nextInt(4) > 0) {
            type = RewLexer.NAME;
          }
          if (type != Token.EOF) {
            types.add(type);
          }
        }
        state = chosen.target;
      }
    }
  }

  private Transition choose(ATNState state, boolean hurry) {
    List<Transition> ways =
        Arrays.stream(state.getTransitions()).filter(t -> cost(t) < FAR).toList();
    if (!hurry) {
      return ways.get(random.nextInt(ways.size()));
    }
    return ways.stream().min(java.util.Comparator.comparingInt(this::cost)).orElseThrow();
  }

  /** A sentence as text, one blank between tokens. */
  String text(int rule, int length) {
    return String.join(" ", types(rule, length).stream().map(this::spelling).toList());
  }

  String spelling(int type) {
    if (type == RewLexer.NAME) {
      return NAMES[random.nextInt(NAMES.length)];
    }
    String known = SPELLINGS.get(type);
    return known != null ? known : Words.spelling(type);
  }

  static List<Token> tokens(List<Integer> types) {
    List<Token> tokens = new ArrayList<>();
    types.forEach(t -> tokens.add(new CommonToken(t, "x")));
    return tokens;
  }
}
