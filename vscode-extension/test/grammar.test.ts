import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { parseGrammarTestCase, runGrammarTestCase } from "vscode-tmgrammar-test/dist/unit/index";
import {
  EXTENSION,
  FIXTURES,
  GRAMMAR,
  programs,
  registry,
  render,
  REPOSITORY,
  snapshotOf,
  snapshots,
  tokens,
} from "./grammar";
import { keywordsOf, lexerWords, LEXER, readGrammar } from "./words";

describe("assertions", () => {
  for (const file of programs([FIXTURES])) {
    test(path.basename(file), async () => {
      const testCase = parseGrammarTestCase(fs.readFileSync(file, "utf8"));
      assert.ok(testCase.assertions.length > 5, "no assertions were found");
      const failures = (await runGrammarTestCase(registry, testCase)).map(
        ({ line, srcLine, start, end, missing, unexpected, actual }) => {
          const text = testCase.source[srcLine]?.slice(start, end);
          const wrong = [
            ...missing.map((scope) => `lacks ${scope}`),
            ...unexpected.map((scope) => `must not have ${scope}`),
          ].join(", ");
          return `${path.basename(file)}:${line + 1}: "${text}" ${wrong}; it has ${actual.join(" ")}`;
        },
      );
      assert.deepEqual(failures, []);
    });
  }
});

describe("snapshots", () => {
  for (const file of programs()) {
    test(path.relative(REPOSITORY, file), async () => {
      const snapshot = snapshotOf(file);
      const advice = "look at it, then write the snapshots with: npm run snapshots";
      assert.ok(fs.existsSync(snapshot), `there is no snapshot of this program yet; ${advice}`);
      const expected = fs.readFileSync(snapshot, "utf8");
      assert.equal(
        sources(expected),
        sources(await render(file)),
        `the program changed; ${advice}`,
      );
      assert.equal(await render(file), expected, `its colours changed; ${advice}`);
    });
  }

  test("each has its program", () => {
    const expected = programs().map(snapshotOf);
    assert.deepEqual(
      snapshots().filter((file) => !expected.includes(file)),
      [],
    );
  });
});

/** The lines of the program that a snapshot shows. */
function sources(snapshot: string): string {
  return snapshot
    .split("\n")
    .filter((line) => line.startsWith(">"))
    .join("\n");
}

describe("words", () => {
  test("the committed grammar is the generated one", async () => {
    const generator = pathToFileURL(path.join(EXTENSION, "syntaxes", "generate.mjs")).href;
    const { json } = (await import(generator)) as { json: string };
    assert.equal(fs.readFileSync(GRAMMAR, "utf8"), json, "run: npm run grammar");
  });

  test("each word that the grammar knows is coloured in a fixture", async () => {
    const seen = new Set<string>();
    for (const file of programs([FIXTURES])) {
      for (const { src, tokens: line } of await tokens(file)) {
        for (const { startIndex, endIndex, scopes } of line) {
          if (
            /^(keyword|constant\.language|support\.type|variable\.language)/.test(
              scopes.at(-1) ?? "",
            )
          ) {
            seen.add(src.slice(startIndex, endIndex));
          }
        }
      }
    }
    const { keywords, names } = keywordsOf(readGrammar());
    assert.ok(keywords.size > 60, "too few keywords were found in the grammar");
    assert.deepEqual([...keywords, ...names].filter((word) => !seen.has(word)).sort(), []);
  });

  test("the keywords are those of the lexer", () => {
    assert.ok(
      fs.existsSync(LEXER),
      `${path.relative(REPOSITORY, LEXER)} is missing: the keywords can't be compared with it`,
    );
    const lexer = lexerWords(fs.readFileSync(LEXER, "utf8"));
    assert.ok(lexer.size > 30, "too few words were found in the lexer");
    const { keywords, names } = keywordsOf(readGrammar());
    const missing = [...lexer].filter((word) => !keywords.has(word) && !names.has(word)).sort();
    const unknown = [...keywords].filter((word) => !lexer.has(word)).sort();
    assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] });
  });
});
