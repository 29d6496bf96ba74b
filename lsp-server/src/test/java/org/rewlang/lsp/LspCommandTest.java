package org.rewlang.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server as the command line starts it. */
class LspCommandTest {

  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @AfterEach
  void restore() {
    System.setOut(standardOutput);
  }

  private int rew(String input, String... args) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return org.rewlang.cli.Main.run(List.of(args), in, out, err);
  }

  private static String message(String json) {
    return "Content-Length: " + json.length() + "\r\n\r\n" + json;
  }

  private static final String INITIALIZE =
      message(
          """
          {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}""");
  private static final String SHUTDOWN =
      message(
          """
          {"jsonrpc":"2.0","id":2,"method":"shutdown"}""");
  private static final String EXIT =
      message(
          """
          {"jsonrpc":"2.0","method":"exit"}""");

  @Test
  void aSessionFromHelloToGoodbye() {
    assertEquals(0, rew(INITIALIZE + SHUTDOWN + EXIT, "lsp"));
    String answers = out.toString(StandardCharsets.UTF_8);
    assertTrue(answers.startsWith("Content-Length: "), answers);
    assertTrue(answers.contains("\"hoverProvider\":true"), answers);
    assertTrue(answers.endsWith("}"), answers);
  }

  @Test
  void anEditorThatGoesWithoutAWord() {
    assertEquals(1, rew(INITIALIZE, "lsp"));
  }

  @Test
  void nothingButMessagesGoesToStandardOutput() {
    rew("", "lsp");
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    assertEquals(System.err, System.out);
  }

  @Test
  void helpIsAnsweredAsOfAnyCommand() {
    assertEquals(0, rew("", "lsp", "--help"));
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("Language Server Protocol"));
  }
}
