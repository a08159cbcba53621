import { parseDate } from "#base";
import { outcomeIds } from "#case";
import { icalendar } from "#law";
import { showCase } from "../routes/shell.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { afterPage } from "./after-page.ts";
import { noteOverdue, remindersFor, spokenReminder, standingPanel } from "./standing.ts";

/** After sending: the clock, calls, reminders, the answer, and the next level. */
export function afterRoutes(app: App, bench: Workbench): void {
  const page = async (c: Ctx, problem: string | null = null) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    if (!file) return c.redirect(`/cases/${log.id}/papers`);
    if (problem) c.status(400);
    if (await noteOverdue(log, state, file, bench.today())) bench.workshop.request(log);
    const standing = await standingPanel(state, file, log.id, bench.today(), say);
    const reminders = await remindersFor(state, file, bench.today());
    const canMail = bench.delivery?.remind !== undefined;
    const view = { id: log.id, state, standing, reminders, canMail, problem, today: bench.today() };
    return showCase(c, "packet", say("after.title"), afterPage(view, say));
  };

  app.get("/cases/:id/after", (c) => page(c));

  app.post("/cases/:id/calls", async (c) => {
    const { log } = c.get("current");
    const body = await c.req.parseBody();
    const said = (name: string, most: number) => text(body[name], most);
    const day = parseDate(said("on", 10));
    const [person, words] = [said("with", 120), said("said", 1000)];
    if (!day || day > bench.today() || !person || !words)
      return page(c, c.get("say")("after.call.incomplete"));
    const reference = said("reference", 60) || null;
    await log.append([{ kind: "call-noted", call: { at: day, with: person, reference, said: words } }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/after#calls`, 303);
  });

  app.post("/cases/:id/outcome", async (c) => {
    const { log } = c.get("current");
    const { outcome, on, note } = await c.req.parseBody();
    const day = parseDate(text(on, 10));
    const known = outcomeIds.find((one) => one === outcome);
    if (!known || !day || day > bench.today()) return page(c, c.get("say")("after.outcome.incomplete"));
    await log.append([{ kind: "outcome-recorded", outcome: known, on: day, note: text(note, 500) }]);
    return c.redirect(`/cases/${log.id}/after`, 303);
  });

  app.post("/cases/:id/next-level", async (c) => {
    const { log, state } = c.get("current");
    const { outcome } = state.afterwards;
    if (!outcome || outcome.outcome === "approved" || outcome.outcome === "withdrawn") return c.notFound();
    await log.append([{ kind: "level-began", after: outcome.outcome }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });

  app.post("/cases/:id/reminders", async (c) => {
    const { log } = c.get("current");
    const { email, do: what } = await c.req.parseBody();
    const address = text(email, 200);
    if (what === "stop") await log.append([{ kind: "reminders-wanted", email: null }]);
    else if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) && bench.delivery?.remind)
      await log.append([{ kind: "reminders-wanted", email: address, language: c.get("say").language }]);
    else return page(c, c.get("say")("after.email.wrong"));
    return c.redirect(`/cases/${log.id}/after#reminders`, 303);
  });

  app.get("/cases/:id/reminders.ics", async (c) => {
    const { state, file } = c.get("current");
    if (!file) return c.notFound();
    const reminders = await remindersFor(state, file, bench.today());
    c.header("Content-Type", "text/calendar; charset=utf-8");
    c.header("Content-Disposition", 'attachment; filename="reminders.ics"');
    const say = c.get("say");
    const entries = reminders.map((one) => ({
      day: one.on,
      title: spokenReminder(one, say),
      note: "",
      key: `${one.plan}-${one.kind}-${one.about}-${one.on}`,
      alarms: [0],
    }));
    return c.body(icalendar(entries, { madeAt: `${file.asOf}T00:00:00Z` }));
  });
}

function text(value: unknown, most: number): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, most) : "";
}
