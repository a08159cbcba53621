import { appendFile, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { escapeHtml } from "#guide";
import { packageRoot } from "#knowledge";
import type { App, WorkbenchOptions } from "../workbench.ts";
import { framed, placeOf } from "./frame.ts";
import { openShelf } from "./shelf.ts";

/** Reports are kept in one file; beyond this many bytes nobody reads them in time, and nothing more is taken. */
const mostBytes = 5_000_000;

/** Where reports go: `REDRESS_REPORTS`, or beside the data of this machine. */
const reportsFile = () =>
  path.resolve(process.env.REDRESS_REPORTS ?? path.join(packageRoot, ".redress", "reports.jsonl"));

/** What could name a person is taken out: addresses, telephone and member numbers, dates of birth. */
export function withoutPersons(text: string): string {
  return text
    .replace(/[^\s@]+@[^\s@]+\.[^\s@]+/g, "[address]")
    .replace(/\b(?:\d[\s().-]?){7,}\b/g, "[number]")
    .replace(/\b[A-Z]{2,}\d{5,}\b/gi, "[number]")
    .replace(/\b\d{1,2}\/\d{1,2}\/\d{2,4}\b/g, "[date]");
}

/** Telling us of an error on a guide: one line with the page and the words, nothing about who wrote. */
export function reportRoutes(app: App, options: Pick<WorkbenchOptions, "today" | "secure">): void {
  const title = "Report an error";
  const description = "Tell us what is wrong on a guide. No name, no address, nothing about your health.";
  app.get("/report", async (c) => {
    const { keys } = await openShelf();
    const guide = keys.has(c.req.query("guide") ?? "") ? c.req.query("guide")! : "";
    const fact = factNamed(c.req.query("fact"));
    const page = { title, description, path: "/report", main: form(guide, fact), listed: false };
    return c.html(framed(placeOf(c, options), page));
  });
  app.post("/report", async (c) => {
    const { guide, fact, words } = await c.req.parseBody();
    const { keys } = await openShelf();
    const about = typeof guide === "string" && keys.has(guide) ? guide : "";
    const said = typeof words === "string" ? withoutPersons(words.slice(0, 1000)).trim() : "";
    const kept =
      said.length > 0 &&
      (await keep({ day: options.today(), guide: about, fact: factNamed(fact), words: said }));
    const main = `<h1>${title}</h1><p class="note">${kept ? "Thank you. We will look at it." : "Nothing was kept. Write what is wrong, and try again later."}</p><p><a href="${escapeHtml(about || "/guides")}">Back</a></p>`;
    return c.html(
      framed(placeOf(c, options), { title, description, path: "/report", main, listed: false }),
      kept ? 200 : 400,
    );
  });
}

async function keep(line: { day: string; guide: string; fact: string; words: string }): Promise<boolean> {
  const file = reportsFile();
  await mkdir(path.dirname(file), { recursive: true });
  const size = await stat(file).then(
    (entry) => entry.size,
    () => 0,
  );
  if (size > mostBytes) return false;
  await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  return true;
}

/** The record that a report is about: ids of our knowledge have these letters only. */
function factNamed(given: unknown): string {
  return typeof given === "string" && /^[\w.#:-]{1,80}$/.test(given) ? given : "";
}

function form(guide: string, fact: string): string {
  return `<h1>Report an error</h1>
<p>${guide ? `On the page <a href="${escapeHtml(guide)}">${escapeHtml(guide)}</a>. ` : ""}${fact ? `About the source <b>${escapeHtml(fact)}</b>. ` : ""}Say which sentence or number is wrong, and where we can read what is right. Please write nothing about yourself or your health.</p>
<form method="post" action="/report" class="stack"><input type="hidden" name="guide" value="${escapeHtml(guide)}"><input type="hidden" name="fact" value="${escapeHtml(fact)}">
<label for="words">What is wrong?</label><textarea id="words" name="words" rows="5" maxlength="1000" required></textarea>
<button class="primary">Send</button></form>`;
}
