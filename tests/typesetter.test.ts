import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const file = pathToFileURL(path.resolve(import.meta.dirname, "../src/io/papers-out/typeset.ts")).href;

/** A program of its own, so that no other test's typesetter is ended with this one's. */
const program = (between: string) => `
  import { readFileSync } from "node:fs";
  import { typeset } from ${JSON.stringify(file)};
  const page = { title: "t", header: "h", pages: ["Words"] };
  const set = async () => (await typeset("paper.typ", page, { standard: "1.7" })).pdf.length > 500;
  const child = () => Number(readFileSync("/proc/self/task/" + process.pid + "/children", "utf8").trim().split(" ")[0]);
  const gone = (pid) => new Promise((resolve) => {
    const look = () => { try { process.kill(pid, 0); setTimeout(look, 10); } catch { resolve(); } };
    look();
  });
  const first = await set();
  const pid = child();
  ${between}
  process.stdout.write(JSON.stringify([first, second]));
  process.exit(0);
`;

const run = (words: string) =>
  new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ["--input-type=module", "-e", words], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.on("close", () => resolve(said));
  });

test.runIf(process.platform === "linux")(
  "a typesetter that was ended between two letters, or in the middle of one, is replaced",
  async () => {
    const between = 'process.kill(pid, "SIGKILL"); await gone(pid); const second = await set();';
    expect(await run(program(between))).toBe("[true,true]");
    const inTheMiddle = 'const going = set(); process.kill(pid, "SIGKILL"); const second = await going;';
    expect(await run(program(inTheMiddle))).toBe("[true,true]");
  },
);
