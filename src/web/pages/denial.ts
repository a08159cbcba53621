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
  beside: PaperPage | null;
};

/** The facts of the notice on the left, the page they come from on the right, the words marked. */
export function denialPage(view: DenialView, say: Say): Markup {
  const { id, state, groups, chosen, beside } = view;
  const important = groups
    .flatMap((group) => group.facts)
    .filter((fact) => fact.important && fact.shown !== null);
  const checked = important.filter((fact) => state.confirmed.includes(fact.field)).length;
  return html`<div class="panes">
<section class="pane-facts" aria-labelledby="denial-title">
<h1 id="denial-title">${say("denial.title")}</h1>
<p>${say("denial.lead")}</p>
${when(important.length > 0, () => html`<p class="checked">${icon(checked === important.length ? "met" : "unknown")} ${say("denial.checked", { n: checked, of: important.length })}</p>`)}
${each(
  groups.filter((group) => group.facts.length > 0),
  (group) =>
    html`<h2>${group.title}</h2><dl class="facts">${each(group.facts, (fact) => factRow(id, fact, fact === chosen, state, say))}</dl>`,
)}
<p class="next"><a class="button primary" href="/cases/${id}/deadline">${say("denial.next")}</a></p>
</section>
<section class="pane-page" id="page" aria-label="${say("denial.page")}">${beside ? paperPage(beside, say) : html`<p class="empty">${say("denial.no-place")}</p>`}</section>
</div>`;
}

function factRow(id: string, fact: NoticeFact, isChosen: boolean, state: CaseState, say: Say): Markup {
  const confirmed = state.confirmed.includes(fact.field);
  const look = `/cases/${id}/denial?fact=${encodeURIComponent(fact.field)}`;
  return html`<div class="fact${isChosen ? " chosen" : ""}" id="fact-${fact.field}">
<dt>${fact.label}</dt>
<dd><span class="fact-value"${fact.shown === null ? "" : html` lang="${say.language}"`}>${fact.shown ?? say("fact.missing")}</span>
<span class="fact-how">${
    fact.byPerson
      ? say("fact.by-person")
      : fact.from.length > 0
        ? html`<a href="${look}#page">${say("fact.where", { page: fact.from[0]!.page })}</a>`
        : ""
  }${confirmed ? html` <span class="confirmed">${icon("met")} ${say("fact.confirmed")}</span>` : ""}</span>
${fact.editing ? correction(id, fact, confirmed, say) : ""}</dd>
</div>`;
}

function correction(id: string, fact: NoticeFact, confirmed: boolean, say: Say): Markup {
  const action = `/cases/${id}/denial`;
  const input = `value-${fact.field}`;
  return html`<div class="fact-actions">
${when(
  fact.important && fact.shown !== null && !confirmed,
  () => html`<form method="post" action="${action}"><input type="hidden" name="field" value="${fact.field}">
<button class="small" name="do" value="confirm" aria-label="${say("fact.confirm.label", { name: fact.label })}">${say("fact.confirm")}</button></form>`,
)}
<details><summary aria-label="${say("fact.correct.label", { name: fact.label })}">${say(fact.shown === null ? "fact.add" : "fact.correct")}</summary>
<form method="post" action="${action}" class="stack"><input type="hidden" name="field" value="${fact.field}">
<label for="${input}">${fact.label}</label>
${control(input, fact)}
<button class="small primary" name="do" value="correct">${say("fact.save")}</button></form></details></div>`;
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
