import type { CaseState } from "#case";
import type { FactGroup, NoticeFact } from "../notice-facts.ts";
import type { Say } from "../texts.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";
import { type PaperPage, paperPage } from "./paper-page.ts";

export type DenialView = {
  id: string;
  state: CaseState;
  groups: FactGroup[];
  chosen: NoticeFact | null;
  /** The address named the fact: on a phone it is then shown alone. */
  asked: boolean;
  beside: PaperPage | null;
};

/** The facts of the notice on the left, the page they come from on the right, the words marked. */
export function denialPage(view: DenialView, say: Say): Markup {
  const { id, state, groups, chosen, asked, beside } = view;
  const important = keyFacts(groups);
  const checked = important.filter((fact) => state.confirmed.includes(fact.field)).length;
  return html`<div class="panes${asked ? " has-chosen" : ""}">
<section class="pane-facts" aria-labelledby="denial-title">
<h1 id="denial-title">${say("denial.title")}</h1>
<p>${say("denial.lead")}</p>
${when(important.length > 0, () => html`<p class="checked">${icon(checked === important.length ? "met" : "unknown")} ${say("denial.checked", { n: checked, of: important.length })}</p>`)}
${each(
  groups.filter((group) => group.facts.length > 0),
  (group) =>
    html`<h2>${group.title}</h2><dl class="facts">${each(group.facts, (fact) => factRow(view, fact, "fact", say))}</dl>`,
)}
<p class="next"><a class="button primary" href="/cases/${id}/deadline">${say("denial.next")}</a></p>
</section>
<section class="pane-page" aria-label="${say("denial.page")}" tabindex="0">
${when(asked && chosen, () => factCard(view, chosen!, say))}
${beside ? paperPage(beside, say) : html`<p class="empty">${say("denial.no-place")}</p>`}</section>
</div>`;
}

function keyFacts(groups: readonly FactGroup[]): NoticeFact[] {
  return groups.flatMap((group) => group.facts).filter((fact) => fact.important && fact.shown !== null);
}

/** On a phone one fact fills the screen, over its page, with the way to the next one. */
function factCard(view: DenialView, fact: NoticeFact, say: Say): Markup {
  const { id, groups } = view;
  const all = groups.flatMap((group) => group.facts).filter((one) => one.from.length > 0);
  const next = all[all.indexOf(fact) + 1];
  return html`<div class="fact-card only-phone"><h1 class="sr">${say("denial.title")}</h1><p class="back"><a href="/cases/${id}/denial">${say("denial.all")}</a></p>
<dl class="facts">${factRow(view, fact, "card", say)}</dl>
${next ? html`<p><a class="button" href="${lookAt(id, next)}">${say("denial.next-fact", { name: next.label })}</a></p>` : html`<p><a class="button primary" href="/cases/${id}/deadline">${say("denial.next")}</a></p>`}</div>`;
}

function lookAt(id: string, fact: NoticeFact): string {
  return `/cases/${id}/denial?fact=${encodeURIComponent(fact.field)}#fact-${encodeURIComponent(fact.field)}`;
}

/** `prefix` keeps the ids of a page apart, where a fact stands on it twice. */
function factRow(view: DenialView, fact: NoticeFact, prefix: string, say: Say): Markup {
  const { id, state, chosen } = view;
  const confirmed = state.confirmed.includes(fact.field);
  return html`<div class="fact${fact === chosen ? " chosen" : ""}" id="${prefix}-${fact.field}">
<dt>${fact.label}</dt>
<dd><span class="fact-value">${fact.shown ?? say("fact.missing")}</span>
${when(fact.byPerson, () => html`<span class="hint">${say("fact.by-person")}</span>`)}
${when(fact.from.length > 0 && prefix === "fact", () => html`<a href="${lookAt(id, fact)}">${say("fact.where", { page: fact.from[0]!.page })}<span class="sr"> (${fact.label})</span></a>`)}
${when(confirmed, () => html`<span class="confirmed">${icon("met")} ${say("fact.confirmed")}</span>`)}
${when(fact.editing, () => correction(id, fact, `${prefix}-value-${fact.field}`, confirmed, say))}</dd>
</div>`;
}

function correction(id: string, fact: NoticeFact, input: string, confirmed: boolean, say: Say): Markup {
  const action = `/cases/${id}/denial`;
  return html`${when(
    fact.important && fact.shown !== null && !confirmed,
    () => html`<form method="post" action="${action}"><input type="hidden" name="field" value="${fact.field}">
<button class="small" name="do" value="confirm">${say("fact.confirm")}<span class="sr"> (${fact.label})</span></button></form>`,
  )}
<details><summary>${say(fact.shown === null ? "fact.add" : "fact.correct")}<span class="sr"> (${fact.label})</span></summary>
<form method="post" action="${action}" class="stack"><input type="hidden" name="field" value="${fact.field}">
<label for="${input}">${fact.label}</label>
${control(input, fact)}
<button class="small primary" name="do" value="correct">${say("fact.save")}</button></form></details>`;
}

function control(name: string, fact: NoticeFact): Markup {
  const { editing } = fact;
  if (editing?.as === "choice") {
    return html`<select id="${name}" name="value">${each(
      editing.options,
      (option) =>
        html`<option value="${option.value}"${option.value === fact.raw ? " selected" : ""}>${option.text}</option>`,
    )}</select>`;
  }
  const type = editing?.as === "date" ? "date" : "text";
  return html`<input id="${name}" name="value" type="${type}" value="${fact.raw}" required autocomplete="off">`;
}

/** Before the papers are read, or when no notice is among them. */
export function notYet(say: Say, id: string, reading: boolean, title: string): Markup {
  return html`<h1>${title}</h1>
<p class="lead">${say(reading ? "not-yet.reading" : "not-yet.no-notice")}</p>
<p><a class="button primary" href="/cases/${id}/papers">${say("not-yet.papers")}</a></p>`;
}
