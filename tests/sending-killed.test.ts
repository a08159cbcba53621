/** The whole program and a fax service, both real: the program is killed after the service has taken the fax. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleNames, form, paperPath } from "./workbench/open-bench.ts";

const folder = mkdtempSync(path.join(tmpdir(), "redress-sending-"));
const own = { "sec-fetch-site": "same-origin" };
let program: { url: string; child: ChildProcess; gone: Promise<unknown> };

/** The fax service: one fax for each key, however often it comes. */
const taken: string[] = [];
const faxes = new Map<string, string>();
let onTaken: (() => void) | null = null;
const service = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    const answer = (said: object) => response.end(JSON.stringify(said));
    if (request.method !== "POST") return answer({ status: "delivered" });
    const key = String(request.headers["idempotency-key"]);
    taken.push(key);
    if (!faxes.has(key)) faxes.set(key, `fax-${faxes.size + 1}`);
    if (onTaken) return onTaken();
    answer({ id: faxes.get(key), status: "queued" });
  });
});

async function start(): Promise<void> {
  const main = path.resolve(import.meta.dirname, "../src/cli/main.ts");
  const { port } = service.address() as AddressInfo;
  const args = ["--disable-warning=ExperimentalWarning", main, "serve", "--port", "0", "--no-example"];
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      REDRESS_DATA: path.join(folder, "data"),
      REDRESS_KEY_FILE: path.join(folder, "keys", "master.key"),
      REDRESS_FAX_URL: `http://127.0.0.1:${port}/faxes`,
      REDRESS_FAX_TOKEN: "invented",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = new Promise((resolve) => child.on("exit", resolve));
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr!.on("data", (chunk) => {
      said += chunk;
      const found = /open at (http:\/\/\S+)/.exec(said);
      if (found) resolve(found[1]!);
    });
    child.on("exit", () => reject(new Error(said)));
  });
  program = { url, child, gone };
}

async function kill(): Promise<void> {
  program.child.kill("SIGKILL");
  await program.gone;
}

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  await start();
}, 120_000);
afterAll(async () => {
  await kill();
  service.closeAllConnections();
  service.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = async (address: string) => (await fetch(program.url + address)).text();
const post = (address: string, init: RequestInit) =>
  fetch(program.url + address, {
    ...init,
    method: "POST",
    redirect: "manual",
    headers: { ...own, ...(init.headers as Record<string, string>) },
  });

test("a fax that was taken before the program was killed is not sent a second time, and gets its receipt", async () => {
  const made = await post("/cases", form({ title: "Mine" }));
  const address = made.headers.get("location")!.replace("/papers", "");
  const papers = new FormData();
  for (const name of exampleNames)
    papers.append("papers", new File([new Uint8Array(readFileSync(paperPath(name)))], name), name);
  await post(`${address}/papers`, { body: papers });
  const seen = async () => /name="seen" value="([0-9a-f]{64})"/.exec(await page(`${address}/send?to=0`))?.[1];
  await expect.poll(seen, { timeout: 120_000, interval: 500 }).toBeTruthy();
  const fields = form({ to: "0", consent: "yes", seen: (await seen())! });

  const killed = new Promise<void>((resolve) => {
    onTaken = () => void kill().then(resolve);
  });
  await post(`${address}/send`, fields);
  await killed;
  onTaken = null;
  await start();
  expect(await page(`${address}/send`)).toContain("It is not known whether this arrived");

  expect((await post(`${address}/send`, fields)).status).toBe(303);
  await expect
    .poll(() => page(`${address}/send`), { timeout: 120_000, interval: 500 })
    .toContain("Delivered, confirmed by the fax service");
  expect(taken).toEqual([taken[0], taken[0]]);
  expect(await page(`${address}/send`)).toContain("fax-1");
}, 400_000);
