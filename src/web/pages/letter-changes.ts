import { type Anchor, isOwn, type PassageEdit, wordDiff } from "#case";
import type { Letter } from "#letter";
import { type Say, spokenInstant } from "../texts.ts";
import { each, html, icon, type Markup, when } from "./markup.ts";

export type ChangesView = {
  id: string;
  edits: readonly PassageEdit[];
  /** With the changes, to say which of them have no place any more. */
  letters: readonly Letter[];
  drafted: readonly Letter[];
};

/** Our draft and the person's words side by side: before, after, who and when, each with the way to take it back. */
export function changesPage(view: ChangesView, say: Say): Markup {
  const { id, edits, letters } = view;
  const titleOf = (file: string) => letters.find((letter) => letter.file === file)?.title ?? file;
  const shown = edits.filter((edit, index) => !isMovedAgain(edits, edit, index));
  return html`<h1>${say("letter.changes.title")}</h1>
${shown.length === 0 ? html`<p class="empty">${say("letter.changes.none")}</p>` : html`<p class="lead">${say("letter.changes.lead")}</p>`}
${each(shown, (edit) => {
  const what = say(`letter.changes.${edit.op ?? "edit"}`);
  return html`<section class="standing change"><h2>${what} <span class="hint" lang="en">${titleOf(edit.letter)}</span></h2>
<p class="hint">${when(edit.at, () => html`${say("letter.changes.by", { date: spokenInstant(edit.at!, say.language) })}`)}</p>
${when(hasNoPlace(view, edit), () => html`<p class="issue issue-warning">${icon("warning")} <span>${say("letter.changes.lost")}</span></p>`)}
${beforeAfter(view, edit, say)}
<form method="post" action="/cases/${id}/letter/passage"><input type="hidden" name="letter" value="${edit.letter}"><input type="hidden" name="passage" value="${edit.passage}"><input type="hidden" name="op" value="${edit.op ?? "edit"}"><button class="small plain" name="do" value="restore">${say("letter.changes.restore")}<span class="sr">: ${what}, ${(edit.was ?? edit.text).slice(0, 60)}</span></button></form></section>`;
})}
<p class="case-foot"><a href="/cases/${id}/letter">${say("letter.back")}</a></p>`;
}

/** True for a move of a passage that was moved on later; the last one stands for all. */
function isMovedAgain(edits: readonly PassageEdit[], edit: PassageEdit, at: number): boolean {
  return (
    edit.op === "move" &&
    edits.some(
      (later, index) =>
        index > at && later.op === "move" && later.letter === edit.letter && later.passage === edit.passage,
    )
  );
}

/** The letter says it in the words of an issue; here it is said at the change itself. */
function hasNoPlace({ letters }: ChangesView, edit: PassageEdit): boolean {
  const words = (edit.text || edit.was || "").slice(0, 80);
  const letter = letters.find(({ file }) => file === edit.letter);
  return (
    !letter || letter.issues.some(({ code, text }) => code === "edit-lost" && text.includes(`“${words}”`))
  );
}

function beforeAfter(view: ChangesView, edit: PassageEdit, say: Say): Markup {
  const { was = "", text } = edit;
  if (edit.op === "drop") return html`<p lang="en"><del>${was}</del></p>`;
  if (edit.op === "add")
    return html`<p lang="en"><ins>${text}</ins></p><p class="hint">${say("letter.changes.behind")} ${anchorWords(view, edit, edit.behind, say)}</p>`;
  if (edit.op === "move") {
    const first = view.edits.find(
      (one) => one.op === "move" && one.letter === edit.letter && one.passage === edit.passage,
    );
    return html`<p lang="en">${was}</p>
<dl class="facts-list"><dt>${say("letter.changes.before")}</dt><dd>${anchorWords(view, edit, first?.from, say)}</dd><dt>${say("letter.changes.now")}</dt><dd>${anchorWords(view, edit, edit.behind, say)}</dd></dl>`;
  }
  if (was === "") return html`<p lang="en">${text}</p>`;
  return html`<p lang="en">${each(wordDiff(was, text), ({ kind, text: words }) =>
    kind === "gone" ? html`<del>${words}</del>` : kind === "new" ? html`<ins>${words}</ins>` : html`${words}`,
  )}</p>
<details><summary>${say("letter.changes.both")}</summary><dl class="facts-list"><dt>${say("letter.changes.before")}</dt><dd lang="en">${was}</dd><dt>${say("letter.changes.now")}</dt><dd lang="en">${text}</dd></dl></details>`;
}

function anchorWords({ edits }: ChangesView, { letter }: PassageEdit, anchor: Anchor | undefined, say: Say) {
  if (anchor === undefined) return html`${say("letter.changes.place-unknown")}`;
  if (anchor === null) return html`${say("letter.changes.top")}`;
  const own = isOwn(anchor.passage)
    ? edits.find((one) => one.letter === letter && one.passage === anchor.passage)?.text
    : undefined;
  const words = own ?? anchor.words;
  return html`${say("letter.changes.after")} <q lang="en">${words.length > 80 ? `${words.slice(0, 80)}…` : words}</q>`;
}

/** The way to the list of changes, where there are any. */
export function changesLink(id: string, edits: readonly PassageEdit[], say: Say): Markup {
  return when(
    edits.length > 0,
    () =>
      html`<p class="no-print"><a href="/cases/${id}/letter/changes">${icon("information")} ${say("letter.changes", { n: edits.length })}</a></p>`,
  );
}
