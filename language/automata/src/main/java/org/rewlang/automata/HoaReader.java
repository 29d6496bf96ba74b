package org.rewlang.automata;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Hoa.Edge;
import org.rewlang.automata.Hoa.Malformed;
import org.rewlang.automata.Hoa.State;

/** Reads the Hanoi omega-automata format. Alternation is not read. */
final class HoaReader {

  /** More than anyone draws, and less than fills the memory. */
  private static final int MOST_STATES = 1_000_000;

  private static final int MOST_ATOMS = 10_000;

  /** Implicit labels are 2^atoms edges a state. */
  private static final int MOST_IMPLICIT_ATOMS = 12;

  private static final Set<String> KNOWN =
      Set.of(
          "HOA",
          "States",
          "Start",
          "AP",
          "Alias",
          "Acceptance",
          "acc-name",
          "tool",
          "name",
          "properties",
          Hoa.FINITE);

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>\\s+|/\\*.*?\\*/)|(?<mark>--(?:BODY|END|ABORT)--)"
              + "|(?<header>[A-Za-z_][0-9A-Za-z_.-]*:)|(?<word>[A-Za-z_][0-9A-Za-z_.-]*)"
              + "|(?<alias>@[0-9A-Za-z_-]+)|(?<number>[0-9]+)"
              + "|(?<text>\"(?:\\\\.|[^\"\\\\])*\")|(?<symbol>[!&|(){}\\[\\]])",
          Pattern.DOTALL);

  private enum Kind {
    MARK,
    HEADER,
    WORD,
    ALIAS,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  private record Token(Kind kind, String text, int offset) {}

  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int offset;
    final String what;
    final @Nullable String hint;

    Wrong(int offset, String what, @Nullable String hint) {
      super(null, null, false, false);
      this.offset = offset;
      this.what = what;
      this.hint = hint;
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private final Diagrams guards = new Diagrams();
  private final AtomNames atoms = new AtomNames();
  private final Map<String, Integer> aliases = new HashMap<>();
  private final List<Integer> starts = new ArrayList<>();
  private final List<@Nullable State> states = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> rewards = new ArrayList<>();
  private @Nullable Token rewardsAt;
  private int declared = -1;
  private int atomCount = -1;
  private int sets = -1;
  private String acceptance = "";
  private boolean finite;

  private HoaReader(String text) {
    this.text = text;
  }

  static Hoa.Result read(String text) {
    try {
      HoaReader reader = new HoaReader(text);
      reader.cut();
      return new Hoa.Read(reader.automaton());
    } catch (Wrong e) {
      String before = text.substring(0, Math.min(e.offset, text.length()));
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n');
      return new Malformed(line, column, e.what, e.hint);
    }
  }

  private void cut() {
    Matcher m = TOKEN.matcher(text);
    int from = 0;
    while (from < text.length()) {
      m.region(from, text.length());
      if (!m.lookingAt()) {
        String what =
            text.charAt(from) == '"'
                ? "a text in quotes doesn't end"
                : text.startsWith("/*", from)
                    ? "a comment doesn't end"
                    : "`" + Character.toString(text.codePointAt(from)) + "` has no place here";
        throw new Wrong(from, what, null);
      }
      for (Kind kind : Kind.values()) {
        if (kind != Kind.END && m.group(kind.name().toLowerCase(java.util.Locale.ROOT)) != null) {
          tokens.add(new Token(kind, m.group(), from));
        }
      }
      from = m.end();
    }
    tokens.add(new Token(Kind.END, "", text.length()));
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Wrong wrong(String expected) {
    return wrong(expected, null);
  }

  private Wrong wrong(String expected, @Nullable String hint) {
    Token token = peek();
    String found = token.kind == Kind.END ? "the text ends" : "`" + token.text + "` stands";
    return new Wrong(token.offset, found + " where " + expected + " is expected", hint);
  }

  private boolean accept(String symbol) {
    boolean there = peek().text.equals(symbol) && peek().kind != Kind.TEXT;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String symbol) {
    if (!accept(symbol)) {
      throw wrong("`" + symbol + "`");
    }
  }

  private int number(String what, int below) {
    Token token = peek();
    if (token.kind != Kind.NUMBER) {
      throw wrong(what);
    }
    int value = token.text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(token.text);
    if (value >= below) {
      throw new Wrong(
          token.offset, what + " is below " + below + ", `" + token.text + "` isn't", null);
    }
    at++;
    return value;
  }

  private Hoa automaton() {
    if (!accept("HOA:")) {
      throw wrong("`HOA: v1`", "an automaton in this format begins with `HOA: v1`");
    }
    if (!accept("v1")) {
      throw wrong("`v1`", "only version 1 of the format is read");
    }
    while (!accept("--BODY--")) {
      if (peek().kind != Kind.HEADER) {
        throw wrong("a header or `--BODY--`");
      }
      header(tokens.get(at++));
    }
    if (sets < 0) {
      throw new Wrong(
          tokens.get(at - 1).offset, "there is no `Acceptance:`", "add `Acceptance: 1 Inf(0)`");
    }
    body();
    List<State> all = new ArrayList<>();
    for (int s = 0; s < states.size(); s++) {
      State state = states.get(s);
      // A state that is only led to has no edges: whatever comes there is refused.
      all.add(state == null ? new State("", new BitSet(), List.of()) : state);
    }
    return new Hoa(
        guards, starts, all, atoms, sets, acceptance, rewards(all), finite, List.copyOf(warnings));
  }

  private List<String> rewards(List<State> all) {
    int edges = all.stream().mapToInt(s -> s.edges().size()).sum();
    if (rewardsAt != null && rewards.size() != edges) {
      throw new Wrong(
          rewardsAt.offset,
          "`" + Hoa.REWARDS + ":` has " + rewards.size() + " rewards for " + edges + " edges",
          "write one text for each edge, in the order of the edges");
    }
    return List.copyOf(rewards);
  }

  private static String unquoted(Token token) {
    return token.text.substring(1, token.text.length() - 1).replaceAll("\\\\(.)", "$1");
  }

  private void header(Token token) {
    String name = token.text.substring(0, token.text.length() - 1);
    switch (name) {
      case "States" -> declared = number("the number of states", MOST_STATES);
      case "Start" -> {
        starts.add(number("a state", states()));
        if (peek().text.equals("&")) {
          throw wrong("one state", "alternating automata are not read");
        }
      }
      case "AP" -> atoms(token);
      case "Alias" -> alias();
      case "Acceptance" -> acceptance();
      case Hoa.FINITE -> {
        if (!accept("accepting-states")) {
          throw wrong("`accepting-states`");
        }
        finite = true;
      }
      case Hoa.REWARDS -> {
        rewardsAt = token;
        while (peek().kind == Kind.TEXT) {
          rewards.add(unquoted(tokens.get(at++)));
        }
      }
      case "HOA" -> throw new Wrong(token.offset, "`HOA:` stands twice", null);
      default -> {
        if (!KNOWN.contains(name) && Character.isUpperCase(name.charAt(0))) {
          warnings.add("the header `" + name + ":` isn't known and may change the meaning");
        }
        while (peek().kind != Kind.HEADER && peek().kind != Kind.MARK && peek().kind != Kind.END) {
          at++;
        }
      }
    }
  }

  /** Below which states are numbered, as far as is known. */
  private int states() {
    return declared < 0 ? MOST_STATES : declared;
  }

  private void atoms(Token header) {
    if (atomCount >= 0) {
      throw new Wrong(header.offset, "`AP:` stands twice", null);
    }
    atomCount = number("the number of atoms", MOST_ATOMS);
    for (int i = 0; i < atomCount; i++) {
      Token token = peek();
      if (token.kind != Kind.TEXT) {
        throw wrong("an atom's name in quotes", "`AP:` counts the names that follow it");
      }
      String name = token.text.substring(1, token.text.length() - 1).replaceAll("\\\\(.)", "$1");
      if (atoms.number(name) != i) {
        throw new Wrong(token.offset, "two atoms have the name `" + name + "`", null);
      }
      at++;
    }
    if (peek().kind == Kind.TEXT) {
      throw wrong("the next header", "`AP:` counts the names that follow it");
    }
  }

  private void alias() {
    Token name = peek();
    if (name.kind != Kind.ALIAS) {
      throw wrong("an alias such as `@a`");
    }
    at++;
    aliases.put(name.text, label(0));
  }

  private void acceptance() {
    sets = number("the number of acceptance sets", MOST_ATOMS);
    int start = peek().offset;
    if (!condition()) {
      throw wrong("an acceptance condition such as `Inf(0)`");
    }
    acceptance =
        text.substring(start, tokens.get(at - 1).offset + tokens.get(at - 1).text.length());
  }

  private boolean condition() {
    boolean any = false;
    while (true) {
      if (accept("(")) {
        if (!condition()) {
          throw wrong("an acceptance condition such as `Inf(0)`");
        }
        expect(")");
      } else if (accept("Inf") || accept("Fin")) {
        expect("(");
        accept("!");
        number("an acceptance set", sets);
        expect(")");
      } else if (!accept("t") && !accept("f")) {
        if (any) {
          throw wrong("`Inf`, `Fin`, `t` or `f`");
        }
        return false;
      }
      any = true;
      if (!accept("&") && !accept("|")) {
        return true;
      }
    }
  }

  private void body() {
    while (!accept("--END--")) {
      if (peek().text.equals("--ABORT--")) {
        throw new Wrong(peek().offset, "the automaton was given up by who wrote it", null);
      }
      if (!accept("State:")) {
        throw wrong("`State:` or `--END--`");
      }
      state();
    }
    if (peek().kind != Kind.END) {
      throw wrong("the end", "only one automaton is read");
    }
    while (states.size() < Math.max(0, declared)) {
      states.add(null);
    }
    for (int start : starts) {
      if (start >= states.size()) {
        throw new Wrong(text.length(), "there is no state " + start + " to start in", null);
      }
    }
  }

  private void state() {
    int whole = peek().text.equals("[") ? bracketed() : IntMap.NONE;
    Token place = peek();
    int number = number("a state", states());
    String name = peek().kind == Kind.TEXT ? unquoted(tokens.get(at++)) : "";
    while (states.size() <= number) {
      states.add(null);
    }
    if (states.get(number) != null) {
      throw new Wrong(place.offset, "state " + number + " is described twice", null);
    }
    State state = new State(name, signature(), new ArrayList<>());
    states.set(number, state);
    while (peek().text.equals("[") || peek().kind == Kind.NUMBER) {
      Token edge = peek();
      int guard =
          edge.text.equals("[")
              ? bracketed()
              : whole != IntMap.NONE ? whole : implicit(state, edge);
      int target = number("a state", states());
      while (states.size() <= target) {
        states.add(null);
      }
      if (peek().text.equals("&")) {
        throw wrong("one state", "alternating automata are not read");
      }
      state.edges().add(new Edge(guard, target, signature()));
    }
  }

  private BitSet signature() {
    BitSet in = new BitSet();
    if (accept("{")) {
      while (!accept("}")) {
        in.set(number("an acceptance set", sets));
      }
    }
    return in;
  }

  /** The edges of a state without labels are for the letters one after the other. */
  private int implicit(State state, Token place) {
    int letter = state.edges().size();
    if (atomCount > MOST_IMPLICIT_ATOMS || letter >= 1 << Math.max(0, atomCount)) {
      throw new Wrong(
          place.offset,
          "an edge has no label",
          "write `[t]` for an edge that is always taken, `[0&!1]` for some letters");
    }
    int guard = Diagrams.TRUE;
    for (int v = 0; v < atomCount; v++) {
      int variable = guards.variableIs(v);
      guard = guards.and(guard, (letter >> v & 1) == 1 ? variable : guards.not(variable));
    }
    return guard;
  }

  private int bracketed() {
    expect("[");
    int label = label(0);
    expect("]");
    return label;
  }

  private int label(int depth) {
    int any = conjunction(depth);
    while (accept("|")) {
      any = guards.or(any, conjunction(depth));
    }
    return any;
  }

  private int conjunction(int depth) {
    int all = literal(depth);
    while (accept("&")) {
      all = guards.and(all, literal(depth));
    }
    return all;
  }

  private int literal(int depth) {
    if (depth > FormulaReader.DEEPEST) {
      throw new Wrong(peek().offset, "a label nests deeper than " + FormulaReader.DEEPEST, null);
    }
    if (accept("!")) {
      return guards.not(literal(depth + 1));
    }
    if (accept("(")) {
      int inner = label(depth + 1);
      expect(")");
      return inner;
    }
    if (accept("t")) {
      return Diagrams.TRUE;
    }
    if (accept("f")) {
      return Diagrams.FALSE;
    }
    Token token = peek();
    if (token.kind == Kind.ALIAS) {
      Integer alias = aliases.get(token.text);
      if (alias == null) {
        throw new Wrong(token.offset, "there is no alias `" + token.text + "`", null);
      }
      at++;
      return alias;
    }
    if (token.kind == Kind.NUMBER && atomCount < 0) {
      throw new Wrong(token.offset, "a label stands before `AP:` names the atoms", null);
    }
    if (token.kind != Kind.NUMBER) {
      throw wrong("an atom's number, `t`, `f`, `!` or `(`");
    }
    return guards.variableIs(number("an atom's number", atomCount));
  }
}
