import type { MiddlewareHandler } from "hono";
import { type CaseFile, type CaseLog, type Draft, fold } from "#case";
import { loadLaw } from "#knowledge";
import { rightsFor } from "#law";
import type { Env, Workbench } from "./workbench.ts";

const KEPT = 8;
/** The newest case files that were looked at: a page view should not unlock and parse a whole chart again. */
const seen = new Map<string, CaseFile>();

/** What the pipeline made of the case, as the draft keeps it. */
export async function caseFileOf(log: CaseLog, draft: Draft): Promise<CaseFile> {
  const name = `${log.id}/${draft.file}`;
  const known = seen.get(name);
  if (known) {
    seen.delete(name);
    seen.set(name, known);
    return known;
  }
  const file = JSON.parse(Buffer.from(await log.get(draft.file)).toString("utf8")) as CaseFile;
  seen.set(name, file);
  const oldest = seen.keys().next().value;
  if (seen.size > KEPT && oldest !== undefined) seen.delete(oldest);
  return file;
}

/**
 * The case as it stands on a day. The letters are those of the day on which they were drafted; days left, and which rights
 * are open, are of today.
 */
export async function onDay(file: CaseFile, day: string): Promise<CaseFile> {
  if (file.asOf === day || !file.situation) return file;
  const rights = rightsFor({ ...file.situation, asOf: day }, await loadLaw());
  return { ...file, asOf: day, rights };
}

/** Forgets what is in memory of a case that was deleted. */
export function forget(id: string): void {
  for (const name of seen.keys()) if (name.startsWith(`${id}/`)) seen.delete(name);
}

/**
 * Opens the case of the address for the person who asks. A case that is not there and a case of somebody else give the
 * same answer.
 */
export function openCase(bench: Workbench): MiddlewareHandler<Env, "/cases/:id/*"> {
  return async (c, next) => {
    const account = c.get("account");
    if (!account) {
      // A script that hands in files must hear that they were not taken, not follow to a page that is there.
      if (c.req.header("accept")?.includes("application/json"))
        return c.json({ added: [], refused: [] }, 401);
      const { pathname, search } = new URL(c.req.url);
      const back = c.req.method === "GET" ? pathname + search : `/cases/${c.req.param("id")}`;
      return c.redirect(`/sign-in?back=${encodeURIComponent(back)}`, 303);
    }
    const log = await bench.store.cases.open(account.id, c.req.param("id"));
    if (!log) return c.notFound();
    const state = fold(await log.events());
    const file = state.draft ? await caseFileOf(log, state.draft) : null;
    c.set("current", { log, state, file: file && (await onDay(file, state.asOf ?? bench.today())) });
    return next();
  };
}
