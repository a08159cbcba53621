/**
 * The guide library beside Hugo and nginx (Debian's packages), in one run on one machine, over loopback only:
 *   node tests/bench/guides.ts [--pages N] [--seconds N]
 * Export: `redress guides export` and `hugo` write the same pages. Serving: one process each, the same bytes, the same
 * client. Rendering: the median over all pages, in this process.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { openShelf } from "../../src/web/guides/shelf.ts";

const { values } = parseArgs({ options: { pages: { type: "string" }, seconds: { type: "string" } } });
const seconds = Number(values.seconds ?? 5);
const program = path.resolve(import.meta.dirname, "../../src/cli/main.ts");
const folder = mkdtempSync(path.join(tmpdir(), "redress-guides-"));
// nginx gives up its rights and must still be able to read.
chmodSync(folder, 0o755);
const children: ChildProcess[] = [];
const result: Record<string, unknown> = {};

try {
  result.serving = await serving();
  result.rendering = await rendering();
  result.export = exporting();
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);

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

function exporting() {
  const out = path.join(folder, "ours");
  const ours = JSON.parse(run(process.execPath, [program, "guides", "export", out]).stdout) as {
    pages: number;
    seconds: number;
    pagesPerSecond: number;
  };
  const site = path.join(folder, "hugo");
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .slice(0, Number(values.pages ?? Number.POSITIVE_INFINITY));
  // Hugo gets each page's own body as content and puts head and frame around it, as our renderer does.
  for (const [at, entry] of files.entries()) {
    const html = readFileSync(path.join(entry.parentPath, entry.name), "utf8");
    const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1] ?? html;
    const part = path.join(site, "content", String(at % 200));
    mkdirSync(part, { recursive: true });
    writeFileSync(path.join(part, `${at}.html`), `---\ntitle: "Guide ${at}"\n---\n${main}`);
  }
  mkdirSync(path.join(site, "layouts/_default"), { recursive: true });
  const layout =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="canonical" href="{{ .Permalink }}"></head><body><main>{{ .Content }}</main></body></html>';
  writeFileSync(path.join(site, "layouts/_default/single.html"), layout);
  writeFileSync(
    path.join(site, "config.toml"),
    'baseURL = "https://redress.example/"\ndisableKinds = ["home", "section", "taxonomy", "term", "RSS"]\n',
  );
  const began = performance.now();
  run("hugo", ["--quiet", "--source", site, "--destination", path.join(folder, "hugo-out")]);
  const took = (performance.now() - began) / 1000;
  const hugo = {
    pages: files.length,
    seconds: Number(took.toFixed(2)),
    pagesPerSecond: Math.round(files.length / took),
  };
  rmSync(site, { recursive: true, force: true });
  rmSync(path.join(folder, "hugo-out"), { recursive: true, force: true });
  return { ours, hugo, ratio: Number((ours.pagesPerSecond / hugo.pagesPerSecond).toFixed(2)) };
}

/** Requests per second of one process of ours and one of nginx, for the same 200 pages. */
async function serving() {
  const [port, nginxPort] = [47_631, 47_632];
  const env = {
    ...process.env,
    REDRESS_DATA: path.join(folder, "data"),
    REDRESS_KEY_FILE: path.join(folder, "master.key"),
  };
  start(process.execPath, [program, "serve", "--port", String(port), "--no-example"], env);
  await answering(port);
  const addresses = [...(await openShelf()).keys.keys()].filter((_, at) => at % 149 === 0).slice(0, 200);
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
  for (let tries = 0; tries < 150; tries++) {
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
