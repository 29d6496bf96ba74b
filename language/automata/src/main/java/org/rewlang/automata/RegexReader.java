package org.rewlang.automata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.FormulaReader.Unreadable;

/**
 * Reads a regular expression over steps. A name or a quoted condition is one step, {@code .} any;
 * {@code !}, {@code &} and {@code |} join conditions of one step. Steps stand one after the other,
 * {@code |} is a choice, {@code *}, {@code +}, {@code ?} and {@code {m,n}} repeat.
 */
public final class RegexReader {

  /** What became of a text. */
  public sealed interface Result permits Read, Unreadable {}

  public record Read(Regex regex) implements Result {}

  /** How many steps an expression may be made of, repetitions written out. */
  static final int LONGEST = 10_000;

  private static final int DEEPEST = 500;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<word>[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*|\\[[0-9]+\\])*)|(?<number>[0-9]+)"
              + "|(?<quoted>'[^'\\n]*'|\"[^\"\\n]*\")|(?<symbol>\\S))");

  private enum Kind {
    WORD,
    NUMBER,
    QUOTED,
    SYMBOL,
    END
  }

  private record Token(String text, int offset, int end, Kind kind) {
    boolean is(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Unreadable what;

    Wrong(Unreadable what) {
      super(null, null, false, false);
      this.what = what;
    }
  }

  private final String text;
  private final AtomNames atoms;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private RegexReader(String text, AtomNames atoms) {
    this.text = text;
    this.atoms = atoms;
  }

  /**
   * Reads a text.
   *
   * @param atoms gets the names that are new
   */
  public static Result read(String text, AtomNames atoms) {
    RegexReader reader = new RegexReader(text, atoms);
    try {
      reader.cut();
      Regex regex = reader.choice();
      if (reader.peek().kind != Kind.END) {
        throw reader.expected("a step, `|`, `*` or the end");
      }
      return new Read(regex);
    } catch (Wrong e) {
      return e.what;
    }
  }

  private void cut() {
    Matcher m = TOKEN.matcher(text);
    int from = 0;
    while (m.find(from) && m.start() == from) {
      from = m.end();
      for (Kind kind : List.of(Kind.WORD, Kind.NUMBER, Kind.QUOTED, Kind.SYMBOL)) {
        String group = kind.name().toLowerCase(java.util.Locale.ROOT);
        if (m.group(group) != null) {
          tokens.add(new Token(m.group(group), m.start(group), m.end(group), kind));
        }
      }
    }
    tokens.add(new Token("", text.length(), text.length(), Kind.END));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean take(String... symbols) {
    for (String symbol : symbols) {
      boolean word = Character.isLetter(symbol.charAt(0));
      if (word ? peek().kind == Kind.WORD && peek().text.equals(symbol) : peek().is(symbol)) {
        at++;
        return true;
      }
    }
    return false;
  }

  private Wrong expected(String expected) {
    String found = peek().kind == Kind.END ? "the expression ends" : "`" + peek().text + "` stands";
    return wrong(peek(), found + " where " + expected + " belongs", expected);
  }

  private static Wrong wrong(Token token, String message, @Nullable String expected) {
    return new Wrong(new Unreadable(token.offset, token.end - token.offset, message, expected));
  }

  private Regex choice() {
    List<Regex> parts = new ArrayList<>(List.of(sequence()));
    while (take("|", "or")) {
      parts.add(sequence());
    }
    return parts.size() == 1 ? parts.getFirst() : new Regex.Choice(parts);
  }

  private Regex sequence() {
    List<Regex> parts = new ArrayList<>(List.of(repeated()));
    while (take(";") || beginsStep()) {
      parts.add(repeated());
    }
    return parts.size() == 1 ? parts.getFirst() : checked(new Regex.Sequence(parts), peek());
  }

  private boolean beginsStep() {
    Token next = peek();
    return next.kind == Kind.QUOTED
        || next.kind == Kind.WORD && !next.text.equals("or") && !next.text.equals("and")
        || next.is(".")
        || next.is("(")
        || next.is("!");
  }

  private Regex repeated() {
    Regex of = joined();
    while (true) {
      Token sign = peek();
      if (take("*")) {
        of = star(of);
      } else if (take("+")) {
        of = checked(new Regex.Sequence(List.of(of, new Regex.Star(of))), sign);
      } else if (take("?")) {
        of = maybe(of);
      } else if (take("{")) {
        of = counted(of, sign);
      } else {
        return of;
      }
    }
  }

  // A sign on a sign says nothing more: however many there are, what is made stays flat.

  private static Regex star(Regex of) {
    return switch (of) {
      case Regex.Star _ -> of;
      case Regex.Choice(List<Regex> parts) when parts.getLast().equals(Regex.NOTHING) ->
          star(parts.getFirst());
      default -> new Regex.Star(of);
    };
  }

  private static Regex maybe(Regex of) {
    boolean already =
        of instanceof Regex.Star
            || of instanceof Regex.Choice(List<Regex> parts)
                && parts.getLast().equals(Regex.NOTHING);
    return already ? of : new Regex.Choice(List.of(of, Regex.NOTHING));
  }

  /** Behind a {@code {}: so many times, at least so many, or from so many to so many. */
  private Regex counted(Regex of, Token open) {
    int least = number();
    boolean range = take(",");
    boolean bounded = !range || !peek().is("}");
    int most = range && bounded ? number() : least;
    if (!take("}")) {
      throw expected("`}`");
    }
    Token all = new Token("", open.offset, tokens.get(at - 1).end, Kind.SYMBOL);
    if (most < least) {
      throw wrong(all, "it can't be at least " + least + " and at most " + most + " times", null);
    }
    if (of.length() * Math.max(1, bounded ? most : least + 1L) > LONGEST) {
      throw tooLong(all);
    }
    if (most == 1 && bounded) {
      return least == 1 ? of : maybe(of);
    }
    List<Regex> parts = new ArrayList<>(Collections.nCopies(least, of));
    if (most == 0 || of.equals(Regex.NOTHING)) {
      return !bounded ? star(of) : Regex.NOTHING;
    }
    if (bounded) {
      parts.addAll(Collections.nCopies(most - least, maybe(of)));
    } else {
      parts.add(star(of));
    }
    return new Regex.Sequence(parts);
  }

  private int number() {
    Token token = peek();
    if (token.kind != Kind.NUMBER) {
      throw expected("a whole number");
    }
    at++;
    if (token.text.length() > 9) {
      throw tooLong(token);
    }
    return Integer.parseInt(token.text);
  }

  private static Regex checked(Regex regex, Token place) {
    if (regex.length() > LONGEST) {
      throw tooLong(place);
    }
    return regex;
  }

  private static Wrong tooLong(Token place) {
    return wrong(place, "written out, the expression has more than " + LONGEST + " steps", null);
  }

  /** Conditions of one step. */
  private Regex joined() {
    Token first = peek();
    Regex one = negated();
    while (peek().is("&") || peek().kind == Kind.WORD && peek().text.equals("and")) {
      Formula left = condition(one, first);
      at++;
      Token second = peek();
      one = new Regex.Step(Formula.and(left, condition(negated(), second)));
    }
    return one;
  }

  private Regex negated() {
    Token sign = peek();
    if (!take("!", "not")) {
      return single();
    }
    nest(sign);
    Token operand = peek();
    Regex one = new Regex.Step(Formula.not(condition(negated(), operand)));
    depth--;
    return one;
  }

  private Regex single() {
    Token token = peek();
    if (take(".", "true")) {
      return new Regex.Step(Formula.TRUE);
    }
    if (take("(")) {
      nest(token);
      Regex inner = choice();
      if (!take(")")) {
        throw expected("`)`");
      }
      depth--;
      return inner;
    }
    if (token.kind == Kind.WORD && !token.text.equals("or") && !token.text.equals("and")) {
      at++;
      return step(token.text, token.offset);
    }
    if (token.kind == Kind.QUOTED) {
      at++;
      String inner = token.text.substring(1, token.text.length() - 1);
      if (inner.isBlank()) {
        throw wrong(token, "nothing is quoted", "a condition");
      }
      return step(inner, token.offset + 1);
    }
    throw expected("a step");
  }

  private Regex step(String name, int offset) {
    return new Regex.Step(Formula.atom(atoms.number(name, offset)));
  }

  private void nest(Token token) {
    if (++depth > DEEPEST) {
      throw wrong(token, "brackets nest deeper than " + DEEPEST, null);
    }
  }

  /** The condition that one step is, or a choice of such. */
  private Formula condition(Regex regex, Token first) {
    return switch (regex) {
      case Regex.Step(Formula condition) -> condition;
      case Regex.Choice(List<Regex> parts) ->
          Formula.or(parts.stream().map(p -> condition(p, first)).toArray(Formula[]::new));
      case Regex.Sequence _, Regex.Star _ -> {
        Token all = new Token("", first.offset, tokens.get(at - 1).end, Kind.SYMBOL);
        throw wrong(all, "`!` and `&` are about one step, and this is no single one", null);
      }
    };
  }
}
