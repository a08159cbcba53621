import { type PassageEdit, wordDiff } from "#case";
import type { Letter, Passage } from "#letter";
import type { Say } from "../texts.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

/** Our draft and the person's words side by side, each change with the way to take it back. */
export function changesPage(
  id: string,
  edits: readonly PassageEdit[],
  letters: readonly Letter[],
  say: Say,
): Markup {
  const titleOf = (file: string) => letters.find((letter) => letter.file === file)?.title ?? file;
  return html`<h1>${say("letter.changes.title")}</h1>
${edits.length === 0 ? html`<p class="empty">${say("letter.changes.none")}</p>` : html`<p class="lead">${say("letter.changes.lead")}</p>`}
${each(
  edits,
  (
    edit,
  ) => html`<section class="standing"><h2>${titleOf(edit.letter)}: ${kindOf(edit, say)}</h2><p lang="en">${words(edit)}</p>
<form method="post" action="/cases/${id}/letter/passage"><input type="hidden" name="letter" value="${edit.letter}"><input type="hidden" name="passage" value="${edit.passage}"><button class="small plain" name="do" value="restore">${say("letter.changes.restore")}</button></form></section>`,
)}
<p class="case-foot"><a href="/cases/${id}/letter">${say("letter.back")}</a></p>`;
}

function kindOf(edit: PassageEdit, say: Say): Markup {
  if (edit.op === "drop") return html`${say("letter.changes.dropped")}`;
  if (edit.op === "add") return html`${say("letter.changes.added")}`;
  if (edit.op === "move") return html`${say("letter.changes.moved", { n: edit.places ?? 0 })}`;
  return html`${say("letter.changes.edited")}`;
}

function words(edit: PassageEdit): Markup {
  if (edit.op === "drop") return html`<del>${edit.was ?? ""}</del>`;
  if (edit.op === "add") return html`<ins>${edit.text}</ins>`;
  if (edit.op === "move" || edit.was === undefined) return html`${edit.text || edit.was}`;
  return html`${each(wordDiff(edit.was, edit.text), ({ kind, text }) =>
    kind === "gone" ? html`<del>${text}</del>` : kind === "new" ? html`<ins>${text}</ins>` : html`${text}`,
  )}`;
}

/** What a person may do with a passage besides changing its words; each works without script. */
export function passageTools(id: string, letter: Letter, one: Passage, say: Say): Markup {
  const name = `add-${one.id}`;
  const fields = html`<input type="hidden" name="letter" value="${letter.file}"><input type="hidden" name="passage" value="${one.id}">`;
  const button = (what: string, label: string) =>
    html`<button class="small plain" name="do" value="${what}">${label}<span class="sr">: ${one.text.slice(0, 60)}</span></button>`;
  return html`<form method="post" action="/cases/${id}/letter/passage" class="row">${fields}${button("up", say("letter.up"))}${button("down", say("letter.down"))}${button("drop", say("letter.drop"))}</form>
<form method="post" action="/cases/${id}/letter/passage" class="stack">${fields}<label for="${name}">${say("letter.add")}</label><textarea id="${name}" name="text" rows="2" required maxlength="6000"></textarea><button class="small" name="do" value="add">${say("letter.add.go")}</button></form>`;
}

/** The way to the list of changes, where there are any. */
export function changesLink(id: string, edits: readonly PassageEdit[], say: Say): Markup {
  return when(
    edits.length > 0,
    () =>
      html`<p class="no-print"><a href="/cases/${id}/letter/changes">${icon("information")} ${say("letter.changes", { n: edits.length })}</a></p>`,
  );
}
