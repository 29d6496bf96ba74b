// Builds dist/extension.js, or with --tests the tests. --watch rebuilds as files change.
import * as fs from "node:fs";
import * as path from "node:path";
import * as esbuild from "esbuild";

const common = { bundle: true, platform: "node", format: "cjs", target: "node20" };

if (process.argv.includes("--tests")) {
  fs.rmSync("dist-test", { recursive: true, force: true });
  const files = fs.readdirSync("test").filter((name) => name.endsWith(".ts"));
  await esbuild.build({
    ...common,
    entryPoints: files.map((name) => path.join("test", name)),
    outdir: "dist-test",
    packages: "external",
    sourcemap: true,
  });
} else {
  const watch = process.argv.includes("--watch");
  const context = await esbuild.context({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    minify: !watch,
    sourcemap: watch,
    metafile: true,
    plugins: [{ name: "licences", setup: (build) => build.onEnd(writeLicences) }],
  });
  if (watch) {
    await context.watch();
  } else {
    await context.rebuild();
    await context.dispose();
  }
}

/** The licences of the packages in the bundle ask that their text goes with it. */
function writeLicences({ metafile }) {
  const packages = new Set(
    Object.keys(metafile?.inputs ?? {})
      .map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0])
      .filter(Boolean),
  );
  const texts = [...packages].sort().map((folder) => {
    const { name, version } = JSON.parse(
      fs.readFileSync(path.join(folder, "package.json"), "utf8"),
    );
    const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) {
      throw new Error(`${name} has no licence file`);
    }
    return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
  });
  fs.writeFileSync("dist/THIRD_PARTY_LICENSES.txt", texts.join(`\n${"-".repeat(80)}\n\n`));
}
