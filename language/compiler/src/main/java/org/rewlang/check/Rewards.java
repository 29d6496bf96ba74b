package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Name;

/** Rewards and groups of terms: which blocks there are, and what their columns are called. */
final class Rewards {

  /**
   * A reward.
   *
   * @param name null for the nameless one
   * @param parts empty for an expression
   */
  private record Paid(@Nullable Name name, List<Blocks.Part> parts, Cell whole) {}

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;
  private final List<Paid> rewards = new ArrayList<>();
  private final Shapes shapes;

  /** The reward that shapes join; its cell is the total. */
  private @Nullable Cell shaped;

  private boolean wrong;

  Rewards(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
    this.shapes = new Shapes(session, globals, declarations, env);
  }

  void shape(Decl.Shape s) {
    shapes.shape(s);
  }

  void block(Decl.Block b) {
    Name name = b.name();
    if (b.per() != null && isRefused(b, name, b.per())) {
      return;
    }
    boolean each = b.per() != null;
    if (b.paid() && !isFirst(b, name)) {
      return;
    }
    String word = name == null ? "reward" : name.text();
    Blocks blocks = new Blocks(session, globals, declarations, env, b.paid(), each);
    Blocks.Built built = blocks.top(b.combinator(), b.items(), word);
    env.file.members.put(word, Blocks.members(word, built.parts()));
    Cell whole = whole(b, name, each, cell -> built.worth().apply(cell.at));
    if (b.paid()) {
      rewards.add(new Paid(name, built.parts(), whole));
    } else {
      globals.results.add(new Globals.Planned(Output.Role.LOG, word, whole, false));
      plan(word + ".", built.parts(), Output.Role.LOG, false);
    }
  }

  /** {@code reward = EXPR}. */
  void value(Decl.RewardValue r) {
    if (r.per() != null && isRefused(r, r.name(), r.per())) {
      return;
    }
    boolean each = r.per() != null;
    if (!isFirst(r, r.name())) {
      return;
    }
    Blocks blocks = new Blocks(session, globals, declarations, env, true, each);
    Cell whole = whole(r, r.name(), each, cell -> blocks.paid(r.value(), "the reward"));
    rewards.add(new Paid(r.name(), List.of(), whole));
  }

  /** The cell of a block's worth; a named one can be read by its name. */
  private Cell whole(
      Decl d, @Nullable Name name, boolean each, java.util.function.Function<Cell, Term> body) {
    Location at = name == null ? keyword(d) : env.file.at(name.span());
    Cell whole =
        total(
            name == null ? "total" : name.text(),
            name == null ? Definition.Kind.TOTAL : Definition.Kind.LET,
            Index.Kind.BLOCK,
            at,
            d.doc(),
            body);
    whole.declare(Type.REAL);
    declarations.perAgent(whole, each);
    globals.cells.add(whole);
    if (name != null && declarations.isNew("value", name)) {
      env.file.values.put(name.text(), new Entity.Value(whole));
    }
    return whole;
  }

  /** A cell that counts what shapes pay where it is the total. */
  private Cell total(
      String name,
      Definition.Kind kind,
      Index.Kind indexKind,
      Location at,
      @Nullable String doc,
      java.util.function.Function<Cell, Term> body) {
    return new Cell(
        name,
        kind,
        indexKind,
        at,
        doc,
        (Cell self) -> {
          Term sum = body.apply(self);
          for (Cell shape : self == shaped ? shapes.cells() : List.<Cell>of()) {
            Term paid = session.cells.read(shape, at);
            sum =
                Terms.anyError(sum, paid)
                    ? Terms.error(at)
                    : Terms.apply(Operation.ADD, Type.REAL, at, sum, paid);
          }
          return sum;
        });
  }

  private Location keyword(Decl d) {
    int start = d.span().start();
    return env.file.at(new Span(start, Math.min(start + "reward".length(), d.span().end())));
  }

  /** Whether what is paid per {@code per} has no meaning, the reason told. */
  private boolean isRefused(Decl d, @Nullable Name name, Name per) {
    if (!Scopes.isAgent(per)) {
      session.unsupported("`per " + per.text() + "`", per.span(), d.span(), env.file);
    } else if (session.agents.presence() == null) {
      session.mentions.add(env.file, d.span());
      session.reporter.report(
          session
              .diagnose(Code.AGENTS, "this program has no agents", per.span(), env)
              .label("pays each of them")
              .hint("say what each has: `inputs per agent[..8] { … }`"));
    } else {
      return false;
    }
    wrong = true;
    // Whatever reads what could not be understood keeps silent.
    if (name != null) {
      declarations.wrong(name);
    }
    return true;
  }

  private boolean isFirst(Decl d, @Nullable Name name) {
    if (name != null) {
      return true;
    }
    for (Paid before : rewards) {
      if (before.name == null) {
        Location at = keyword(d);
        Location first = before.whole.at;
        session.reporter.report(
            session
                .diagnose(
                    Code.DUPLICATE_NAME, "there are two rewards without a name", at.span(), env)
                .label("declared again")
                .related(first.source(), first.span(), "declared first here")
                .hint("put all components in one block"));
        return false;
      }
    }
    return true;
  }

  /**
   * Names the columns, once all rewards are known. The total is the nameless reward, or the only
   * one; several named ones are a vector.
   */
  void finish() {
    Paid scalar = rewards.stream().filter(p -> p.name == null).findFirst().orElse(null);
    if (scalar == null && rewards.size() == 1) {
      scalar = rewards.getFirst();
    }
    if (scalar != null) {
      Cell total = shapes.cells().isEmpty() || scalar.name == null ? scalar.whole : sum(scalar);
      shaped = total;
      env.file.total = total;
      globals.results.add(new Globals.Planned(Output.Role.TOTAL, "", total, true));
    } else if (wrong) {
      Location at = env.file.at(Span.at(0));
      env.file.total =
          new Cell(
              "total", Definition.Kind.TOTAL, Index.Kind.BLOCK, at, null, c -> Terms.error(at));
    }
    boolean several = rewards.stream().filter(p -> !p.parts.isEmpty()).count() > 1;
    for (Paid paid : rewards) {
      String name = paid.name == null ? "reward" : paid.name.text();
      if (paid.name != null) {
        env.file.rewards.add(name);
      }
      if (!paid.equals(scalar)) {
        globals.results.add(new Globals.Planned(Output.Role.REWARD, name, paid.whole, true));
      }
      plan(several ? name + "." : "", paid.parts, Output.Role.COMPONENT, true);
    }
    for (Cell shape : shapes.cells()) {
      globals.results.add(
          new Globals.Planned(Output.Role.COMPONENT, shape.name, shape, scalar != null));
      env.file
          .members
          .computeIfAbsent(
              "reward",
              w -> new Entity.Members(w, new LinkedHashMap<>(), new ArrayList<>(), Map.of()))
          .cells()
          .putIfAbsent(shape.name, shape);
    }
    if (scalar == null && !wrong && !shapes.cells().isEmpty()) {
      Cell first = shapes.cells().getFirst();
      session.reporter.report(
          session
              .diagnose(
                  Code.BAD_SHAPE,
                  rewards.isEmpty()
                      ? "there is no reward to shape"
                      : "a vector reward has no total to shape",
                  first.at.span(),
                  env)
              .label("has nothing to join")
              .hint("say what is paid: `reward = …`"));
    }
  }

  /** The total of a reward with a name, which goes on to stand for what is paid without shapes. */
  private Cell sum(Paid scalar) {
    Cell total =
        total(
            "total",
            Definition.Kind.TOTAL,
            Index.Kind.BLOCK,
            scalar.whole.at,
            null,
            self -> session.cells.read(scalar.whole, self.at));
    total.declare(Type.REAL);
    total.agents = scalar.whole.agents;
    globals.cells.add(total);
    return total;
  }

  private void plan(String prefix, List<Blocks.Part> parts, Output.Role role, boolean paid) {
    for (Blocks.Part part : parts) {
      String name = prefix + part.name();
      boolean strict = paid && !part.leftOut();
      globals.results.add(new Globals.Planned(role, name, part.cell(), strict));
      plan(name + ".", part.inner(), Output.Role.LOG, paid);
    }
  }
}
