package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
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
  final Function<Cell, Value> body;

  /** What was declared; null if nothing was. */
  @Nullable Structure declared;

  State state = State.NEW;
  boolean used;

  /** How many {@code prev} stood around when it was begun: below more, it may read its own past. */
  int delay;

  /** The loop over the agents that each have one; null for a value of the step. */
  @Nullable Binder agents;

  /** Where a value of the step is elaborated: that of the call, for a function's. */
  Agents.Place place = Agents.Place.NONE;

  /** Of one agent, where each has one. Known once declared, guessed or elaborated. */
  @Nullable Structure type;

  /** The value itself, if it is a formula: that has no arrays. */
  Value.@Nullable Logic logic;

  /** One for each array that the value is made of; empty before the type is known. */
  private List<Definition> definitions = List.of();

  /** Whether its own past was read before its type was known. */
  boolean guessed;

  /**
   * Whether its past begins with a written 0, whose unit is whatever the value turns out to have.
   */
  boolean fromZero;

  /** Of a value of any structure. */
  static Cell structured(
      String name,
      Definition.Kind kind,
      Index.Kind indexKind,
      Location at,
      @Nullable String doc,
      Function<Cell, Value> body) {
    return new Cell(body, name, kind, indexKind, at, doc);
  }

  /** Of an array. */
  Cell(
      String name,
      Definition.Kind kind,
      Index.Kind indexKind,
      Location at,
      @Nullable String doc,
      Function<Cell, Term> body) {
    this(c -> Value.of(body.apply(c)), name, kind, indexKind, at, doc);
  }

  private Cell(
      Function<Cell, Value> body,
      String name,
      Definition.Kind kind,
      Index.Kind indexKind,
      Location at,
      @Nullable String doc) {
    this.name = name;
    this.kind = kind;
    this.indexKind = indexKind;
    this.at = at;
    this.doc = doc;
    this.body = body;
  }

  void declare(Type type) {
    declared = new Structure.Tensor(type);
  }

  /** The definitions of its arrays under its present type. */
  List<Definition> definitions() {
    if (definitions.isEmpty()) {
      Structure known = type == null ? new Structure.Tensor(Types.ERROR) : type;
      List<Definition> made = new ArrayList<>();
      for (Structure.Leaf leaf : known.leaves()) {
        made.add(new Definition(name + leaf.name(), kind, whole(leaf.type()), doc, at));
      }
      definitions = made;
    }
    return definitions;
  }

  /** The definition of a value that is one array. */
  Definition define() {
    return definitions().getFirst();
  }

  /** Forgets definitions made under a type that turned out wrong. */
  void undefine() {
    definitions = List.of();
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
    undefine();
    type = declared;
    guessed = false;
    fromZero = false;
  }

  boolean isWrong() {
    return state == State.DONE && (type == null || Value.isError(type));
  }
}
