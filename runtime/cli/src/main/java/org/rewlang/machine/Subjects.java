package org.rewlang.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Alphabet;
import org.rewlang.analysis.MachineGraph;
import org.rewlang.analysis.Ranges;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dfa;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaReader;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.host.Compiled;
import org.rewlang.host.Front;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Machine;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * What a command is about, as one program: the files that are named are used by it, and what stands
 * in a formula's text is checked as if it stood in the file beside which it was given. So equal
 * conditions are found to be equal wherever they were written.
 *
 * @param all in the order in which they were asked for
 */
public record Subjects(List<Subject> all, Ranges ranges) {

  /** What can be asked for. */
  public sealed interface Wanted {}

  /**
   * A declaration of a file.
   *
   * @param states of a machine; empty if none was named
   */
  public record Named(Source file, String name, List<String> states) implements Wanted {

    String text() {
      String of = states.isEmpty() ? "" : "." + String.join(",", states);
      return file.name() + ":" + name + of;
    }
  }

  /** A formula as text. */
  public record Written(String text) implements Wanted {}

  /** What is wrong with what was asked for. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<Diagnostic> diagnostics;

    Unusable(List<Diagnostic> diagnostics) {
      this.diagnostics = List.copyOf(diagnostics);
    }

    Unusable(Diagnostic.Builder diagnostic) {
      this(List.of(diagnostic.build()));
    }

    public List<Diagnostic> diagnostics() {
      return diagnostics;
    }
  }

  /** Standard input is {@code -}. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?<file>.+\\.rew|-):(?<name>[A-Za-z_]\\w*)(?:\\.(?<states>\\w+(?:,\\w+)*))?");

  /**
   * A word that names a declaration: {@code FILE:NAME}, {@code FILE:NAME.STATE}, {@code
   * FILE:NAME.STATE,STATE}.
   */
  public record Place(String file, String name, List<String> states) {}

  /** A word as it stands on a command line, if it names a declaration. */
  public static Optional<Place> place(String word) {
    Matcher m = PLACE.matcher(word);
    if (!m.matches()) {
      return Optional.empty();
    }
    String states = m.group("states");
    List<String> of = states == null ? List.of() : List.of(states.split(","));
    return Optional.of(new Place(m.group("file"), m.group("name"), of));
  }

  /** Finds what is asked for. */
  public static Subjects of(List<Wanted> wanted) throws Unusable {
    return new Finder(wanted).find();
  }

  /** The letters of them all. */
  public Alphabet alphabet(Meter meter) {
    List<MachineGraph> machines = new ArrayList<>();
    List<DeclaredFormula> formulas = new ArrayList<>();
    List<Alphabet.Named> names = new ArrayList<>();
    for (Subject subject : all) {
      switch (subject) {
        case Subject.OfMachine m -> machines.add(m.graph());
        case Subject.OfFormula f -> {
          formulas.add(f.formula());
          for (int a = 0; a < f.names().size(); a++) {
            if (!f.names().get(a).isEmpty()) {
              names.add(new Alphabet.Named(f.formula().atoms().get(a), f.names().get(a)));
            }
          }
        }
      }
    }
    return new Alphabet(ranges, machines, formulas, names, meter);
  }

  private static final class Finder {

    /** The names of what a formula's text adds to a file. */
    private static final String ADDED = "_atom_of_the_formula_";

    private final List<Wanted> wanted;

    /** By name, in the order in which they are used. */
    private final Map<String, Source> files = new LinkedHashMap<>();

    private final Map<Written, Formula> formulas = new HashMap<>();

    /** Of all formulas that are text. */
    private final AtomNames atoms = new AtomNames();

    private final Map<String, Term> free = new HashMap<>();

    Finder(List<Wanted> wanted) {
      this.wanted = wanted;
    }

    Subjects find() throws Unusable {
      for (Wanted w : wanted) {
        switch (w) {
          case Named n -> files.putIfAbsent(n.file.name(), n.file);
          case Written f -> formulas.put(f, read(f));
        }
      }
      Compiled program = files.isEmpty() ? null : program();
      List<Subject> all = new ArrayList<>();
      for (Wanted w : wanted) {
        all.add(
            switch (w) {
              case Named n when program != null -> named(n, program);
              case Named n -> throw new IllegalStateException("no program for " + n);
              case Written f -> written(f, program);
            });
      }
      return new Subjects(all, program == null ? Ranges.of(List.<Term>of()) : program.ranges());
    }

    private Formula read(Written f) throws Unusable {
      return switch (Dialect.REW.read(f.text, atoms)) {
        case FormulaReader.Read(Formula formula) -> formula;
        case FormulaReader.Unreadable no -> {
          Diagnostic.Builder problem =
              Diagnostic.of(
                  Code.BAD_FORMULA,
                  no.message(),
                  Source.of("<formula>", f.text),
                  new Span(no.offset(), no.offset() + no.length()));
          Optional.ofNullable(no.expected()).ifPresent(e -> problem.expected(List.of(e)));
          throw new Unusable(problem);
        }
      };
    }

    // One program of all files.

    private Compiled program() throws Unusable {
      List<String> names = List.copyOf(files.keySet());
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < names.size(); i++) {
        text.append("use \"").append(i).append("\" as file").append(i).append('\n');
      }
      Source question = Source.of("<question>", text.toString());
      Source first = extended(files.values().iterator().next());
      Front.Result result =
          Front.compile(
              question,
              (from, path) -> {
                if (from != question) {
                  return Front.load(from, path);
                }
                int number = Integer.parseInt(path);
                return number == 0 ? first : files.get(names.get(number));
              });
      Optional<Compiled> program = result.program();
      if (program.isPresent()) {
        return program.get();
      }
      List<Diagnostic> errors = new ArrayList<>();
      for (Diagnostic d : result.diagnostics()) {
        if (d.isError()) {
          errors.add(told(d));
        }
      }
      throw new Unusable(errors);
    }

    /** A file with the formulas' atoms as formulas of its own, one a line. */
    private Source extended(Source file) {
      StringBuilder text = new StringBuilder(file.text());
      for (int i = 0; i < atoms.all().size(); i++) {
        String atom = atoms.name(i);
        text.append("\nformula ").append(ADDED).append(i).append(" = (").append(atom).append(')');
      }
      return Source.of(file.name(), text.toString());
    }

    /** What is wrong with an atom is told of the formula in which it stands. */
    private Diagnostic told(Diagnostic d) {
      if (d.primary() == null) {
        return d;
      }
      Location at = d.primary().location();
      Source file = files.get(at.source().name());
      if (file == null || at.span().start() <= file.text().length()) {
        return d;
      }
      int line = at.start().line() - Source.of("", file.text() + "\n").lineCount();
      int number = Math.clamp(line, 0, atoms.all().size() - 1);
      String atom = atoms.name(number);
      String text =
          formulas.entrySet().stream()
              .filter(f -> f.getValue().atoms().get(number))
              .map(f -> f.getKey().text)
              .findFirst()
              .orElse(atom);
      int offset = Math.max(0, text.indexOf(atom));
      Diagnostic.Builder told =
          Diagnostic.of(
                  d.code(),
                  d.message(),
                  Source.of("<formula>", text),
                  new Span(offset, Math.min(text.length(), offset + atom.length())))
              .label("as a condition of `" + file.name() + "`")
              .expected(d.expected().stream().filter(e -> !e.startsWith(ADDED)).toList());
      Optional.ofNullable(d.hint()).ifPresent(told::hint);
      return told.build();
    }

    // What was asked for, in it.

    private Subject named(Named n, Compiled program) throws Unusable {
      List<Machine> machines =
          program.model().machines().stream().filter(m -> isIn(m.at(), n.file)).toList();
      List<DeclaredFormula> formulas =
          program.model().formulas().stream()
              .filter(f -> isIn(f.at(), n.file) && !f.name().startsWith(ADDED))
              .toList();
      for (Machine machine : machines) {
        if (machine.name().equals(n.name)) {
          return machine(n, machine, program.ranges());
        }
      }
      for (DeclaredFormula formula : formulas) {
        if (formula.name().equals(n.name)) {
          if (!n.states.isEmpty()) {
            String state = n.states.getFirst();
            throw unknown("the formula `" + n.name + "` has no states", state, List.of());
          }
          return formula(n.text(), formula, Collections.nCopies(formula.atoms().size(), ""));
        }
      }
      List<String> names =
          Stream.concat(
                  machines.stream().map(Machine::name),
                  formulas.stream().map(DeclaredFormula::name))
              .toList();
      String message = "`" + n.file.name() + "` has no machine or formula `" + n.name + "`";
      throw unknown(message, n.name, names);
    }

    private static boolean isIn(Location at, Source file) {
      return at.source().name().equals(file.name());
    }

    private static Unusable unknown(String message, String found, List<String> expected) {
      Diagnostic.Builder d =
          Diagnostic.of(Code.UNKNOWN_NAME, message).found(found).expected(expected);
      Spelling.closest(found, expected).ifPresent(near -> d.hint("did you mean `" + near + "`?"));
      return new Unusable(d);
    }

    private static Subject machine(Named n, Machine machine, Ranges ranges) throws Unusable {
      List<String> states = machine.states().members();
      for (String state : n.states) {
        if (!states.contains(state)) {
          String message = "the machine `" + n.name + "` has no state `" + state + "`";
          throw unknown(message, state, states);
        }
      }
      MachineGraph graph = MachineGraph.of(machine, ranges);
      if (graph == null) {
        throw new Unusable(
            Diagnostic.of(
                    Code.AUTOMATON_LIMIT,
                    "what the machine `" + n.name + "` does is too much for an automaton",
                    machine.at().source(),
                    machine.at().span())
                .label("a counter is set to what isn't known here, or a limit is exceeded"));
      }
      return new Subject.OfMachine(n.text(), machine, graph, n.states);
    }

    private Subject written(Written f, @Nullable Compiled program) throws Unusable {
      Source source = Source.of("<formula>", f.text);
      Location at = new Location(source, new Span(0, f.text.length()));
      List<Term> terms = new ArrayList<>();
      List<String> names = new ArrayList<>();
      Map<Integer, Formula> conditions = new HashMap<>();
      Formula written = Objects.requireNonNull(formulas.get(f));
      for (int atom : written.atoms().stream().toArray()) {
        DeclaredFormula one = program == null ? free(atoms.name(atom)) : added(atom, program);
        int first = terms.size();
        terms.addAll(one.atoms());
        boolean named = one.formula() instanceof Formula.Atom;
        one.atoms().forEach(_ -> names.add(named ? atoms.name(atom) : ""));
        conditions.put(atom, one.formula().rename(n -> first + n));
      }
      Formula whole = written.replace(a -> Objects.requireNonNull(conditions.get(a)));
      return formula(f.text.strip(), new DeclaredFormula("", whole, terms, null, at), names);
    }

    private static Subject formula(String text, DeclaredFormula formula, List<String> names)
        throws Unusable {
      Formula f = formula.formula();
      return switch (f.isCurrent() ? Dfa.ofCurrent(f, Limits.USUAL) : Dfa.of(f, Limits.USUAL)) {
        case Limits.Made<Dfa>(Dfa automaton) ->
            new Subject.OfFormula(text, formula, names, automaton);
        case Limits.Refused<Dfa>(var limit, long bound) ->
            throw new Unusable(
                Diagnostic.of(
                        Code.AUTOMATON_LIMIT,
                        "the automaton of the formula needs more than " + bound + " " + limit,
                        formula.at().source(),
                        formula.at().span())
                    .label("no automaton was made"));
      };
    }

    private static DeclaredFormula added(int atom, Compiled program) {
      return program.model().formulas().stream()
          .filter(f -> f.name().equals(ADDED + atom))
          .findFirst()
          .orElseThrow();
    }

    /** Without a program an atom is a condition of which nothing is known. */
    private DeclaredFormula free(String name) {
      Location at = new Location(Source.of("<formula>", name), new Span(0, name.length()));
      Term term =
          free.computeIfAbsent(
              name,
              _ -> {
                InputVar input =
                    new InputVar(name, name, Type.BOOL, "", new Interval(0, 1), false, null, at);
                return new Term.Input(input, Type.BOOL, at);
              });
      return new DeclaredFormula(name, Formula.atom(0), List.of(term), null, at);
    }
  }
}
