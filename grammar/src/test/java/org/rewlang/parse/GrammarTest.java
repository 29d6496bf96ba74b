package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.AbstractPredicateTransition;
import org.antlr.v4.runtime.atn.ActionTransition;
import org.antlr.v4.runtime.atn.LexerChannelAction;
import org.antlr.v4.runtime.atn.RuleStartState;
import org.junit.jupiter.api.Test;

/** The grammar stays one that can be exported: regular tokens, context-free rules, nothing else. */
class GrammarTest {

  private static final Path FOLDER = Path.of("src/main/antlr4/org/rewlang/parse");

  @Test
  void noModesPredicatesActionsOrLeftRecursion() throws Exception {
    assertEquals(1, RewLexer.modeNames.length);
    for (ATN atn : new ATN[] {RewLexer._ATN, RewParser._ATN}) {
      for (var state : atn.states) {
        assertFalse(state instanceof RuleStartState start && start.isLeftRecursiveRule);
        for (var transition : state.getTransitions()) {
          assertFalse(transition instanceof AbstractPredicateTransition);
          assertTrue(atn == RewLexer._ATN || !(transition instanceof ActionTransition));
        }
      }
    }
    for (var action : RewLexer._ATN.lexerActions) {
      assertTrue(action instanceof LexerChannelAction);
    }
    for (String file : new String[] {"RewLexer.g4", "RewParser.g4"}) {
      String text = Files.readString(FOLDER.resolve(file)).replaceAll("(?m)//.*$", "");
      assertFalse(
          Pattern.compile("\\bmode\\b|\\}\\?|@\\w+\\s*\\{|pushMode|more\\b").matcher(text).find());
    }
  }

  /** The lists of words in the code are those of the grammar. */
  @Test
  void wordsAreThoseOfTheGrammar() throws Exception {
    String lexer = Files.readString(FOLDER.resolve("RewLexer.g4"));
    Set<String> words =
        Pattern.compile("(?m)^\\w+ : '([a-z_]+)' ;")
            .matcher(lexer)
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>();
    Set<String> reserved = new TreeSet<>();
    for (int type = RewLexer.AND; type <= RewLexer.LAST; type++) {
      known.add(Words.spelling(type));
      if (Words.isReserved(type)) {
        reserved.add(Words.spelling(type));
      }
    }
    assertEquals(words, known);
    assertEquals(
        new TreeSet<>(
            Set.of(
                "and", "or", "not", "implies", "until", "if", "else", "for", "in", "when", "on",
                "once", "then", "true", "false", "let")),
        reserved);
    assertTrue(words.stream().noneMatch(w -> w.length() == 1));
  }

  /** Every soft word can be a name: an input, a let, a component. */
  @Test
  void softWordsAreNames() {
    for (int type = RewLexer.MODULE; type <= RewLexer.LAST; type++) {
      String word = Words.spelling(type);
      String text =
          "inputs { "
              + word
              + ": real }\nlet "
              + word
              + " = "
              + word
              + " + 1\n"
              + "reward { "
              + word
              + " = "
              + word
              + " when "
              + word
              + " > 0 }\n";
      var parsed = Parser.parse(org.rewlang.source.Source.of(word, text));
      assertTrue(parsed.diagnostics().isEmpty(), () -> text + parsed.diagnostics());
    }
  }
}
