import { type CaseLog, fold, type GuideChoice } from "#case";
import { namesOf } from "#guide";
import { openShelf } from "../guides/shelf.ts";
import { newCase } from "../pages/home.ts";
import { show } from "../routes/shell.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";

/**
 * From a guide to a case in one tap. A tap on a page of ours opens the case at once, with the guide's payer, treatment and
 * reason in its log; an address that comes from elsewhere only fills in the form, because another site must not make cases.
 */
export function startRoutes(app: App, bench: Workbench): void {
  app.get("/start", async (c) => {
    const account = c.get("account");
    if (!account) {
      const { search } = new URL(c.req.url);
      return c.redirect(`/sign-in?back=${encodeURIComponent(`/start${search}`)}`);
    }
    const say = c.get("say");
    const { choice, title } = await asked((name) => c.req.query(name));
    if (Object.keys(choice).length === 0 || !isTapOfOurs(c))
      return show(c, say("new.title"), newCase(say, title, choice));
    const log =
      (await emptyCase(bench, account.id, choice)) ?? (await openFrom(bench, account.id, title, choice));
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });

  app.post("/cases", async (c) => {
    const account = c.get("account");
    if (!account) return c.redirect("/sign-in", 303);
    const body = await c.req.parseBody();
    const field = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : undefined);
    const { choice } = await asked(field);
    const title = field("title")?.trim().slice(0, 80) || c.get("say")("new.untitled");
    const log = await openFrom(bench, account.id, title, choice);
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });
}

/** What an address or a form names, as far as it is known; and a name for the case made of it. */
async function asked(
  given: (name: string) => string | undefined,
): Promise<{ choice: GuideChoice; title: string }> {
  if (!given("payer") && !given("treatment") && !given("reason")) return { choice: {}, title: "" };
  const { library } = await openShelf();
  const known = (name: string, of: ReadonlyMap<string, unknown>) => {
    const value = given(name) ?? "";
    return of.has(value) ? { [name]: value } : {};
  };
  const choice: GuideChoice = {
    ...known("payer", library.payers),
    ...known("treatment", library.treatments),
    ...known("reason", library.reasons),
  };
  const { payer, treatment, phrase } = namesOf({ kind: "payer-treatment-reason", ...choice }, library);
  return { choice, title: [treatment, phrase, payer].filter(Boolean).join(", ").slice(0, 80) };
}

/** A person's own tap on a page of ours, not a page that is fetched ahead. Browsers send this, and no site can forge it. */
function isTapOfOurs(c: Ctx): boolean {
  return (
    c.req.header("sec-fetch-site") === "same-origin" &&
    c.req.header("sec-fetch-user") === "?1" &&
    c.req.header("sec-purpose") === undefined
  );
}

async function openFrom(
  bench: Workbench,
  owner: string,
  title: string,
  choice: GuideChoice,
): Promise<CaseLog> {
  const log = await bench.store.cases.create(owner, { title });
  if (Object.keys(choice).length > 0) await log.append([{ kind: "guide-chosen", ...choice }]);
  return log;
}

/** The case that an earlier tap on the same guide opened and that nothing was done with yet. */
async function emptyCase(bench: Workbench, owner: string, choice: GuideChoice): Promise<CaseLog | null> {
  const wanted = JSON.stringify([choice.payer, choice.treatment, choice.reason]);
  for (const log of await bench.store.cases.list(owner)) {
    const { papers, chosen } = fold(await log.events());
    const has = chosen && JSON.stringify([chosen.payer, chosen.treatment, chosen.reason]);
    if (papers.length === 0 && has === wanted) return log;
  }
  return null;
}
