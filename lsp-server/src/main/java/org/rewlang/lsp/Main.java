package org.rewlang.lsp;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.rewlang.compile.Compiler;
import org.rewlang.ide.DiskFiles;

/** Where the language server begins: {@code rew lsp}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    int exit =
        run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
    Runtime.getRuntime().exit(exit);
  }

  /** Serves one editor until it says goodbye or goes; gives the exit code. */
  public static int run(InputStream in, OutputStream out) {
    // A stray line on standard output would break the protocol.
    System.setOut(System.err);
    return serve(new RewServer(Compiler::compile, new DiskFiles(), RewServer.DEBOUNCE), in, out);
  }

  static int serve(RewServer server, InputStream in, OutputStream out) {
    // Daemons: a read from standard input can't be interrupted, and must not keep Java alive.
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> Thread.ofPlatform().name("rew-messages").daemon().unstarted(work));
    Launcher<LanguageClient> launcher =
        LSPLauncher.createServerLauncher(server, in, out, threads, messages -> messages);
    server.connect(launcher.getRemoteProxy());
    var listening = launcher.startListening();
    threads.execute(
        () -> {
          try {
            Object end = listening.get();
            assert end == null;
          } catch (InterruptedException | ExecutionException e) {
            // Either way there is nobody left to talk to.
          }
          server.exit();
        });
    int exit = server.exitCode().join();
    server.close();
    threads.shutdownNow();
    return exit;
  }
}
