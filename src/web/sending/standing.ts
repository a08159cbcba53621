import { parseDate } from "#base";
import {
  type CaseFile,
  type CaseLog,
  type CaseState,
  happened,
  type Reminder,
  remindersOf,
  type Standing,
  standingOf,
  stepOf,
} from "#case";
import { loadLaw } from "#knowledge";
import { rightsFor } from "#law";
import { html, icon, type Markup } from "../pages/markup.ts";
import { type Say, spokenDate } from "../texts.ts";
import { receiptsOf } from "./dispatch.ts";

/** Where the case stands on a day; `null` while the law cannot say, because no plan is possible. */
export async function standingFor(state: CaseState, file: CaseFile, today: string): Promise<Standing | null> {
  const asOf = parseDate(state.asOf ?? today);
  if (!file.situation || !asOf) return null;
  const events = { ...happened(state.afterwards), ...file.situation.events };
  const rights = rightsFor({ ...file.situation, events, asOf }, await loadLaw());
  return standingOf(rights, stepOf(state.afterwards.parcels), asOf);
}

/**
 * Notes once that the answer is overdue, so that the letters are drafted anew with the overdue notice and the rights that
 * open with it. True when it was noted now.
 */
export async function noteOverdue(
  log: CaseLog,
  state: CaseState,
  file: CaseFile,
  today: string,
): Promise<boolean> {
  const { overdue, outcome } = state.afterwards;
  if (overdue || outcome) return false;
  const standing = await standingFor(state, file, today);
  if (standing?.state !== "overdue") return false;
  await log.append([{ kind: "decision-overdue", since: standing.since }]);
  return true;
}

/** Reminders still to come, for a calendar or by e-mail. */
export async function remindersFor(state: CaseState, file: CaseFile, today: string) {
  if (state.afterwards.outcome) return [];
  const standing = await standingFor(state, file, today);
  const from = parseDate(state.asOf ?? today);
  return standing && from ? remindersOf(standing, from) : [];
}

/** A reminder in the reader's language; it names a day and a step, nobody and no illness. */
export function spokenReminder({ about, day, days }: Reminder, say: Say): string {
  const date = spokenDate(day, say.language);
  if (about !== "file") return say(`reminder.${about}`, { date });
  return days === 1 ? say("reminder.file.one", { date }) : say("reminder.file", { n: days, date });
}

/** What a case that was sent waits for, in a few words; `null` before anything was sent. */
export async function awaited(
  state: CaseState,
  file: CaseFile,
  today: string,
  say: Say,
): Promise<string | null> {
  const { parcels, outcome } = state.afterwards;
  if (outcome) return say(`outcome.${outcome.outcome}`);
  if (stepOf(parcels) === null) return null;
  const standing = await standingFor(state, file, today);
  if (standing?.state === "overdue") return say("after.overdue", { n: standing.days });
  return standing?.state === "waiting" && standing.by
    ? say("after.waiting", { date: spokenDate(standing.by, say.language) })
    : say("after.sent");
}

/** The standing in one look: what is awaited, by when, and what a missed day means. Nothing before anything was sent. */
export async function standingPanel(
  state: CaseState,
  file: CaseFile,
  id: string,
  today: string,
  say: Say,
): Promise<Markup> {
  const { parcels, outcome } = state.afterwards;
  if (receiptsOf(parcels).length === 0 && !outcome) return html``;
  const more = html`<p><a href="/cases/${id}/after">${say("after.more")}</a></p>`;
  if (outcome)
    return panel(
      "",
      say(`outcome.${outcome.outcome}`),
      say("after.outcome.on", { date: spokenDate(outcome.on, say.language) }),
      more,
    );
  const standing = await standingFor(state, file, today);
  const name = standing && "right" in standing ? say.word("right", standing.right.kind) : "";
  if (standing?.state === "overdue")
    return panel(
      "overdue",
      say("after.overdue", { n: standing.days }),
      say("after.overdue.text", { date: spokenDate(standing.since, say.language), what: name }),
      html`${overdueLetter(file, id, say)}${more}`,
    );
  if (standing?.state === "waiting" && standing.by)
    return panel(
      "",
      say("after.waiting", { date: spokenDate(standing.by, say.language) }),
      say("after.waiting.text", { n: standing.days ?? 0, what: name }),
      more,
    );
  return panel("", say("after.sent"), say("after.sent.text"), more);
}

/** The way to the notice that the answer is overdue, once it is drafted. */
function overdueLetter(file: CaseFile, id: string, say: Say): Markup {
  const letter = file.letters.find(({ kind }) => kind === "overdue-notice");
  if (!letter) return html``;
  return html`<p><a class="button primary" href="/cases/${id}/letter?which=${letter.file}">${say("after.overdue.letter")}</a></p>`;
}

function panel(mood: string, title: string, text: string, more: Markup): Markup {
  return html`<section class="standing ${mood}" aria-labelledby="standing"><h2 id="standing">${icon(mood ? "warning" : "information")} ${title}</h2><p>${text}</p>${more}</section>`;
}
