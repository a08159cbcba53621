import type { CaseFile, CaseState, Paper } from "#case";
import { issuesAt } from "../issue-places.ts";
import { type Say, spokenSize } from "../texts.ts";
import type { Status } from "../work/workshop.ts";
import { issueList } from "./issues.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

export type PapersView = {
  id: string;
  state: CaseState;
  file: CaseFile | null;
  status: Status | null;
  chosen: Markup;
};

/** The papers of a case: hand in, watch them being read, see what each is, take one out again. */
export function papers(view: PapersView, say: Say): Markup {
  const { id, state, file, status } = view;
  return html`<h1>${say("papers.title")}</h1>
<p class="lead">${say(state.papers.length === 0 ? "papers.first" : "papers.more")}</p>
${when(state.papers.length === 0, () => view.chosen)}
<form class="drop" method="post" action="/cases/${id}/papers" enctype="multipart/form-data" data-drop data-sending="${say("papers.sending")}" data-failed="${say("papers.failed")}">
<label for="files" class="drop-label">${icon("down")}<span>${say("papers.choose")}</span></label>
<input id="files" type="file" name="papers" multiple required aria-describedby="files-hint">
<p class="hint" id="files-hint">${say("papers.kinds")}</p>
<button class="primary" data-send>${say("papers.send")}</button>
<ul class="sending" data-list aria-live="polite"></ul>
</form>
${progress(id, status, say)}
${refusals(state, say)}
${file ? issueList(issuesAt("papers", file.issues), say, say("issues.label")) : ""}
${when(
  state.papers.length > 0,
  () => html`<section aria-labelledby="have"><h2 id="have">${say("papers.have", { n: state.papers.length })}</h2>
<ul class="papers">${each(state.papers, (paper) => paperRow(id, paper, file, say))}</ul></section>`,
)}
${when(state.papers.length > 0 && !status && file?.denial, () => html`<p class="next"><a class="button primary" href="/cases/${id}/denial">${say("papers.next")}</a></p>`)}`;
}

/** Real progress: which paper, which page. Follows the server with script; without it the page reloads itself. */
export function progress(id: string, status: Status | null, say: Say): Markup {
  return when(
    status,
    () => html`<section class="progress" data-progress="/cases/${id}/progress" aria-live="polite">
<p data-doing>${spokenStatus(status!, say)}</p>
${
  status!.stage === "reading" && status!.total > 0
    ? html`<progress max="${status!.total}" value="${status!.done}" aria-label="${say("progress.label")}"></progress>`
    : html`<progress aria-label="${say("progress.label")}"></progress>`
}</section>`,
  );
}

export function spokenStatus(status: Status, say: Say): string {
  if (status.stage === "waiting") return say("progress.waiting");
  if (status.stage === "drafting") return say("progress.drafting");
  const { document, done, total } = status;
  return total > 0
    ? say("progress.page", { name: document, done, total })
    : say("progress.paper", { name: document });
}

function refusals(state: CaseState, say: Say): Markup {
  const refused = state.refused.filter((one) => !state.papers.some((paper) => paper.name === one.name));
  return when(
    refused.length > 0,
    () =>
      html`<section class="issues" aria-label="${say("papers.refused")}"><ul>${each(
        refused,
        (one) =>
          html`<li class="issue issue-error">${icon("not-met")}<p>${say(`refused.${one.why}`, { name: one.name })}</p></li>`,
      )}</ul></section>`,
  );
}

function paperRow(id: string, paper: Paper, file: CaseFile | null, say: Say): Markup {
  const documents = new Set(paper.reading?.documents ?? []);
  const sorted = file?.sorted.papers.filter((one) => documents.has(one.document)) ?? [];
  const first = sorted[0];
  const foreign = file?.sorted.foreign.filter((one) => documents.has(one.document)) ?? [];
  return html`<li class="paper">${icon("paper")}
<div><p class="paper-name">${paper.reading && paper.reading.pages > 0 ? html`<a href="/cases/${id}/papers/${paper.id}/0/1">${paper.name}</a>` : paper.name}</p>
<p class="paper-facts">${
    paper.reading === null
      ? say("papers.unread")
      : html`${first ? html`<strong>${say.word("paper", first.kind)}</strong>${first.title ? html` · <span lang="en">${first.title.value}</span>` : ""} · ` : ""}${paper.reading.pages === 0 ? say("papers.unreadable") : say("papers.pages", { n: paper.reading.pages })} · ${spokenSize(paper.bytes)}`
  }</p>
${when(foreign.length > 0, () => html`<p class="paper-warning">${icon("warning")} ${say("papers.foreign", { pages: foreign.map((one) => one.page).join(", ") })}</p>`)}
</div>
<form method="post" action="/cases/${id}/papers/${paper.id}/remove"><button class="link" aria-label="${say("papers.remove.label", { name: paper.name })}">${say("papers.remove")}</button></form>
</li>`;
}
