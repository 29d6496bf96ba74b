/** Writes the snapshots anew: npm run snapshots. Look at the difference before you commit it. */
import * as fs from "node:fs";
import * as path from "node:path";
import { programs, render, snapshotOf, snapshots } from "./grammar";

async function main(): Promise<void> {
  for (const old of snapshots()) {
    fs.rmSync(old);
  }
  for (const program of programs()) {
    const file = snapshotOf(program);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, await render(program));
  }
  console.log(`${snapshots().length} snapshots written`);
}

void main();
