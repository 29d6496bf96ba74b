package org.rewlang.check;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/** A named value before, while and after it is elaborated. {@link Cells} fills it. */
final class Cell {

  enum State {
    NEW,
    ACTIVE,
    DONE
  }

  final String name;
  final Definition.Kind kind;
  final Index.Kind indexKind;
  final Location at;
  final @Nullable String doc;
  final Function<Cell, Term> body;

  /** What was declared; null if nothing was. */
  @Nullable Type declared;

  State state = State.NEW;
  boolean used;

  /** How many {@code prev} stood around when it was begun: below more, it may read its own past. */
  int delay;

  /** The loop over the agents that each have one; null for a value of the step. */
  @Nullable Binder agents;

  /** Where a value of the step is elaborated: that of the call, for a function's. */
  Agents.Place place = Agents.Place.NONE;

  /** Of one agent, where each has one. Known once declared, guessed or elaborated. */
  @Nullable Type type;

  @Nullable Definition definition;

  /** Whether its own past was read before its type was known. */
  boolean guessed;

  /**
   * Whether its past begins with a written 0, whose unit is whatever the value turns out to have.
   */
  boolean fromZero;

  Cell(
      String name,
      Definition.Kind kind,
      Index.Kind indexKind,
      Location at,
      @Nullable String doc,
      Function<Cell, Term> body) {
    this.name = name;
    this.kind = kind;
    this.indexKind = indexKind;
    this.at = at;
    this.doc = doc;
    this.body = body;
  }

  /** The definition under its present type. */
  Definition define() {
    Definition known = definition;
    if (known == null) {
      known = new Definition(name, kind, type == null ? Types.ERROR : whole(type), doc, at);
      definition = known;
    }
    return known;
  }

  /** The type of all that agents have, by that of one. */
  Type whole(Type one) {
    Binder loop = agents;
    if (loop == null || Types.isError(one)) {
      return one;
    }
    return one.withShape(Shape.concat(List.of(loop.count()), one.shape()));
  }

  void forget() {
    state = State.NEW;
    definition = null;
    type = declared;
    guessed = false;
    fromZero = false;
  }

  boolean isWrong() {
    return state == State.DONE && (type == null || Types.isError(type));
  }
}
