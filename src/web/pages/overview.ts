import { type CaseFile, type CaseState, type NextDate, stepOf } from "#case";
import { criteriaRows, rulesMet } from "../criteria-rows.ts";
import type { Question } from "../questions.ts";
import { type Say, spokenDate } from "../texts.ts";
import type { Status } from "../work/workshop.ts";
import { dateHero } from "./case-card.ts";
import { issueList } from "./issues.ts";
import { html, icon, type Markup, when } from "./markup.ts";
import { progress } from "./papers.ts";

export type OverviewView = {
  id: string;
  state: CaseState;
  file: CaseFile;
  next: NextDate | null;
  questions: Question[];
  status: Status | null;
  /** Where the case stands once something was sent; empty before. */
  standing?: Markup;
};

/** The case on one screen: the day, the one thing to do next, and how far everything is. */
export function overviewPage(view: OverviewView, say: Say): Markup {
  const { id, state, file, next, status } = view;
  const rules = file.policy ? rulesMet(criteriaRows(file.policy, file.findings?.findings ?? [], say)) : null;
  const letter = file.letters[0];
  const sent = stepOf(state.afterwards.parcels) !== null;
  const over = file.issues.some(({ code }) => code === "reviews-over");
  const errors = file.issues.filter((issue) => issue.severity === "error");
  return html`<h1>${state.title}</h1>
${when(state.asOf, () => html`<p class="hint">${say("overview.as-of", { date: spokenDate(state.asOf!, say.language) })}</p>`)}
${view.standing ?? ""}
${when(over ? next : !sent || (next && !next.passed), () => dateHero(next, say, file.rights.rights))}
${progress(id, status, say)}
${when(!status, () => nextThing(view, say))}
${when(state.failedAt !== null, () => html`<p class="issue issue-error">${icon("not-met")} ${say("overview.failed")}</p>`)}
${issueList(errors, say, say("issues.label"))}
<ul class="tiles">
${tile(`/cases/${id}/papers`, say("step.papers"), say("overview.papers", { n: state.papers.length }))}
${tile(`/cases/${id}/denial`, say("step.denial"), file.denial ? (file.denial.payer?.value ?? say("overview.denial")) : say("overview.no-denial"))}
${tile(`/cases/${id}/deadline`, say("step.deadline"), next ? spokenDate(next.day, say.language) : say("date.unknown"))}
${tile(`/cases/${id}/evidence`, say("step.evidence"), rules ? say("overview.evidence", rules) : say("overview.no-evidence"))}
${tile(`/cases/${id}/letter`, say("step.letter"), letter ? letter.title : say("overview.no-letter"))}
${tile(`/cases/${id}/packet`, say("step.packet"), state.draft && state.draft.parts.length > 0 ? say("overview.packet", { n: state.draft.parts.length }) : say("overview.no-packet"))}
</ul>
<p class="case-foot"><a href="/cases/${id}/history">${say("history.title")}</a> · <a href="/cases/${id}/delete">${say("delete.title")}</a></p>`;
}

function tile(address: string, title: string, text: string): Markup {
  return html`<li><a class="card" href="${address}"><span class="card-title">${title}</span><span class="card-line">${text}</span></a></li>`;
}

/** One next action, the first that applies. */
function nextThing(view: OverviewView, say: Say): Markup {
  const { id, state, file, questions } = view;
  const open = questions.find((question) => !question.answered);
  // Once it is sent only what the plan's clock hangs on is still worth asking.
  const clock = questions.find(({ answered, id: about }) => !answered && about !== "signer-name");
  const unchecked = file.denial !== null && state.confirmed.length === 0;
  const unknown = file.findings?.findings.some((finding) => finding.status !== "met") ?? false;
  const sent = stepOf(state.afterwards.parcels) !== null;
  const over = file.issues.some(({ code }) => code === "reviews-over");
  const newLetter = file.issues.some(({ code }) => code === "denial-missing-new");
  const things: [boolean, string, string][] = [
    [newLetter, `/cases/${id}/papers`, say("todo.new-letter")],
    [over && !unchecked, `/cases/${id}/after`, say("todo.over")],
    [sent && clock === undefined, `/cases/${id}/after`, say("todo.after")],
    [sent, `/cases/${id}/questions/${encodeURIComponent(clock?.id ?? "")}`, clock?.text ?? ""],
    [file.denial === null, `/cases/${id}/papers`, say("todo.notice")],
    [unchecked, `/cases/${id}/denial`, say("todo.check")],
    [open !== undefined, `/cases/${id}/questions/${encodeURIComponent(open?.id ?? "")}`, open?.text ?? ""],
    [file.policy === null, `/cases/${id}/papers`, say("todo.policy")],
    [unknown, `/cases/${id}/evidence`, say("todo.evidence")],
    [true, `/cases/${id}/letter`, say("todo.letter")],
  ];
  const [, address, text] = things.find(([applies]) => applies)!;
  return html`<div class="todo"><h2>${say("todo.title")}</h2><p>${text}</p><a class="button primary" href="${address}">${say("todo.go")}</a></div>`;
}
