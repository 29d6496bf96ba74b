package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Definition;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.Program;
import org.rewlang.syntax.TypeExpr;

/** Enters what a file declares under its names; nothing is elaborated yet. */
final class Declarations {

  private final Session session;
  private final Globals globals;
  private final FileScope file;
  private final String prefix;
  private final @Nullable Variant variant;

  /** Where names were declared first, by the space they live in. */
  private final Map<String, Location> first = new HashMap<>();

  private final Env env;
  private final Inputs inputs;
  private final Params params;
  private final Rewards rewards;
  private final Outcomes outcomes;
  private final Machines machines;

  /**
   * @param prefix what stands before the names of a used file's parameters, or empty
   * @param variant how the file is changed where it is used; null if it isn't
   */
  Declarations(
      Session session, Globals globals, FileScope file, String prefix, @Nullable Variant variant) {
    this.session = session;
    this.globals = globals;
    this.file = file;
    this.prefix = prefix;
    this.variant = variant;
    this.env = Env.of(file);
    this.inputs = new Inputs(session, globals, this, env);
    this.params = new Params(session, globals, this, env);
    this.rewards = new Rewards(session, globals, this, env);
    this.outcomes = new Outcomes(session, globals, this, env);
    this.machines = new Machines(session, globals, this, env);
  }

  /** Units and types come first: inputs and parameters need them at once, everything else later. */
  void enter(Program program, Consumer<Decl.Use> uses) {
    List<Decl> declarations = program.declarations();
    // Used files are measured by it.
    for (Decl d : declarations) {
      if (d instanceof Decl.StepLasts s) {
        new StepLength(session).declare(s, env);
      }
    }
    for (Decl d : declarations) {
      switch (d) {
        case Decl.Unit u -> units(u);
        case Decl.Enum e -> enumeration(e);
        case Decl.Record r -> record(r);
        case Decl.Use u -> uses.accept(u);
        default -> {}
      }
    }
    Map<String, Scopes> files = new HashMap<>();
    file.files.forEach(
        (alias, used) -> {
          if (used instanceof Entity.Namespace n) {
            files.put(alias, n.file().scopes);
          }
        });
    file.scopes = Scopes.of(declarations, files);
    // What each agent has is known to be so by how many there may be.
    int before = globals.inputs.size();
    declarations.stream()
        .filter(d -> d instanceof Decl.Inputs i && Scopes.isAgent(i.per()))
        .forEach(this::enter);
    for (Decl d : declarations) {
      if (!(d instanceof Decl.Inputs i && Scopes.isAgent(i.per()))) {
        enter(d);
      }
    }
    globals
        .inputs
        .subList(before, globals.inputs.size())
        .sort((a, b) -> Integer.compare(start(a), start(b)));
    rewards.finish();
    if (variant != null) {
      variant.scope().members.putAll(file.members);
      variant.scope().files.putAll(file.files);
    }
  }

  private static int start(Inputs.Joined input) {
    return input.input().at().span().start();
  }

  /** Where an expression is read: that of a variant comes from the file that uses this one. */
  Env env(Expr expr) {
    FileScope scope = variant == null ? null : variant.scope(expr);
    return scope == null ? env : Env.of(scope);
  }

  /** What a variant sets a parameter to; null if it doesn't. */
  @Nullable Expr set(Decl.Param param) {
    return variant == null ? null : variant.param(param.name());
  }

  /** Where the values are read that a variant sets. */
  Env outside() {
    return variant == null ? env : Env.of(variant.scope());
  }

  private void enter(Decl d) {
    switch (d) {
      case Decl.Inputs i -> inputs.inputs(i);
      case Decl.Param p -> params.param(p, prefix);
      case Decl.Let l -> let(l);
      case Decl.Event e -> event(e);
      case Decl.Function f -> function(f);
      case Decl.Block b -> rewards.block(b);
      case Decl.RewardValue r -> rewards.value(r);
      case Decl.Outcome o -> outcomes.outcome(o);
      case Decl.Logged l -> outcomes.logged(l);
      case Decl.Require r -> globals.requires.add(new Globals.Required(r, file));
      case Decl.Property p -> globals.properties.add(p);
      case Decl.Test t -> globals.tests.add(t);
      case Decl.GroupBy g -> laterAt("`group by`", g.key(), d);
      case Decl.Pair p -> {
        wrong(p.left());
        wrong(p.right());
        laterAt("`pair`", p.left(), d);
      }
      case Decl.Extern e -> {
        session.wrongFunctions.add(e.name().text());
        laterAt("`extern`", e.name(), d);
      }
      case Decl.Shape s -> rewards.shape(s);
      case Decl.Skip s -> session.unsupported("`skip`", s.unless().span(), d.span(), file);
      case Decl.Formula f -> formula(f);
      case Decl.Machine m -> machines.machine(m);
      case Decl.Objective o ->
          session.unsupported(
              "an objective", o.name() == null ? keyword(o) : o.name().span(), d.span(), file);
      case Decl.Broken b -> {
        session.mentions.add(file, b.span());
        if (b.name() != null) {
          wrong(b.name());
          session.wrongFunctions.add(b.name().text());
          session.wrongTypes.add(b.name().text());
        }
        globals.broken = true;
      }
      case Decl.Module m -> module(m);
      case Decl.Unit u -> {}
      case Decl.Enum e -> {}
      case Decl.Record r -> {}
      case Decl.StepLasts s -> {}
      case Decl.Use u -> {}
    }
  }

  private void module(Decl.Module m) {
    Location at = file.at(m.name().span());
    Location before = first.putIfAbsent("module", at);
    if (before != null) {
      session.reporter.report(
          Diagnostic.of(Code.DUPLICATE_NAME, "a file is one module", file.source, m.name().span())
              .label("named again")
              .related(before.source(), before.span(), "named first here")
              .found(m.name().text())
              .hint("leave one of the `module` lines out"));
    }
  }

  /** The word that opens a declaration. */
  private org.rewlang.source.Span keyword(Decl d) {
    String text = file.source.text(d.span());
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return new org.rewlang.source.Span(d.span().start(), d.span().start() + end);
  }

  void later(String what, Name name, Decl d) {
    wrong(name);
    session.unsupported(what, name.span(), d.span(), file);
  }

  private void laterAt(String what, Name name, Decl d) {
    session.unsupported(what, name.span(), d.span(), file);
  }

  /** A name that stands for something with an error in it. */
  void wrong(Name name) {
    if (!name.text().isEmpty()) {
      file.values.putIfAbsent(name.text(), new Entity.Wrong(file.at(name.span())));
    }
  }

  /** Whether {@code name} is new in {@code space}; else the clash is told. */
  boolean isNew(String space, Name name) {
    if (name.text().isEmpty()) {
      return false;
    }
    Location at = file.at(name.span());
    Location before = first.putIfAbsent(space + " " + name.text(), at);
    if (before == null) {
      return true;
    }
    duplicate(name, before);
    return false;
  }

  void duplicate(Name name, Location before) {
    session.reporter.report(
        Diagnostic.of(
                Code.DUPLICATE_NAME,
                "`" + name.text() + "` is declared twice",
                file.source,
                name.span())
            .label("declared again")
            .related(before.source(), before.span(), "declared first here")
            .found(name.text())
            .hint("rename one of them"));
  }

  private void units(Decl.Unit u) {
    for (Name name : u.names()) {
      if (isNew("unit", name)) {
        file.units.put(name.text(), Unit.si(Dimension.of(name.text())));
      }
    }
  }

  private void enumeration(Decl.Enum e) {
    if (!isNew("type", e.name())) {
      return;
    }
    List<String> members = new ArrayList<>();
    for (Name member : e.members()) {
      if (isNew("member of " + e.name().text(), member)) {
        members.add(member.text());
      }
    }
    EnumType type = new EnumType(e.name().text(), members);
    file.enums.put(
        e.name().text(), new Entity.Enumeration(type, e.doc(), file.at(e.name().span())));
    if (!file.library) {
      globals.enums.add(type);
      session.sites.declare(file, e.name(), Index.Kind.ENUM, e.name().text(), e.doc());
      for (Name member : e.members()) {
        session.sites.declare(file, member, Index.Kind.MEMBER, e.name().text(), null);
      }
    }
  }

  private void record(Decl.Record r) {
    if (!isNew("type", r.name())) {
      return;
    }
    Entity.RecordDeclaration record = new Entity.RecordDeclaration(r, file);
    file.records.put(r.name().text(), record);
    for (Decl.Field field : r.fields()) {
      isNew("field of " + r.name().text(), field.name());
    }
    globals.later.add(() -> session.records.type(record));
    if (!file.library) {
      session.sites.declare(file, r.name(), Index.Kind.RECORD, r.name().text(), r.doc());
      for (Decl.Field field : r.fields()) {
        String type = file.source.text(field.type().span());
        session.sites.declare(file, field.name(), Index.Kind.FIELD, type, field.doc());
      }
    }
  }

  private void let(Decl.Let l) {
    Cell cell =
        Cell.structured(
            l.name().text(),
            Definition.Kind.LET,
            Index.Kind.LET,
            file.at(l.name().span()),
            l.doc(),
            c -> session.let(l, c, env));
    perAgent(cell, file.scopes.isPerAgent(l.value()));
    TypeExpr type = l.type();
    if (type != null) {
      globals.later.add(() -> cell.declared = session.typeNames.structure(type, env));
    }
    value(l.name(), cell);
  }

  private void event(Decl.Event e) {
    Cell cell =
        cell(
            e.name(),
            Definition.Kind.EVENT,
            Index.Kind.EVENT,
            e.doc(),
            c ->
                session.fit.condition(
                    session.expr(e.condition(), env),
                    e.condition(),
                    env,
                    "the event `" + e.name().text() + "`"));
    cell.declare(Type.BOOL);
    perAgent(cell, file.scopes.isPerAgent(e.condition()));
    value(e.name(), cell);
  }

  private void formula(Decl.Formula f) {
    boolean each = file.scopes.isPerAgent(f.value()) && session.agents.presence() != null;
    NamedFormula named = new NamedFormula(session, f, env, each);
    globals.formulas.add(named);
    if (isNew("value", f.name())) {
      file.values.put(f.name().text(), new Entity.Formula(named));
    } else {
      named.used = true;
    }
  }

  /** Enters a named value; the first of two of one name counts. */
  void value(Name name, Cell cell) {
    globals.cells.add(cell);
    if (isNew("value", name)) {
      file.values.put(name.text(), new Entity.Value(cell));
    } else {
      // Said already; that nothing can read it goes with that.
      cell.used = true;
    }
  }

  private void function(Decl.Function f) {
    Entity.Function function = new Entity.Function(f, file);
    if (isNew("function", f.name())) {
      file.declare(function);
    }
    if (!file.library) {
      globals.functions.add(function);
      session.sites.declare(
          file, f.name(), Index.Kind.FUNCTION, session.functions.signature(function), f.doc());
    }
  }

  /** Makes it a value that each agent has. */
  void perAgent(Cell cell, boolean each) {
    if (each && session.agents.presence() != null) {
      cell.agents = session.agents.binder();
    }
  }

  Cell cell(
      Name name,
      Definition.Kind kind,
      Index.Kind indexKind,
      @Nullable String doc,
      java.util.function.Function<Cell, Term> body) {
    return new Cell(name.text(), kind, indexKind, file.at(name.span()), doc, body);
  }
}
