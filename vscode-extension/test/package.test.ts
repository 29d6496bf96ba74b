import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rew-vsix-"));
after(() => fs.rmSync(folder, { recursive: true }));

test("the package holds what it needs and nothing else", () => {
  const vsix = path.join(folder, "rew.vsix");
  // The same command as `npm run package`, into another place.
  execFileSync("npm", ["run", "package", "--", "--out", vsix], { stdio: "pipe" });
  assert.deepEqual(entries(vsix).sort(), [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/dist/THIRD_PARTY_LICENSES.txt",
    "extension/dist/extension.js",
    "extension/language-configuration.json",
    "extension/package.json",
    "extension/readme.md",
    "extension/syntaxes/rew.tmLanguage.json",
  ]);
  assert.ok(fs.statSync(vsix).size < 500_000, "the package has grown; is something in it twice?");
});

/** The names in a zip file's directory, which stands at its end. */
function entries(file: string): string[] {
  const zip = fs.readFileSync(file);
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const name = zip.readUInt16LE(at + 28);
    names.push(zip.toString("utf8", at + 46, at + 46 + name));
    at += 46 + name + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}
