/** The grammar and the programs that tests colour with it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { createRegistry } from "vscode-tmgrammar-test/dist/common/index";
import { getVSCodeTokens, renderSnap } from "vscode-tmgrammar-test/dist/snapshot/index";

/** npm runs scripts in the folder of package.json. */
export const EXTENSION = process.cwd();
export const REPOSITORY = path.dirname(EXTENSION);
export const SCOPE = "source.rew";
export const GRAMMAR = path.join(EXTENSION, "syntaxes", "rew.tmLanguage.json");
export const FIXTURES = path.join(EXTENSION, "test", "grammar");

const SNAPSHOTS = path.join(EXTENSION, "test", "snapshots");
const PROGRAMS = [
  FIXTURES,
  path.join(REPOSITORY, "examples"),
  path.join(REPOSITORY, "docs/samples"),
];

export const registry = createRegistry([{ path: GRAMMAR, scopeName: SCOPE }]);

export function programs(folders = PROGRAMS): string[] {
  return folders.flatMap((folder) => filesIn(folder, ".rew")).sort();
}

export function snapshots(): string[] {
  return filesIn(SNAPSHOTS, ".snap");
}

/** Snapshots keep the paths of their programs, so that they can lie here for programs elsewhere. */
export function snapshotOf(program: string): string {
  const name = path.relative(REPOSITORY, program).split(path.sep).join("/");
  const own = path.relative(REPOSITORY, FIXTURES).split(path.sep).join("/");
  return path.join(SNAPSHOTS, `${name.replace(`${own}/`, "")}.snap`);
}

export async function render(program: string): Promise<string> {
  return renderSnap(await tokens(program));
}

export function tokens(program: string) {
  return getVSCodeTokens(registry, SCOPE, fs.readFileSync(program, "utf8"));
}

function filesIn(folder: string, ending: string): string[] {
  if (!fs.existsSync(folder)) {
    return [];
  }
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name));
}
