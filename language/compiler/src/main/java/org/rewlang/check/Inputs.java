package org.rewlang.check;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Scope;
import org.rewlang.model.Structure;
import org.rewlang.model.Structured;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Name;

/** What the host supplies. */
final class Inputs {

  private static final Map<String, Type> BUILTINS =
      Map.of(
          "terminated", Type.BOOL,
          "truncated", Type.BOOL,
          "progress", Type.REAL);

  /** What several declarations say of one input together. */
  static final class Joined {
    private final Structure structure;
    private Structured<InputVar> input;

    private Joined(Structure structure, Structured<InputVar> input) {
      this.structure = structure;
      this.input = input;
    }

    /** Of one agent, where each has one. */
    Structure structure() {
      return structure;
    }

    /** Final when all declarations are entered. */
    Structured<InputVar> input() {
      return input;
    }

    /** How many axes its arrays have in front. */
    int axes() {
      return input.perAgent() ? 1 : 0;
    }

    /** Whether it is one array, as the host sees it. */
    boolean isArray() {
      return structure instanceof Structure.Tensor;
    }
  }

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;

  Inputs(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
  }

  void inputs(Decl.Inputs d) {
    Scope scope = scope(d);
    List<Integer> axes = List.of();
    if (scope == Scope.AGENT) {
      Integer count = session.agents.bound(d, Objects.requireNonNull(d.per()), env);
      scope = count == null ? null : scope;
      axes = count == null ? axes : List.of(count);
    }
    for (Decl.Field field : d.fields()) {
      if (!declarations.isNew("value", field.name())) {
        continue;
      }
      if (scope == null) {
        declarations.wrong(field.name());
      } else {
        input(field, scope, axes);
      }
    }
  }

  /** How often its inputs change; null, with the reason told, if this version can't know. */
  private @Nullable Scope scope(Decl.Inputs d) {
    Name per = d.per();
    if (per == null) {
      return Scope.STEP;
    }
    for (Scope scope : Scope.values()) {
      if (scope.word().equals(per.text()) && (d.bound() == null || scope == Scope.AGENT)) {
        return scope;
      }
    }
    session.unsupported("`inputs per " + per.text() + "`", per.span(), per.span(), env.file);
    return null;
  }

  private void input(Decl.Field field, Scope scope, List<Integer> axes) {
    Location at = env.file.at(field.name().span());
    String name = field.name().text();
    if (field.type().base().text().equals("text")) {
      session.mentions.add(env.file, field.span());
    }
    Map<String, Decl.View> views = new LinkedHashMap<>();
    for (Decl.View view : field.views()) {
      if (declarations.isNew("view of " + name, view.name())) {
        views.put(view.name().text(), view);
      }
    }
    Structure structure = session.typeNames.structure(field.type(), env);
    Joined joined = null;
    if (!Value.isError(structure) && fits(field, structure)) {
      String host = field.from() == null ? name : field.from().value();
      Forms.Written written = new Forms.Written(field.type().unit(), field.range(), at, env);
      Form<InputVar> form =
          session.forms.form(
              name,
              host,
              structure,
              written,
              axes,
              (n, h, type, unit, range, where) ->
                  new InputVar(n, h, type, unit, range, scope, false, field.doc(), where));
      String type = session.types.show(structure);
      joined =
          joined(
              new Joined(
                  structure, new Structured<>(name, host, type, form, scope, field.doc(), at)),
              field);
    }
    Entity.Input input = new Entity.Input(field, at, joined, views);
    env.file.values.put(name, input);
    globals.later.add(() -> show(input));
  }

  private void show(Entity.Input input) {
    Value whole = own(input);
    Decl.Field field = input.field();
    session.sites.declare(input.at(), Index.Kind.INPUT, field.name().text(), field.doc(), whole);
    for (Decl.View view : input.views().values()) {
      if (whole instanceof Value.Tensor t && !whole.isError()) {
        Location place = env.file.at(view.name().span());
        Term part = session.indexing.view(t.term(), view.part(), env, place);
        session.sites.declare(place, Index.Kind.VIEW, view.name().text(), field.doc(), part);
      }
    }
  }

  /** Its value, as an agent of its own would have it. */
  private Value own(Entity.Input input) {
    Joined joined = input.joined();
    Agents.Place place =
        joined != null && joined.input().perAgent()
            ? Agents.Place.of(Terms.loop(session.agents.binder(), input.at()))
            : Agents.Place.NONE;
    return session.agents.at(place, () -> session.names.input(input, input.at()));
  }

  /** Whether the type has a meaning here; the reason is told. */
  private boolean fits(Decl.Field field, Structure structure) {
    String name = field.name().text();
    Type builtin = BUILTINS.get(name);
    boolean other =
        builtin != null && !(structure instanceof Structure.Tensor t && t.type().equals(builtin));
    boolean unviewed = !field.views().isEmpty() && !(structure instanceof Structure.Tensor);
    if (!other && !unviewed) {
      return true;
    }
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.TYPE_MISMATCH,
                other
                    ? "`" + name + "` has the type `" + builtin + "` in every program"
                    : "views are parts of an array of numbers",
                field.type().span(),
                env)
            .label("this is `" + session.types.show(structure) + "`")
            .found(session.types.show(structure));
    if (builtin != null) {
      d.expected(List.of(builtin.toString()));
    }
    session.reporter.report(d);
    return false;
  }

  // Inputs that several files declare.

  /** The input that this is a declaration of; null, with the reason told, where they contradict. */
  private @Nullable Joined joined(Joined made, Decl.Field field) {
    Structured<InputVar> input = made.input;
    for (Joined other : globals.inputs) {
      if (other.input.host().equals(input.host())) {
        return agree(other, made, field) ? other : null;
      }
    }
    for (Joined other : globals.inputs) {
      if (other.input.name().equals(input.name())) {
        contradicts(
            other,
            "`" + input.name() + "` has two names for the host",
            field,
            "here it is `" + input.host() + "`",
            "here it is `" + other.input.host() + "`",
            "say `from` alike in both, or rename one of them");
        return null;
      }
    }
    globals.inputs.add(made);
    return made;
  }

  /** Narrows {@code first} to what both allow; false, with the reason told, if that is nothing. */
  private boolean agree(Joined first, Joined made, Decl.Field field) {
    Structured<InputVar> before = first.input;
    Structured<InputVar> input = made.input;
    String written = env.file.source.text(field.type().span());
    if (!first.structure.equals(made.structure) || before.perAgent() != input.perAgent()) {
      contradicts(
          first,
          "two inputs are called `" + input.host() + "` by the host",
          field,
          "this is `" + written + "`" + each(input),
          "this is `" + before.type() + "`" + each(before),
          "give one another name for the host with `from \"…\"`");
      return false;
    }
    Scope rarer = before.scope().compareTo(input.scope()) <= 0 ? before.scope() : input.scope();
    Iterator<InputVar> others = input.form().arrays().iterator();
    boolean[] fine = {true};
    Form<InputVar> form =
        before
            .form()
            .map(
                array -> {
                  InputVar other = others.next();
                  fine[0] = fine[0] && agree(array, other, first, field);
                  InputVar both = array.narrowed(array.range().intersection(other.range()), rarer);
                  return session.forms.instead(both, array);
                });
    String doc = before.doc() == null ? input.doc() : before.doc();
    if (fine[0]) {
      first.input =
          new Structured<>(
              before.name(), before.host(), before.type(), form, rarer, doc, before.at());
    }
    return fine[0];
  }

  /** Whether two declarations of an array, of one type, can both be true. */
  private boolean agree(InputVar a, InputVar b, Joined first, Decl.Field field) {
    if (!a.host().equals(b.host())) {
      contradicts(
          first,
          "`" + a.name() + "` has two names for the host",
          field,
          "here it is `" + b.host() + "`",
          "here it is `" + a.host() + "`",
          "say `from` alike in both");
      return false;
    }
    if (!session.forms.unit(a).equals(session.forms.unit(b))) {
      contradicts(
          first,
          "`" + a.name() + "` is in two units",
          field,
          b.unit().isEmpty() ? "here it is a plain number" : "here it is in `" + b.unit() + "`",
          a.unit().isEmpty() ? "here it is a plain number" : "here it is in `" + a.unit() + "`",
          "the host's numbers are in one unit: declare that one in both");
      return false;
    }
    if (a.range().intersection(b.range()).isEmpty()) {
      contradicts(
          first,
          Code.BAD_RANGE,
          "no value of `" + a.name() + "` is in both of its ranges",
          field,
          "here it is in " + shown(b),
          "here it is in " + shown(a),
          "a value must be in each range that is declared: let them meet");
      return false;
    }
    return true;
  }

  private static String shown(InputVar array) {
    Interval range = array.range().shown();
    String low = Double.isInfinite(range.low()) ? "" : Numeral.of(range.low() + 0.0);
    String high = Double.isInfinite(range.high()) ? "" : Numeral.of(range.high() + 0.0);
    return "`" + low + ".." + high + "`";
  }

  private static String each(Structured<InputVar> input) {
    return input.perAgent() ? " per agent" : "";
  }

  private void contradicts(
      Joined first, String message, Decl.Field field, String here, String there, String hint) {
    contradicts(first, Code.DUPLICATE_NAME, message, field, here, there, hint);
  }

  private void contradicts(
      Joined first,
      Code code,
      String message,
      Decl.Field field,
      String here,
      String there,
      String hint) {
    Location before = first.input.at();
    session.reporter.report(
        session
            .diagnose(code, message, field.name().span(), env)
            .label(here)
            .related(before.source(), before.span(), there)
            .hint(hint));
  }
}
