import type { NextDate } from "#case";
import type { Right } from "#law";
import { type Say, spokenDate, spokenWeekday } from "../texts.ts";
import { html, type Markup, when } from "./markup.ts";

export type CaseLine = {
  id: string;
  title: string;
  example: boolean;
  papers: number;
  working: boolean;
  next: NextDate | null;
  /** Once something was sent: what is awaited, in words. */
  awaits: string | null;
  /** The day that presses most, and how much. */
  presses: string | null;
  mood: "overdue" | "soon" | "passed" | "later" | "done" | "none";
};

/** A case in the list: its name and the day that matters. */
export function caseCard(line: CaseLine, say: Say): Markup {
  const { next } = line;
  return html`<a class="card press-${line.mood}" href="/cases/${line.id}">
<span class="card-title">${line.title}</span>
${when(line.example, () => html`<span class="tag">${say("case.example")}</span>`)}
<span class="card-line">${
    line.working
      ? say("case.working")
      : line.awaits !== null
        ? line.awaits
        : next
          ? say(next.passed ? "case.passed" : "case.due", { date: spokenDate(next.day, say.language) })
          : line.papers === 0
            ? say("case.no-papers")
            : say("case.no-date")
  }</span></a>`;
}

/** The other side must take the next step by itself (an upheld Medicare Advantage appeal): nothing is to be filed. */
function goesOnByItself(rights: readonly Right[]): boolean {
  return rights.some(({ kind, status, file }) => kind === "ire" && status === "open" && file === null);
}

/** The day, as large as anything gets. `rights`: what is left to use, for where there is no day. */
export function dateHero(next: NextDate | null, say: Say, rights: readonly Right[] = []): Markup {
  if (!next && goesOnByItself(rights)) {
    return html`<div class="date-hero"><p class="date">${say("date.nothing")}</p><p>${say("date.nothing.why")}</p></div>`;
  }
  if (!next) {
    return html`<div class="date-hero unknown"><p class="date-label">${say("date.label")}</p>
<p class="date">${say("date.unknown")}</p><p>${say(rights.length > 0 ? "date.unknown.law" : "date.unknown.why")}</p></div>`;
  }
  const label = next.passed ? "date.passed" : next.certain ? "date.last" : "date.safe";
  const left = next.daysLeft;
  return html`<div class="date-hero ${next.passed ? "passed" : left <= 7 ? "soon" : ""}">
<p class="date-label">${say(label, { what: say.word("right", next.right.kind) })}</p>
<p class="date"><time datetime="${next.day}"><span class="weekday">${spokenWeekday(next.day, say.language)}</span> ${spokenDate(next.day, say.language)}</time></p>
<p class="date-left">${
    next.passed
      ? say("date.passed.why")
      : left === 0
        ? say("date.today")
        : left === 1
          ? say("date.tomorrow")
          : say("date.left", { n: left })
  }</p>
${when(earlier(next), () => html`<p>${say("date.earlier", { date: spokenDate(earlier(next)!, say.language) })}</p>`)}
${when(!next.certain && !next.passed, () => html`<p>${say("date.safe.why")}</p>`)}
</div>`;
}

/** The day that is in time whatever is still unknown, where it comes before the last legal day and has not passed. */
function earlier({ right, day, daysLeft, passed }: NextDate): string | null {
  const safe = right.file?.safeDay ?? null;
  return safe !== null && safe < day && !passed && daysLeft > 0 ? safe : null;
}
