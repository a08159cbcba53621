import type { GuideChoice } from "#case";
import type { Say } from "../texts.ts";
import { type CaseLine, caseCard } from "./case-card.ts";
import { each, html, type Markup, when } from "./markup.ts";

/** What the workbench does in plain words, one way to begin, and what is already there. */
export function home(say: Say, cases: readonly CaseLine[], signedIn: boolean, find = ""): Markup {
  const own = cases.some(({ example }) => !example);
  return html`${own ? atWork(say, cases, find) : begin(say, cases, signedIn)}
<section aria-labelledby="how"><h2 id="how">${say("home.how")}</h2>
<ol class="how">
${each(
  [1, 2, 3, 4] as const,
  (n) => html`<li><h3>${say(`home.how.${n}.title`)}</h3><p>${say(`home.how.${n}.text`)}</p></li>`,
)}
</ol></section>
<section class="promise" aria-labelledby="promise"><h2 id="promise">${say("home.promise")}</h2>
<ul>${each([1, 2, 3, 4] as const, (n) => html`<li>${say(`home.promise.${n}`)}</li>`)}</ul></section>`;
}

/** A first visit: what this is, and one way to begin; the worked example below. */
function begin(say: Say, cases: readonly CaseLine[], signedIn: boolean): Markup {
  return html`<section class="hero">
<h1>${say("home.title")}</h1>
<p class="lead">${say("home.lead")}</p>
<p><a class="button primary" href="${signedIn ? "/cases/new" : "/sign-in"}">${say("home.start")}</a></p>
</section>
${when(
  cases.length > 0,
  () =>
    html`<section aria-labelledby="your-cases"><h2 id="your-cases">${say("home.cases")}</h2>${caseList(say, cases, "")}</section>`,
)}`;
}

/** Somebody with cases comes for them: they stand first. */
function atWork(say: Say, cases: readonly CaseLine[], find: string): Markup {
  return html`<h1>${say("home.cases")}</h1>
<p><a class="button primary" href="/cases/new">${say("home.start")}</a></p>
${caseList(say, cases, find)}`;
}

/** More cases than these are found by name, and stand under what they ask for. */
const MANY = 12;

const order = ["overdue", "soon", "passed", "later", "none", "done"] as const;

/** The cases by the day that presses; the worked example and what is over come last. */
function caseList(say: Say, cases: readonly CaseLine[], find: string): Markup {
  const place = ({ mood, example }: CaseLine) => (example ? order.length : order.indexOf(mood));
  const sorted = cases.toSorted(
    (a, b) =>
      place(a) - place(b) ||
      (a.presses ?? "9").localeCompare(b.presses ?? "9") ||
      a.title.localeCompare(b.title),
  );
  if (sorted.length <= MANY) return cards(sorted, say);
  const wanted = find.toLowerCase();
  const found = sorted.filter(({ title }) => title.toLowerCase().includes(wanted));
  const groups = [...order, "example"].map((group) => ({
    group,
    lines: found.filter(({ mood, example }) => (example ? "example" : mood) === group),
  }));
  return html`<form method="get" action="/" class="find" role="search"><label for="find">${say("home.find")}</label><div class="row"><input type="search" id="find" name="find" value="${find}" maxlength="80" autocomplete="off"><button class="small">${say("home.find.go")}</button></div></form>
${when(found.length === 0, () => html`<p class="empty">${say("home.find.none")}</p>`)}
${each(
  groups.filter(({ lines }) => lines.length > 0),
  ({ group, lines }) =>
    html`<h2>${say.word("press", group)} <span class="count">${String(lines.length)}</span></h2>${cards(lines, say)}`,
)}`;
}

function cards(lines: readonly CaseLine[], say: Say): Markup {
  return html`<ul class="cards">${each(lines, (line) => html`<li>${caseCard(line, say)}</li>`)}</ul>`;
}

/** `title`: a name to begin with, from the guide the person came from; `choice`: what goes along from there. */
export function newCase(say: Say, title = "", choice: GuideChoice = {}): Markup {
  return html`<h1>${say("new.title")}</h1>
<form method="post" action="/cases" class="stack">${each(Object.entries(choice), ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label for="title">${say("new.name")}</label>
<p class="hint" id="title-hint">${say("new.hint")}</p>
<input id="title" name="title" value="${title}" maxlength="80" autocomplete="off" aria-describedby="title-hint">
<button class="primary">${say("new.go")}</button>
</form>`;
}
