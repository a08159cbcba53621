import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "redress-kill-"));
const env = {
  ...process.env,
  REDRESS_DATA: path.join(folder, "data"),
  REDRESS_KEY_FILE: path.join(folder, "keys", "master.key"),
};
const own = { "sec-fetch-site": "same-origin", accept: "application/json" };
const running = new Set<ChildProcess>();

afterEach(() => {
  for (const server of running) server.kill("SIGKILL");
  running.clear();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The workbench as a program of its own, ready to answer. */
async function start(): Promise<{ url: string; server: ChildProcess; gone: Promise<number | null> }> {
  const main = path.resolve(import.meta.dirname, "../src/cli/main.ts");
  const args = ["--disable-warning=ExperimentalWarning", main, "serve", "--port", "0", "--no-example"];
  const server = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  running.add(server);
  const gone = new Promise<number | null>((resolve) => server.on("exit", resolve));
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    server.stderr!.on("data", (chunk) => {
      said += chunk;
      const found = /open at (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]!);
    });
    server.on("exit", () => reject(new Error(said)));
  });
  return { url, server, gone };
}

async function kill({ server, gone }: Awaited<ReturnType<typeof start>>): Promise<void> {
  server.kill("SIGKILL");
  await gone;
}

async function send(url: string, address: string, name: string, words: string): Promise<{ added: string[] }> {
  const body = new FormData();
  body.append("papers", new File([words], name), name);
  const answer = await fetch(`${url}${address}`, { method: "POST", body, headers: own });
  return (await answer.json()) as { added: string[] };
}

/** Starts an upload and stops in the middle of the file. */
function half(url: string, address: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const head = `POST ${address} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 2000000\r\n\r\n`;
  const part = '--x\r\nContent-Disposition: form-data; name="papers"; filename="half.txt"\r\n\r\n';
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(head + part + "half a file ".repeat(50_000), () => setTimeout(resolve, 300));
    });
    socket.on("error", () => {});
  });
}

test("a server that is killed while a file comes in loses nothing it has acknowledged", async () => {
  let bench = await start();
  const form = new URLSearchParams({ title: "killed" });
  const made = await fetch(`${bench.url}/cases`, {
    method: "POST",
    body: form,
    headers: own,
    redirect: "manual",
  });
  const address = made.headers.get("location")!;

  const acknowledged: string[] = [];
  for (const name of ["first.txt", "second.txt"]) {
    const { added } = await send(bench.url, address, name, `The words of ${name}, kept.`);
    acknowledged.push(...added);
    await half(bench.url, address);
    await kill(bench);
    bench = await start();
    const page = await (await fetch(`${bench.url}${address}`)).text();
    for (const kept of acknowledged) expect(page).toContain(kept);
    expect(page).not.toContain("half.txt");
  }
  expect(acknowledged).toEqual(["first.txt", "second.txt"]);

  // What was cut off is swept away; a draft that the reading behind the pages is writing just now comes and goes.
  const drafts = () =>
    (readdirSync(path.join(folder, "data", "papers"), { recursive: true }) as string[]).filter((name) =>
      name.endsWith(".part"),
    );
  await expect.poll(drafts, { timeout: 30_000, interval: 200 }).toEqual([]);
  const papers = () => fetch(`${bench.url}${address}`).then((answer) => answer.text());
  const first = /\/cases\/[\w-]+\/papers\/[\w-]+\/0\/1(?=">first)/;
  await expect.poll(papers, { timeout: 60_000, interval: 500 }).toMatch(first);
  const page = first.exec(await papers())![0];
  const words = () => fetch(`${bench.url}${page}`).then((answer) => answer.text());
  await expect.poll(words, { timeout: 60_000, interval: 500 }).toContain("The words of first.txt, kept.");
  await kill(bench);
}, 180_000);

test("Ctrl-C ends it cleanly, and the lock is given back", async () => {
  const bench = await start();
  bench.server.kill("SIGINT");
  expect(await bench.gone).toBe(0);
  expect(readdirSync(path.join(folder, "data"))).not.toContain("lock");
}, 180_000);

test("a second workbench on the same data is refused with words, and the first goes on", async () => {
  const bench = await start();
  await expect(start()).rejects.toThrow(/another Redress \(process \d+\) has these data open/);
  expect((await fetch(`${bench.url}/health`)).status).toBe(200);
  await kill(bench);
}, 180_000);

test("another master key is refused at start", async () => {
  writeFileSync(env.REDRESS_KEY_FILE, `${Buffer.alloc(32, 7).toString("base64")}\n`);
  await expect(start()).rejects.toThrow(/the master key is another one/);
}, 180_000);
