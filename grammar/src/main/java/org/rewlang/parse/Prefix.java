package org.rewlang.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a list of tokens begins a sentence of the grammar, and exactly what could come then. The
 * generated parser knows only the decision in which it gave up; good messages need the token.
 *
 * <p>All parses are followed at once, each a state of the grammar's network and a shared stack.
 *
 * @param index the first token that can't stand where it stands; the number of tokens if the end
 *     comes too early
 * @param expected what could stand there
 * @param start where the declaration begins that {@code index} stands in or directly behind
 * @param whole whether everything before {@code index} is whole declarations
 */
record Prefix(int index, IntervalSet expected, int start, boolean whole) {

  private record Place(ATNState state, @Nullable Frame stack) {}

  /** A stack by identity: equal stacks are the same object. */
  private static final class Frame {
    final ATNState follow;
    final @Nullable Frame below;

    Frame(ATNState follow, @Nullable Frame below) {
      this.follow = follow;
      this.below = below;
    }
  }

  private record Key(int follow, @Nullable Frame below) {}

  static Prefix of(List<Token> tokens, int rule) {
    ATN atn = RewParser._ATN;
    Map<Key, Frame> frames = new HashMap<>();
    Set<Place> places = closure(List.of(new Place(atn.ruleToStartState[rule], null)), frames);
    int start = 0;
    for (int i = 0; ; i++) {
      int type = i < tokens.size() ? tokens.get(i).getType() : Token.EOF;
      List<Place> next = type == Token.EOF ? List.of() : step(places, type);
      if (next.isEmpty()) {
        return new Prefix(i, expected(places), start, ends(places));
      }
      if (Words.declares(type) && ends(places)) {
        start = i;
      }
      places = closure(next, frames);
    }
  }

  /** Whether the text may end here. */
  private static boolean ends(Set<Place> places) {
    return !step(places, Token.EOF).isEmpty();
  }

  private static IntervalSet expected(Set<Place> places) {
    IntervalSet result = new IntervalSet();
    for (Place place : places) {
      for (Transition transition : place.state.getTransitions()) {
        if (!transition.isEpsilon()) {
          result.addAll(transition.label());
        }
      }
    }
    return result;
  }

  private static List<Place> step(Set<Place> places, int type) {
    List<Place> next = new ArrayList<>();
    for (Place place : places) {
      for (Transition transition : place.state.getTransitions()) {
        if (transition.matches(type, Token.EOF, RewLexer.VOCABULARY.getMaxTokenType())) {
          next.add(new Place(transition.target, place.stack));
        }
      }
    }
    return next;
  }

  private static Set<Place> closure(List<Place> from, Map<Key, Frame> frames) {
    Set<Place> seen = new HashSet<>(from);
    Deque<Place> work = new ArrayDeque<>(from);
    while (!work.isEmpty()) {
      Place place = work.pop();
      if (place.state instanceof RuleStopState) {
        if (place.stack != null) {
          add(new Place(place.stack.follow, place.stack.below), seen, work);
        }
        continue;
      }
      for (Transition transition : place.state.getTransitions()) {
        if (transition instanceof RuleTransition call) {
          Frame frame =
              frames.computeIfAbsent(
                  new Key(call.followState.stateNumber, place.stack),
                  key -> new Frame(call.followState, key.below));
          add(new Place(call.target, frame), seen, work);
        } else if (transition.isEpsilon()) {
          add(new Place(transition.target, place.stack), seen, work);
        }
      }
    }
    return seen;
  }

  private static void add(Place place, Set<Place> seen, Deque<Place> work) {
    Place end = skip(place);
    if (seen.add(end)) {
      work.push(end);
    }
  }

  /** Past states that only lead on to another. */
  private static Place skip(Place place) {
    ATNState state = place.state;
    while (state.getNumberOfTransitions() == 1
        && state.transition(0).isEpsilon()
        && !(state.transition(0) instanceof RuleTransition)
        && !(state instanceof RuleStopState)) {
      state = state.transition(0).target;
    }
    return state.equals(place.state) ? place : new Place(state, place.stack);
  }
}
