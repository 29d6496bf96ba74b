package org.rewlang.automata;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;
import org.rewlang.automata.Vocabulary.Infix;

/** Reads a formula in one of the {@linkplain Dialect dialects}. */
public final class FormulaReader {

  /** What became of a text. */
  public sealed interface Result {

    /** The formula, or null if it couldn't be read. */
    default @Nullable Formula orNull() {
      return this instanceof Read(Formula formula) ? formula : null;
    }
  }

  public record Read(Formula formula) implements Result {}

  /**
   * Where and why a text can't be read.
   *
   * @param offset of the first character that is wrong, at most the text's length
   * @param length of what is wrong, at least 1 but at the end
   * @param message one sentence
   * @param expected what could stand there, as a phrase; null if that isn't the point
   */
  public record Unreadable(int offset, int length, String message, @Nullable String expected)
      implements Result, RegexReader.Result {}

  /** How deep operators can nest: what reads formulas recurses. */
  static final int DEEPEST = 1_000;

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<word>[A-Za-z_][A-Za-z_0-9.]*)|(?<number>[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)|(?<quoted>\"[^\"\\n"
              + "]*\")|(?<symbol><-->|-->|<->|<=>|->|=>|\\|\\||&&|<>|\\(\\)|\\[\\]"
              + "|\\\\/|/\\\\|<=|>=|!==|==|!=|.))",
          Pattern.DOTALL);

  private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=", "=");
  private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/");

  private record Token(String text, int offset, int end, Kind kind) {}

  private enum Kind {
    WORD,
    NUMBER,
    QUOTED,
    SYMBOL,
    END
  }

  private final String text;
  private final Dialect dialect;
  private final Vocabulary words;
  private final AtomNames atoms;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private FormulaReader(String text, Dialect dialect, AtomNames atoms) {
    this.text = text;
    this.dialect = dialect;
    this.words = dialect.vocabulary();
    this.atoms = atoms;
  }

  static Result read(String text, Dialect dialect, AtomNames atoms) {
    try {
      FormulaReader reader = new FormulaReader(text, dialect, atoms);
      reader.cut();
      Tree tree = reader.formula(0);
      if (reader.peek().kind != Kind.END) {
        throw reader.wrong(reader.peek(), "an operator or the end");
      }
      return new Read(tree.formula);
    } catch (Wrong e) {
      return e.what;
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

  /** A formula and how deep it nests. */
  private record Tree(Formula formula, int depth) {}

  private Tree tree(Token place, Formula formula, int depth) {
    if (depth > DEEPEST) {
      throw new Wrong(
          new Unreadable(
              place.offset,
              place.end - place.offset,
              "operators nest deeper than " + DEEPEST,
              null));
    }
    return new Tree(formula, depth);
  }

  private Wrong wrong(Token token, String expected) {
    String found = token.kind == Kind.END ? "the formula ends" : "`" + token.text + "` stands";
    return new Wrong(
        new Unreadable(
            token.offset,
            token.end - token.offset,
            found + " where " + expected + " is expected",
            expected));
  }

  private void cut() {
    Matcher m = TOKEN.matcher(text);
    int from = 0;
    while (m.find(from) && m.start() == from) {
      from = m.end();
      String symbol = m.group("symbol");
      if (m.group("word") != null) {
        word(m.start("word"), m.end("word"));
      } else if (m.group("number") != null) {
        add(m.start("number"), m.end("number"), Kind.NUMBER);
      } else if (m.group("quoted") != null) {
        add(m.start("quoted"), m.end("quoted"), Kind.QUOTED);
      } else if ("\"".equals(symbol)) {
        throw new Wrong(new Unreadable(m.start("symbol"), 1, "a quoted name doesn't end", "`\"`"));
      } else if (!symbol.isBlank()) {
        add(m.start("symbol"), m.end("symbol"), Kind.SYMBOL);
      }
    }
    tokens.add(
        new Token("", text.stripTrailing().length(), text.stripTrailing().length(), Kind.END));
  }

  private void add(int start, int end, Kind kind) {
    tokens.add(new Token(text.substring(start, end), start, end, kind));
  }

  /** A word, or a run of one-letter operators without spaces; in Spot, a name can follow it. */
  private void word(int start, int end) {
    String word = text.substring(start, end);
    if (isOperator(word) || words.constants().containsKey(word)) {
      add(start, end, Kind.WORD);
      return;
    }
    int letters = 0;
    while (letters < word.length() && isLetter(word.substring(letters, letters + 1))) {
      letters++;
    }
    if (letters < word.length() && !isJoined(word, letters, start)) {
      add(start, end, Kind.WORD);
      return;
    }
    for (int i = 0; i < letters; i++) {
      add(start + i, start + i + 1, Kind.WORD);
    }
    if (letters < word.length()) {
      add(start + letters, end, Kind.WORD);
    }
  }

  /**
   * Whether {@code GFa} stands for {@code G F a}. In Spot it does, always; elsewhere it is a name.
   * Rew's dialect takes what can hardly be a name apart, and refuses what could be either.
   */
  private boolean isJoined(String word, int letters, int start) {
    String rest = word.substring(letters);
    boolean lower = letters > 0 && Character.isLowerCase(rest.charAt(0));
    if (dialect != Dialect.REW || !lower) {
      return dialect == Dialect.SPOT;
    }
    if (letters == 1 && !rest.matches("[a-z][0-9]*")) {
      String apart = word.charAt(0) + " " + rest;
      throw new Wrong(
          new Unreadable(
              start,
              word.length(),
              "`" + word + "` may be a name or `" + apart + "`",
              "`\"" + word + "\"` or `" + apart + "`"));
    }
    return true;
  }

  private boolean isLetter(String letter) {
    return Character.isUpperCase(letter.charAt(0)) && words.prefixes().containsKey(letter);
  }

  private boolean isOperator(String word) {
    return words.prefixes().containsKey(word) || words.infixes().containsKey(word);
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean accept(String symbol) {
    if (peek().text.equals(symbol) && peek().kind != Kind.QUOTED) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw wrong(peek(), "`" + symbol + "`");
    }
  }

  /** A formula of connectives that bind at least as tight as {@code level}. */
  private Tree formula(int level) {
    enter();
    Tree left = operand();
    while (true) {
      Token token = peek();
      Infix infix = token.kind == Kind.QUOTED ? null : words.infixes().get(token.text);
      if (infix == null || infix.level() < level) {
        depth--;
        return left;
      }
      at++;
      Window window = infix.connective().spans() ? window(token) : Window.ALL;
      Tree right = formula(infix.groupsRight() ? infix.level() : infix.level() + 1);
      left =
          tree(
              token,
              new Binary(infix.connective(), window, left.formula, right.formula),
              1 + Math.max(left.depth, right.depth));
    }
  }

  private int depth;

  private void enter() {
    depth++;
    tree(peek(), Formula.TRUE, depth);
  }

  private Tree operand() {
    Token token = peek();
    Operator operator = token.kind == Kind.QUOTED ? null : words.prefixes().get(token.text);
    if (operator == null) {
      return primary();
    }
    at++;
    enter();
    Tree tree = prefixed(token, operator);
    depth--;
    return tree;
  }

  private Tree prefixed(Token token, Operator operator) {
    int times = 1;
    if (token.text.equals("X") && peek().text.equals("[")) {
      at++;
      if (accept("!")) {
        operator = Operator.NEXT;
      } else {
        times = number();
        if (times > DEEPEST) {
          throw wrong(tokens.get(at - 1), "a number up to " + DEEPEST);
        }
      }
      expect("]");
    }
    boolean strict = false;
    Window window = Window.ALL;
    if (operator.spans()) {
      window = window(token);
      strict = !window.isAll() && tokens.get(at - 2).text.equals("!");
    }
    Tree operand = operand();
    Formula f = operand.formula;
    if (dialect == Dialect.SPOT && !window.isAll()) {
      return tree(
          token, spotWindow(operator, window, strict, f), operand.depth + 1 + window.length());
    }
    for (int i = 0; i < times; i++) {
      f = new Unary(operator, window, f);
    }
    return tree(token, f, operand.depth + times);
  }

  /** Spot unrolls windows into its weak {@code X}, with {@code !} into strong ones. */
  private static Formula spotWindow(Operator operator, Window window, boolean strict, Formula f) {
    Formula plain = new Unary(operator, window, f);
    if (strict == (operator == Operator.EVENTUALLY) || window.to() == Window.UNBOUNDED) {
      return plain;
    }
    Formula reaches = Formula.TRUE;
    for (int i = 0; i < window.to(); i++) {
      reaches = Formula.next(reaches);
    }
    return strict ? Formula.and(plain, reaches) : Formula.or(plain, Formula.not(reaches));
  }

  private Window window(Token operator) {
    Token open = peek();
    if (!accept("[")) {
      return Window.ALL;
    }
    int from = peek().text.equals(":") ? 0 : number();
    if (dialect == Dialect.REW && accept("]")) {
      return new Window(0, from); // As MLTL has it.
    }
    if (!accept(",") && !accept(":")) {
      throw wrong(peek(), "`,`");
    }
    int to = Window.UNBOUNDED;
    if (!accept("inf") && !accept("$") && !peek().text.equals("]")) {
      to = number();
    }
    if (dialect == Dialect.SPOT) {
      accept("!");
    }
    expect("]");
    if (to < from) {
      throw new Wrong(
          new Unreadable(
              open.offset,
              tokens.get(at - 1).end - open.offset,
              "the window of `" + operator.text + "` ends before it starts",
              "its first step, then its last"));
    }
    return new Window(from, to);
  }

  private int number() {
    Token token = peek();
    if (token.kind != Kind.NUMBER) {
      throw wrong(token, "a number of steps");
    }
    if (!token.text.matches("[0-9]{1,9}")) {
      throw wrong(token, "a whole number of steps below 10^9");
    }
    at++;
    return Integer.parseInt(token.text);
  }

  private Tree primary() {
    Token token = peek();
    Optional<String> comparison = comparison();
    if (comparison.isPresent()) {
      return new Tree(Formula.atom(atoms.number(comparison.get(), token.offset)), 0);
    }
    if (accept("(")) {
      Tree inner = formula(0);
      expect(")");
      return inner;
    }
    Map<String, Formula> constants = words.constants();
    if (token.kind != Kind.QUOTED && constants.containsKey(token.text)) {
      at++;
      return new Tree(constants.get(token.text), 1);
    }
    if (dialect == Dialect.RTAMT && (accept("rise") || accept("fall"))) {
      return edge(token);
    }
    boolean isName = token.kind == Kind.WORD && !isOperator(token.text);
    if (!isName && token.kind != Kind.QUOTED) {
      throw wrong(token, "a formula");
    }
    at++;
    String name = isName ? token.text : token.text.substring(1, token.text.length() - 1);
    if (name.isBlank()) {
      throw wrong(token, "a name");
    }
    int from = isName ? token.offset : token.offset + 1;
    return new Tree(Formula.atom(atoms.number(name, from)), 0);
  }

  /**
   * {@code rise(p)} holds where p does and didn't before, {@code fall(p)} where it doesn't and did;
   * at the start the step before is what makes the edge.
   */
  private Tree edge(Token word) {
    expect("(");
    Tree inner = formula(0);
    expect(")");
    Formula now = inner.formula;
    Formula edge =
        word.text.equals("rise")
            ? Formula.and(now, Formula.not(new Unary(Operator.YESTERDAY, now)))
            : Formula.and(Formula.not(now), new Unary(Operator.WEAK_YESTERDAY, now));
    return tree(word, edge, inner.depth + 3);
  }

  /** A comparison of numbers is an atom, named as it is written, with single spaces. */
  private Optional<String> comparison() {
    if (dialect != Dialect.RTAMT && dialect != Dialect.REW) {
      return Optional.empty();
    }
    int start = at;
    int level = depth;
    StringBuilder name = new StringBuilder();
    if (!number(name) || !compares(peek())) {
      at = start;
      depth = level;
      return Optional.empty();
    }
    while (compares(peek())) {
      String relation = peek().text.equals("!==") ? "!=" : peek().text;
      name.append(' ').append(relation).append(' ');
      at++;
      if (!number(name)) {
        throw wrong(peek(), "a number");
      }
    }
    return Optional.of(name.toString());
  }

  private boolean compares(Token token) {
    boolean own = dialect == Dialect.RTAMT && token.text.equals("!==");
    return own || COMPARISONS.contains(token.text);
  }

  private boolean number(StringBuilder name) {
    enter();
    List<String> chain = new ArrayList<>();
    while (operand(chain)) {
      if (!ARITHMETIC.contains(peek().text)) {
        depth--;
        name.append(dialect == Dialect.RTAMT ? grouped(chain, 0) : String.join(" ", chain));
        return true;
      }
      chain.add(peek().text);
      at++;
    }
    return false;
  }

  private boolean operand(List<String> chain) {
    StringBuilder one = new StringBuilder();
    if (accept("-")) {
      one.append('-');
    }
    Token token = peek();
    boolean named = token.kind == Kind.WORD && !isOperator(token.text);
    if (named || token.kind == Kind.NUMBER) {
      at++;
      one.append(token.text);
    }
    if (token.kind != Kind.NUMBER && accept("(")) {
      one.append('(');
      if (!number(one) || !accept(")")) {
        return false;
      }
      one.append(')');
    } else if (!named && token.kind != Kind.NUMBER) {
      return false;
    }
    chain.add(one.toString());
    return true;
  }

  private static final List<String> RTAMT_LOOSEST_FIRST = List.of("-", "+", "/", "*");

  /** In RTAMT + binds tighter than -, and * tighter than /: parentheses say so. */
  private static String grouped(List<String> chain, int level) {
    if (chain.size() == 1) {
      return chain.getFirst();
    }
    String operator = RTAMT_LOOSEST_FIRST.get(level);
    boolean turns = level % 2 == 0;
    StringBuilder all = new StringBuilder();
    int from = 0;
    for (int i = 0; i <= chain.size(); i++) {
      if (i < chain.size() && !chain.get(i).equals(operator)) {
        continue;
      }
      List<String> part = chain.subList(from, i);
      boolean apart = from > 0 && turns && part.contains(RTAMT_LOOSEST_FIRST.get(level + 1));
      String text = grouped(part, level + 1);
      all.append(from > 0 ? " " + operator + " " : "").append(apart ? "(" + text + ")" : text);
      from = i + 1;
    }
    return all.toString();
  }
}
