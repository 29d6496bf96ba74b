package org.rewlang.check;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.automata.Allowance;
import org.rewlang.automata.Limits;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Definition;
import org.rewlang.model.Requirement;
import org.rewlang.model.Shaping;
import org.rewlang.model.Term;
import org.rewlang.source.Span;

/** One run of the checker: what its parts share, and the parts themselves. */
final class Session {

  final Reporter reporter = new Reporter();
  final Types types = new Types();
  final Sites sites = new Sites(types);
  final Mentions mentions = new Mentions();

  /** The file that is checked; files it uses have scopes of their own. */
  final FileScope program;

  /** What shapes pay for, by the cell that pays. */
  final Map<Cell, Shaping> shapings = new LinkedHashMap<>();

  /** What must wait until everything is elaborated. */
  final List<Runnable> last = new java.util.ArrayList<>();

  /** What machines demand of the data, by the cell that knows it. */
  final Map<Cell, List<Requirement>> demands = new LinkedHashMap<>();

  /** Parameters of functions checked without a call: they stand for any value. */
  final Set<Definition> opaque = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The length of a step where a function is checked that any program may call. */
  final Definition opaqueStep;

  /** Parameters and enums that were read. */
  final Set<Object> used = Collections.newSetFromMap(new IdentityHashMap<>());

  final Set<org.rewlang.model.EnumType> usedEnums = new java.util.HashSet<>();

  final Knowledge knowledge = new Knowledge();
  final Agents agents = new Agents(this);
  final Fit fit = new Fit(this);
  final Cells cells = new Cells(this);
  final Quantities quantities = new Quantities(this);
  final Constants constants = new Constants(this);
  final Builtins builtins = new Builtins(this);
  final Names names = new Names(this);
  final TypeNames typeNames = new TypeNames(this);
  final Structures structures = new Structures(this);
  final Records records = new Records(this);
  final Rotations rotations = new Rotations(this);
  final Lists lists = new Lists(this);
  final TornUnits tornUnits = new TornUnits(this);
  final Arithmetic arithmetic = new Arithmetic(this);
  final Comparisons comparisons = new Comparisons(this);
  final Indexing indexing = new Indexing(this);
  final Fields fields = new Fields(this);
  final Comprehensions comprehensions = new Comprehensions(this);
  final LoopNames loopNames = new LoopNames(this);
  final Intrinsics intrinsics = new Intrinsics(this);
  final ArrayFunctions arrays = new ArrayFunctions(this);
  final Folds folds = new Folds(this);
  final Aggregates aggregates = new Aggregates(this);
  final Windows windows = new Windows(this);
  final Time time = new Time(this);
  final Atoms atoms = new Atoms();
  final Formulas formulas = new Formulas(this);

  /** What the automata of a program may take, all together. */
  final Allowance automata = new Allowance(Limits.USUAL);

  final Temporal temporal = new Temporal(this);
  final Pasted pasted = new Pasted(this);
  final Regexes regexes = new Regexes(this);
  final Functions functions = new Functions(this);
  final Domains domains = new Domains(this);
  final DeclaredRanges declaredRanges = new DeclaredRanges(this);
  final Forms forms = new Forms(this);
  final Given given = new Given(this);
  final GivenForms givenForms = new GivenForms(this);
  final Calls calls = new Calls(this);
  final Expressions expressions = new Expressions(this);

  Session(FileScope program) {
    this.program = program;
    opaqueStep =
        new Definition(
            "dt",
            Definition.Kind.LOCAL,
            org.rewlang.model.Type.real(Types.SECOND),
            null,
            program.at(Span.at(0)));
    opaque.add(opaqueStep);
  }

  /** Types that are declared but have no meaning yet. */
  final Set<String> wrongTypes = new java.util.HashSet<>();

  boolean isWrongType(String name) {
    return wrongTypes.contains(name);
  }

  /** Whether the tree has a hole, which the parser has told of. */
  boolean sawBroken;

  /** Library files whose functions are called. */
  final Set<org.rewlang.source.Source> drawn = new java.util.LinkedHashSet<>();

  /** Functions that are declared but wrong, or have no meaning yet. */
  final Set<String> wrongFunctions = new java.util.HashSet<>();

  boolean isWrongFunction(String name) {
    return wrongFunctions.contains(name);
  }

  /** The value of a let, as its declared type if it has one. */
  Value let(org.rewlang.syntax.Decl.Let let, Cell cell, Env env) {
    org.rewlang.model.Structure declared = cell.declared;
    Value value = expressions.value(let.value(), env, declared);
    if (value instanceof Value.Logic) {
      reporter.report(
          diagnose(
                  Code.FORMULA_AS_VALUE,
                  "`let` names a value of a step, and this is a formula",
                  let.value().span(),
                  env)
              .label("about the whole episode")
              .hint(
                  cell.kind == Definition.Kind.LOCAL
                      ? "write it where it is used"
                      : "declare it: `formula " + cell.name + " = …`"));
      return Value.error(cell.at);
    }
    return declared == null
        ? value
        : structures.coerce(value, declared, let.value(), env, "`" + cell.name + "`");
  }

  /** Warns of what nothing reads. */
  void unused(Cell cell, String word) {
    if (!cell.used && !cell.name.startsWith("_") && !mentions.has(cell.name)) {
      unused(cell.name, word, cell.at);
    }
  }

  void unused(String name, String word, org.rewlang.source.Location at) {
    reporter.report(
        Diagnostic.of(Code.UNUSED, word + " `" + name + "` is never used", at.source(), at.span())
            .label("nothing reads it")
            .hint("leave it out, or begin its name with `_`"));
  }

  Value value(org.rewlang.syntax.Expr e, Env env) {
    return expressions.value(e, env, null);
  }

  Term expr(org.rewlang.syntax.Expr e, Env env) {
    return expressions.of(e, env, null);
  }

  /**
   * Says that the language has something which has no meaning yet, and keeps silent about it then.
   */
  Term unsupported(String what, Span span, Span whole, Env env) {
    unsupported(what, span, whole, env.file);
    return env.error(span);
  }

  void unsupported(String what, Span span, Span whole, FileScope file) {
    mentions.add(file, whole);
    reporter.report(
        Diagnostic.of(Code.NOT_SUPPORTED_YET, what + " is not supported yet", file.source, span)
            .label("this version gives it no meaning"));
  }

  Diagnostic.Builder diagnose(Code code, String message, Span span, Env env) {
    return Diagnostic.of(code, message, env.file.source, span);
  }
}
