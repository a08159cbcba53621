// `npm start`: installs what is missing, then opens the workbench on this machine. Runs on Node 18 and later; the
// workbench itself runs on the runtime that prepare.mjs answers.
import { spawn } from "node:child_process";
import path from "node:path";
import { prepare, root } from "./prepare.mjs";

const node = prepare();
const main = path.join(root, "src", "cli", "main.ts");
const env = { NODE_COMPILE_CACHE: path.join(root, ".redress", "compile-cache"), ...process.env };
const workbench = spawn(
  node,
  ["--disable-warning=ExperimentalWarning", main, "serve", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env,
  },
);
// Ctrl-C reaches both of us; the workbench closes its data first, and we leave with it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) workbench.kill(signal);
  });
}
workbench.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
