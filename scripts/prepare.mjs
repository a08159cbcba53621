// Makes a fresh clone ready: packages, and the pinned runtime where the machine's Node is too old. Runs on Node 18 and
// later, installs only what is missing, and leaves `.redress/ready`, which tells the starters which runtime to use.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const RUNTIME = "24.21.0";
const MINIMUM = [22, 18];

/** Installs what is missing and answers the path of a Node that runs our sources. */
export function prepare() {
  const installed = path.join(root, "node_modules", ".package-lock.json");
  const lock = path.join(root, "package-lock.json");
  if (!existsSync(installed) || statSync(lock).mtimeMs > statSync(installed).mtimeMs) {
    say("installing packages (once, about a minute)");
    // Not `npm ci`: it refuses a lock file that lacks the optional packages of platforms other than the one it was made on.
    // Versions still come from the lock file, which `--no-save` leaves as it is.
    npm(["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"]);
  }
  const node = recentEnough() ? process.execPath : pinnedRuntime();
  const folder = path.join(root, ".redress");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "ready"), `REDRESS_NODE='${node.replace(/'/g, "'\\''")}'\n`);
  return node;
}

function recentEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

/** The runtime comes through npm like any other package: no second installer, no download of our own. */
function pinnedRuntime() {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = path.join(root, ".redress", "runtime");
  const node = path.join(
    folder,
    "node_modules",
    name,
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (!existsSync(node)) {
    say(`this machine has Node ${process.versions.node}; fetching Node ${RUNTIME} for Redress alone (once)`);
    npm([
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-fund",
      "--no-audit",
      "--loglevel=error",
      `${name}@${RUNTIME}`,
    ]);
  }
  if (!existsSync(node)) {
    fail(
      `Node ${RUNTIME} could not be had through npm for ${process.platform}-${process.arch}. Install Node 22.18 or later and try again.`,
    );
  }
  return node;
}

function npm(args) {
  const shell = process.platform === "win32";
  const done = spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell });
  if (done.status !== 0) fail("npm could not install what is missing; its own message is above.");
}

export function say(text) {
  process.stderr.write(`redress: ${text}\n`);
}

export function fail(text) {
  say(text);
  process.exit(1);
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) prepare();
