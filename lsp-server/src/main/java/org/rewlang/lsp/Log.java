package org.rewlang.lsp;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** Failures of Rew itself, told to whoever runs the editor. */
final class Log {

  private final Supplier<@Nullable LanguageClient> client;

  Log(Supplier<@Nullable LanguageClient> client) {
    this.client = client;
  }

  void failure(String what, Throwable cause) {
    LanguageClient to = client.get();
    if (to != null) {
      StringWriter trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      to.logMessage(new MessageParams(MessageType.Error, what + " failed: " + trace));
    }
  }
}
