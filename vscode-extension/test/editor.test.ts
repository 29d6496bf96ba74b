/**
 * The packaged extension and the real language server in a real editor: code-server, driven through
 * Chromium. Runs where both are installed; says what is missing where not.
 *
 *   CODE_SERVER, CHROMIUM   where they are, if not on the PATH
 *   SCREENSHOTS             a folder for pictures of every step
 */
import * as assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { after, afterEach, before, suite, test } from "node:test";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";

const MINUTE = 60_000;
const GOOD = `inputs {
  ## How far the robot has come.
  distance: real<m> in 0 m .. 100 m
  speed: real<m/s>
}

let pace = speed / (2 m/s)

reward {
  progress = pace
  arrived = 1 if distance > 99 m else 0
}
`;
const BROKEN = `inputs {
  height: real<m>
}

let   tall = hieght > 1 m

reward = 1 if tall or step > 99 else 0
`;

const codeServer = program("CODE_SERVER", "code-server");
const browserPath = program("CHROMIUM", "chromium");
const launcher = path.resolve("..", "rew");
const missing = [
  ...(codeServer ? [] : ["code-server (or CODE_SERVER)"]),
  ...(browserPath ? [] : ["chromium (or CHROMIUM)"]),
  ...(built() ? [] : ["a built distribution (or REW_DIST)"]),
];
const skip = missing.length > 0 ? `not run, missing: ${missing.join(", ")}` : false;

function program(variable: string, name: string): string | undefined {
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).map((p) => path.join(p, name));
  return [process.env[variable] ?? "", ...onPath].find((file) => file && fs.existsSync(file));
}

function built(): boolean {
  const own = path.join("..", "runtime", "dist", "target", "rew");
  return fs.existsSync(path.join(process.env["REW_DIST"] ?? own, "lib"));
}

suite("in a real editor", { skip, timeout: 5 * MINUTE }, () => {
  let root: string;
  let folder: string;
  let server: ChildProcess;
  let browser: Browser;
  let page: Page;

  before(async () => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "rew-editor-")));
    folder = path.join(root, "rewards");
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, "good.rew"), GOOD);
    fs.writeFileSync(path.join(folder, "broken.rew"), BROKEN);
    const settings = path.join(root, "user", "User", "settings.json");
    fs.mkdirSync(path.dirname(settings), { recursive: true });
    fs.writeFileSync(
      settings,
      JSON.stringify({
        "rew.path": launcher,
        "workbench.startupEditor": "none",
        "files.autoSave": "afterDelay",
        "files.autoSaveDelay": 100,
      }),
    );
    const vsix = path.join(root, "rew.vsix");
    execFileSync("npm", ["run", "package", "--", "--out", vsix], { stdio: "ignore" });
    const places = [
      ...["--config", path.join(root, "config.yaml")],
      ...["--extensions-dir", path.join(root, "extensions")],
      ...["--user-data-dir", path.join(root, "user")],
    ];
    execFileSync(codeServer!, [...places, "--install-extension", vsix], { stdio: "ignore" });
    const port = await freePort();
    server = spawn(
      codeServer!,
      [
        ...[...places, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
        ...["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust", folder],
      ],
      { stdio: "ignore" },
    );
    // The sandbox of Chromium needs rights that a container or a root user does not have.
    browser = await chromium.launch({ executablePath: browserPath!, chromiumSandbox: false });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(MINUTE);
    const address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}`;
    while (!(await page.goto(address).catch(() => undefined))) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  });

  after(async () => {
    await browser?.close();
    server?.kill();
    fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  });

  afterEach(async (context) => {
    const pictures = process.env["SCREENSHOTS"];
    if (pictures !== undefined) {
      await page.screenshot({
        path: path.join(pictures, `${"name" in context && context.name}.png`),
      });
    }
  });

  const onDisk = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");

  async function open(name: string): Promise<void> {
    await page.keyboard.press("Control+P");
    await page.locator(".quick-input-widget input").fill(name);
    await page.locator(`.quick-input-list .monaco-list-row[aria-label*="${name}"]`).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await page.locator(".editor-instance .view-line").first().waitFor();
  }

  /** Puts the caret where `text` begins. */
  async function goTo(name: string, text: string): Promise<void> {
    const lines = onDisk(name).slice(0, onDisk(name).indexOf(text)).split("\n");
    await page.keyboard.press("Control+G");
    await page
      .locator(".quick-input-widget input")
      .fill(`:${lines.length}:${lines.at(-1)!.length + 1}`);
    await page.keyboard.press("Enter");
    await caretAt(`Ln ${lines.length}, Col ${lines.at(-1)!.length + 1}`);
  }

  async function caretAt(place: string): Promise<void> {
    await page.locator(".statusbar-item", { hasText: place }).waitFor();
  }

  async function command(title: string): Promise<void> {
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").fill(`>${title}`);
    await page
      .locator(`.quick-input-list .monaco-list-row[aria-label*="${title}"]`)
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
  }

  async function until(condition: () => boolean, what: () => string): Promise<void> {
    for (const end = Date.now() + MINUTE; !condition();) {
      assert.ok(Date.now() < end, what());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  test("colours", async () => {
    await open("broken.rew");
    const colour = (text: string) =>
      page.locator(".view-line span span", { hasText: new RegExp(`^\\s*${text}\\s*$`) }).first();
    await colour("real").waitFor();
    const plain = await colour("tall").getAttribute("class");
    for (const word of ["inputs", "real", "if", "or"]) {
      assert.notEqual(await colour(word).getAttribute("class"), plain, word);
    }
  });

  test("an error under the text and among the problems", async () => {
    await page.locator(".squiggly-error").waitFor();
    await page.keyboard.press("Control+Shift+M");
    const problem = page.locator(".markers-panel .monaco-list-row", { hasText: "hieght" });
    assert.match(await problem.innerText(), /nothing is called `hieght`[^]*RW0201[^]*Ln 5, Col 14/);
  });

  test("a quick fix", async () => {
    await goTo("broken.rew", "hieght");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .monaco-list-row", { hasText: "height" }).first().waitFor();
    await page.keyboard.press("Enter");
    const text = () => onDisk("broken.rew");
    await until(() => text() === BROKEN.replace("hieght", "height"), text);
    await page.locator(".squiggly-error").waitFor({ state: "detached" });
  });

  test("formatting", async () => {
    await command("Format Document");
    const text = () => onDisk("broken.rew");
    await until(() => text() === BROKEN.replace("let   tall = hieght", "let tall = height"), text);
  });

  test("hover", async () => {
    await open("good.rew");
    await goTo("good.rew", "distance > 99");
    await command("Show or Focus Hover");
    const hover = page.locator(".monaco-hover:visible", { hasText: "distance" }).first();
    const said = (await hover.innerText()).replace(/\s+/g, " ");
    for (const part of ["real<m>", "in 0..100 m", "How far the robot has come."]) {
      assert.ok(said.includes(part), said);
    }
    await page.keyboard.press("Escape");
  });

  test("go to definition", async () => {
    await goTo("good.rew", "pace\n  arrived");
    await page.keyboard.press("F12");
    await caretAt("Ln 7, Col 5");
  });

  test("completion", async () => {
    await goTo("good.rew", "\n\nreward");
    await page.keyboard.press("End");
    await page.keyboard.type("\nlet far = dist");
    await page.keyboard.press("Control+Space");
    await page.locator('.suggest-widget .monaco-list-row[aria-label^="distance"]').waitFor();
    await page.keyboard.press("Tab");
    await until(
      () => onDisk("good.rew").includes("let far = distance\n"),
      () => onDisk("good.rew"),
    );
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
