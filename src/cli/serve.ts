import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import type { EventBody, Store } from "#case";
import { deliveryFrom, openStore, pagePicture, readFiles } from "#io";
import { packageRoot } from "#knowledge";
import { serveWorkbench } from "#web";
import { openCharges } from "./charges.ts";
import { type Command, parseArguments, UsageError } from "./command.ts";
import { knownPrecedents } from "./precedents.ts";
import { prepareInThread } from "./prepare-in-thread.ts";

const EXAMPLE = "dupilumab-step";

/**
 * `redress serve`: the workbench. Settings come from the environment: `REDRESS_DATA`, `REDRESS_KEY_FILE` or
 * `REDRESS_MASTER_KEY`, `DATABASE_URL`, and for several people `REDRESS_MODE=hosted`, `REDRESS_ADDRESS`, `REDRESS_HOSTS`.
 */
export const command: Command = {
  help: "serve [--port N] [--log] [--no-example]",
  run: async (argv) => {
    const { values, flags, rest } = parseArguments(argv, { values: ["port"], flags: ["log", "no-example"] });
    const port = Number(values.port ?? process.env.PORT ?? 4600);
    if (rest.length > 0 || !Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new UsageError(`usage: redress ${command.help}`);
    }
    return serveUntilStopped(port, { withLog: flags.has("log"), withExample: !flags.has("no-example") });
  },
};

async function serveUntilStopped(
  port: number,
  { withLog, withExample }: { withLog: boolean; withExample: boolean },
): Promise<number> {
  const env = process.env;
  const home = path.join(packageRoot, ".redress");
  const hosted = env.REDRESS_MODE === "hosted";
  let store: Store;
  try {
    store = await openStore({
      folder: path.resolve(env.REDRESS_DATA ?? path.join(home, "data")),
      keyFile: path.resolve(env.REDRESS_KEY_FILE ?? path.join(home, "keys", "master.key")),
      masterKey: env.REDRESS_MASTER_KEY,
      databaseUrl: env.DATABASE_URL,
    });
  } catch (cause) {
    if (!(cause instanceof Error) || !["LockedError", "KeyError", "MigrationError"].includes(cause.name))
      throw cause;
    say(`${cause.message}.`);
    return 1;
  }
  const charges = await openCharges(env);
  if (!hosted && withExample) await addExample(store);
  const served = await serveWorkbench(
    {
      store,
      readFiles,
      prepare: prepareInThread,
      pagePicture,
      ...(charges ? { charges } : {}),
      mode: hosted ? "hosted" : "local",
      hosts: hosted ? (env.REDRESS_HOSTS ?? "localhost").split(",") : ["localhost", "127.0.0.1", "[::1]"],
      secure: hosted,
      today: localDate,
      now: () => new Date(),
      delivery: await deliveryFrom(env),
      precedents: knownPrecedents,
      clock: () => performance.now(),
      log: hosted || withLog ? (line) => process.stdout.write(`${line}\n`) : () => {},
    },
    { port, address: hosted ? (env.REDRESS_ADDRESS ?? "127.0.0.1") : "127.0.0.1" },
  );
  const stopped = stopSignal();
  say(`the workbench is open at ${served.url}`);
  say("it runs on this machine only; press Ctrl-C to stop");
  await stopped;
  say("stopping");
  await served.close();
  await store.close();
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** Today where this machine stands, because people count their days by their own calendar. */
function localDate(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** One invented case, so that a first visit shows what a case looks like. It is set on its own day. */
async function addExample(store: Store): Promise<void> {
  const { id: owner } = await store.accounts.local();
  if (await store.cases.hasHad(owner)) return;
  const folder = path.join(packageRoot, "cases", EXAMPLE, "in");
  const told = parseYaml(readFileSync(path.join(folder, "case.yaml"), "utf8"), { schema: "core" }) as {
    plan?: string;
    state?: string;
    asOf?: string;
    signer?: { name: string; role: string };
  };
  const log = await store.cases.create(owner, {
    title: "Dupilumab, step therapy (invented)",
    example: EXAMPLE,
    ...(told.asOf ? { asOf: told.asOf } : {}),
  });
  const papers: EventBody[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === "case.yaml") continue;
    const stored = await log.put(readFileSync(path.join(entry.parentPath, entry.name)));
    papers.push({ kind: "paper-added", paper: `example-${papers.length + 1}`, name: entry.name, ...stored });
  }
  const { plan, state, signer } = told;
  const answers = { plan, state, "signer-name": signer?.name, "signer-role": signer?.role };
  const given: EventBody[] = Object.entries(answers).flatMap(([question, answer]) =>
    answer ? [{ kind: "answer-given" as const, question, answer }] : [],
  );
  await log.append([...papers, ...given]);
}

function say(text: string): void {
  process.stderr.write(`redress: ${text}\n`);
}
