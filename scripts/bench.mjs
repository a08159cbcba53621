// `npm run bench`: the scorers of the labelled development sets, where that folder exists (REDRESS_SHARED, else
// ../shared), and the last line of each. Says so plainly when there is nothing to score.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { prepare, root, say } from "./prepare.mjs";

const shared = path.resolve(process.env.REDRESS_SHARED ?? path.join(root, "..", "shared"));
const sets = { rights: "dev.jsonl", denials: "dev", policies: "dev", records: "dev", cases: "dev" };
const wanted = process.argv.slice(2);

prepare();
if (!existsSync(path.join(shared, "bench"))) {
  say(
    `no labelled sets at ${path.join(shared, "bench")}; set REDRESS_SHARED to the folder that holds bench/`,
  );
  process.exit(0);
}
for (const [name, input] of Object.entries(sets)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const folder = path.join(shared, "bench", name);
  const began = Date.now();
  const scored = spawnSync(
    process.execPath,
    [path.join(folder, "score.mjs"), path.join(folder, input), "--", path.join(root, "bin", "redress")],
    { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] },
  );
  const last = scored.stdout.trim().split("\n").at(-1) ?? "no answer";
  process.stdout.write(
    `${name.padEnd(9)} ${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${last}\n`,
  );
}
