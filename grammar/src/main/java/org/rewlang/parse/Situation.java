package org.rewlang.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** The place where the parser stops: what stands there, what could, and what is open around it. */
abstract class Situation {

  final Report report;
  final Source source;
  final List<Token> tokens;
  final Prefix prefix;
  final int at;
  final Token here;
  final @Nullable Token before;
  final int type;

  /** The brackets and braces that are open, the innermost first. */
  final Deque<Integer> open = new ArrayDeque<>();

  Situation(Report report, List<Token> tokens, Prefix prefix, Token end) {
    this.report = report;
    this.source = report.source();
    this.tokens = tokens;
    this.prefix = prefix;
    this.at = prefix.index();
    this.before = at > 0 ? tokens.get(at - 1) : null;
    this.here = at < tokens.size() ? tokens.get(at) : end;
    this.type = at < tokens.size() ? here.getType() : Token.EOF;
    for (int i = 0; i < at; i++) {
      if (Words.opens(tokens.get(i).getType())) {
        open.push(i);
      } else if (Words.closes(tokens.get(i).getType())) {
        open.poll();
      }
    }
  }

  void add(Diagnostic.Builder builder) {
    report.add(builder);
  }

  boolean expects(int wanted) {
    return prefix.expected().contains(wanted);
  }

  int typeAt(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index).getType() : Token.EOF;
  }

  static boolean startsLine(List<Token> tokens, int i) {
    return i == 0 || (i < tokens.size() && tokens.get(i).getLine() > tokens.get(i - 1).getLine());
  }
}
