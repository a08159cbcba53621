import type { CaseFile, CaseState, Checklist } from "#case";
import type { Evidence, Harm } from "#finding";
import type { CriterionRow } from "../criteria-rows.ts";
import { issuesAt } from "../issue-places.ts";
import { addressOf } from "../places.ts";
import type { Say } from "../texts.ts";
import { issueList } from "./issues.ts";
import { each, exclusionMark, html, icon, type Markup, statusMark, when } from "./markup.ts";
import { type PaperPage, paperPage } from "./paper-page.ts";

export type EvidenceView = {
  id: string;
  state: CaseState;
  file: CaseFile;
  /** The lines are of this list, and not the plan's rules: its policy is not among the papers. */
  checklist: Checklist | null;
  rows: CriterionRow[];
  chosen: CriterionRow;
  /** The address named the rule: on a phone it is then shown alone. */
  asked: boolean;
  beside: PaperPage | null;
};

/** The insurer's rules line by line, what the record says to each, and the words on their page. */
export function evidencePage(view: EvidenceView, say: Say): Markup {
  const { id, file, rows, chosen, asked } = view;
  const leaves = rows.filter((row) => row.joins === null && !row.exclusion);
  const count = (status: string) => leaves.filter((row) => row.status === status).length;
  return html`<div class="panes${asked ? " has-chosen" : ""}">
<section class="pane-facts" aria-labelledby="evidence-title">
<h1 id="evidence-title">${say("evidence.title")}</h1>
${view.checklist ? checklistNote(id, view.checklist, say) : html`<p>${say("evidence.lead", { policy: file.policy?.title?.value ?? say("evidence.the-policy") })}</p>`}
<ul class="tally">${each(
    (["met", "unknown", "not-met", "conflicting"] as const).filter((status) => count(status) > 0),
    (status) => html`<li>${statusMark(status, say)} <strong>${count(status)}</strong></li>`,
  )}</ul>
${issueList(issuesAt("evidence", file.issues), say, say("issues.label"))}
<table class="criteria"><thead><tr><th scope="col">${say(view.checklist ? "checklist.point" : "evidence.rule")}</th><th scope="col">${say("evidence.status")}</th></tr></thead>
<tbody>${each(rows, (row) => criterionRow(id, row, row === chosen, say))}</tbody></table>
${harms(view, (view.checklist ?? file).findings?.harms ?? [], say)}
<p class="next"><a class="button primary" href="/cases/${id}/letter">${say("evidence.next")}</a></p>
</section>
<section class="pane-page" aria-label="${say("evidence.detail")}" tabindex="0">${detail(view, chosen, say)}</section></div>`;
}

/** Whose list this is, how sure it is, and the paper that would replace it. */
function checklistNote(id: string, { title, says, ask }: Checklist, say: Say): Markup {
  return html`<div class="issue issue-warning"><p><strong>${say("checklist.title")}</strong> ${say("checklist.lead", { title })}</p>
<p class="hint" lang="en">${says}</p><p>${say("checklist.ask")} <span lang="en">${ask.paper}. ${ask.why}</span> <a href="/cases/${id}/letter?which=policy-request">${say("checklist.letter")}</a></p></div>`;
}

function criterionRow(id: string, row: CriterionRow, isChosen: boolean, say: Say): Markup {
  const { criterion, depth, joins, exclusion } = row;
  const key = encodeURIComponent(criterion.id);
  const address = `/cases/${id}/evidence?criterion=${key}#rule-${key}`;
  const label = criterion.label ? html`<span class="label">${criterion.label}</span> ` : "";
  return html`<tr class="depth-${Math.min(depth, 5)}${joins ? " group" : ""}${isChosen ? " chosen" : ""}" id="rule-${criterion.id}"><th scope="row"><span class="rule">${
    exclusion && depth === 0 ? html`<span class="tag">${say("evidence.exclusion")}</span> ` : ""
  }${label}${joins ? html`<span lang="en">${criterion.text}</span> <em class="joins">${joins}</em>` : html`<a href="${address}" lang="en">${criterion.text}</a>`}</span></th><td>${mark(row, say)}</td></tr>`;
}

const mark = ({ exclusion, status }: CriterionRow, say: Say) =>
  exclusion ? exclusionMark(status, say) : statusMark(status, say);

function detail(view: EvidenceView, row: CriterionRow, say: Say): Markup {
  const { id, state, beside } = view;
  const { criterion, finding } = row;
  const judgement = state.review.judgements.find((one) => one.criterion === criterion.id);
  return html`<article class="detail">
<h1 class="sr only-phone">${say("evidence.title")}</h1><p class="back only-phone"><a href="/cases/${id}/evidence">${say("evidence.back")}</a></p>
<h2 lang="en">${criterion.label ? `${criterion.label} ` : ""}${criterion.text}</h2>
<p>${mark(row, say)}${when(judgement, () => html` <span class="hint">${say("evidence.judged")} ${judgement!.why}</span>`)}</p>
${quotes(view, row, say("evidence.for"), finding?.for ?? [], say)}
${quotes(view, row, say("evidence.against"), finding?.against ?? [], say)}
${quotes(view, row, say("evidence.candidates"), finding?.candidates.slice(0, 5) ?? [], say)}
${when(finding?.missing, () => html`<div class="missing"><h3>${say("evidence.missing")}</h3><p lang="en">${finding!.missing!}</p></div>`)}
${when(
  finding &&
    finding.for.length + finding.against.length + finding.candidates.length === 0 &&
    !finding.missing,
  () => html`<p class="empty">${say("evidence.none")}</p>`,
)}
${beside ? html`<div id="page">${paperPage(beside, say)}</div>` : ""}
${view.checklist ? "" : judge(id, row, judgement?.why ?? "", say)}
</article>`;
}

function quotes(
  view: EvidenceView,
  row: CriterionRow,
  title: string,
  list: readonly Evidence[],
  say: Say,
): Markup {
  return when(
    list.length > 0,
    () =>
      html`<h3>${title}</h3><ul class="quotes">${each(list, (evidence) => html`<li>${quote(view, evidence, row, say)}</li>`)}</ul>`,
  );
}

function quote(view: EvidenceView, evidence: Evidence, row: CriterionRow | null, say: Say): Markup {
  const { id, state } = view;
  return html`${each(evidence.from.slice(0, 3), (span) => {
    const place = say("evidence.place", { name: span.document, page: span.page });
    const here = row
      ? `/cases/${id}/evidence?criterion=${encodeURIComponent(row.criterion.id)}&at=${span.page}.${span.start}-${span.end}&in=${view.file.documents.findIndex((source) => source.document === span.document)}#page`
      : addressOf(id, state, span);
    return html`<blockquote lang="en"><p>${span.quote}</p><footer>${here ? html`<a href="${here}">${place}</a>` : place}</footer></blockquote>`;
  })}<p class="why" lang="en">${evidence.why}</p>`;
}

function judge(id: string, row: CriterionRow, why: string, say: Say): Markup {
  const choices = ["met", "not-met", "unknown"] as const;
  return html`<details class="judge"${row.status === "met" ? "" : html` open`}><summary>${say("judge.title")}</summary>
<form method="post" action="/cases/${id}/evidence" class="stack">
<input type="hidden" name="criterion" value="${row.criterion.id}">
<fieldset><legend>${say("judge.question")}</legend><div class="choices">${each(
    choices,
    (status) =>
      html`<label class="choice" for="judge-${status}"><input type="radio" id="judge-${status}" name="status" value="${status}" required${row.status === status ? " checked" : ""}> ${icon(status)} ${say(`judge.${status}`)}</label>`,
  )}</div></fieldset>
<label for="judge-why">${say("judge.why")}</label>
<textarea id="judge-why" name="why" rows="2" maxlength="500" required>${why}</textarea>
<button class="small primary">${say("judge.save")}</button></form></details>`;
}

/** What speaks against us, shown before the insurer finds it. */
function harms(view: EvidenceView, list: readonly Harm[], say: Say): Markup {
  return when(
    list.length > 0,
    () => html`<section class="harms" aria-labelledby="harms"><h2 id="harms">${icon("warning")} ${say("harms.title")}</h2><p>${say("harms.lead")}</p>
<ul class="quotes">${each(list, (harm) => html`<li><p lang="en"><strong>${harm.why}</strong></p>${quote(view, harm.evidence, null, say)}</li>`)}</ul></section>`,
  );
}
