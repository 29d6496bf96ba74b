package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Binder;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.Definition;
import org.rewlang.model.InputVar;
import org.rewlang.model.Machine;
import org.rewlang.model.Model;
import org.rewlang.model.ParamVar;
import org.rewlang.model.PropertyCase;
import org.rewlang.model.Requirement;
import org.rewlang.model.Result;
import org.rewlang.model.Strict;
import org.rewlang.model.Structured;
import org.rewlang.model.Term;
import org.rewlang.model.TestCase;
import org.rewlang.model.Watch;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Program;

/** From a syntax tree to a checked program, or to diagnostics. */
public final class Checker {

  private final Program program;
  private final FileScope file;
  private final Session session;
  private final Globals globals = new Globals();
  private final Uses uses;

  private Checker(Program program, Loader loader, Library library) {
    this.program = program;
    this.file = new FileScope(program.source(), false, null);
    this.session = new Session(file);
    this.uses = new Uses(session, loader);
    file.outer = new LibraryNames(session, library).enter();
  }

  /** Checks a program with the standard library. Never fails: what is wrong is a diagnostic. */
  public static Checked check(Program program, Loader loader) {
    return new Checker(program, loader, Library.standard()).run();
  }

  private Checked run() {
    uses.enter(program, file, globals, "");
    globals.later.forEach(Runnable::run);
    globals.functions.forEach(session.functions::check);
    globals.formulas.forEach(NamedFormula::check);
    for (Cell cell : globals.cells) {
      Value value = session.cells.own(cell);
      session.sites.declare(cell.at, cell.indexKind, cell.name, cell.doc, value);
    }
    Tests tests = new Tests(session, globals, Env.of(file));
    List<TestCase> cases = tests.tests();
    Properties claimed = new Properties(session, globals, Env.of(file));
    List<PropertyCase> properties = claimed.properties();
    List<Requirement> requirements = claimed.requirements();
    unused();
    List<Watch> watches = new ArrayList<>();
    for (NamedFormula formula : globals.formulas) {
      Cell verdict = formula.verdict();
      if (verdict != null) {
        globals.results.add(
            new Globals.Planned(Output.Role.VERDICT, formula.name(), verdict, false));
        add(watches, formula.watch());
      }
    }
    List<InputVar> implicit = session.builtins.implicit();
    uses.check();
    session.last.forEach(Runnable::run);
    session.demands.values().forEach(requirements::addAll);
    List<Machine> machines = new ArrayList<>();
    List<DeclaredFormula> formulas = new ArrayList<>();
    for (Globals of : uses.all(globals)) {
      of.machines.forEach(cells -> add(machines, cells.model()));
      of.formulas.forEach(f -> add(formulas, f.model()));
    }
    List<Diagnostic> diagnostics = session.reporter.all();
    boolean wrong =
        session.sawBroken || globals.broken || diagnostics.stream().anyMatch(Diagnostic::isError);
    Model model =
        wrong
            ? null
            : model(cases, properties, requirements, machines, formulas, watches, implicit);
    return new Checked(model, diagnostics, session.sites.index());
  }

  private void unused() {
    for (Cell cell : globals.cells) {
      switch (cell.indexKind) {
        case LET -> session.unused(cell, "let");
        case EVENT -> session.unused(cell, "event");
        case MACHINE -> session.unused(cell, "machine");
        default -> {}
      }
    }
    for (NamedFormula f : globals.formulas) {
      if (!f.used && !f.name().startsWith("_") && !session.mentions.has(f.name())) {
        session.unused(f.name(), "formula", f.at);
      }
    }
    for (Entity.Param p : globals.params) {
      String name = p.decl().name().text();
      if (p.at().source() == program.source()) {
        unused(p.decl(), name, "parameter", p.at());
      }
    }
    // A file of functions and what they read is a library: others use them.
    boolean library =
        program.declarations().stream()
            .allMatch(
                d ->
                    d instanceof Decl.Function
                        || d instanceof Decl.Module
                        || d instanceof Decl.Enum
                        || d instanceof Decl.Record
                        || d instanceof Decl.Unit
                        || d instanceof Decl.Test
                        || d instanceof Decl.Property
                        || d instanceof Decl.Use
                        || d instanceof Decl.Param
                        || d instanceof Decl.Let);
    for (Entity.Function f : globals.functions) {
      if (!library) {
        unused(f.decl(), f.decl().name().text(), "function", f.at());
      }
    }
  }

  private void unused(Object declaration, String name, String word, Location at) {
    if (!session.used.contains(declaration)
        && !name.startsWith("_")
        && !session.mentions.has(name)) {
      session.unused(name, word, at);
    }
  }

  private Model model(
      List<TestCase> tests,
      List<PropertyCase> properties,
      List<Requirement> requirements,
      List<Machine> machines,
      List<DeclaredFormula> formulas,
      List<Watch> watches,
      List<InputVar> implicit) {
    List<InputVar> inputs = new ArrayList<>();
    List<Structured<InputVar>> structured = new ArrayList<>();
    for (Inputs.Joined i : globals.inputs) {
      inputs.addAll(i.input().form().arrays());
      if (!i.isArray()) {
        structured.add(i.input());
      }
    }
    inputs.addAll(implicit);
    add(inputs, session.agents.presence());
    List<ParamVar> params = new ArrayList<>();
    List<Structured<ParamVar>> structuredParams = new ArrayList<>();
    for (Entity.Param p : globals.params) {
      Params.Known known = p.known();
      if (known != null) {
        params.addAll(known.param().form().arrays());
        if (!known.isArray()) {
          structuredParams.add(known.param());
        }
      }
    }
    List<Definition> definitions =
        globals.cells.stream()
            .filter(c -> c.kind == Definition.Kind.LET || c.kind == Definition.Kind.EVENT)
            .flatMap(c -> c.definitions().stream())
            .toList();
    List<Result> results =
        globals.results.stream()
            .map(this::result)
            .sorted((a, b) -> a.role().compareTo(b.role()))
            .toList();
    return new Model(
        name(),
        doc(),
        sources(),
        file.stepSeconds,
        globals.enums,
        inputs,
        structured,
        params,
        structuredParams,
        definitions,
        machines,
        formulas,
        watches,
        List.copyOf(session.shapings.values()),
        results,
        strict(),
        requirements,
        tests,
        properties);
  }

  private static <T> void add(List<T> list, @Nullable T element) {
    if (element != null) {
      list.add(element);
    }
  }

  private Result result(Globals.Planned planned) {
    Cell cell = planned.cell();
    Definition definition = cell.define();
    String unit = definition.type().dimension().toString();
    Term value = new Term.Ref(definition, definition.type(), cell.at);
    Binder agents = cell.agents;
    if (agents == null) {
      return new Result(planned.role(), planned.name(), definition, value, unit, planned.strict());
    }
    // Those that are not there have none: what must be defined is said apart.
    Term one = Terms.element(value, List.of(Terms.loop(agents, cell.at)), cell.at);
    Term all = Agents.each(agents, one, Double.NaN, cell.at);
    return new Result(planned.role(), planned.name(), definition, all, true, unit, false);
  }

  private List<Strict> strict() {
    List<Strict> all = new ArrayList<>();
    globals.strict.forEach(
        (cell, strict) -> {
          Term term = strict.term();
          Binder agents = cell.agents;
          all.add(
              agents == null
                  ? strict
                  : new Strict(strict.what(), Agents.strict(agents, term, term.at())));
        });
    for (Globals.Planned planned : globals.results) {
      Binder agents = planned.cell().agents;
      if (agents != null && planned.strict()) {
        Cell cell = planned.cell();
        String what =
            planned.role() == Output.Role.TOTAL
                ? "the total"
                : planned.role().text() + " `" + planned.name() + "`";
        all.add(
            new Strict(
                what, Agents.strict(agents, session.cells.own(cell).terms().getFirst(), cell.at)));
      }
    }
    return all;
  }

  private String name() {
    for (Decl d : program.declarations()) {
      if (d instanceof Decl.Module m) {
        return m.name().text();
      }
    }
    String path = program.source().name();
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.endsWith(".rew") ? last.substring(0, last.length() - 4) : last;
  }

  private @Nullable String doc() {
    for (Decl d : program.declarations()) {
      if (d instanceof Decl.Module m) {
        return m.doc();
      }
    }
    return null;
  }

  private List<Source> sources() {
    Set<Source> all = new LinkedHashSet<>();
    all.add(program.source());
    all.addAll(uses.sources());
    all.addAll(session.drawn);
    return List.copyOf(all);
  }
}
