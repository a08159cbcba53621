// `npm test`: everything that must hold, in one run: types, lint, dead code, then unit, knowledge, architecture,
// golden-case and browser tests. Installs what is missing first. `--quick` leaves out the browser and the slow cases.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fail, prepare, root, say } from "./prepare.mjs";

/** Programs the tests look through, by the Debian package that brings them. */
const programs = {
  chromium: ["chromium", "/usr/bin/chromium"],
  tesseract: ["tesseract-ocr", "/usr/bin/tesseract"],
  pdftotext: ["poppler-utils", "/usr/bin/pdftotext"],
  qpdf: ["qpdf", "/usr/bin/qpdf"],
};

const quick = process.argv.includes("--quick");
const node = prepare();
const bin = (name) => path.join(root, "node_modules", name);
installPrograms();

step("types", node, [bin("typescript/bin/tsc"), "-p", "."]);
step("lint", node, [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]);
step("dead code", node, [bin("knip/bin/knip.js"), "--no-progress"]);
tests();

function installPrograms() {
  const missing = Object.values(programs)
    .filter(([, file]) => !existsSync(file))
    .map(([name]) => name);
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    fail(
      `the tests need ${missing.join(", ")}. Type this one command, then npm test again:\n  sudo ${command}`,
    );
  }
  say(`installing ${missing.join(", ")} with apt-get (once)`);
  const options = {
    stdio: ["ignore", "ignore", 2],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  const done = spawnSync("sh", ["-c", command], options);
  if (done.status !== 0) fail(`apt-get could not install ${missing.join(", ")}; its own message is above.`);
}

function step(name, program, args) {
  const began = Date.now();
  const done = spawnSync(program, args, { cwd: root, stdio: "inherit", env: environment() });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (done.status !== 0) fail(`${name} failed (${seconds} s)`);
  say(`${name} hold (${seconds} s)`);
}

function tests() {
  const report = path.join(root, ".redress", "test-report.json");
  const args = [
    bin("vitest/vitest.mjs"),
    "run",
    "--reporter=dot",
    "--reporter=json",
    `--outputFile=${report}`,
  ];
  rmSync(report, { force: true });
  const done = spawnSync(node, args, { cwd: root, stdio: "inherit", env: environment() });
  if (!existsSync(report)) fail("the tests ended before their report; what ended them stands above.");
  const counts = JSON.parse(readFileSync(report, "utf8"));
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = counts;
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exit(done.status === 0 && passed > 0 ? 0 : 1);
}

function environment() {
  const withNode = `${path.dirname(node)}${path.delimiter}${process.env.PATH}`;
  return { ...process.env, PATH: withNode, ...(quick ? { REDRESS_QUICK: "1" } : {}) };
}
