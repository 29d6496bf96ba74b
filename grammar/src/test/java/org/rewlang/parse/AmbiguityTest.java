package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.Test;
import org.rewlang.source.Source;

/** One text, one tree: exact detection finds no ambiguity, and SLL prediction is enough. */
class AmbiguityTest {

  private static final int SENTENCES = 5_000;

  @Test
  void snippetsHaveOneReading() throws Exception {
    int checked = 0;
    for (var snippet : Snippets.all()) {
      List<Token> tokens = Tokens.of(snippet.source()).tokens();
      if (Attempt.program(tokens, Tokens.of(snippet.source()).end()).isPresent()) {
        checkOne(tokens, snippet.name());
        checked++;
      }
    }
    assertTrue(checked >= Snippets.MINIMUM, "only " + checked + " snippets were read");
  }

  @Test
  void randomSentencesHaveOneReading() {
    Sentences sentences = new Sentences(7);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < SENTENCES && wrong.size() < 12; i++) {
      List<Integer> types = sentences.types(RewParser.RULE_program, 10 + i % 50);
      try {
        checkOne(Sentences.tokens(types), words(types));
      } catch (AssertionError e) {
        wrong.add(e.getMessage());
      }
    }
    assertEquals("", String.join("\n\n", wrong));
  }

  /** Text, not only tokens: what the lexer makes of a printed sentence is that sentence. */
  @Test
  void randomTextsParse() {
    Sentences sentences = new Sentences(11);
    for (int i = 0; i < 1_000; i++) {
      String text = sentences.text(RewParser.RULE_program, 10 + i % 40);
      Tokens tokens = Tokens.of(Source.of("random", text));
      assertTrue(Attempt.program(tokens.tokens(), tokens.end()).isPresent(), text);
    }
  }

  private static String words(List<Integer> types) {
    return String.join(
        " ", types.stream().map(t -> RewLexer.VOCABULARY.getSymbolicName(t)).toList());
  }

  private static void checkOne(List<Token> tokens, String name) {
    List<String> found = new ArrayList<>();
    String exact = tree(tokens, PredictionMode.LL_EXACT_AMBIG_DETECTION, found);
    assertEquals(List.of(), found, name);
    assertEquals(exact, tree(tokens, PredictionMode.SLL, found), name);
    assertEquals(List.of(), found, name);
  }

  private static String tree(List<Token> tokens, PredictionMode mode, List<String> found) {
    List<Token> ended = new ArrayList<>(tokens);
    ended.add(new CommonToken(Token.EOF, "<EOF>"));
    RewParser parser = new RewParser(new CommonTokenStream(new ListTokenSource(ended)));
    parser.removeErrorListeners();
    parser.addErrorListener(
        new BaseErrorListener() {
          @Override
          public void syntaxError(
              Recognizer<?, ?> r,
              Object at,
              int line,
              int column,
              String m,
              RecognitionException e) {
            found.add("error: " + m);
          }

          @Override
          public void reportAmbiguity(
              org.antlr.v4.runtime.Parser p,
              DFA dfa,
              int from,
              int to,
              boolean exact,
              BitSet alts,
              ATNConfigSet c) {
            found.add("ambiguous in " + rule(p, dfa) + " " + alts + " at " + from + ".." + to);
          }

          @Override
          public void reportAttemptingFullContext(
              org.antlr.v4.runtime.Parser p,
              DFA dfa,
              int from,
              int to,
              BitSet alts,
              ATNConfigSet c) {
            found.add(
                "needs its context in " + rule(p, dfa) + " " + alts + " at " + from + ".." + to);
          }
        });
    parser.getInterpreter().setPredictionMode(mode);
    return parser.program().toStringTree(parser);
  }

  private static String rule(org.antlr.v4.runtime.Parser parser, DFA dfa) {
    return parser.getRuleNames()[dfa.atnStartState.ruleIndex];
  }
}
