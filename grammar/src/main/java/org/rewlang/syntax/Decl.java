package org.rewlang.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr.For;
import org.rewlang.syntax.Expr.TextLit;
import org.rewlang.syntax.Item.Combinator;

/** A declaration. */
public sealed interface Decl extends Node {

  /** The doc comment that belongs to it, its {@code ##} removed, or null. */
  @Nullable String doc();

  record Module(@Nullable String doc, Name name, Span span) implements Decl {}

  /** {@code use "path" as alias with { … }}. */
  record Use(
      @Nullable String doc,
      Expr.TextLit path,
      @Nullable Name alias,
      List<Change> changes,
      Span span)
      implements Decl {
    public Use {
      changes = List.copyOf(changes);
    }
  }

  /** In {@code with { … }}: a parameter set, a component replaced or dropped. */
  record Change(boolean drop, List<Name> path, @Nullable Expr value, Span span) {
    public Change {
      path = List.copyOf(path);
    }
  }

  /** {@code step lasts 20 ms}. */
  record StepLasts(@Nullable String doc, Expr duration, Span span) implements Decl {}

  /** {@code unit tile}. */
  record Unit(@Nullable String doc, List<Name> names, Span span) implements Decl {
    public Unit {
      names = List.copyOf(names);
    }
  }

  record Enum(@Nullable String doc, Name name, List<Name> members, Span span) implements Decl {
    public Enum {
      members = List.copyOf(members);
    }
  }

  record Record(@Nullable String doc, Name name, List<Field> fields, Span span) implements Decl {
    public Record {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A field of a record, or an input.
   *
   * @param range the declared range after {@code in}, or null
   * @param from the host's own name, or null
   * @param views names for parts of a flat vector, or empty
   */
  record Field(
      @Nullable String doc,
      Name name,
      TypeExpr type,
      @Nullable Expr range,
      @Nullable TextLit from,
      List<View> views,
      Span span) {
    public Field {
      views = List.copyOf(views);
    }
  }

  /** {@code up: 10} or {@code joint_vel: 20:28} in an input's braces. */
  record View(Name name, Expr.Subscript part, Span span) {}

  /**
   * {@code inputs per agent[..8] { … }}.
   *
   * @param per the scope's name, null for the step
   * @param bound the scope's bound, or null
   */
  record Inputs(
      @Nullable String doc, @Nullable Name per, @Nullable Expr bound, List<Field> fields, Span span)
      implements Decl {
    public Inputs {
      fields = List.copyOf(fields);
    }
  }

  /** {@code group by prompt [..64]}. */
  record GroupBy(@Nullable String doc, Name key, @Nullable Expr bound, Span span) implements Decl {}

  /** {@code pair left, right: sample}. */
  record Pair(@Nullable String doc, Name left, Name right, Name of, Span span) implements Decl {}

  record Param(
      @Nullable String doc,
      Name name,
      @Nullable TypeExpr type,
      Expr value,
      @Nullable Expr range,
      Span span)
      implements Decl {}

  record Let(@Nullable String doc, Name name, @Nullable TypeExpr type, Expr value, Span span)
      implements Decl {}

  record Event(@Nullable String doc, Name name, Expr condition, Span span) implements Decl {}

  /**
   * {@code function norm<u>[*s, n](x: real[*s, n]<u>): real[*s]<u> = …}.
   *
   * @param units unit and type variables
   * @param sizes length and shape variables
   * @param lets the local lets of a body in braces, else empty
   */
  record Function(
      @Nullable String doc,
      Name name,
      List<Name> units,
      List<Size> sizes,
      List<Parameter> parameters,
      @Nullable TypeExpr result,
      List<Let> lets,
      Expr body,
      Span span)
      implements Decl {
    public Function {
      units = List.copyOf(units);
      sizes = List.copyOf(sizes);
      parameters = List.copyOf(parameters);
      lets = List.copyOf(lets);
    }
  }

  /**
   * A variable of a function: {@code n}, a length, or {@code *s}, any number of axes.
   *
   * @param axes whether it had a star
   */
  record Size(Name name, boolean axes, Span span) implements Node {}

  /**
   * @param over the scope parameter of {@code x: real over g}, or null
   * @param defaultValue null if the argument is required
   */
  record Parameter(
      Name name,
      @Nullable TypeExpr type,
      @Nullable Name over,
      @Nullable Expr defaultValue,
      Span span) {}

  record Extern(
      @Nullable String doc,
      Name name,
      List<Parameter> parameters,
      TypeExpr result,
      @Nullable Expr range,
      List<Option> options,
      Span span)
      implements Decl {
    public Extern {
      parameters = List.copyOf(parameters);
      options = List.copyOf(options);
    }
  }

  /** {@code timeout = 5 s}. */
  record Option(Name name, Expr value, Span span) {}

  /**
   * {@code reward NAME per agent = product { … }} and {@code terms NAME { … }}.
   *
   * @param paid {@code reward} rather than {@code terms}
   * @param name null for the nameless one
   * @param combinator null for a sum
   */
  record Block(
      @Nullable String doc,
      boolean paid,
      @Nullable Name name,
      @Nullable Name per,
      @Nullable Combinator combinator,
      List<Item> items,
      Span span)
      implements Decl {
    public Block {
      items = List.copyOf(items);
    }
  }

  /** {@code reward NAME = EXPR}. */
  record RewardValue(
      @Nullable String doc, @Nullable Name name, @Nullable Name per, Expr value, Span span)
      implements Decl {}

  /** {@code shape NAME = potential(…)}. */
  record Shape(@Nullable String doc, Name name, Expr value, Span span) implements Decl {}

  /** {@code success NAME when E} and its like. */
  record Outcome(@Nullable String doc, Kind kind, @Nullable Name name, Gate gate, Span span)
      implements Decl {

    public enum Kind {
      SUCCESS,
      FAILURE,
      TERMINATE,
      TRUNCATE
    }
  }

  /**
   * {@code metric NAME = E}, {@code cost NAME = E}, {@code output ROLE NAME = E}.
   *
   * @param role {@code metric}, {@code cost}, or the word after {@code output}
   * @param output whether it was written with {@code output}
   */
  record Logged(
      @Nullable String doc,
      boolean output,
      Name role,
      Name name,
      Expr value,
      @Nullable Gate gate,
      Span span)
      implements Decl {}

  /** {@code skip unless E}. */
  record Skip(@Nullable String doc, Expr unless, Span span) implements Decl {}

  record Formula(@Nullable String doc, Name name, Expr value, Span span) implements Decl {}

  /**
   * {@code machine NAME for x in xs { … }}, {@code machine NAME from FORMULA { … }}.
   *
   * @param each null for a single machine
   * @param from the formula or regular expression that it follows; null if its rules say it all
   */
  record Machine(
      @Nullable String doc,
      Name name,
      @Nullable For each,
      @Nullable Expr from,
      List<Rule> rules,
      Span span)
      implements Decl {
    public Machine {
      rules = List.copyOf(rules);
    }
  }

  /** A line of a machine. */
  sealed interface Rule {
    Span span();

    /** {@code initial start}. */
    record Initial(Name state, Span span) implements Rule {}

    /** {@code final done, broken}. */
    record Final(List<Name> states, Span span) implements Rule {
      public Final {
        states = List.copyOf(states);
      }
    }

    /** {@code counter n in 0..5}, bounded. */
    record Counter(Name name, Expr range, Span span) implements Rule {}

    /**
     * {@code from -> to when e after d reward r}, or {@code otherwise}.
     *
     * @param gate null if only time or nothing guards it
     * @param after the duration, or null
     * @param updates counters set on the way
     */
    record Edge(
        Name from,
        Name to,
        @Nullable Gate gate,
        @Nullable Expr after,
        @Nullable Expr reward,
        List<Option> updates,
        Span span)
        implements Rule {
      public Edge {
        updates = List.copyOf(updates);
      }
    }

    /** {@code carrying: reward -0.1}. */
    record State(Name state, Expr reward, Span span) implements Rule {}

    /** {@code exclusive a, b}: events that can't occur together. */
    record Exclusive(List<Expr> events, Span span) implements Rule {
      public Exclusive {
        events = List.copyOf(events);
      }
    }
  }

  record Objective(@Nullable String doc, @Nullable Name name, List<Clause> clauses, Span span)
      implements Decl {
    public Objective {
      clauses = List.copyOf(clauses);
    }
  }

  /** {@code maximize E}, {@code minimize E}, {@code subject to E}, {@code prefer E slack E, …}. */
  record Clause(Kind kind, List<Preference> values, Span span) {
    public enum Kind {
      MAXIMIZE,
      MINIMIZE,
      SUBJECT_TO,
      PREFER
    }

    public Clause {
      values = List.copyOf(values);
    }
  }

  record Preference(Expr value, @Nullable Expr slack, Span span) {}

  /** {@code require E}: checks data at run time. */
  record Require(@Nullable String doc, Expr condition, Span span) implements Decl {}

  /** {@code property "bounded" for all c in -9..9 { E, … }}. */
  record Property(
      @Nullable String doc,
      Expr.TextLit title,
      List<Quantifier> forAll,
      List<Expr> claims,
      Span span)
      implements Decl {
    public Property {
      forAll = List.copyOf(forAll);
      claims = List.copyOf(claims);
    }
  }

  record Quantifier(List<Name> names, Expr range, Span span) {
    public Quantifier {
      names = List.copyOf(names);
    }
  }

  record Test(@Nullable String doc, Expr.TextLit title, List<Action> actions, Span span)
      implements Decl {
    public Test {
      actions = List.copyOf(actions);
    }
  }

  /** A line of a test. */
  sealed interface Action {
    Span span();

    /** {@code given reach_scale = 5}. */
    record Given(List<Option> values, Span span) implements Action {
      public Given {
        values = List.copyOf(values);
      }
    }

    /** {@code stub judge = 0.5} or {@code stub judge(prompt, reply) = e}. */
    record Stub(Name name, List<Name> parameters, Expr value, Span span) implements Action {
      public Stub {
        parameters = List.copyOf(parameters);
      }
    }

    /**
     * {@code step { same, x = 1 }} and other scopes, nested; {@code reset { … }} is a reset
     * observation.
     *
     * @param scope {@code step}, {@code sample}, {@code token}, {@code agent}, {@code reset}, a
     *     side of a pair, …
     * @param same whether values not given are those of the step before
     */
    record Enter(Name scope, boolean same, List<Option> values, List<Action> inner, Span span)
        implements Action {
      public Enter {
        values = List.copyOf(values);
        inner = List.copyOf(inner);
      }
    }

    /** {@code end}. */
    record End(Span span) implements Action {}

    /** {@code expect a == 1, success}. */
    record Expect(List<Expr> claims, Span span) implements Action {
      public Expect {
        claims = List.copyOf(claims);
      }
    }

    /** {@code expect error RW0420}. */
    record ExpectError(Name code, Span span) implements Action {}
  }

  /** What could not be read. The parser has reported it. */
  record Broken(@Nullable String doc, @Nullable Name name, Span span) implements Decl {}
}
