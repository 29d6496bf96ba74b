package org.rewlang.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreLexer.Sort;
import org.rewlang.core.CoreLexer.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Reads the text form of the core: what {@link CorePrinter} writes, and the shorter form that
 * people write (names for values, nested calls). It stops at the first mistake: core text is
 * written by tools and by those who test them.
 *
 * <p>What parses is well-typed and refers only to what stands before it; the other rules are {@link
 * CoreValidator}'s.
 */
public final class CoreParser {

  /**
   * @param program null if there is an error
   */
  public record Result(@Nullable CoreProgram program, List<Diagnostic> diagnostics) {

    public Result {
      diagnostics = List.copyOf(diagnostics);
    }

    /** The program of a text known to be right. */
    public CoreProgram orThrow() {
      if (program == null) {
        Diagnostic first = diagnostics.getFirst();
        throw new IllegalArgumentException(
            (first.primary() == null ? "" : first.primary().location() + ": ") + first.message());
      }
      return program;
    }
  }

  private final CoreTokens tokens;
  private final CoreDeclarations declared;
  private final CoreValues values;
  private final CoreOperations operations;
  private List<Sink> sinks = new ArrayList<>();

  private CoreParser(Source text, List<Source> known) throws Wrong {
    tokens = new CoreTokens(text);
    declared = new CoreDeclarations(tokens, known);
    values = new CoreValues(declared, tokens.firstFreshId());
    operations = new CoreOperations(tokens, declared, values);
  }

  public static Result parse(Source text) {
    return parse(text, List.of());
  }

  /**
   * @param known texts that origins may refer to, found by name
   */
  public static Result parse(Source text, List<Source> known) {
    try {
      return new Result(new CoreParser(text, known).program(), List.of());
    } catch (Wrong wrong) {
      String message = String.valueOf(wrong.getMessage());
      return new Result(
          null, List.of(Diagnostic.of(Code.BAD_CORE, message, text, wrong.span).build()));
    }
  }

  private CoreProgram program() throws Wrong {
    tokens.word("core");
    String name = tokens.name();
    tokens.word("clock");
    String clock = tokens.name();
    Body reset = Body.EMPTY;
    boolean hasReset = false;
    values.open();
    while (tokens.peek().sort() != Sort.END) {
      if (tokens.is("reset") && tokens.isMark(1, "{")) {
        if (hasReset) {
          throw tokens.wrong("there is a reset already");
        }
        hasReset = true;
        reset = reset();
      } else if (!declared.declaration()) {
        statement(true);
      }
    }
    Body step = new Body(values.close(), sinks);
    return new CoreProgram(
        name,
        clock,
        declared.sources,
        declared.inputs,
        declared.params,
        declared.slots,
        declared.histories,
        declared.tables,
        declared.outputs,
        values.types(),
        step,
        reset);
  }

  /** A scope of its own: it sees declarations and nothing of the step. */
  private Body reset() throws Wrong {
    tokens.next();
    tokens.next();
    CoreValues.Outside outside = values.enter();
    List<Sink> outerSinks = sinks;
    sinks = new ArrayList<>();
    values.open();
    while (!tokens.isMark(0, "}")) {
      statement(false);
    }
    tokens.next();
    Body body = new Body(values.close(), sinks);
    values.leave(outside);
    sinks = outerSinks;
    return body;
  }

  private void statement(boolean isStep) throws Wrong {
    if (tokens.isBinding()) {
      operations.binding();
      return;
    }
    Token word = tokens.next();
    switch (word.text()) {
      case "out" -> {
        if (!isStep) {
          throw new Wrong("a reset has no outputs", word.span());
        }
        out();
      }
      case "next" -> {
        int slot = declared.find(declared.slots, SlotInfo::name, "slot");
        Type type = declared.slots.get(slot).type();
        Given given = given(type.kind());
        same(type, given);
        sinks.add(new Sink.Next(slot, given.value, given.origin));
      }
      case "push" -> {
        int history = declared.find(declared.histories, HistoryInfo::name, "history");
        Type type = declared.histories.get(history).type();
        Given given = given(type.kind());
        same(type, given);
        sinks.add(new Sink.Push(history, given.value, given.origin));
      }
      case "check" -> check();
      default -> throw new Wrong("no statement begins with `" + word.text() + "`", word.span());
    }
  }

  private void out() throws Wrong {
    Output.Role role = declared.role();
    String name = tokens.name();
    Predicate<Output> same = o -> o.role() == role && o.name().equals(name);
    Given given = given(null);
    Optional<Output> known = declared.outputs.stream().filter(same).findFirst();
    if (known.isPresent()) {
      same(known.get().type(), given);
    } else {
      declared.outputs.add(new Output(role, name, values.typeOf(given.value)));
    }
    int port =
        declared.outputs.indexOf(declared.outputs.stream().filter(same).findFirst().orElseThrow());
    sinks.add(new Sink.Out(port, given.value, given.origin));
  }

  /** {@code check undefined "reward.walk" finite(x) of x}. */
  private void check() throws Wrong {
    Token word = tokens.next();
    Sink.Failure failure =
        Arrays.stream(Sink.Failure.values())
            .filter(f -> f.text().equals(word.text()))
            .findFirst()
            .orElseThrow(() -> new Wrong("`" + word.text() + "` is no failure", word.span()));
    String what = tokens.name();
    int start = values.here().size();
    Token first = tokens.peek();
    int condition = operations.value(Kind.BOOL);
    if (!values.typeOf(condition).equals(Type.BOOL)) {
      throw new Wrong("check needs bool, not " + values.typeOf(condition), first.span());
    }
    tokens.word("of");
    int subject = operations.value(null);
    sinks.add(new Sink.Check(failure, what, condition, subject, operations.origin(start)));
  }

  private record Given(int value, Origin origin, Span span) {}

  /** {@code = value @origin} of a sink. */
  private Given given(@Nullable Kind kind) throws Wrong {
    tokens.mark("=");
    int start = values.here().size();
    Span span = tokens.peek().span();
    int value = operations.value(kind);
    return new Given(value, operations.origin(start), span);
  }

  private void same(Type type, Given given) throws Wrong {
    if (!type.equals(values.typeOf(given.value))) {
      throw new Wrong("this needs " + type + ", not " + values.typeOf(given.value), given.span);
    }
  }
}
