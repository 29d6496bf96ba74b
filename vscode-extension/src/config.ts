import * as os from "node:os";
import * as vscode from "vscode";
import { LANGUAGE } from "./constants";
import type { Search } from "./launcher";

/** What the launcher lookup needs to know, as the editor has it now. */
export function currentSearch(): Search {
  return {
    setting: vscode.workspace.getConfiguration(LANGUAGE).get("path", "").trim(),
    folders: (vscode.workspace.workspaceFolders ?? [])
      .filter((folder) => folder.uri.scheme === "file")
      .map((folder) => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    env: process.env,
    home: os.homedir(),
    platform: process.platform,
  };
}
