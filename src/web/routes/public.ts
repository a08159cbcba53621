import { parseDate } from "#base";
import { type CaseFile, type CaseLog, fold, type Glance } from "#case";
import { loadLaw } from "#knowledge";
import { coverageOf } from "#law";
import { caseFileOf } from "../open-case.ts";
import type { CaseLine } from "../pages/case-card.ts";
import { home } from "../pages/home.ts";
import { lawPage } from "../pages/law.ts";
import { message } from "../pages/message.ts";
import { lineFor } from "../sending/standing.ts";
import { keepLanguage } from "../sessions.ts";
import { type Language, languages, type Say } from "../texts.ts";
import type { App, Workbench } from "../workbench.ts";
import { show } from "./shell.ts";

/** Pages that belong to no case. */
export function publicRoutes(app: App, bench: Workbench): void {
  app.get("/", async (c) => {
    const account = c.get("account");
    const cases = account ? await bench.store.cases.list(account.id) : [];
    const lines = await Promise.all(cases.map((log) => lineOf(log, bench, c.get("say"))));
    const find = c.req.query("find")?.trim().slice(0, 80) ?? "";
    return show(c, c.get("say")("home.window"), home(c.get("say"), lines, account !== null, find));
  });

  app.get("/law", async (c) => {
    const say = c.get("say");
    const rows = coverageOf(await loadLaw(), parseDate(bench.today()));
    return show(c, say("law.title"), lawPage(rows, say));
  });

  app.get("/privacy", (c) => {
    const say = c.get("say");
    return show(c, say("privacy.title"), message(say("privacy.title"), say("privacy.text"), say));
  });

  app.post("/language", async (c) => {
    const { language, back } = await c.req.parseBody();
    if (typeof language === "string" && Object.hasOwn(languages, language)) {
      keepLanguage(c, bench, language as Language);
    }
    return c.redirect(ownPath(back), 303);
  });

  app.get("/health", (c) => c.text("ok"));
}

/** A path of ours, or home: an address from outside must not decide where a person lands. */
export function ownPath(given: unknown): string {
  return typeof given === "string" && /^\/(?![/\\])/.test(given) ? given : "/";
}

/** One case as the list shows it, from its log alone: a list of a hundred cases must not open a hundred charts. */
async function lineOf(log: CaseLog, bench: Workbench, say: Say): Promise<CaseLine> {
  const state = fold(await log.events());
  const glance = state.draft && (state.draft.glance ?? glanceOf(await caseFileOf(log, state.draft)));
  const line = {
    id: log.id,
    title: state.title,
    example: state.example !== null,
    papers: state.papers.length,
    working: bench.workshop.statusOf(log.id) !== null,
  };
  const none = { next: null, awaits: null, presses: null, mood: "none" as const };
  return { ...line, ...(glance ? await lineFor(state, glance, bench.today(), say) : none) };
}

function glanceOf({ situation, issues }: CaseFile): Glance {
  return { situation, over: issues.some(({ code }) => code === "reviews-over") };
}
