package org.rewlang.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.launch.DSPLauncher;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An editor's debugger, over the Debug Adapter Protocol, at a program that runs. */
@Timeout(60)
class DebuggerTest {

  private static final String PROGRAM =
      """
      module walk

      inputs {
        speed: real in -10..10
        feet: bool[2]
      }

      param target: real = 1 in 0..2

      let miss = abs(speed - target)

      reward {
        track = 1 - miss
        still = 0.5 when miss < 0.1
      }
      """;

  private static final int TRACK = 13;

  /** Keeps where the program stopped. */
  static final class Client implements IDebugProtocolClient {
    final CompletableFuture<Void> ready = new CompletableFuture<>();
    final CompletableFuture<StoppedEventArguments> stop = new CompletableFuture<>();

    @Override
    public void initialized() {
      ready.complete(null);
    }

    @Override
    public void stopped(StoppedEventArguments args) {
      stop.complete(args);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static <T> T now(Future<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  @Test
  void stopsAtALineAndShowsInputs(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.toRealPath().resolve("walk.rew"), PROGRAM);
    int port = freePort();
    try (Context context =
        Context.newBuilder("rew")
            .allowAllAccess(true)
            .option("engine.WarnInterpreterOnly", "false")
            .option("dap", "localhost:" + port)
            .option("dap.Suspend", "false")
            .option("dap.WaitAttached", "false")
            .build()) {
      Value episode =
          context
              .eval(org.graalvm.polyglot.Source.newBuilder("rew", file.toFile()).build())
              .invokeMember("begin");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        Client client = new Client();
        Launcher<IDebugProtocolServer> launcher =
            DSPLauncher.createClientLauncher(
                client, socket.getInputStream(), socket.getOutputStream());
        Future<Void> listening = launcher.startListening();
        IDebugProtocolServer server = launcher.getRemoteProxy();
        InitializeRequestArguments about = new InitializeRequestArguments();
        about.setAdapterID("rew");
        now(server.initialize(about));
        Future<Void> attached = server.attach(Map.of());
        now(client.ready);
        assertEquals(TRACK, breakAt(server, file, TRACK));
        now(server.configurationDone(new ConfigurationDoneArguments()));
        now(attached);

        Map<String, Object> row = Map.of("speed", 1.5, "feet", new boolean[] {true, false});
        CompletableFuture<Double> total =
            CompletableFuture.supplyAsync(
                () -> episode.invokeMember("step", row).getMember("total").asDouble());
        StoppedEventArguments stop = now(client.stop);
        StackFrame frame = top(server, stop.getThreadId());
        assertEquals(TRACK, frame.getLine());
        assertEquals(file.toString(), frame.getSource().getPath());
        Map<String, String> seen = variables(server, frame);
        assertEquals("1.5", seen.get("speed"));
        assertEquals("1.0", seen.get("target"));
        assertFalse(total.isDone(), "the step waits");

        ContinueArguments on = new ContinueArguments();
        on.setThreadId(stop.getThreadId());
        now(server.continue_(on));
        assertEquals(0.5, now(total));
        now(server.disconnect(new DisconnectArguments()));
        listening.cancel(true);
      }
    }
  }

  private static int breakAt(IDebugProtocolServer server, Path file, int line) throws Exception {
    SetBreakpointsArguments arguments = new SetBreakpointsArguments();
    Source source = new Source();
    source.setPath(file.toString());
    arguments.setSource(source);
    SourceBreakpoint point = new SourceBreakpoint();
    point.setLine(line);
    arguments.setBreakpoints(new SourceBreakpoint[] {point});
    return now(server.setBreakpoints(arguments)).getBreakpoints()[0].getLine();
  }

  private static StackFrame top(IDebugProtocolServer server, int thread) throws Exception {
    StackTraceArguments arguments = new StackTraceArguments();
    arguments.setThreadId(thread);
    return now(server.stackTrace(arguments)).getStackFrames()[0];
  }

  private static Map<String, String> variables(IDebugProtocolServer server, StackFrame frame)
      throws Exception {
    ScopesArguments arguments = new ScopesArguments();
    arguments.setFrameId(frame.getId());
    Map<String, String> seen = new HashMap<>();
    for (Scope scope : now(server.scopes(arguments)).getScopes()) {
      VariablesArguments of = new VariablesArguments();
      of.setVariablesReference(scope.getVariablesReference());
      for (Variable variable : now(server.variables(of)).getVariables()) {
        seen.put(variable.getName(), variable.getValue());
      }
    }
    return seen;
  }
}
