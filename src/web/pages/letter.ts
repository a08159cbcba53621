import type { Issue } from "#base";
import type { CaseState } from "#case";
import type { Letter, Passage, PassageIssue, Support } from "#letter";
import { issuesAt } from "../issue-places.ts";
import { addressOf } from "../places.ts";
import type { Say } from "../texts.ts";
import { lawName } from "./deadline.ts";
import { issueList } from "./issues.ts";
import { changesLink } from "./letter-changes.ts";
import { checkedWords, type Done, doneNote, passageTools } from "./letter-tools.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

export type LetterView = {
  id: string;
  state: CaseState;
  letters: Letter[];
  letter: Letter;
  issues: Issue[];
  /** What rests on nothing in the words that the person wrote, by passage. */
  problems: ReadonlyMap<string, readonly PassageIssue[]>;
  done: Done | null;
};

/** The letter as it will print, each statement with what it rests on beside it. */
export function letterPage(view: LetterView, say: Say): Markup {
  const { id, letters, letter } = view;
  return html`<h1>${say("letter.title")}</h1>
<p class="lead">${say("letter.lead")}</p>
${when(say.language !== "en", () => html`<p class="hint">${say("letter.in-english")}</p>`)}
${doneNote(view, say)}
${when(letters.length > 1, () => tabs(view, say))}
${issueList(ownIssues(view), say, say("issues.label"))}
${problemList(view, say)}
${changesLink(id, view.state.review.edits, say)}
<p class="no-print"><a class="button" href="/cases/${id}/packet">${icon("down")} ${say("letter.download")}</a></p>
<article class="letter" lang="${letter.language}">${body(view, say)}</article>`;
}

/** That something needs a look, with the way to each place; what it is stands beside the passage itself. */
function problemList({ letter, problems }: LetterView, say: Say): Markup {
  const found = letter.passages.filter(({ id }) =>
    problems.get(id)?.some(({ severity }) => severity !== "information"),
  );
  return when(
    found.length > 0,
    () =>
      html`<section class="issues no-print" aria-label="${say("letter.ungrounded")}"><div class="issue issue-warning">${icon("warning")}<div><p>${say("letter.ungrounded")}</p><ul>${each(found, ({ id, text }) => html`<li><a href="#passage-${id}" lang="en">${text.slice(0, 80)}</a></li>`)}</ul></div></div></section>`,
  );
}

/** What is wrong with the words of one passage, right beside it. */
function problemsAt({ problems }: LetterView, { id }: Passage, say: Say): Markup {
  return when(
    problems.get(id),
    () => html`<div class="no-print">${checkedWords(problems.get(id)!, say)}</div>`,
  );
}

/** The letters of the case; on a phone they fold behind the name of the one that is open. */
function tabs({ id, letters, letter }: LetterView, say: Say): Markup {
  const list = html`<ul>${each(
    letters,
    (other) =>
      html`<li><a href="/cases/${id}/letter?which=${other.file}"${other === letter ? html` aria-current="page"` : ""} lang="en">${other.title}</a></li>`,
  )}</ul>`;
  return html`<nav class="tabs" aria-label="${say("letter.which")}"><details class="only-phone"><summary lang="en">${letter.title}</summary>${list}</details><div class="only-wide">${list}</div></nav>`;
}

/** What concerns this letter: its own issues, and those of the case that are not another letter's. */
function ownIssues({ letter, letters, issues }: LetterView): Issue[] {
  const others = new Set(
    letters.flatMap((one) => (one === letter ? [] : one.issues.map((issue) => issue.text))),
  );
  return [...letter.issues, ...issuesAt("letter", issues).filter((issue) => !others.has(issue.text))];
}

/** Rows that follow one another are one table; items one list. */
function body(view: LetterView, say: Say): Markup {
  const pieces: Markup[] = [];
  const { passages } = view.letter;
  for (let index = 0; index < passages.length; ) {
    const role = passages[index]!.role;
    const grouped = role === "row" || role === "item" || role === "reference" || role === "exhibit";
    let end = index + 1;
    while (grouped && passages[end]?.role === role) end++;
    const run = passages.slice(index, end);
    if (role === "row") pieces.push(table(view, run, say));
    else if (grouped)
      pieces.push(
        html`<ul class="letter-${role}">${each(run, (one) => html`<li>${passage(view, one, say)}</li>`)}</ul>`,
      );
    else pieces.push(passage(view, run[0]!, say));
    index = end;
  }
  return html`${pieces}`;
}

function table(view: LetterView, rows: readonly Passage[], say: Say): Markup {
  return html`<div class="letter-table" tabindex="0" role="group" aria-label="${say("letter.table")}"><table>${each(
    rows,
    (row, index) => {
      const cells = row.cells ?? [row.text];
      return index === 0 && row.rests.every((support) => "form" in support)
        ? html`<thead><tr>${each(cells, (cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>`
        : html`<tr id="passage-${row.id}">${each(cells, (cell, column) => (column === 0 ? html`<th scope="row">${cell}${byPerson(row, say)}</th>` : html`<td>${cell}</td>`))}<td class="rests-cell no-print">${problemsAt(view, row, say)}${supports(view, row, say)}${passageTools(view, row, say)}</td></tr>`;
    },
  )}</table></div>`;
}

function passage(view: LetterView, one: Passage, say: Say): Markup {
  const words = byPerson(one, say);
  const inner =
    one.role === "title"
      ? html`<h2 class="letter-title">${one.text}${words}</h2>`
      : one.role === "heading"
        ? html`<h2 class="letter-heading">${one.text}${words}</h2>`
        : html`<p>${lines(one.text)}${words}</p>`;
  return html`<div class="passage role-${one.role}" id="passage-${one.id}"><div>${inner}${problemsAt(view, one, say)}</div><div class="beside no-print">${supports(view, one, say)}${passageTools(view, one, say)}</div></div>`;
}

/** The mark of a person's words; in print it is the sign that the letter explains. */
function byPerson(one: Passage, say: Say): Markup {
  return when(one.by, () => html` <span class="tag no-print">${say("letter.by-person")}</span>`);
}

function lines(text: string): Markup {
  return html`${each(text.split("\n"), (line, index) => html`${index > 0 ? html`<br>` : ""}${line}`)}`;
}

function supports(view: LetterView, one: Passage, say: Say): Markup {
  // That a person wrote it is said by its mark; it is no source beside others.
  const real = one.rests.filter(
    (support) => !("form" in support) && !(one.by !== undefined && "person" in support),
  );
  return when(
    real.length > 0,
    () =>
      html`<details class="rests no-print"><summary>${icon("met")} ${say(real.length === 1 ? "letter.rests.one" : "letter.rests", { n: real.length })}</summary><ul>${each(real, (support) => html`<li>${supportLine(view, support, say)}</li>`)}</ul></details>`,
  );
}

function supportLine({ id, state }: LetterView, support: Support, say: Say): Markup {
  if ("evidence" in support) {
    const span = support.evidence;
    const place = say("evidence.place", { name: span.document, page: span.page });
    const address = addressOf(id, state, span);
    return html`<q lang="en">${span.quote}</q> ${address ? html`<a href="${address}">${place}</a>` : place}`;
  }
  if ("law" in support) return html`<cite lang="en">${lawName(support.law)}</cite>`;
  if ("criterion" in support) {
    return html`<a href="/cases/${id}/evidence?criterion=${encodeURIComponent(support.criterion)}">${say("letter.criterion")}</a>`;
  }
  return html`${say("letter.person")}`;
}
