/** The built extension with a fake editor and a fake server: what happens as servers come and go. */
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { COMMAND_RESTART, COMMAND_VERSIONS, SETTING_PATH } from "../src/constants";
import { editor, loadExtension, status } from "./fake-editor";

const RUNNING = "$(check)";
const STARTING = "$(sync~spin)";
const FAILED = "$(error)";

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "rew-extension-")));
const pids = path.join(root, "pids");
const server = path.join(process.cwd(), "test", "fake-server.cjs");

function launcher(name: string, lsp: string): string {
  const file = path.join(root, name, "rew");
  fs.mkdirSync(path.dirname(file));
  const script = `[ "$1" = --version ] && echo "rew 1.0.0 (${name})" && exit\necho $$ >> "${pids}"`;
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n${lsp}\n`, { mode: 0o755 });
  return file;
}
const good = launcher("good", `exec "${process.execPath}" "${server}" lsp`);
const hangs = launcher("hangs", "exec sleep 600");
const dies = launcher("dies", "exit 3");

const extension = loadExtension(path.join(process.cwd(), "dist", "extension.js"));
const context = {
  subscriptions: [] as { dispose(): void }[],
  extension: { packageJSON: { version: "0.1.0" } },
};
const restart = () => editor.commands.get(COMMAND_RESTART)!();

/** The servers started so far that still run. */
function alive(): number[] {
  const started = fs.readFileSync(pids, "utf8").trim().split("\n").map(Number);
  return started.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

before(async () => {
  editor.folders = [path.dirname(good)];
  extension.activate(context);
  await status(RUNNING);
});

beforeEach(() => {
  editor.popups = [];
  editor.output = [];
});

after(async () => {
  await extension.deactivate();
  context.subscriptions.forEach((one) => one.dispose());
  await until(() => alive().length === 0);
  fs.rmSync(root, { recursive: true });
});

const limit = { timeout: 20_000 };

test("the server of the workspace runs, and its version is shown", limit, async () => {
  assert.equal(alive().length, 1);
  await editor.commands.get(COMMAND_VERSIONS)!();
  assert.match(editor.popups[0] ?? "", /extension 0\.1\.0, rew 1\.0\.0 \(good\) \(.*good\/rew\)/);
});

test("a restart replaces it", limit, async () => {
  const [old] = alive();
  await restart();
  await status(RUNNING);
  await until(() => alive().length === 1);
  assert.notEqual(alive()[0], old);
  assert.deepEqual(editor.popups, []);
});

test("after a crash it is started again", limit, async () => {
  const [old] = alive();
  process.kill(old!, "SIGKILL");
  await status(STARTING);
  await status(RUNNING);
  await until(() => alive().length === 1 && alive()[0] !== old);
});

test("a server that dies at once is not tried again and again", limit, async () => {
  editor.setting = dies;
  await restart();
  await status(FAILED);
  assert.equal(editor.popups.length, 1);
  const started = fs.readFileSync(pids, "utf8");
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(fs.readFileSync(pids, "utf8"), started);
  assert.ok(editor.status.startsWith(FAILED));
});

test("one that hangs is given up when another is asked for", limit, async () => {
  editor.setting = hangs;
  const hanging = restart();
  await until(() => alive().length === 1);
  editor.setting = good;
  await Promise.all([hanging, restart()]);
  await status(RUNNING);
  await until(() => alive().length === 1);
});

test(
  "where there is no launcher, each place is named; a new setting is used at once",
  limit,
  async () => {
    const search = process.env["PATH"];
    try {
      process.env["PATH"] = "/nowhere";
      editor.setting = path.join(root, "none", "rew");
      editor.folders = [root];
      await restart();
    } finally {
      process.env["PATH"] = search;
    }
    assert.ok(editor.status.startsWith(FAILED));
    assert.match(
      editor.popups[0] ?? "",
      /rew\.path: .*none\/rew .*; workspace folder: .*; PATH: rew/,
    );
    await until(() => alive().length === 0);

    editor.setting = good;
    editor.fire("onDidChangeConfiguration", {
      affectsConfiguration: (name: string) => name === SETTING_PATH,
    });
    await status(RUNNING);
  },
);

test("an untrusted workspace runs nothing of its own until it is trusted", limit, async () => {
  editor.setting = "";
  editor.folders = [path.dirname(good)];
  editor.trusted = false;
  const search = process.env["PATH"];
  try {
    process.env["PATH"] = "/nowhere";
    await restart();
  } finally {
    process.env["PATH"] = search;
  }
  assert.match(editor.popups[0] ?? "", /not trusted/);
  await until(() => alive().length === 0);
  editor.trusted = true;
  editor.fire("onDidGrantWorkspaceTrust");
  await status(RUNNING);
});
