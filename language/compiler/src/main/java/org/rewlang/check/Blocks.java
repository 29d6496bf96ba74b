package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Component;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Gate;
import org.rewlang.syntax.Item;
import org.rewlang.syntax.Name;

/**
 * The items of blocks as cells: what each is worth, and when it takes part. An item that doesn't is
 * worth its block's neutral number, or undefined where there is none.
 */
final class Blocks {

  /**
   * An item.
   *
   * @param cell its worth, as it is logged
   * @param active whether it takes part; null if it always does
   * @param leftOut whether it has no worth where it doesn't take part
   * @param inner of a block, its items
   */
  record Part(String name, Cell cell, @Nullable Cell active, boolean leftOut, List<Part> inner) {}

  /**
   * The items of a block, and its worth where it takes part.
   *
   * @param active whether it takes part: one that can only leave items out doesn't where none of
   *     them does; null if it always does
   */
  record Built(
      List<Part> parts, java.util.function.Function<Location, Term> worth, @Nullable Cell active) {}

  /**
   * The block that items stand in.
   *
   * @param space in which its items' names are unique
   * @param active whether it takes part; null if it always does
   */
  private record Around(
      String space, Combination.Kind kind, @Nullable Cell active, List<Override> overrides) {}

  /** An override with the cell of its gate. */
  private record Override(Item item, Cell open) {}

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;
  private final Gates gates;

  /** Whether what is built is paid, so that an undefined worth fails the step. */
  private final boolean paid;

  /** Whether each agent has what is built. */
  private final boolean each;

  Blocks(
      Session session,
      Globals globals,
      Declarations declarations,
      Env env,
      boolean paid,
      boolean each) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
    this.gates = new Gates(session, globals);
    this.paid = paid;
    this.each = each;
  }

  /** The names that a word opens: those of the items, and of the items' items. */
  static Entity.Members members(String word, List<Part> parts) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    Map<String, Entity.Members> blocks = new LinkedHashMap<>();
    for (Part part : parts) {
      cells.putIfAbsent(part.name, part.cell);
      if (!part.inner.isEmpty()) {
        blocks.putIfAbsent(part.name, members(word + "." + part.name, part.inner));
      }
    }
    return new Entity.Members(word, cells, List.of(), blocks);
  }

  /** A block without a block around it. */
  Built top(Item.@Nullable Combinator combinator, List<Item> items, String space) {
    return block(combinator, null, items, space, null);
  }

  /**
   * @param name of a block in a block
   */
  private Built block(
      Item.@Nullable Combinator combinator,
      @Nullable Name name,
      List<Item> items,
      String space,
      @Nullable Cell active) {
    if (combinator != null && combinator.name().text().equals("stages")) {
      List<Part> columns = merged(stages(items, space, active));
      return new Built(columns, at -> together(Combination.sum(session, env), columns, at), active);
    }
    Combination combination =
        combinator == null
            ? Combination.sum(session, env)
            : Combination.of(combinator, session, env);
    Combination.Kind kind = combination == null ? Combination.Kind.SUM : combination.kind();
    Around around = new Around(space, kind, active, overrides(items, active));
    List<Part> parts = items(items, around);
    return new Built(
        parts,
        at ->
            combination == null ? Terms.error(at) : worth(combination, parts, around.overrides, at),
        name == null || !kind.leavesOut() ? active : some(name, parts, active));
  }

  /** Whether any item of a block takes part. */
  private @Nullable Cell some(Name name, List<Part> parts, @Nullable Cell active) {
    if (parts.stream().anyMatch(p -> p.active == active)) {
      return active;
    }
    return condition(
        name,
        self -> {
          Term result = Terms.bool(false, self.at);
          for (Part part : parts) {
            Term one = session.cells.read(java.util.Objects.requireNonNull(part.active), self.at);
            result =
                Terms.anyError(result, one) ? Terms.error(self.at) : Terms.or(result, one, self.at);
          }
          return result;
        });
  }

  private Term worth(
      Combination combination, List<Part> parts, List<Override> overrides, Location at) {
    Term result = together(combination, parts, at);
    if (combination.kind() == Combination.Kind.SUM
        || combination.kind() == Combination.Kind.PRODUCT) {
      // The neutral numbers of all others leave an override's as it is.
      return result;
    }
    for (Override o : overrides.reversed()) {
      for (Part part : parts) {
        if (part.name.equals(o.item.name().text())) {
          Term open = session.cells.read(o.open, at);
          Term value = session.cells.read(part.cell, at);
          result =
              Terms.anyError(open, value, result)
                  ? Terms.error(at)
                  : Terms.select(open, value, result, at);
        }
      }
    }
    return result;
  }

  private Term together(Combination combination, List<Part> parts, Location at) {
    boolean all =
        combination.kind() == Combination.Kind.SUM
            || combination.kind() == Combination.Kind.PRODUCT;
    List<Combination.Share> shares = new ArrayList<>();
    for (Part part : parts) {
      Term value = session.cells.read(part.cell, at);
      Term active = all || part.active == null ? null : session.cells.read(part.active, at);
      if (Terms.isError(value) || active != null && Terms.isError(active)) {
        return Terms.error(at);
      }
      shares.add(new Combination.Share(value, active));
    }
    return combination.of(shares, at);
  }

  // Items.

  private List<Override> overrides(List<Item> items, @Nullable Cell active) {
    List<Override> overrides = new ArrayList<>();
    for (Item item : items) {
      if (item.override()) {
        Gate gate = item.gate();
        if (gate == null) {
          String name = item.name().text();
          session.reporter.report(
              session
                  .diagnose(
                      Code.OVERRIDE_GATE,
                      "an override needs a gate, else nothing else ever pays",
                      item.name().span(),
                      env)
                  .label("pays alone in every step")
                  .hint("say when it pays: `override " + name + " = … when …`"));
        }
        overrides.add(new Override(item, gate(item.name(), gate, active)));
      }
    }
    return overrides;
  }

  /** Whether a gate is open; an error where one is missing. */
  private Cell gate(Name name, @Nullable Gate gate, @Nullable Cell within) {
    return condition(
        name,
        self ->
            gate == null
                ? Terms.error(self.at)
                : gates.open(
                    gate, self, env, within == null ? null : session.cells.read(within, self.at)));
  }

  private Cell condition(Name name, java.util.function.Function<Cell, Term> body) {
    Cell cell = declarations.cell(name, Definition.Kind.LOCAL, Index.Kind.EVENT, null, body);
    cell.declare(Type.BOOL);
    declarations.perAgent(cell, each);
    return cell;
  }

  private List<Part> items(List<Item> items, Around around) {
    List<Part> parts = new ArrayList<>();
    for (Item item : items) {
      Gate gate = item.override() ? null : item.gate();
      Cell open = gate == null ? null : gate(item.name(), gate, around.active);
      Cell active = active(item, open, around);
      String name = item.name().text();
      List<Part> inner = List.of();
      Cell part = active;
      java.util.function.Function<Location, Term> worth;
      switch (item) {
        case Component c -> worth = at -> paid(c.value(), "a component");
        case Item.Nested n -> {
          Built built =
              block(n.combinator(), n.name(), n.items(), around.space + "." + name, active);
          inner = built.parts;
          part = built.active;
          worth = worth(built, active, around.kind.neutral);
        }
      }
      Cell takesPart = part;
      Cell cell =
          cell(item, self -> masked(item, worth.apply(self.at), self, open, takesPart, around));
      if (declarations.isNew(around.space + " component", item.name())) {
        boolean leftOut = around.kind.leavesOut() && takesPart != null;
        parts.add(new Part(name, cell, takesPart, leftOut, inner));
      }
    }
    return parts;
  }

  /** What a block in a block is worth where its gates are open. */
  private java.util.function.Function<Location, Term> worth(
      Built built, @Nullable Cell active, double neutral) {
    return built.active == active
        ? built.worth
        : at -> within(built.active, built.worth.apply(at), Terms.real(neutral, at), at);
  }

  private Cell cell(Item item, java.util.function.Function<Cell, Term> body) {
    Index.Kind kind = item instanceof Component ? Index.Kind.COMPONENT : Index.Kind.BLOCK;
    Cell cell = declarations.cell(item.name(), Definition.Kind.COMPONENT, kind, item.doc(), body);
    cell.declare(Type.REAL);
    declarations.perAgent(cell, each);
    globals.cells.add(cell);
    return cell;
  }

  /** Whether an item takes part: its block does, its gate is open, no other item overrides it. */
  private @Nullable Cell active(Item item, @Nullable Cell open, Around around) {
    if (around.overrides.isEmpty()) {
      if (open == null || around.active == null) {
        return open == null ? around.active : open;
      }
    }
    return condition(
        item.name(),
        self -> {
          Term result = around.active == null ? null : session.cells.read(around.active, self.at);
          for (Override o : around.overrides) {
            Term gate = session.cells.read(o.open, self.at);
            boolean own = o.item == item;
            result = both(result, own ? gate : Terms.not(gate, self.at), self.at);
            if (own || Terms.isError(result)) {
              return result;
            }
          }
          return open == null
              ? java.util.Objects.requireNonNull(result)
              : both(result, session.cells.read(open, self.at), self.at);
        });
  }

  private static Term both(@Nullable Term a, Term b, Location at) {
    if (a == null || Terms.isError(b)) {
      return b;
    }
    return Terms.isError(a) ? a : Terms.and(a, b, at);
  }

  /** What an item is worth, and the neutral number where it doesn't take part. */
  private Term masked(
      Item item, Term worth, Cell self, @Nullable Cell open, @Nullable Cell active, Around around) {
    Location at = env.file.at(item.span());
    Term neutral = Terms.real(around.kind.neutral, at);
    Term value = Functions.shared(self.name, worth, at);
    if (around.kind.leavesOut() && active != null && paid && !Terms.isError(worth)) {
      // Left out it may be undefined; taking part it must not.
      Term now = session.cells.read(active, at);
      if (!Terms.isError(now)) {
        Term seen = Terms.select(now, value, Terms.real(0, at), at);
        globals.strict.put(self, new Strict("component `" + self.name + "`", seen));
      }
    }
    List<Term> shut = new ArrayList<>();
    Term own = null;
    for (Override o : around.overrides) {
      Term gate = session.cells.read(o.open, at);
      if (Terms.isError(gate)) {
        return gate;
      }
      if (o.item == item) {
        own = gate;
        break;
      }
      shut.add(gate);
    }
    Term gate = open == null ? own : session.cells.read(open, at);
    if (gate != null) {
      value =
          Terms.anyError(gate, value) ? Terms.error(at) : Terms.select(gate, value, neutral, at);
    }
    Term earlier = shut.stream().reduce((a, b) -> Terms.or(a, b, at)).orElse(null);
    if (earlier != null && !Terms.isError(value)) {
      value = Terms.select(earlier, neutral, value, at);
    }
    return within(around.active, value, neutral, at);
  }

  private Term within(@Nullable Cell active, Term value, Term neutral, Location at) {
    if (active == null || Terms.isError(value)) {
      return value;
    }
    Term now = session.cells.read(active, at);
    return Terms.isError(now) ? now : Terms.select(now, value, neutral, at);
  }

  /** A plain number; the fix for one with a unit is `as`. */
  Term paid(Expr expr, String place) {
    Env env = declarations.env(expr);
    Term value = session.expr(expr, env);
    if (!Terms.isError(value)
        && value.type().isNumber()
        && value.type().isScalar()
        && !value.type().dimension().isNone()) {
      String unit = Fit.unitText(value.type().dimension());
      session.reporter.report(
          session
              .diagnose(
                  Code.COMPONENT_UNIT,
                  place + " is a plain number, this has a unit",
                  expr.span(),
                  env)
              .label("this is `" + session.types.show(value.type()) + "`")
              .found(session.types.show(value.type()))
              .expected(List.of("real"))
              .hint("take its plain number with `as " + unit + "`")
              .fix(session.fit.asUnit(expr, unit, env)));
      return env.error(expr.span());
    }
    return session.fit.coerce(value, Type.REAL, expr, env, place);
  }

  // Stages.

  /** The components of all stages: the first stage whose gate is open takes part. */
  private List<Part> stages(List<Item> stages, String space, @Nullable Cell active) {
    List<Part> parts = new ArrayList<>();
    Cell before = null;
    for (int i = 0; i < stages.size(); i++) {
      if (!(stages.get(i) instanceof Item.Nested stage)) {
        throw new IllegalStateException("a stage is a block");
      }
      Gate gate = stage.gate();
      if (gate == null) {
        // The parser has told what is wrong.
        globals.broken = true;
        continue;
      }
      boolean last = gate.kind() == Gate.Kind.OTHERWISE;
      if (last && i < stages.size() - 1) {
        unreachable(stages.get(i + 1), gate);
      }
      Cell free = free(stage, active, before);
      Cell open = last ? null : gate(stage.name(), gate, free);
      Cell pays = both(stage, free, open);
      boolean unique = declarations.isNew(space + " stage", stage.name());
      if (pays != null && unique) {
        event(stage, pays);
      }
      String inner = space + "." + stage.name().text() + " stage";
      if (stage.combinator() == null) {
        Around around =
            new Around(inner, Combination.Kind.SUM, pays, overrides(stage.items(), pays));
        parts.addAll(items(stage.items(), around));
      } else {
        Built built = block(stage.combinator(), stage.name(), stage.items(), inner, pays);
        Location at = env.file.at(stage.span());
        var worth = worth(built, pays, 0);
        Cell cell = cell(stage, self -> within(pays, worth.apply(self.at), Terms.real(0, at), at));
        parts.add(new Part(stage.name().text(), cell, built.active, false, built.parts));
      }
      before = last ? before : matched(stage, before, java.util.Objects.requireNonNull(open));
    }
    return parts;
  }

  private void unreachable(Item next, Gate otherwise) {
    session.reporter.report(
        session
            .diagnose(
                Code.UNREACHABLE_STAGE,
                "`" + next.name().text() + "` comes after `otherwise` and is never reached",
                next.name().span(),
                env)
            .label("never the first stage that applies")
            .related(env.file.source, otherwise.span(), "applies wherever no stage before does")
            .hint("move the stage with `otherwise` to the end"));
  }

  /** No stage before applied. */
  private @Nullable Cell free(Item stage, @Nullable Cell active, @Nullable Cell before) {
    if (before == null) {
      return active;
    }
    return condition(
        stage.name(),
        self ->
            both(
                active == null ? null : session.cells.read(active, self.at),
                not(session.cells.read(before, self.at), self.at),
                self.at));
  }

  private static Term not(Term term, Location at) {
    return Terms.isError(term) ? term : Terms.not(term, at);
  }

  private @Nullable Cell both(Item stage, @Nullable Cell free, @Nullable Cell open) {
    if (free == null || open == null) {
      return open == null ? free : open;
    }
    return condition(
        stage.name(),
        self ->
            both(session.cells.read(free, self.at), session.cells.read(open, self.at), self.at));
  }

  private Cell matched(Item stage, @Nullable Cell before, Cell open) {
    if (before == null) {
      return open;
    }
    return condition(
        stage.name(),
        self -> {
          Term a = session.cells.read(before, self.at);
          Term b = session.cells.read(open, self.at);
          return Terms.anyError(a, b) ? Terms.error(self.at) : Terms.or(a, b, self.at);
        });
  }

  /** Which stage pays is an event, for who watches a run. */
  private void event(Item.Nested stage, Cell pays) {
    Cell event =
        declarations.cell(
            stage.name(),
            Definition.Kind.EVENT,
            Index.Kind.EVENT,
            stage.doc(),
            self -> session.cells.read(pays, self.at));
    event.declare(Type.BOOL);
    declarations.perAgent(event, each);
    event.used = true;
    globals.cells.add(event);
  }

  /** Items of one name in several stages are one column. */
  private List<Part> merged(List<Part> parts) {
    Map<String, List<Part>> byName = new LinkedHashMap<>();
    for (Part part : parts) {
      byName.computeIfAbsent(part.name, n -> new ArrayList<>()).add(part);
    }
    return byName.values().stream().map(this::merge).toList();
  }

  private Part merge(List<Part> parts) {
    Part last = parts.getLast();
    if (parts.size() == 1) {
      return last;
    }
    Part first = parts.getFirst();
    Cell column =
        new Cell(
            first.name,
            Definition.Kind.COMPONENT,
            first.cell.indexKind,
            first.cell.at,
            first.cell.doc,
            self -> {
              Term value = session.cells.read(last.cell, self.at);
              for (Part part : parts.subList(0, parts.size() - 1).reversed()) {
                Term here = session.cells.read(part.cell, self.at);
                if (part.active == null) {
                  // After `otherwise` nothing is reached, which has been told.
                  value = here;
                  continue;
                }
                Term now = session.cells.read(part.active, self.at);
                if (Terms.anyError(now, here, value)) {
                  return Terms.error(self.at);
                }
                value = Terms.apply(Operation.SELECT, Type.REAL, self.at, now, here, value);
              }
              return value;
            });
    column.declare(Type.REAL);
    declarations.perAgent(column, each);
    List<Part> inner = new ArrayList<>();
    parts.forEach(p -> inner.addAll(p.inner));
    boolean leftOut = parts.stream().anyMatch(p -> p.leftOut);
    return new Part(first.name, column, null, leftOut, merged(inner));
  }
}
