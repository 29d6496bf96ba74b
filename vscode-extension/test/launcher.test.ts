import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, describe, test } from "node:test";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import { SERVER_ARGUMENTS } from "../src/constants";
import {
  candidates,
  commandFor,
  describe as listed,
  findLauncher,
  probeVersion,
  versionLine,
} from "../src/launcher";
import type { Search } from "../src/launcher";

// A blank in every path: launchers live in such folders too.
const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "rew launcher ")));
after(() => fs.rmSync(root, { recursive: true }));

/** Writes an executable file and returns its path. */
function launcher(name: string, script = "#!/bin/sh\necho rew 0.1.0\n", mode = 0o755): string {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, script);
  fs.chmodSync(file, mode);
  return file;
}

function folder(name: string): string {
  const made = path.join(root, name);
  fs.mkdirSync(made, { recursive: true });
  return made;
}

function search(given: Partial<Search> = {}): Search {
  return {
    setting: "",
    folders: [],
    trusted: true,
    env: {},
    home: folder("home"),
    platform: "linux",
    ...given,
  };
}

const found = async (given: Search) =>
  (await findLauncher(given, async () => "rew 0.1.0")).launcher?.path;

describe("where a launcher is looked for", () => {
  const set = launcher("set/rew");
  const inFolder = launcher("workspace/rew");
  const onPath = launcher("bin/rew");
  const all = search({
    setting: set,
    folders: [folder("empty"), folder("workspace")],
    env: { PATH: ["relative", folder("nothing"), folder("bin")].join(":") },
  });

  test("the setting comes first", async () => {
    assert.equal(await found(all), set);
  });

  test("then the root of a workspace folder, the second one too", async () => {
    assert.equal(await found({ ...all, setting: "" }), inFolder);
  });

  test("then the PATH", async () => {
    assert.equal(await found({ ...all, setting: "", folders: [folder("empty")] }), onPath);
  });

  test("the setting may start at home or at a workspace folder", async () => {
    const atHome = launcher("home/tools/rew");
    const relative = launcher("workspace/build/rew");
    assert.equal(await found({ ...all, setting: "~/tools/rew" }), atHome);
    assert.equal(await found({ ...all, setting: "build/rew" }), relative);
  });

  test("a setting that leads nowhere is passed over and named", async () => {
    const missing = path.join(root, "gone", "rew");
    const { launcher: taken, rejected } = await findLauncher(
      { ...all, setting: missing },
      async () => "rew 0.1.0",
    );
    assert.equal(taken?.path, inFolder);
    assert.equal(rejected[0]?.path, missing);
    assert.equal(rejected[0]?.problem, "does not exist");
  });

  test("a launcher that does not answer as Rew does is passed over", async () => {
    const { launcher: taken, rejected } = await findLauncher(all, (file) =>
      file === set ? Promise.reject(new Error("no Java")) : Promise.resolve("rew 0.1.0"),
    );
    assert.deepEqual(taken, { path: inFolder, origin: "workspace", version: "rew 0.1.0" });
    assert.match(listed(rejected), /^setting rew\.path: .*set\/rew \(no Java\)\n/);
  });

  test("every candidate that was tried is named, with the reason", async () => {
    const plain = launcher("plain/rew", "", 0o644);
    folder("folder/rew");
    const { launcher: taken, rejected } = await findLauncher(
      search({
        setting: plain,
        folders: [folder("folder"), folder("empty")],
        env: { PATH: folder("nothing") },
      }),
      () => Promise.reject(new Error("must not be asked")),
    );
    assert.equal(taken, undefined);
    assert.deepEqual(listed(rejected).split("\n"), [
      `setting rew.path: ${plain} (not executable)`,
      `workspace folder: ${path.join(root, "folder", "rew")} (not a file)`,
      `workspace folder: ${path.join(root, "empty", "rew")} (does not exist)`,
      "PATH: rew (not in any of its 1 folders)",
    ]);
  });

  test("Windows has endings, and needs quotes for batch files", () => {
    const batch = launcher("windows/rew.cmd");
    const given = search({ folders: [folder("windows")], platform: "win32" });
    assert.equal(candidates(given)[0]?.path, batch);
    assert.deepEqual(commandFor("C:\\a b\\rew.cmd", ["lsp"], "win32"), {
      command: '"C:\\a b\\rew.cmd"',
      args: ["lsp"],
      shell: true,
    });
    assert.equal(commandFor("C:\\a b\\rew.exe", [], "win32").shell, false);
    assert.equal(commandFor("/a b/rew.cmd", [], "linux").shell, false);
  });
});

describe("in an untrusted workspace", () => {
  const inFolder = launcher("untrusted/rew");
  const outside = launcher("outside/rew");
  const workspace = folder("untrusted");
  fs.symlinkSync(workspace, path.join(root, "link to workspace"));
  fs.mkdirSync(path.join(workspace, "bin"));
  fs.symlinkSync(outside, path.join(workspace, "bin", "rew"));

  const cases: [string, Partial<Search>][] = [
    ["its root", {}],
    ["the setting", { setting: inFolder }],
    ["a relative setting", { setting: "./rew" }],
    ["the PATH", { env: { PATH: workspace } }],
    ["a link that leads into it", { setting: path.join(root, "link to workspace", "rew") }],
    ["a link in it that leads out", { env: { PATH: path.join(workspace, "bin") } }],
  ];
  for (const [name, given] of cases) {
    test(`a launcher is never run from ${name}`, async () => {
      const asked: string[] = [];
      const { launcher: taken, rejected } = await findLauncher(
        search({ folders: [workspace], trusted: false, ...given }),
        async (file) => {
          asked.push(file);
          return "rew 0.1.0";
        },
      );
      assert.equal(taken, undefined);
      assert.deepEqual(asked, []);
      assert.match(listed(rejected), /not trusted/);
    });
  }

  test("one outside it is used", async () => {
    const given = search({
      folders: [workspace],
      trusted: false,
      env: { PATH: folder("outside") },
    });
    assert.equal(await found(given), outside);
  });
});

describe("asking for the version", () => {
  const ask = (file: string, timeoutMs = 10_000, lines: string[] = []) =>
    probeVersion(file, { timeoutMs, onLine: (line) => lines.push(line) });

  test("takes the line that names Rew, and passes progress on", async () => {
    const lines: string[] = [];
    const builds = launcher(
      "ask/builds",
      "#!/bin/sh\necho building… >&2\necho 'rew 0.2.0 (1a2b3c4)'\n",
    );
    assert.equal(await ask(builds, 10_000, lines), "rew 0.2.0 (1a2b3c4)");
    assert.deepEqual(lines, ["building…"]);
  });

  test("refuses another program of the same name", async () => {
    const other = launcher("ask/other", "#!/bin/sh\necho 'Room measurements 5.3'\n");
    await assert.rejects(ask(other), /not that of Rew/);
    assert.equal(versionLine("rewrite 1.0\n"), undefined);
    assert.equal(versionLine("Rew 1.0\n"), "Rew 1.0");
  });

  test("says why a launcher failed", async () => {
    const fails = launcher("ask/fails", "#!/bin/sh\necho 'no JDK 25 found' >&2\nexit 2\n");
    await assert.rejects(ask(fails), /exit code 2: no JDK 25 found/);
    await assert.rejects(ask(path.join(root, "ask", "absent")), /does not start/);
  });

  test("gives up after a while, or when told to", async () => {
    const hangs = launcher("ask/hangs", "#!/bin/sh\nexec sleep 60\n");
    await assert.rejects(ask(hangs, 100), /no answer to --version within 0.1 s/);
    const stop = new AbortController();
    const asked = probeVersion(hangs, { timeoutMs: 60_000, signal: stop.signal });
    stop.abort();
    await assert.rejects(asked, /no longer wanted/);
  });
});

test("a launcher that was found speaks the protocol over its pipes", async () => {
  const server = path.join(process.cwd(), "test", "fake-server.cjs");
  const file = launcher(
    "speaks/a folder/rew",
    `#!/bin/sh\nexec "${process.execPath}" "${server}" "$@"\n`,
  );
  const { launcher: taken } = await findLauncher(
    search({ folders: [path.dirname(file)], env: process.env }),
    (candidate) => probeVersion(candidate, { timeoutMs: 10_000 }),
  );
  assert.equal(taken?.version, "rew 9.9.9 (fake)");

  const { command, args, shell } = commandFor(taken.path, SERVER_ARGUMENTS, process.platform);
  const child = spawn(command, args, { shell, stdio: ["pipe", "pipe", "inherit"] });
  const closed = new Promise<number | null>((resolve) => child.on("close", resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published = new Promise<{ diagnostics: { message: string }[] }>((resolve) => {
    connection.onNotification("textDocument/publishDiagnostics", resolve);
  });
  connection.listen();

  const answer = await connection.sendRequest<{ serverInfo: { name: string } }>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  });
  assert.equal(answer.serverInfo.name, "fake rew");
  await connection.sendNotification("initialized", {});
  await connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri: "file:///a.rew", languageId: "rew", version: 1, text: "reward ≥ 1" },
  });
  assert.deepEqual(
    (await published).diagnostics.map(({ message }) => message),
    ["reward ≥ 1"],
  );
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  assert.equal(await closed, 0);
  connection.dispose();
});
