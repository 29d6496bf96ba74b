package org.rewlang.automata;

import java.util.Map;
import java.util.regex.Pattern;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;
import org.rewlang.automata.Vocabulary.Infix;

/**
 * Writes a formula in one of the {@linkplain Dialect dialects}. Rew's own text says what the
 * formula says, operator by operator; elsewhere an operator that the dialect lacks is written with
 * others. Another tool's text has all its parentheses.
 */
public final class FormulaWriter {

  /** What became of a formula. */
  public sealed interface Result {}

  public record Written(String text) implements Result {}

  /**
   * The dialect can't say it.
   *
   * @param what as a phrase: "`Y`"
   */
  public record Unsayable(String what) implements Result {}

  /** Windows longer than this aren't unrolled into text. */
  private static final int LONGEST_WINDOW = 1_000;

  private static final Pattern NAME = Pattern.compile("[a-z_][A-Za-z_0-9.]*");

  private final Dialect dialect;
  private final AtomNames atoms;
  private final StringBuilder text = new StringBuilder();

  private FormulaWriter(Dialect dialect, AtomNames atoms) {
    this.dialect = dialect;
    this.atoms = atoms;
  }

  static Result write(Formula formula, Dialect dialect, AtomNames atoms) {
    FormulaWriter writer = new FormulaWriter(dialect, atoms);
    try {
      writer.formula(formula, 0);
    } catch (Lacking e) {
      return new Unsayable(e.what);
    }
    return new Written(writer.text.toString());
  }

  private static final class Lacking extends RuntimeException {
    private static final long serialVersionUID = 1;
    final String what;

    Lacking(String what) {
      super(null, null, false, false);
      this.what = what;
    }
  }

  private static final int TIGHTEST = Integer.MAX_VALUE;

  /** In parentheses unless it binds at least as tight as {@code level}. */
  private void formula(Formula f, int level) {
    switch (f) {
      case Constant(boolean value) -> text.append(value);
      case Atom(int number) -> text.append(name(atoms.name(number)));
      case Unary u -> unary(u);
      case Binary b -> binary(b, level);
    }
  }

  private String name(String name) {
    boolean plain =
        NAME.matcher(name).matches()
            && !dialect.vocabulary().prefixes().containsKey(name)
            && !dialect.vocabulary().infixes().containsKey(name)
            && !dialect.vocabulary().constants().containsKey(name);
    if (plain || dialect == Dialect.RTAMT) {
      return name;
    }
    if (dialect == Dialect.LTLF2DFA || name.contains("\"")) {
      throw new Lacking("the name `" + name + "`");
    }
    return '"' + name + '"';
  }

  private void unary(Unary u) {
    for (Map.Entry<String, Formula> constant : dialect.vocabulary().constants().entrySet()) {
      if (constant.getValue().equals(u)) {
        text.append(constant.getKey());
        return;
      }
    }
    Map<String, Operator> words = dialect.vocabulary().prefixes();
    Window w = u.window();
    if (!words.containsValue(u.operator())) {
      throw new Lacking("`" + word(Dialect.REW, u.operator()) + "`");
    }
    boolean spotSays = u.operator().isFuture();
    if (!w.isAll() && (dialect == Dialect.LTLF2DFA || dialect == Dialect.SPOT && !spotSays)) {
      formula(unrolled(u), TIGHTEST);
      return;
    }
    String word = word(dialect, u.operator());
    text.append(word);
    window(w, dialect == Dialect.SPOT && u.operator() == Operator.EVENTUALLY ? "!" : "");
    int at = text.length();
    formula(u.operand(), TIGHTEST);
    if (text.charAt(at) != '(' && !word.equals("!")) {
      text.insert(at, ' ');
    }
  }

  private void window(Window w, String strict) {
    if (!w.isAll()) {
      boolean open = w.to() == Window.UNBOUNDED;
      text.append('[')
          .append(w.from())
          .append(dialect == Dialect.SPOT ? ":" : ", ")
          .append(!open ? w.to() + strict : dialect == Dialect.SPOT ? "" : "inf")
          .append(']');
    }
  }

  private static String word(Dialect dialect, Operator operator) {
    for (Map.Entry<String, Operator> e : dialect.vocabulary().prefixes().entrySet()) {
      if (e.getValue() == operator) {
        return e.getKey();
      }
    }
    throw new IllegalStateException(operator + " in " + dialect);
  }

  private void binary(Binary b, int level) {
    for (Map.Entry<String, Infix> e : dialect.vocabulary().infixes().entrySet()) {
      Infix infix = e.getValue();
      if (infix.connective() == b.connective()
          && (b.window().isAll() || dialect == Dialect.REW || dialect == Dialect.RTAMT)) {
        binary(b, e.getKey(), infix, level);
        return;
      }
    }
    formula(instead(b), level);
  }

  private void binary(Binary b, String word, Infix infix, int level) {
    boolean own = dialect == Dialect.REW;
    boolean open = own ? infix.level() < level : level > 0;
    int tighter = own ? infix.level() + 1 : TIGHTEST;
    int chain = own && chains(b.connective()) ? infix.level() : tighter;
    if (open) {
      text.append('(');
    }
    formula(b.left(), infix.groupsRight() ? tighter : chain);
    text.append(' ').append(word);
    window(b.window(), "");
    text.append(' ');
    formula(b.right(), infix.groupsRight() ? chain : tighter);
    if (open) {
      text.append(')');
    }
  }

  /** Chains that everyone reads alike are written without parentheses. */
  private static boolean chains(Connective connective) {
    return connective == Connective.AND || connective == Connective.OR;
  }

  /** The same with connectives that more dialects have. */
  private Formula instead(Binary b) {
    Formula l = b.left();
    Formula r = b.right();
    Window w = b.window();
    return switch (b.connective()) {
      case XOR -> Formula.not(Formula.iff(l, r));
      case RELEASE -> dual(Connective.UNTIL, b);
      case TRIGGERED -> dual(Connective.SINCE, b);
      case THEN -> Formula.then(l, r);
      case WEAK_UNTIL -> {
        Window start = w.isAll() ? w : new Window(0, w.to());
        yield Formula.or(
            new Binary(Connective.UNTIL, w, l, r), new Unary(Operator.ALWAYS, start, l));
      }
      case STRONG_RELEASE ->
          w.isAll()
              ? new Binary(Connective.UNTIL, r, new Binary(Connective.AND, l, r))
              : dual(Connective.WEAK_UNTIL, b);
      case UNTIL, SINCE -> {
        if (w.isAll()) {
          throw new Lacking("`" + (b.connective() == Connective.UNTIL ? "U" : "S") + "`");
        }
        yield unrolled(b.connective().isPast(), w, l, r);
      }
      case AND, OR, IMPLIES, IFF -> throw new IllegalStateException(b + " in " + dialect);
    };
  }

  private static Formula dual(Connective connective, Binary b) {
    return Formula.not(
        new Binary(connective, b.window(), Formula.not(b.left()), Formula.not(b.right())));
  }

  private static Formula unrolled(Unary u) {
    Window w = u.window();
    return switch (u.operator()) {
      case EVENTUALLY -> unrolled(false, w, Formula.TRUE, u.operand());
      case ONCE -> unrolled(true, w, Formula.TRUE, u.operand());
      case ALWAYS, HISTORICALLY ->
          Formula.not(unrolled(new Unary(u.operator().dual(), w, Formula.not(u.operand()))));
      default -> throw new IllegalStateException(u.operator() + " has no window");
    };
  }

  /** {@code left} until {@code right} in a window, or since, position by position. */
  private static Formula unrolled(boolean past, Window w, Formula left, Formula right) {
    if (w.length() > LONGEST_WINDOW) {
      throw new Lacking("a window of more than " + LONGEST_WINDOW + " steps");
    }
    Operator step = past ? Operator.YESTERDAY : Operator.NEXT;
    boolean open = w.to() == Window.UNBOUNDED;
    Formula f = open ? new Binary(past ? Connective.SINCE : Connective.UNTIL, left, right) : right;
    for (int i = w.from(); !open && i < w.to(); i++) {
      f = Formula.or(right, Formula.and(left, new Unary(step, f)));
    }
    for (int i = 0; i < w.from(); i++) {
      f = Formula.and(left, new Unary(step, f));
    }
    return f;
  }
}
