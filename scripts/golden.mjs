// `npm run golden`: runs every case again and writes what came out as its golden answer. Read the difference line by line
// (`git diff cases`) before committing: a changed answer is a changed promise.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fail, root, say } from "./prepare.mjs";

const kept = [
  "denial.json",
  "rights.json",
  "policy.json",
  "facts.json",
  "findings.json",
  "letter.json",
  "issues.json",
];

for (const { name: slug } of readdirSync(path.join(root, "cases"), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)) {
  const folder = path.join(root, "cases", slug);
  const out = mkdtempSync(path.join(os.tmpdir(), "redress-golden-"));
  const done = spawnSync(
    path.join(root, "bin", "redress"),
    ["appeal", path.join(folder, "in"), "--out", out],
    { stdio: ["ignore", "ignore", 2] },
  );
  if (done.status !== 0) fail(`${slug} ended with ${done.status}`);
  mkdirSync(path.join(folder, "out"), { recursive: true });
  for (const name of kept) copyFileSync(path.join(out, name), path.join(folder, "out", name));
  writeFileSync(path.join(folder, "out", "files.txt"), `${readdirSync(out).sort().join("\n")}\n`);
  say(`${slug}: read the difference with git diff cases/${slug}`);
}
