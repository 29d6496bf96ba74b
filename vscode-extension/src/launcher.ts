/**
 * Finds the `rew` launcher. Nothing here knows of the editor, so that plain tests can run it.
 *
 * Order: the setting, the root of each workspace folder, the PATH. The first candidate that answers
 * `--version` as Rew does is taken; every other one is kept with the reason, for the message.
 */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

export interface Search {
  /** The value of `rew.path`, empty where it is not set. */
  setting: string;
  /** Workspace folders on disk. */
  folders: string[];
  /** Whether the user trusts the workspace. */
  trusted: boolean;
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
}

export interface Candidate {
  path: string;
  origin: "setting" | "workspace" | "PATH";
  /** Why this candidate can't be used; absent while nothing speaks against it. */
  problem?: string | undefined;
}

export interface Launcher {
  path: string;
  origin: Candidate["origin"];
  /** The first line of `rew --version`. */
  version: string;
}

export interface Found {
  launcher?: Launcher;
  /** Candidates tried before the one that was taken, or all of them. */
  rejected: Candidate[];
}

export interface Command {
  command: string;
  args: string[];
  shell: boolean;
}

/** Asks a launcher for its version; rejects with the reason where it has none. */
export type Probe = (launcher: string) => Promise<string>;

export async function findLauncher(search: Search, probe: Probe): Promise<Found> {
  const rejected: Candidate[] = [];
  for (const candidate of candidates(search)) {
    if (candidate.problem === undefined) {
      try {
        const version = await probe(candidate.path);
        return { launcher: { path: candidate.path, origin: candidate.origin, version }, rejected };
      } catch (error) {
        candidate.problem = error instanceof Error ? error.message : String(error);
      }
    }
    rejected.push(candidate);
  }
  return { rejected };
}

/** Every place to look at, in order. Places on the PATH without a `rew` are summed up in one entry. */
export function candidates(search: Search): Candidate[] {
  const found: Candidate[] = [];
  const add = (file: string, origin: Candidate["origin"]) => {
    if (!found.some((candidate) => candidate.path === file)) {
      found.push({ path: file, origin, problem: problemOf(file, search) });
    }
  };
  for (const file of fromSetting(search)) {
    add(file, "setting");
  }
  for (const folder of search.folders) {
    add(existingOrFirst(folder, search), "workspace");
  }
  const entries = pathEntries(search);
  const onPath = entries
    .map((entry) => existingOrFirst(entry, search))
    .filter((file) => fs.existsSync(file));
  for (const file of onPath) {
    add(file, "PATH");
  }
  if (onPath.length === 0) {
    const problem = `not in any of its ${entries.length} folders`;
    found.push({ path: names(search)[0] ?? "rew", origin: "PATH", problem });
  }
  return found;
}

/** One line for each candidate, as the error message shows them. */
export function describe(rejected: Candidate[]): string {
  const origins = { setting: "setting rew.path", workspace: "workspace folder", PATH: "PATH" };
  return rejected
    .map(({ path: file, origin, problem }) => `${origins[origin]}: ${file} (${problem})`)
    .join("\n");
}

/** How to start a launcher: Windows runs batch files through its shell only, which needs quotes. */
export function commandFor(launcher: string, args: string[], platform: NodeJS.Platform): Command {
  const shell = platform === "win32" && /\.(cmd|bat)$/i.test(launcher);
  return { command: shell ? `"${launcher}"` : launcher, args, shell };
}

/** Runs `rew --version`. Progress that the launcher prints while it builds itself goes to `onLine`. */
export function probeVersion(
  launcher: string,
  options: { timeoutMs: number; signal?: AbortSignal; onLine?: (line: string) => void },
): Promise<string> {
  const { command, args, shell } = commandFor(launcher, ["--version"], process.platform);
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      shell,
      signal,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    let lastError = "";
    child.stdout.on("data", (data: Buffer) => {
      output = (output + data.toString()).slice(0, 10_000);
    });
    child.stderr.on("data", (data: Buffer) => {
      for (const line of data.toString().split(/\r?\n/).filter(Boolean)) {
        lastError = line;
        options.onLine?.(line);
      }
    });
    child.on("error", (error) => {
      const late = `no answer to --version within ${options.timeoutMs / 1000} s`;
      const stopped = timeout.aborted ? late : "no longer wanted";
      reject(new Error(signal.aborted ? stopped : `does not start: ${error.message}`));
    });
    child.on("close", (code, killedBy) => {
      const version = versionLine(output);
      if (code === 0 && version !== undefined) {
        resolve(version);
      } else if (code === 0) {
        reject(new Error("its --version is not that of Rew"));
      } else {
        const how = code === null ? `was stopped by ${killedBy}` : `exit code ${code}`;
        reject(new Error(`--version failed, ${how}${lastError && `: ${lastError}`}`));
      }
    });
  });
}

/** Other programs are called `rew` too, so the name and a number must both be there. */
export function versionLine(output: string): string | undefined {
  return output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .find((line) => /^rew\b.*\d+\.\d+/i.test(line));
}

function fromSetting(search: Search): string[] {
  if (search.setting === "") {
    return [];
  }
  const file = search.setting.replace(/^~(?=[/\\])/, search.home);
  if (path.isAbsolute(file)) {
    return [path.normalize(file)];
  }
  return search.folders.map((folder) => path.join(folder, file));
}

function pathEntries(search: Search): string[] {
  // On Windows the variable may be spelled Path.
  const key = Object.keys(search.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const delimiter = search.platform === "win32" ? ";" : ":";
  // A relative entry depends on the current folder, which is not ours to choose.
  return (search.env[key] ?? "").split(delimiter).filter((entry) => path.isAbsolute(entry));
}

function names(search: Search): string[] {
  return search.platform === "win32" ? ["rew.exe", "rew.cmd", "rew.bat"] : ["rew"];
}

function existingOrFirst(folder: string, search: Search): string {
  const files = names(search).map((name) => path.join(folder, name));
  return files.find((file) => fs.existsSync(file)) ?? files[0]!;
}

function problemOf(file: string, search: Search): string | undefined {
  if (!search.trusted && isInWorkspace(file, search.folders)) {
    return "not run: it lies in the workspace, which is not trusted";
  }
  try {
    if (!fs.statSync(file).isFile()) {
      return "not a file";
    }
  } catch {
    return "does not exist";
  }
  try {
    fs.accessSync(file, fs.constants.X_OK);
  } catch {
    return "not executable";
  }
  return undefined;
}

/** Also true where a link leads into the workspace, or out of it: the workspace placed that link. */
function isInWorkspace(file: string, folders: string[]): boolean {
  return folders.some((folder) =>
    [file, real(file)].some((place) =>
      [folder, real(folder)].some((root) => contains(root, place)),
    ),
  );
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

function real(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}
