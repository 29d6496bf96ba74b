import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State } from "vscode-languageclient/node";
import type { ErrorHandler, Executable, LanguageClientOptions } from "vscode-languageclient/node";
import { currentSearch } from "./config";
import { LANGUAGE, NAME, SERVER_ARGUMENTS, SETTING_PATH, VERSION_TIMEOUT_MS } from "./constants";
import { commandFor, describe, findLauncher, probeVersion } from "./launcher";
import type { Candidate, Launcher } from "./launcher";

export type ServerState = "starting" | "running" | "stopped" | "failed";

/** One language server: found, started, restarted, stopped. */
export class RewServer implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ServerState>();
  readonly onDidChangeState = this.changed.event;

  launcher: Launcher | undefined;
  private client: LanguageClient | undefined;
  /** Read by the client at each start, so that a restart can use another launcher. */
  private readonly executable: Executable = { command: "", args: [] };
  /** Ends the attempt that is under way, as a newer one or the end of the session replaces it. */
  private attempt = new AbortController();
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly output: vscode.LogOutputChannel) {}

  /** Starts the server, or restarts it with the launcher that is the right one now. */
  start(): Promise<void> {
    this.attempt.abort();
    const attempt = new AbortController();
    this.attempt = attempt;
    this.queue = this.queue
      .then(() => this.launch(attempt.signal))
      .catch((error: unknown) => {
        // The client has shown the error already.
        this.output.error(String(error));
        if (!attempt.signal.aborted) {
          this.changed.fire("failed");
        }
      });
    return this.queue;
  }

  async stop(): Promise<void> {
    this.attempt.abort();
    await this.queue;
    await this.drop();
    this.changed.fire("stopped");
  }

  dispose(): void {
    void this.stop().finally(() => this.changed.dispose());
  }

  private async launch(signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    this.changed.fire("starting");
    const search = currentSearch();
    const { launcher, rejected } = await findLauncher(search, (path) => {
      this.output.info(`asking ${path} for its version`);
      return probeVersion(path, {
        timeoutMs: VERSION_TIMEOUT_MS,
        signal,
        onLine: (line) => this.output.info(line),
      });
    });
    if (signal.aborted) {
      return;
    }
    this.launcher = launcher;
    if (launcher === undefined) {
      await this.drop();
      this.changed.fire("failed");
      this.reportMissing(rejected);
      return;
    }
    if (rejected.length > 0) {
      this.output.info(`passed over:\n${describe(rejected)}`);
    }
    this.output.info(`${launcher.version}, from ${launcher.path}`);
    const { command, args, shell } = commandFor(launcher.path, SERVER_ARGUMENTS, search.platform);
    Object.assign(this.executable, { command, args, options: { shell } });
    await this.run(signal);
  }

  private async run(signal: AbortSignal): Promise<void> {
    const running = this.client?.state === State.Running ? this.client : undefined;
    if (running === undefined) {
      // A client that failed to start can't be started again, so each attempt has its own.
      await this.drop();
      this.client = this.createClient();
    }
    const client = running ?? this.client!;
    const abandon = () => {
      // One that runs already can be stopped as it should be.
      if (client.state !== State.Running) {
        this.client = undefined;
        client.serverProcess?.kill();
      }
    };
    signal.addEventListener("abort", abandon, { once: true });
    try {
      await (running === undefined ? client.start() : client.restart());
    } finally {
      signal.removeEventListener("abort", abandon);
    }
  }

  private createClient(): LanguageClient {
    let standard: ErrorHandler;
    let cameUp = false;
    const options: LanguageClientOptions = {
      documentSelector: [
        { language: LANGUAGE, scheme: "file" },
        { language: LANGUAGE, scheme: "untitled" },
      ],
      outputChannel: this.output,
      // The failed start is shown by the client itself; once is enough.
      initializationFailedHandler: () => false,
      errorHandler: {
        error: (error, message, count) =>
          cameUp
            ? standard.error(error, message, count)
            : { action: ErrorAction.Continue, handled: true },
        // A server that crashed is started again by the client, a few times. One that never came
        // up would only fail in the same way, and one that was given up must not come back.
        closed: () =>
          cameUp && client === this.client
            ? standard.closed()
            : { action: CloseAction.DoNotRestart, handled: true },
      },
    };
    const client = new LanguageClient(LANGUAGE, NAME, this.executable, options);
    standard = client.createDefaultErrorHandler();
    client.onDidChangeState(({ newState }) => {
      cameUp = newState === State.Running || (cameUp && newState !== State.Starting);
      if (client === this.client) {
        this.changed.fire(newState === State.Stopped && !cameUp ? "failed" : stateOf(newState));
      }
    });
    return client;
  }

  private async drop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It never ran, or is gone already; the process must not stay.
      client?.serverProcess?.kill();
    }
  }

  private reportMissing(rejected: Candidate[]): void {
    const tried = describe(rejected);
    this.output.error(`No rew launcher could be started. Tried:\n${tried}`);
    const message = `No rew launcher could be started. Tried: ${tried.replaceAll("\n", "; ")}`;
    const setting = "Open Setting";
    const show = "Show Output";
    void vscode.window.showErrorMessage(message, setting, show).then((choice) => {
      if (choice === setting) {
        void vscode.commands.executeCommand("workbench.action.openSettings", SETTING_PATH);
      } else if (choice === show) {
        this.output.show();
      }
    });
  }
}

function stateOf(state: State): ServerState {
  switch (state) {
    case State.Running:
      return "running";
    case State.Starting:
      return "starting";
    case State.StartFailed:
      return "failed";
    case State.Stopped:
      return "stopped";
  }
}
