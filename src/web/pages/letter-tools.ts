import { isOwn, isTableHead, oneStep } from "#case";
import type { Letter, Passage, PassageIssue } from "#letter";
import { fixedBecause } from "../letters-now.ts";
import type { Say } from "../texts.ts";
import { issueWords } from "./issues.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

/** What was just done to a passage, and the button that did it. */
export type Done = { op: "move" | "drop" | "add"; passage: string; focus: "up" | "down" | "to" | null };

export type Tools = { id: string; letter: Letter; done: Done | null };

/** What the words of a passage rest on, as far as they are a person's. Nothing found is said too. */
export function checkedWords(problems: readonly PassageIssue[], say: Say): Markup {
  if (problems.length === 0)
    return html`<p class="issue issue-met">${icon("met")} <span>${say("letter.check.good")}</span></p>`;
  const doubts = problems.some(({ severity }) => severity !== "information");
  return html`<ul class="passage-issues">${each(problems, (issue) => html`<li class="issue issue-${issue.severity}">${icon(issue.severity)}<div>${issueWords(issue, say)}</div></li>`)}</ul>${when(doubts, () => html`<p class="hint">${say("letter.vouch")}</p>`)}`;
}

/** Everything a person may do with a passage; each thing works without script and by keyboard. */
export function passageTools(tools: Tools, one: Passage, say: Say): Markup {
  const { id, letter, done } = tools;
  const moving = done?.op === "move" && done.passage === one.id ? done : null;
  const fixed = fixedBecause(letter, one);
  if (fixed === "table-head") return html``;
  const start = html`<span class="sr"> ${one.text.slice(0, 60)}</span>`;
  if (fixed)
    return html`<details class="edit no-print"><summary>${say("letter.change")}${start}</summary><p class="hint">${say("letter.fixed.exhibits")}</p>${adding(tools, one, say)}</details>`;
  return html`<details class="edit no-print"${moving ? " open" : ""}><summary>${say("letter.change")}${start}</summary>
<form method="post" action="/cases/${id}/letter" class="stack" data-check="/cases/${id}/letter/check">
<input type="hidden" name="letter" value="${letter.file}"><input type="hidden" name="passage" value="${one.id}">
${wordFields(tools, one, say)}
<div class="checked" aria-live="polite" data-checked></div>
<button class="small primary">${say("letter.save")}</button></form>${moves(tools, one, moving, say)}${adding(tools, one, say)}</details>`;
}

function wordFields({ letter }: Tools, one: Passage, say: Say): Markup {
  if (!one.cells) {
    const name = `edit-${one.id}`;
    return html`<label for="${name}" class="sr">${say("letter.words")}</label>
<textarea id="${name}" name="text" rows="5" required maxlength="6000" lang="en">${one.text}</textarea>`;
  }
  const at = letter.passages.indexOf(one);
  const head = letter.passages.findLast((_, index) => index < at && isTableHead(letter.passages, index));
  return each(one.cells, (cell, index) => {
    const column = head?.cells?.length === one.cells!.length ? head.cells[index] : undefined;
    const name = `edit-${one.id}-${index}`;
    return html`<label for="${name}"${column ? html` lang="en"` : ""}>${column ?? say("letter.cell", { n: index + 1 })}</label>
<textarea id="${name}" name="cell-${index}" rows="${cell.length > 120 ? 5 : 2}" maxlength="6000" lang="en">${cell}</textarea>`;
  });
}

const hidden = ({ letter }: Tools, one: Passage) =>
  html`<input type="hidden" name="letter" value="${letter.file}"><input type="hidden" name="passage" value="${one.id}">`;

/** Up, down, to the end of another section, out. A step that leads nowhere is not offered. */
function moves(tools: Tools, one: Passage, moving: Done | null, say: Say): Markup {
  const { id, letter } = tools;
  const start = html`<span class="sr">: ${one.text.slice(0, 60)}</span>`;
  const ways = { up: oneStep(letter.passages, one.id, "up"), down: oneStep(letter.passages, one.id, "down") };
  // At the end of its way the other button takes the focus: the keyboard is never left without a place.
  const wanted = moving?.focus ?? null;
  const focus =
    wanted === "up" || wanted === "down"
      ? ways[wanted] === undefined
        ? wanted === "up"
          ? "down"
          : "up"
        : wanted
      : wanted;
  const button = (what: "up" | "down" | "drop", label: string) =>
    html`<button class="small plain" name="do" value="${what}"${focus === what ? " autofocus" : ""}>${label}${start}</button>`;
  return html`<form method="post" action="/cases/${id}/letter/passage" class="row">${hidden(tools, one)}${when(ways.up !== undefined, () => button("up", say("letter.up")))}${when(ways.down !== undefined, () => button("down", say("letter.down")))}${button("drop", say("letter.drop"))}</form>${when(one.role !== "row" && one.role !== "heading", () => toSection(tools, one, focus === "to", say))}`;
}

function toSection(tools: Tools, one: Passage, focused: boolean, say: Say): Markup {
  const { id, letter } = tools;
  const sections = letter.passages.filter(({ role }) => role === "heading");
  const name = `to-${one.id}`;
  return when(
    sections.length > 1,
    () => html`<form method="post" action="/cases/${id}/letter/passage" class="to-section">${hidden(tools, one)}<label for="${name}">${say("letter.to")}</label>
<select id="${name}" name="section"${focused ? " autofocus" : ""} lang="en">${each(sections, (section) => html`<option value="${section.id}"${section.text === one.section ? " selected" : ""}>${section.text}</option>`)}</select>
<button class="small" name="do" value="to">${say("letter.to.go")}<span class="sr">: ${one.text.slice(0, 60)}</span></button></form>`,
  );
}

function adding(tools: Tools, one: Passage, say: Say): Markup {
  const name = `add-${one.id}`;
  // Between the rows of a table there is no room for a paragraph.
  if (one.role === "row" || one.role === "exhibit") return html``;
  return html`<form method="post" action="/cases/${tools.id}/letter/passage" class="stack" data-check="/cases/${tools.id}/letter/check">${hidden(tools, one)}<input type="hidden" name="do" value="add"><label for="${name}">${say("letter.add")}</label><textarea id="${name}" name="text" rows="3" required maxlength="6000" lang="en"></textarea><div class="checked" aria-live="polite" data-checked></div><button class="small">${say("letter.add.go")}</button></form>`;
}

/** What was just done, with the way to take it back at once. */
export function doneNote({ id, letter, done }: Tools, say: Say): Markup {
  if (!done) return html``;
  const back = done.op === "add" && !isOwn(done.passage) ? html`` : undoButton(id, letter.file, done, say);
  return html`<div class="issue done-note no-print" role="status">${icon("met")}<div><p>${say(`letter.done.${done.op}`)}</p>${back}</div></div>`;
}

function undoButton(id: string, stem: string, done: Done, say: Say): Markup {
  return html`<form method="post" action="/cases/${id}/letter/passage"><input type="hidden" name="letter" value="${stem}"><input type="hidden" name="passage" value="${done.passage}"><input type="hidden" name="op" value="${done.op}"><input type="hidden" name="from" value="letter"><button class="small plain" name="do" value="restore">${say("letter.undo")}</button></form>`;
}
