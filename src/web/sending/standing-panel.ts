import type { CaseFile, CaseState, Standing, Thing } from "#case";
import { each, html, icon, type Markup, when } from "../pages/markup.ts";
import { type Say, spokenDate } from "../texts.ts";
import { receiptsOf } from "./dispatch.ts";
import { type Arrival, arrivalAsked, isOver, standingFor, thingsToDo } from "./standing.ts";

type View = { state: CaseState; file: CaseFile; id: string; today: string; say: Say };

/** The standing in one look: what is awaited, by when, and what a missed day means. Nothing before anything was sent. */
export async function standingPanel(view: View, full = false): Promise<Markup> {
  const { state, file, id, today, say } = view;
  const { parcels, outcome, asked } = state.afterwards;
  if (receiptsOf(parcels).length === 0 && !outcome && !isOver(file)) return html``;
  const more = full ? html`` : html`<p><a href="/cases/${id}/after">${say("after.more")}</a></p>`;
  const things = await thingsToDo(state, file, today);
  const list = things.length > 0 ? thingList(full ? things : things.slice(0, 1), say) : html``;
  // The page of the answer says it itself, with what to do.
  if (outcome && full) return html``;
  if (outcome) {
    const on = say("after.outcome.on", { date: spokenDate(outcome.on, say.language) });
    const title = when(things.length > 0, () => html`<h3>${say("next.title")}</h3>`);
    return panel("", say(`outcome.${outcome.outcome}`), html`<p>${on}</p>`, html`${title}${list}${more}`);
  }
  if (isOver(file)) return panel("", say("over.title"), html``, html`${thingList(things, say)}${more}`);
  const wanted = asked.find(({ answered }) => answered === undefined);
  const question = when(
    wanted,
    () => html`<p class="asked">${icon("warning")} ${askedWords(wanted!, say)}</p>`,
  );
  const standing = await standingFor(state, file, today);
  return html`${standingWords(view, standing, html`${question}${overdueLetter(view, standing)}${list}${await clock(view, standing, full)}${more}`)}`;
}

function standingWords({ say }: View, standing: Standing | null, more: Markup): Markup {
  const name = standing && "right" in standing ? say.word("right", standing.right.kind) : "";
  const what = when(name, () => html`<p>${say("after.what", { what: name })}</p>`);
  if (standing?.state === "overdue") {
    const since = say("after.overdue.text", { date: spokenDate(standing.since, say.language) });
    const title = standing.days === 1 ? say("after.overdue.one") : say("after.overdue", { n: standing.days });
    return panel("overdue", title, html`<p>${since}</p>${what}`, more);
  }
  if (standing?.state === "waiting" && standing.by) {
    const n = standing.days ?? 0;
    const left = n === 0 ? say("date.today") : n === 1 ? say("date.tomorrow") : say("date.left", { n });
    const title = say("after.waiting", { date: spokenDate(standing.by, say.language) });
    return panel("", title, html`<p>${left}</p>${what}`, more);
  }
  return panel("", say("after.sent"), html`<p>${say("after.sent.text")}</p>${what}`, more);
}

/** Where the clock has not begun because no arrival is known: the question that begins it. */
async function clock(
  { state, file, id, today, say }: View,
  standing: Standing | null,
  full: boolean,
): Promise<Markup> {
  if (standing?.state !== "waiting" || standing.by) return html``;
  const arrival = await arrivalAsked(state, file, today);
  if (!arrival) return html``;
  const date = spokenDate(arrival.dueAtTheEarliest, say.language);
  return html`<p>${say("after.arrival.earliest", { date })}</p>${full ? arrivalForm(id, arrival, today, say) : ""}`;
}

function arrivalForm(id: string, { event, sentOn }: Arrival, today: string, say: Say): Markup {
  const label = event === "iro-assigned" ? "assigned" : event.endsWith("-by-iro") ? "reviewer" : "other";
  return html`<form method="post" action="/cases/${id}/arrived" class="stack"><input type="hidden" name="event" value="${event}">
<label for="arrived-on">${say(`after.arrival.${label}`)}</label><p class="hint" id="arrived-hint">${say("after.arrival.hint")}</p>
<input type="date" id="arrived-on" name="on" required min="${sentOn}" max="${today}" aria-describedby="arrived-hint">
<button class="small primary">${say("ask.save")}</button></form>`;
}

/** The way to the notice that the answer is overdue, once it is drafted. */
function overdueLetter({ file, id, say }: View, standing: Standing | null): Markup {
  const letter = standing?.state === "overdue" && file.letters.find(({ kind }) => kind === "overdue-notice");
  if (!letter) return html``;
  return html`<p><a class="button primary" href="/cases/${id}/letter?which=${letter.file}">${say("after.overdue.letter")}</a></p>`;
}

/** What to do, the first thing first; each with the law that gives it. */
export function thingList(things: readonly Thing[], say: Say): Markup {
  return html`<ul class="things">${each(things, (thing) => html`<li>${thingWords(thing, say)}</li>`)}</ul>`;
}

function thingWords({ id, right, day }: Thing, say: Say): Markup {
  const date = day ? spokenDate(day, say.language) : "";
  const what = right ? say.word("right", right.kind) : "";
  const dated =
    id === "end-court" && day
      ? "end-court.day"
      : id === "withdrawn-again" && day
        ? "withdrawn-again.day"
        : id === "overdue-level" && day
          ? "overdue-level.day"
          : id;
  const who =
    (right && id.endsWith("complain")) || id === "end-complaint"
      ? html` <span lang="en">${right?.decidedBy ?? ""}</span>`
      : "";
  const cite = right?.cite[0]?.label;
  return html`${say(`next.${dated}`, { what, date })}${who}${when(cite && right?.kind !== "regulator-complaint", () => html` <cite lang="en">${cite!}</cite>`)}`;
}

export function askedWords({ what, until }: { what: string; until: string | null }, say: Say): string {
  return until
    ? say("after.asked.by", { what, date: spokenDate(until, say.language) })
    : say("after.asked", { what });
}

function panel(mood: string, title: string, text: Markup, more: Markup): Markup {
  return html`<section class="standing ${mood}" aria-labelledby="standing"><h2 id="standing">${icon(mood ? "warning" : "information")} ${title}</h2>${text}${more}</section>`;
}
