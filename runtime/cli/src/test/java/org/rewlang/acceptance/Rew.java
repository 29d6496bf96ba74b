package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.cli.Main;

/** The command line as a script sees it. */
record Rew(int exit, String out, String err) {

  static final ObjectMapper JSON = new ObjectMapper();

  static Rew run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = Main.run(List.of(args), new ByteArrayInputStream(new byte[0]), out, err);
    return new Rew(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Scores data as a script that expects it to go well. */
  static Rew score(Path program, Path data, Path out, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of("score", program.toString(), data.toString(), "-o", out.toString()));
    args.addAll(List.of(options));
    Rew rew = run(args.toArray(String[]::new));
    assertEquals(0, rew.exit(), rew.out() + rew.err());
    return rew;
  }

  /** Runs an SQL statement that writes a data file. */
  static void sql(String statement) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement run = duck.createStatement()) {
      run.execute(statement);
    }
  }

  JsonNode json() throws IOException {
    return JSON.readTree(out);
  }

  static List<JsonNode> lines(String text) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (!line.isBlank()) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }

  static List<JsonNode> lines(Path file) throws IOException {
    return lines(Files.readString(file));
  }

  /** The checkout's root, from whichever module the tests run in. */
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("LICENSE"))) {
      here = here.getParent();
    }
    return here;
  }
}
