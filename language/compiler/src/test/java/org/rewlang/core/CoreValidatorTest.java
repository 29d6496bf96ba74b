package org.rewlang.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.core.CoreValidator.Rule;
import org.rewlang.source.Source;

/** A right program, and for each rule ways to break it. */
class CoreValidatorTest {

  private static final String RIGHT =
      """
      core right clock step
      source "s"
      in x f64[3]
      in k i32
      param p f64[2] = [1, 2]
      state s f64[3] = 0
      hist h f64[3] last 4
      table t f64[3] = [1, 2, 3]
      i0 = int(0)
      one = 1
      flag = true
      made = build i<3 { yield x[i] }
      old = made[2]
      put1 = put(made, 1, old)
      carried, n = fold i<3 (a = put1, c = one) {
        w = lt(a[i], c)
        where w
        b = put(a, i, c)
        yield b, add(c, b[i])
      }
      total = sum i<3, j<2 { yield mul(carried[i], p[j]) } @0:0-1
      then = ago(h, 3, 2)
      next s = carried
      push h = x
      out total total = total
      out log then = then
      check undefined "total" finite(total) of total
      reset { next s = build i<3 { yield select(present(x), x[i], 0) } }
      """;

  private static CoreProgram parse(String text) {
    return CoreParser.parse(Source.of("t", text)).orThrow();
  }

  private static List<Rule> broken(CoreProgram program) {
    return CoreValidator.validate(program).stream()
        .map(CoreValidator.Problem::rule)
        .distinct()
        .toList();
  }

  @Test
  void acceptsTheRightProgram() {
    assertEquals(List.of(), CoreValidator.validate(parse(RIGHT)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          state s f64[3] = 0         | state s f64[3] = [0, 0, 0]  |
          table t f64[3] = [1, 2, 3] | table t i32[3] = [1, 2.5, 3] | VALUES
          then = ago(h, 3, 2)        | then = ago(h, 4, 2)          | INDICES
          then = ago(h, 3, 2)        | then = ago(h, 3, 3)          | INDICES
          then = ago(h, 3, 2)        | then = ago(h, -1, 2)         | INDICES
          old = made[2]              | old = made[3]                | INDICES
          put1 = put(made, 1, old)   | put1 = put(made, 3, old)     | INDICES
          sum i<3, j<2               | sum i<4, j<2                 | INDICES
          put1 = put(made, 1, old)   | put1 = put(x, 1, old)        | LINEAR
          then = ago(h, 3, 2)        | then = made[0]               | LINEAR
          push h = x                 | push h = put1 push h = x     | WRITTEN_ONCE
          yield b, add(c, b[i])      | yield b, add(c, a[i])        | LINEAR
          yield b, add(c, b[i])      | d = put(made, i, c) yield b, c | LINEAR
          yield b, add(c, b[i])      | d = put(a, i, c) yield b, c  | LINEAR
          yield b, add(c, b[i])      | where lt(b[i], c) yield b, c | LINEAR
          yield b, add(c, b[i])      | d = any j<3 { yield lt(b[j], c) } where not(d) yield b, c | LINEAR
          next s = carried           | next s = carried next s = x  | WRITTEN_ONCE
          push h = x                 | push h = x push h = x        | WRITTEN_ONCE
          push h = x                 | one1 = 1                     | WRITTEN_ONCE
          out log then = then        | output log then f64          | OUTPUTS
          out log then = then        | out log then = then out log then = then | OUTPUTS
          @0:0-1                     | @1:0-1                       | ORIGINS
          @0:0-1                     | @0:5-1                       | ORIGINS
          in k i32                   | in k i32 in big f64[5000000] | LIMITS
          sum i<3, j<2               | sum i<3, j<2, l<100000000    | LIMITS
          """)
  void namesTheBrokenRule(String part, String replacement, Rule rule) {
    assertTrue(RIGHT.contains(part));
    List<Rule> expected = rule == null ? List.of() : List.of(rule);
    assertEquals(expected, broken(parse(RIGHT.replace(part, replacement))));
  }

  @Test
  void aPutInAnInnerBlockOfAnOuterArray() {
    String text =
        RIGHT.replace(
            "put1 = put(made, 1, old)", "q = sum i<3 { z = put(made, i, 1) yield z[0] } put1 = x");
    assertEquals(List.of(Rule.LINEAR), broken(parse(text)));
  }

  @Test
  void aLocalPutMayFeedAMask() {
    String text =
        RIGHT.replace(
            "then = ago(h, 3, 2)",
            "then = sum i<3 { l = build j<3 { yield x[j] } m = put(l, i, 0) where lt(m[1], 1) yield m[0] }");
    assertEquals(List.of(), broken(parse(text)));
  }

  // What core text can't say is broken in the data.

  private static CoreProgram with(CoreProgram p, List<Type> types, Body step, Body reset) {
    return new CoreProgram(
        p.name(),
        p.clock(),
        p.sources(),
        p.inputs(),
        p.params(),
        p.slots(),
        p.histories(),
        p.tables(),
        p.outputs(),
        types,
        step,
        reset);
  }

  private static CoreProgram mutate(UnaryOperator<Stmt> change) {
    CoreProgram p = parse(RIGHT);
    List<Stmt> statements = p.step().block().statements().stream().map(change).toList();
    return with(p, p.types(), new Body(new Block(statements), p.step().sinks()), p.reset());
  }

  private static CoreProgram sink(Sink sink) {
    CoreProgram p = parse(RIGHT);
    List<Sink> sinks = new ArrayList<>(p.step().sinks());
    sinks.add(sink);
    return with(p, p.types(), new Body(p.step().block(), sinks), p.reset());
  }

  @Test
  void definitionsDominateUses() {
    CoreProgram p = parse(RIGHT);
    List<Stmt> reversed = p.step().block().statements().reversed();
    CoreProgram late =
        with(p, p.types(), new Body(new Block(reversed), p.step().sinks()), p.reset());
    assertTrue(broken(late).contains(Rule.DOMINANCE));
    CoreProgram inside = sink(new Sink.Next(0, insideARegion(p), Origin.NONE));
    assertTrue(broken(inside).contains(Rule.DOMINANCE));
    Sink fromReset =
        new Sink.Next(0, p.reset().block().statements().getLast().result(), Origin.NONE);
    assertTrue(broken(sink(fromReset)).contains(Rule.DOMINANCE));
  }

  private static int insideARegion(CoreProgram p) {
    return p.step().block().statements().stream()
        .map(s -> Regions.of(s.op()))
        .filter(r -> r != null)
        .findFirst()
        .orElseThrow()
        .yields()
        .getFirst();
  }

  @Test
  void idsAreDefinedOnce() {
    CoreProgram twice =
        mutate(s -> s.op() instanceof Op.Flag ? new Stmt(List.of(0), s.op(), s.origin()) : s);
    assertTrue(broken(twice).contains(Rule.DEFINED_ONCE));
    CoreProgram untyped =
        mutate(s -> s.op() instanceof Op.Flag ? new Stmt(List.of(99_999), s.op(), s.origin()) : s);
    assertTrue(broken(untyped).contains(Rule.DEFINED_ONCE));
  }

  @Test
  void typesAreExact() {
    CoreProgram p = parse(RIGHT);
    for (int id = 0; id < p.types().size(); id++) {
      List<Type> types = new ArrayList<>(p.types());
      types.set(id, new Type(p.type(id).kind(), List.of(7)));
      assertTrue(broken(with(p, types, p.step(), p.reset())).contains(Rule.TYPES), "%" + id);
    }
    CoreProgram negated =
        mutate(
            s -> {
              if (!(s.op() instanceof Op.Flag)) {
                return s;
              }
              return new Stmt(s.results(), new Op.Unary(UnaryOp.NOT, s.result() - 1), s.origin());
            });
    assertEquals(List.of(Rule.TYPES), broken(negated));
  }

  @Test
  void countsAreAtLeastOne() {
    CoreProgram none =
        mutate(
            s -> {
              Op.Region r = Regions.of(s.op());
              return r == null
                  ? s
                  : new Stmt(
                      s.results(),
                      new Op.Build(
                          new Op.Region(r.indices(), List.of(0), r.body(), r.where(), r.yields())),
                      s.origin());
            });
    assertTrue(broken(none).contains(Rule.COUNTS));
  }

  @Test
  void sinksAreWellTyped() {
    CoreProgram p = parse(RIGHT);
    int vector = p.step().block().statements().getFirst().result();
    assertTrue(broken(sink(new Sink.Out(0, vector, Origin.NONE))).contains(Rule.TYPES));
    assertTrue(
        broken(sink(new Sink.Check(Sink.Failure.FULL, "", vector, vector, Origin.NONE)))
            .contains(Rule.TYPES));
    assertTrue(broken(sink(new Sink.Next(5, 0, Origin.NONE))).contains(Rule.TYPES));
    assertTrue(broken(sink(new Sink.Push(5, 0, Origin.NONE))).contains(Rule.TYPES));
    assertTrue(broken(sink(new Sink.Out(9, 0, Origin.NONE))).contains(Rule.OUTPUTS));
  }

  @Test
  void aResetWritesNoOutput() {
    CoreProgram p = parse(RIGHT);
    List<Sink> sinks = new ArrayList<>(p.reset().sinks());
    sinks.add(new Sink.Out(0, p.reset().block().statements().getFirst().result(), Origin.NONE));
    assertTrue(
        broken(with(p, p.types(), p.step(), new Body(p.reset().block(), sinks)))
            .contains(Rule.OUTPUTS));
  }

  @Test
  void namesAreUnique() {
    CoreProgram p = parse(RIGHT);
    CoreProgram two =
        new CoreProgram(
            p.name(),
            p.clock(),
            p.sources(),
            List.of(p.inputs().getFirst(), p.inputs().getFirst()),
            p.params(),
            p.slots(),
            p.histories(),
            p.tables(),
            p.outputs(),
            p.types(),
            p.step(),
            p.reset());
    assertEquals(List.of(Rule.NAMES), broken(two));
  }

  @Test
  void limitsHold() {
    CoreProgram p = parse(RIGHT);
    CoreFacts facts = CoreFacts.of(p);
    int values = p.types().size();
    Limits exact = new Limits(facts.operations(), facts.stateBytes(), values, 3, 1);
    assertEquals(List.of(), CoreValidator.validate(p, exact));
    List<Limits> tooSmall =
        List.of(
            new Limits(facts.operations() - 1, facts.stateBytes(), values, 3, 1),
            new Limits(facts.operations(), facts.stateBytes() - 1, values, 3, 1),
            new Limits(facts.operations(), facts.stateBytes(), values - 1, 3, 1),
            new Limits(facts.operations(), facts.stateBytes(), values, 2, 1),
            new Limits(facts.operations(), facts.stateBytes(), values, 3, 0));
    for (Limits limits : tooSmall) {
      List<CoreValidator.Problem> problems = CoreValidator.validate(p, limits);
      assertTrue(!problems.isEmpty() && problems.getFirst().rule() == Rule.LIMITS);
    }
  }
}
