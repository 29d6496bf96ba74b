package org.rewlang.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where {@code rew} begins. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    int exit =
        run(
            List.of(args),
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err));
    // Java's exit sets up logging for itself, which a command that ends well need not wait for.
    if (exit != 0 || Thread.activeCount() > 1) {
      Runtime.getRuntime().exit(exit);
    }
  }

  /** Runs one command line from beginning to end; gives the exit code. Never throws. */
  public static int run(List<String> args, InputStream in, OutputStream out, OutputStream err) {
    boolean terminal = isTerminal();
    PrintStream output = new PrintStream(out, false, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    int exit = new Session(new Console(in, output, errors, terminal)).run(args);
    output.flush();
    errors.flush();
    return exit;
  }

  /** Java knows only whether all three streams are; the launcher knows of standard error. */
  private static boolean isTerminal() {
    String told = System.getenv("REW_STDERR_TTY");
    if (told != null) {
      return told.equals("1");
    }
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
