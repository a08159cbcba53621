/**
 * The guide library beside Hugo and nginx (Debian's packages), in one run on one machine, over loopback only:
 *   node tests/bench/guides.ts [--only export|serving|rendering] [--pages N] [--rounds N] [--seconds N] [--folder DIR]
 * Export: `redress guides export` and `hugo` write the same pages. Serving: one process each, the same bytes, the same
 * client. Rendering: the median over all pages, in this process.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  type Dirent,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect } from "node:net";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { openShelf } from "../../src/web/guides/shelf.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { only: text, pages: text, rounds: text, seconds: text, folder: text },
});
const seconds = Number(values.seconds ?? 5);
const program = path.resolve(import.meta.dirname, "../../src/cli/main.ts");
const folder = mkdtempSync(path.join(values.folder ?? tmpdir(), "redress-guides-"));
// nginx gives up its rights and must still be able to read.
chmodSync(folder, 0o755);
const children: ChildProcess[] = [];
const result: Record<string, unknown> = {};

try {
  const wanted = (name: string) => values.only === undefined || values.only === name;
  if (wanted("serving")) result.serving = await serving();
  if (wanted("rendering")) result.rendering = await rendering();
  if (wanted("export")) result.export = exporting();
  // Before the cleaning up, which takes minutes on a busy disk.
  process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds to compose and render a page: median, 99 of 100, slowest. */
async function rendering() {
  const shelf = await openShelf();
  const place = { origin: "http://localhost", styles: [], today: "2026-11-22" };
  const times = [...shelf.keys.keys()].map((address) => {
    const began = performance.now();
    shelf.page(address, place);
    return performance.now() - began;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => Number(times[Math.floor((times.length - 1) * share)]!.toFixed(3));
  return { pages: times.length, medianMs: at(0.5), p99Ms: at(0.99), slowestMs: at(1) };
}

/**
 * The same pages at the same addresses, in turns so that what else the machine does falls on both. Nothing is deleted before
 * the end: file systems are slow for minutes where much was deleted lately.
 */
function exporting() {
  const measured = { ours: [] as Timed[], hugo: [] as Timed[] };
  const first = path.join(folder, "ours-0");
  measured.ours.push(timed([process.execPath, program, "guides", "export", first]));
  const files = readdirSync(first, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .slice(0, Number(values.pages ?? Number.POSITIVE_INFINITY));
  const site = hugoSite(first, files);
  const rounds = Number(values.rounds ?? 3);
  for (let round = 0; round < rounds; round++) {
    const out = path.join(folder, `hugo-${round}`);
    measured.hugo.push(timed(["hugo", "--quiet", "--source", site, "--destination", out]));
    if (round + 1 < rounds)
      measured.ours.push(
        timed([process.execPath, program, "guides", "export", path.join(folder, `ours-${round + 1}`)]),
      );
  }
  const middle = (of: Timed[]) => of.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(of.length / 2)]!;
  const [ours, hugo] = [middle(measured.ours), middle(measured.hugo)];
  const perSecond = (pages: number, { seconds }: Timed) => Math.round(pages / seconds);
  const all = readdirSync(first, { recursive: true }).filter((name) => String(name).endsWith(".html")).length;
  return {
    pages: { ours: all, hugo: files.length },
    bytesPerPage: { ours: meanSize(first), hugo: meanSize(path.join(folder, "hugo-0")) },
    ours: { ...ours, pagesPerSecond: perSecond(all, ours) },
    hugo: { ...hugo, pagesPerSecond: perSecond(files.length, hugo) },
    ratio: Number((perSecond(all, ours) / perSecond(files.length, hugo)).toFixed(2)),
    rounds: measured,
    load: loadavg().map((one) => Number(one.toFixed(1))),
  };
}

/** Hugo gets each page's own body as content, at the same address, and puts head and frame around it, as our renderer does. */
function hugoSite(first: string, files: Dirent[]): string {
  const site = path.join(folder, "hugo");
  const made = new Set<string>();
  for (const [at, entry] of files.entries()) {
    const html = readFileSync(path.join(entry.parentPath, entry.name), "utf8");
    const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html;
    const part = path.join(site, "content", path.relative(first, entry.parentPath));
    if (!made.has(part)) mkdirSync(part, { recursive: true });
    made.add(part);
    writeFileSync(path.join(part, entry.name), `---\ntitle: "Guide ${at}"\n---\n${main}`);
  }
  mkdirSync(path.join(site, "layouts/_default"), { recursive: true });
  const style = ".guide{max-width:46rem}".padEnd(2940);
  const layout = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="canonical" href="{{ .Permalink }}"><style>${style}</style></head><body><main>{{ .Content }}</main></body></html>`;
  writeFileSync(path.join(site, "layouts/_default/single.html"), layout);
  const kinds = '["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]';
  writeFileSync(
    path.join(site, "config.toml"),
    `baseURL = "https://redress.example/"\nuglyURLs = true\ndisableKinds = ${kinds}\n`,
  );
  return site;
}

type Timed = { seconds: number; cpuSeconds: number };

/** Wall and processor time of a command with its threads, as the shell measures them. */
function timed(command: string[]): Timed {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null';
  const done = run("bash", ["-c", script, "timed", ...command]);
  const [wall, user, system] = done.stderr.trim().split("\n").at(-1)!.split(" ").map(Number) as [
    number,
    number,
    number,
  ];
  return { seconds: wall, cpuSeconds: Number((user + system).toFixed(2)) };
}

function meanSize(of: string): number {
  const sizes = readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => statSync(path.join(entry.parentPath, entry.name)).size);
  return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
}

/** Requests per second of one process of ours and one of nginx, for the same 200 pages. */
async function serving() {
  const [port, nginxPort] = [47_631, 47_632];
  const env = {
    ...process.env,
    REDRESS_DATA: path.join(folder, "data"),
    REDRESS_KEY_FILE: path.join(folder, "master.key"),
  };
  // Opened first: a connection left idle meanwhile would be closed by the server.
  const addresses = [...(await openShelf()).keys.keys()].filter((_, at) => at % 149 === 0).slice(0, 200);
  start(process.execPath, [program, "serve", "--port", String(port), "--no-example"], env);
  await answering(port);
  const files = path.join(folder, "static");
  for (const address of addresses) {
    const bytes = await (await fetch(`http://localhost:${port}${address}`)).bytes();
    mkdirSync(path.dirname(path.join(files, address)), { recursive: true });
    writeFileSync(path.join(files, `${address}.html`), bytes);
  }
  const settings = path.join(folder, "nginx.conf");
  writeFileSync(
    settings,
    `worker_processes 1; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http { access_log off; sendfile on; tcp_nopush on; types { text/html html; } default_type text/html;
 client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
 keepalive_requests 10000000; open_file_cache max=1000;
 server { listen 127.0.0.1:${nginxPort}; root ${files}; location / { try_files $uri.html =404; } } }`,
  );
  start("nginx", ["-c", settings, "-p", folder], process.env);
  await answering(nginxPort);
  const measured = { ours: [] as number[], nginx: [] as number[] };
  // In turns, so that what else the machine does falls on both.
  for (let round = 0; round < 3; round++) {
    measured.ours.push(await perSecond(port, addresses));
    measured.nginx.push(await perSecond(nginxPort, addresses));
  }
  const middle = (of: number[]) => Math.round(of.toSorted((a, b) => a - b)[1]!);
  const [ours, nginx] = [middle(measured.ours), middle(measured.nginx)];
  return { oursPerSecond: ours, nginxPerSecond: nginx, ratio: Number((ours / nginx).toFixed(2)) };
}

function start(name: string, args: string[], env: NodeJS.ProcessEnv): void {
  children.push(spawn(name, args, { env, stdio: "ignore" }));
}

function run(name: string, args: string[]) {
  const done = spawnSync(name, args, { encoding: "utf8", maxBuffer: 1e8 });
  if (done.status !== 0) throw new Error(`${name} ended with ${done.status}: ${done.stderr.slice(0, 500)}`);
  return done;
}

async function answering(port: number): Promise<void> {
  // On a busy machine the workbench takes a minute to open.
  for (let tries = 0; tries < 600; tries++) {
    const up = await fetch(`http://localhost:${port}/`).catch(() => null);
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing answers at port ${port}`);
}

/** 16 connections, each sending the next request when the answer is there; answers are counted by their length. */
async function perSecond(port: number, addresses: string[]): Promise<number> {
  let answers = 0;
  const until = performance.now() + seconds * 1000;
  await Promise.all(Array.from({ length: 16 }, (_, at) => connection(at)));
  return answers / seconds;

  function connection(first: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "localhost");
      let next = first * 7;
      let left = 0;
      const ask = () => {
        if (performance.now() > until) {
          socket.destroy();
          return;
        }
        const address = addresses[next++ % addresses.length]!;
        socket.write(`GET ${address} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      };
      socket.on("connect", ask);
      socket.on("error", reject);
      socket.on("close", () => resolve());
      let head = "";
      socket.on("data", (chunk) => {
        if (left === 0) {
          head += chunk.toString("latin1");
          const end = head.indexOf("\r\n\r\n");
          if (end < 0) return;
          if (!head.startsWith("HTTP/1.1 200")) {
            reject(new Error(head.slice(0, 60)));
            return;
          }
          left = Number(/content-length: (\d+)/i.exec(head)![1]) - (head.length - end - 4);
          head = "";
        } else left -= chunk.length;
        if (left <= 0) {
          left = 0;
          answers++;
          ask();
        }
      });
    });
  }
}
