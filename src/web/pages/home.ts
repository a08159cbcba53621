import type { GuideChoice } from "#case";
import type { Say } from "../texts.ts";
import { type CaseLine, caseCard } from "./case-card.ts";
import { each, html, type Markup, when } from "./markup.ts";

/** What the workbench does in plain words, one way to begin, and what is already there. */
export function home(say: Say, cases: readonly CaseLine[], signedIn: boolean): Markup {
  return html`<section class="hero">
<h1>${say("home.title")}</h1>
<p class="lead">${say("home.lead")}</p>
<p><a class="button primary" href="${signedIn ? "/cases/new" : "/sign-in"}">${say("home.start")}</a></p>
</section>
${when(
  cases.length > 0,
  () => html`<section aria-labelledby="your-cases"><h2 id="your-cases">${say("home.cases")}</h2>
<ul class="cards">${each(cases, (line) => html`<li>${caseCard(line, say)}</li>`)}</ul></section>`,
)}
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
