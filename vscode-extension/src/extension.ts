import * as vscode from "vscode";
import {
  COMMAND_OUTPUT,
  COMMAND_RESTART,
  COMMAND_VERSIONS,
  LANGUAGE,
  NAME,
  SETTING_PATH,
} from "./constants";
import { RewServer } from "./server";
import type { ServerState } from "./server";

let server: RewServer | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel(NAME, { log: true });
  const rew = new RewServer(output);
  server = rew;

  const status = vscode.window.createStatusBarItem(LANGUAGE, vscode.StatusBarAlignment.Right, 100);
  status.name = NAME;
  status.command = COMMAND_OUTPUT;
  status.show();

  const versions = () =>
    [
      `extension ${String(context.extension.packageJSON.version)}`,
      rew.launcher ? `${rew.launcher.version} (${rew.launcher.path})` : "no rew launcher found",
      `${vscode.env.appName} ${vscode.version}`,
    ].join(", ");

  const restart = () => rew.start();
  context.subscriptions.push(
    output,
    status,
    rew,
    rew.onDidChangeState((state) => show(status, state, rew)),
    vscode.commands.registerCommand(COMMAND_RESTART, restart),
    vscode.commands.registerCommand(COMMAND_OUTPUT, () => output.show()),
    vscode.commands.registerCommand(COMMAND_VERSIONS, async () => {
      output.info(versions());
      const copy = "Copy";
      if ((await vscode.window.showInformationMessage(`Rew: ${versions()}`, copy)) === copy) {
        await vscode.env.clipboard.writeText(versions());
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING_PATH)) {
        void restart();
      }
    }),
    // Both may bring a launcher into reach that could not be used before.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      if (rew.launcher === undefined) {
        void restart();
      }
    }),
  );

  // Not awaited: a launcher that has to build itself first must not hold up the editor.
  void restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

const ICONS: Record<ServerState, string> = {
  starting: "$(sync~spin)",
  running: "$(check)",
  stopped: "$(circle-slash)",
  failed: "$(error)",
};

function show(status: vscode.StatusBarItem, state: ServerState, rew: RewServer): void {
  status.text = `${ICONS[state]} ${NAME}`;
  status.tooltip = [`Rew language server: ${state}`, rew.launcher?.version, rew.launcher?.path]
    .filter(Boolean)
    .join("\n");
  status.backgroundColor =
    state === "failed" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
}
