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
 * <p>All parses are followed at once, each a state of the grammar's network and a shared stack;
 * those that the next token ends are not followed further.
 *
 * @param index the first token that can't stand where it stands; the number of tokens if the end
 *     comes too early
 * @param expected what could stand there
 * @param start where the declaration begins that {@code index} stands in or directly behind
 * @param whole whether everything before {@code index} is whole declarations
 */
record Prefix(int index, IntervalSet expected, int start, boolean whole) {

  /** No token in particular. */
  private static final int ANY = Token.INVALID_TYPE;

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
    Map<Key, Frame> frames = new HashMap<>();
    List<Place> places = List.of(new Place(RewParser._ATN.ruleToStartState[rule], null));
    int start = 0;
    for (int i = 0; ; i++) {
      int type = i < tokens.size() ? tokens.get(i).getType() : Token.EOF;
      List<Place> next = type == Token.EOF ? List.of() : step(places, type, frames);
      if (next.isEmpty()) {
        return new Prefix(i, expected(places, frames), start, ends(places, frames));
      }
      if (Words.declares(type) && ends(places, frames)) {
        start = i;
      }
      places = next;
    }
  }

  /** Whether the text may end here. */
  private static boolean ends(List<Place> places, Map<Key, Frame> frames) {
    return !step(places, Token.EOF, frames).isEmpty();
  }

  private static IntervalSet expected(List<Place> places, Map<Key, Frame> frames) {
    IntervalSet result = new IntervalSet();
    for (Place place : closure(places, ANY, frames)) {
      for (Transition transition : place.state.getTransitions()) {
        if (!transition.isEpsilon()) {
          result.addAll(transition.label());
        }
      }
    }
    return result;
  }

  private static List<Place> step(List<Place> places, int type, Map<Key, Frame> frames) {
    List<Place> next = new ArrayList<>();
    for (Place place : closure(places, type, frames)) {
      for (Transition transition : place.state.getTransitions()) {
        if (transition.matches(type, Token.EOF, RewLexer.VOCABULARY.getMaxTokenType())) {
          next.add(new Place(transition.target, place.stack));
        }
      }
    }
    return next;
  }

  /**
   * All that is reached without a token.
   *
   * @param type the token that comes next: what it can't follow is left out; or {@link #ANY}
   */
  private static Set<Place> closure(List<Place> from, int type, Map<Key, Frame> frames) {
    Set<Place> seen = new HashSet<>(from);
    Deque<Place> work = new ArrayDeque<>(from);
    while (!work.isEmpty()) {
      Place place = work.pop();
      if (place.state instanceof RuleStopState) {
        if (place.stack != null) {
          add(place.stack.follow, place.stack.below, type, seen, work);
        }
        continue;
      }
      for (Transition transition : place.state.getTransitions()) {
        if (transition instanceof RuleTransition call) {
          if (leads(call.target, type)) {
            Frame frame =
                frames.computeIfAbsent(
                    new Key(call.followState.stateNumber, place.stack),
                    key -> new Frame(call.followState, key.below));
            add(call.target, frame, type, seen, work);
          }
        } else if (transition.isEpsilon()) {
          add(transition.target, place.stack, type, seen, work);
        }
      }
    }
    return seen;
  }

  private static void add(
      ATNState state, @Nullable Frame stack, int type, Set<Place> seen, Deque<Place> work) {
    if (leads(state, type)) {
      Place place = new Place(skip(state), stack);
      if (seen.add(place)) {
        work.push(place);
      }
    }
  }

  /** Whether the token can come next from here, or the rule can end before it. */
  private static boolean leads(ATNState state, int type) {
    if (type == ANY) {
      return true;
    }
    IntervalSet next = RewParser._ATN.nextTokens(state);
    return next.contains(type) || next.contains(Token.EPSILON);
  }

  /** Past states that only lead on to another. */
  private static ATNState skip(ATNState from) {
    ATNState state = from;
    while (state.getNumberOfTransitions() == 1
        && state.transition(0).isEpsilon()
        && !(state.transition(0) instanceof RuleTransition)
        && !(state instanceof RuleStopState)) {
      state = state.transition(0).target;
    }
    return state;
  }
}
