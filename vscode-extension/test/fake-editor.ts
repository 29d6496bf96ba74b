/**
 * As much of the editor's API as the built extension needs to start, restart and lose its server.
 * What is not spelled out below answers every call with another such answer.
 */
import { EventEmitter, once } from "node:events";
import { createRequire } from "node:module";
import * as path from "node:path";

const events = new EventEmitter();
const on = (name: string) => (listener: (event: unknown) => void) => {
  events.on(name, listener);
  return { dispose: () => events.off(name, listener) };
};

/** What the extension has shown, and what the test sets. */
export const editor = {
  setting: "",
  trusted: true,
  folders: [] as string[],
  status: "",
  popups: [] as string[],
  output: [] as string[],
  commands: new Map<string, () => Promise<void>>(),
  fire: (name: string, event?: unknown) => events.emit(name, event),
};

/** Waits until the status bar shows this icon. */
export async function status(icon: string): Promise<void> {
  while (!editor.status.startsWith(icon)) {
    await once(events, "status");
  }
}

class Emitter {
  private readonly listeners = new Set<(event: unknown) => void>();
  event = (listener: (event: unknown) => void) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire = (event: unknown) => this.listeners.forEach((listener) => listener(event));
  dispose = () => this.listeners.clear();
}

class Disposable {
  static from = (...all: Disposable[]) => new Disposable(() => all.forEach((one) => one.dispose()));
  constructor(private readonly callback?: () => void) {}
  dispose = () => this.callback?.();
}

function anything(): unknown {
  const target = Object.assign(function () {}, { dispose: () => {} });
  return new Proxy(target, {
    get: (_, key) => {
      if (key === "then" || key === Symbol.iterator) {
        return undefined;
      }
      return Reflect.get(target, key) ?? anything();
    },
    apply: anything,
    construct: () => ({}),
  });
}

/** These members, events by their name, and anything else. */
function space(members: object): object {
  return new Proxy(members, {
    get: (_, key) => {
      if (Reflect.has(members, key)) {
        return Reflect.get(members, key);
      }
      return /^on(Did|Will)/.test(String(key)) ? on(String(key)) : anything();
    },
  });
}

const write = (...words: unknown[]) => void editor.output.push(words.map(String).join(" "));
const popup = async (text: string) => void editor.popups.push(text);
const levels = { trace: write, debug: write, info: write, warn: write, error: write };

const api = space({
  version: "1.91.0",
  EventEmitter: Emitter,
  Disposable,
  StatusBarAlignment: { Right: 2 },
  LogLevel: { Info: 3 },
  ThemeColor: class {},
  env: { appName: "Code", language: "en" },
  languages: space({}),
  Uri: space({}),
  // Classes of the editor that the client extends.
  ...Object.fromEntries(
    ["CodeAction", "CodeLens", "CompletionItem", "Diagnostic", "DocumentLink", "InlayHint"]
      .concat("CallHierarchyItem", "TypeHierarchyItem", "SymbolInformation", "CancellationError")
      .map((name) => [name, class {}]),
  ),
  window: space({
    createOutputChannel: () => space({ ...levels, appendLine: write, logLevel: 3 }),
    createStatusBarItem: () => ({
      show() {},
      dispose() {},
      set text(text: string) {
        editor.status = text;
        events.emit("status");
      },
    }),
    showErrorMessage: popup,
    showInformationMessage: popup,
    visibleTextEditors: [],
    tabGroups: space({ all: [] }),
  }),
  workspace: space({
    get isTrusted() {
      return editor.trusted;
    },
    get workspaceFolders() {
      return editor.folders.map((fsPath, index) => ({
        uri: { scheme: "file", fsPath, toString: () => `file://${fsPath}` },
        name: path.basename(fsPath),
        index,
      }));
    },
    textDocuments: [],
    notebookDocuments: [],
    getConfiguration: () => ({
      get: (key: string, otherwise: unknown) => (key === "path" ? editor.setting : otherwise),
    }),
  }),
  commands: space({
    registerCommand: (name: string, run: () => Promise<void>) => {
      editor.commands.set(name, run);
      return new Disposable();
    },
  }),
});

/** Loads the bundle with this editor in the place of the real one. */
export function loadExtension(file: string): {
  activate(context: object): void;
  deactivate(): Promise<void>;
} {
  const require = createRequire(file);
  const Module = require("node:module") as { _load(request: string, ...rest: unknown[]): unknown };
  const load = Module._load;
  Module._load = (request, ...rest) =>
    request === "vscode" ? api : load.call(Module, request, ...rest);
  return require(file);
}
