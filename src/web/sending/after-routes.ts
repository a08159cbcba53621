import { createHash } from "node:crypto";
import { parseDate } from "#base";
import {
  type CaseFile,
  type CaseState,
  type EventBody,
  opensNextLevel,
  outcomeIds,
  type Reminder,
} from "#case";
import { type CalendarEntry, icalendar } from "#law";
import { showCase } from "../routes/shell.ts";
import type { Say } from "../texts.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { afterPage } from "./after-page.ts";
import { arrivalAsked, noteOverdue, remindersFor, spokenReminder, thingsToDo } from "./standing.ts";
import { standingPanel } from "./standing-panel.ts";

/** After sending: the clock, calls, reminders, the answer, and the next level. */
export function afterRoutes(app: App, bench: Workbench): void {
  const page = async (c: Ctx, problem: string | null = null) => {
    const { log, state, file } = c.get("current");
    const say = c.get("say");
    if (!file) return c.redirect(`/cases/${log.id}/papers`);
    if (problem) c.status(400);
    if (await noteOverdue(log, state, file, bench.today())) bench.workshop.request(log);
    const today = bench.today();
    const standing = await standingPanel({ state, file, id: log.id, today, say }, true);
    const reminders = await remindersFor(state, file, today);
    const things = await thingsToDo(state, file, today);
    const canMail = bench.delivery?.remind !== undefined;
    const calendarStale = calendarOf(state, reminders, today, say).some(isStale(state));
    const view = { id: log.id, state, standing, things, reminders, calendarStale, canMail, problem, today };
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

  app.post("/cases/:id/arrived", async (c) => {
    const { log, state, file } = c.get("current");
    const body = await c.req.parseBody();
    const asked = file && (await arrivalAsked(state, file, bench.today()));
    const day = parseDate(text(body["on"], 10));
    if (!asked || asked.event !== body["event"]) return c.redirect(`/cases/${log.id}/after`, 303);
    if (!day || day > bench.today() || day < asked.sentOn)
      return page(c, c.get("say")("after.arrival.wrong"));
    await log.append([{ kind: "answer-given", question: `event:${asked.event}`, answer: day }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/after`, 303);
  });

  app.post("/cases/:id/asked", async (c) => {
    const { log } = c.get("current");
    const body = await c.req.parseBody();
    const [on, what, last] = [parseDate(text(body["on"], 10)), text(body["what"], 300), text(body["by"], 10)];
    const by = parseDate(last);
    if (!on || on > bench.today() || !what || (last && (!by || by < on)))
      return page(c, c.get("say")("after.asked.incomplete"));
    await log.append([{ kind: "information-asked", on, what, until: by }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/after#asked`, 303);
  });

  app.post("/cases/:id/asked/sent", async (c) => {
    const { log, state } = c.get("current");
    if (state.afterwards.asked.every(({ answered }) => answered !== undefined)) return c.notFound();
    await log.append([{ kind: "information-sent", on: bench.today() }]);
    return c.redirect(`/cases/${log.id}/after#asked`, 303);
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
    const { log, state, file } = c.get("current");
    const { outcome } = state.afterwards;
    if (!outcome || !opensNextLevel(outcome.outcome)) return c.notFound();
    await log.append([...keptAnswers(state, file), { kind: "level-began", after: outcome.outcome }]);
    bench.workshop.request(log);
    return c.redirect(`/cases/${log.id}/papers`, 303);
  });

  app.post("/cases/:id/reminders", async (c) => {
    const { log } = c.get("current");
    const { email, do: what } = await c.req.parseBody();
    const address = text(email, 200);
    if (what === "stop") await log.append([{ kind: "reminders-wanted", email: null }]);
    else if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address) && bench.delivery?.remind)
      await log.append([
        {
          kind: "reminders-wanted",
          email: address,
          language: c.get("say").language,
          address: `${new URL(c.req.url).origin.replace(/^http:/, bench.secure ? "https:" : "http:")}/cases/${log.id}`,
        },
      ]);
    else return page(c, c.get("say")("after.email.wrong"));
    return c.redirect(`/cases/${log.id}/after#reminders`, 303);
  });

  app.get("/cases/:id/reminders.ics", async (c) => {
    const { log, state, file } = c.get("current");
    if (!file) return c.notFound();
    const entries = calendarOf(
      state,
      await remindersFor(state, file, bench.today()),
      bench.today(),
      c.get("say"),
    );
    // A calendar without an entry is none (RFC 5545, 3.6).
    if (entries.length === 0) return c.redirect(`/cases/${log.id}/after#reminders`, 303);
    const days = Object.fromEntries(entries.map(({ key, day, cancelled }) => [key, cancelled ? "" : day]));
    await log.append([{ kind: "calendar-taken", days }]);
    c.header("Content-Type", "text/calendar; charset=utf-8");
    c.header("Content-Disposition", 'attachment; filename="reminders.ics"');
    const uid = createHash("sha256").update(log.id).digest("hex").slice(0, 16);
    const madeAt = (bench.now?.() ?? new Date(`${file.asOf}T00:00:00Z`)).toISOString();
    return c.body(icalendar(entries, { madeAt, uid, sequence: state.last }));
  });
}

/**
 * What the first papers settled and the next letter may not say again: the kind of plan, the State, and whether the care was
 * asked for or received. It stands among the answers from then on, where it can be changed.
 */
function keptAnswers(state: CaseState, file: CaseFile | null): EventBody[] {
  const [plan, ...others] = file?.plan.possible ?? [];
  const known: [string, string | undefined][] = [
    ["plan", others.length === 0 ? plan : undefined],
    ["state", file?.plan.state?.value],
    ["timing", file?.denial?.timing?.value],
  ];
  return known.flatMap(([question, answer]) =>
    answer && state.answers[question] === undefined
      ? [{ kind: "answer-given" as const, question, answer }]
      : [],
  );
}

/** The reminders as entries, each under a name of its own; and what an earlier file put into the calendar and is over. */
function calendarOf(
  state: CaseState,
  reminders: readonly Reminder[],
  today: string,
  say: Say,
): CalendarEntry[] {
  const level = state.afterwards.levels.length + 1;
  const entry = (one: Reminder): CalendarEntry => {
    const key = `${level}-${one.about}${one.days > 0 ? `-${one.days}` : ""}`;
    return { day: one.on, title: spokenReminder(one, say), note: "", key, alarms: [0] };
  };
  // That it is overdue is said on the page; a calendar is for days to come.
  const ahead = reminders.filter(({ about, on, day }) => about !== "overdue" || on === day);
  const now = new Map(ahead.map(entry).map((one) => [one.key, one]));
  const over = Object.entries(state.afterwards.calendar).flatMap(([key, on]) => {
    const day = parseDate(on);
    if (!day || day < today || now.has(key)) return [];
    return [{ day, title: say("reminder.over"), note: "", key, alarms: [], cancelled: true as const }];
  });
  return [...now.values(), ...over];
}

/** True for an entry that stands otherwise in the calendar than it should. */
function isStale({ afterwards: { calendar } }: CaseState) {
  return ({ key, day, cancelled }: CalendarEntry) =>
    cancelled === true || (calendar[key] !== undefined && calendar[key] !== "" && calendar[key] !== day);
}

function text(value: unknown, most: number): string {
  return typeof value === "string" ? value.replace(/\s+/g, " ").trim().slice(0, most) : "";
}
