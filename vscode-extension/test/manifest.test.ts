import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { describe, test } from "node:test";
import * as constants from "../src/constants";

const read = (file: string) => JSON.parse(fs.readFileSync(file, "utf8"));
const manifest = read("package.json");
const language = read("language-configuration.json");

describe("package.json", () => {
  const { contributes, capabilities } = manifest;

  test("declares the commands, the language and the setting that the code uses", () => {
    assert.deepEqual(
      contributes.commands.map(({ command }: { command: string }) => command),
      [constants.COMMAND_RESTART, constants.COMMAND_OUTPUT, constants.COMMAND_VERSIONS],
    );
    assert.equal(contributes.languages[0].id, constants.LANGUAGE);
    assert.deepEqual(manifest.activationEvents, [`onLanguage:${constants.LANGUAGE}`]);
    assert.ok(constants.SETTING_PATH in contributes.configuration.properties);
  });

  test("an untrusted workspace can't set the launcher", () => {
    const { supported, restrictedConfigurations } = capabilities.untrustedWorkspaces;
    assert.equal(supported, "limited");
    assert.deepEqual(restrictedConfigurations, [constants.SETTING_PATH]);
  });

  test("every file that it names exists", () => {
    const files = [
      contributes.languages[0].configuration,
      contributes.grammars[0].path,
      manifest.main,
    ];
    assert.deepEqual(
      files.filter((file: string) => !fs.existsSync(file)),
      [],
    );
  });

  test("the lock file names no host to download from", () => {
    const { packages } = read("package-lock.json") as { packages: Record<string, object> };
    assert.ok(Object.keys(packages).length > 100);
    assert.deepEqual(
      Object.entries(packages)
        .filter(([, entry]) => "resolved" in entry)
        .map(([name]) => name),
      [],
    );
  });
});

describe("language-configuration.json", () => {
  const { increaseIndentPattern, decreaseIndentPattern } = language.indentationRules;
  const [docComment] = language.onEnterRules;

  test("indents after an open bracket, and not after one in a text or a comment", () => {
    const increase = new RegExp(increaseIndentPattern);
    const indented = ["reward {", "  step { # reset", "let x = max(", 'test "a { b" {'];
    const level = ["reward { a = 1 }", "let x = 1 # {", 'let t = "{"', "}", "## see {"];
    assert.deepEqual(
      indented.filter((line) => !increase.test(line)),
      [],
    );
    assert.deepEqual(
      level.filter((line) => increase.test(line)),
      [],
    );
    assert.match("  }", new RegExp(decreaseIndentPattern));
  });

  test("goes on with a doc comment, until an empty one", () => {
    const before = new RegExp(docComment.beforeText);
    assert.equal(docComment.action.appendText, "## ");
    assert.match("  ## What it pays.", before);
    for (const line of ["## ", "# plain", "x: real ## trailing"]) {
      assert.doesNotMatch(line, before);
    }
  });
});
