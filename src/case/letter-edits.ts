/** What people do to letters: change words in place, drop, move and add passages; each marked as theirs. */
import type { Issue } from "#base";
import { carried, type Letter, type Passage } from "#letter";
import type { CaseEvent, PassageEdit } from "./events.ts";
import { type Anchor, anchorPlace, blockAt, citedWords, draftedPlace, isOwn } from "./letter-places.ts";

type EditEvent = CaseEvent & {
  kind: "passage-edited" | "passage-dropped" | "passage-moved" | "passage-added" | "passage-restored";
};

/** The changes after one more; a later change of the same kind to the same passage takes the place of the earlier. */
export function editsAfter(edits: readonly PassageEdit[], event: EditEvent): PassageEdit[] {
  const { letter, passage, by, at } = event;
  const same = (other: PassageEdit) => other.letter === letter && other.passage === passage;
  const base = { letter, passage, by, at };
  switch (event.kind) {
    case "passage-restored": {
      const { op } = event;
      if (op === undefined) return without(edits, same);
      return without(edits, (other) => same(other) && (other.op ?? "edit") === op);
    }
    case "passage-edited": {
      const { text, cells, cites, was, kin } = event;
      const now = { text, ...(cells && { cells }), ...(cites && { cites }), ...(kin && { kin }) };
      const added = edits.find((other) => same(other) && other.op === "add");
      if (added) return edits.map((other) => (other === added ? { ...added, ...now, at } : other));
      const kept = edits.filter((other) => !same(other) || other.op !== undefined);
      return [...kept, { ...base, ...now, ...(was === undefined ? {} : { was }) }];
    }
    case "passage-dropped":
      // Dropping what one added oneself leaves nothing behind.
      if (edits.some((other) => same(other) && other.op === "add")) return without(edits, same);
      return [...edits.filter((other) => !same(other)), { ...base, text: "", op: "drop", was: event.was }];
    case "passage-moved":
      return moved(edits, event);
    case "passage-added": {
      const { text, was, behind, cites } = event;
      const place = behind === undefined ? {} : { behind };
      return [...edits, { ...base, text, op: "add", was, ...place, ...(cites ? { cites } : {}) }];
    }
  }
}

/**
 * Moves are kept in their order, because each was made on what the others had left. One that follows right on a move of
 * the same passage takes its place; back where it was drafted, nothing is left of it.
 */
function moved(edits: readonly PassageEdit[], event: EditEvent & { kind: "passage-moved" }): PassageEdit[] {
  const { letter, passage, by, at, was, behind, kin } = event;
  const moves = edits.filter((other) => other.letter === letter && other.op === "move");
  const last = moves.at(-1);
  const before = last?.passage === passage ? last : undefined;
  const kept = edits.filter((other) => other !== before);
  const alone = !kept.some((other) => other.letter === letter && other.op === "move");
  const from = before?.from ?? event.from;
  const places = (before?.places ?? 0) + event.places;
  const home = behind === undefined ? places === 0 : from !== undefined && from?.passage === behind?.passage;
  if (home && alone) return kept;
  const anchors = behind === undefined ? {} : { behind, ...(from === undefined ? {} : { from }) };
  return [
    ...kept,
    {
      letter,
      passage,
      text: "",
      by,
      at,
      op: "move",
      was: before?.was ?? was,
      places,
      ...anchors,
      ...(kin && { kin }),
    },
  ];
}

/** The changes without some; what stood behind a passage that is gone stands where that one stood. */
function without(edits: readonly PassageEdit[], gone: (edit: PassageEdit) => boolean): PassageEdit[] {
  const lost = edits.filter((edit) => edit.op === "add" && gone(edit));
  return edits
    .filter((edit) => !gone(edit))
    .map((edit) => {
      const stood = lost.find(({ passage }) => edit.behind?.passage === passage);
      if (!stood) return edit;
      const { behind: _gone, ...rest } = edit;
      return {
        ...rest,
        ...(stood.behind === undefined ? {} : { behind: stood.behind }),
        was: edit.op === "add" ? stood.was! : edit.was!,
      };
    });
}

/**
 * The letters with a person's changes. A change finds its passage by the words it was made on, so a letter that was
 * drafted anew keeps it; a change whose words are gone is said and not forced on another passage. Words are changed
 * first, then passages are added, moved and left out, so that each finds the one beside it.
 */
export function editLetters(letters: readonly Letter[], edits: readonly PassageEdit[]): Letter[] {
  if (edits.length === 0) return [...letters];
  const cited = citedWords(letters);
  return letters.map((letter) => {
    const own = edits.filter((edit) => edit.letter === letter.file);
    if (own.length === 0) return letter;
    const issues: Issue[] = [];
    let passages = letter.passages;
    for (const op of [undefined, "add", "move", "drop"] as const)
      for (const edit of own.filter((one) => one.op === op)) {
        const made = applied(letter.passages, passages, edit, cited);
        if (made.problem) issues.push(made.problem);
        passages = made.passages;
      }
    return { ...letter, passages, issues: [...letter.issues, ...issues] };
  });
}

type Applied = { passages: Passage[]; problem?: Issue };

function applied(
  drafted: readonly Passage[],
  passages: Passage[],
  edit: PassageEdit,
  cited: ReadonlyMap<string, string>,
): Applied {
  if (edit.op === "add") return added(drafted, passages, edit, cited);
  const found = isOwn(edit.passage) ? null : draftedPlace(drafted, edit.passage, edit.was ?? "", edit.kin);
  const id = found
    ? drafted[found.at]!.id
    : edit.was === undefined || isOwn(edit.passage)
      ? edit.passage
      : "";
  const at = passages.findIndex((one) => one.id === id);
  // Only words that were changed may be laid over a draft that says it otherwise; nothing else is left out or moved for them.
  if (at < 0 || (found?.how === "like" && edit.op === "drop")) return { passages, problem: lost(edit) };
  if (edit.op === "drop") return { passages: passages.toSpliced(at, 1) };
  if (edit.op === "move") return movedTo(drafted, passages, at, edit);
  const made = { passages: passages.with(at, reworded(passages[at]!, edit, cited)) };
  return found?.how === "like" ? { ...made, problem: outdated(edit) } : made;
}

function movedTo(drafted: readonly Passage[], passages: Passage[], at: number, edit: PassageEdit): Applied {
  const { start, end } = blockAt(passages, at);
  const block = passages.slice(start, end);
  const rest = passages.toSpliced(start, end - start);
  if (edit.behind === undefined) {
    const to = Math.max(0, Math.min(rest.length, at + (edit.places ?? 0)));
    return { passages: rest.toSpliced(to, 0, ...block) };
  }
  const behind = anchorPlace(drafted, rest, edit.behind);
  if (behind === null) return { passages, problem: lost(edit) };
  return { passages: rest.toSpliced(behind + 1, 0, ...block) };
}

function added(
  drafted: readonly Passage[],
  passages: Passage[],
  edit: PassageEdit,
  cited: ReadonlyMap<string, string>,
): Applied {
  const anchor: Anchor = edit.behind ?? { passage: "", words: edit.was ?? "" };
  const behind = anchorPlace(drafted, passages, edit.behind === null ? null : anchor);
  // What a person wrote is never lost for want of its place: it stands at the end, and that is said.
  const at = behind ?? passages.length - 1;
  const above = passages[at];
  const { text, cites } = citedAnew(edit, cited);
  const passage: Passage = {
    id: edit.passage,
    role: "text",
    text,
    by: edit.by,
    rests: [...cites.map((cite) => ({ evidence: cite.at })), { person: edit.by }],
    ...(above?.section ? { section: above.section } : {}),
    ...(cites.length > 0 ? { cites } : {}),
  };
  return {
    passages: passages.toSpliced(at + 1, 0, passage),
    ...(behind === null ? { problem: lost(edit) } : {}),
  };
}

function reworded(passage: Passage, edit: PassageEdit, cited: ReadonlyMap<string, string>): Passage {
  if (edit.text === passage.text) return passage;
  const { cites: _cites, cells: _cells, ...kept } = passage;
  const anew = citedAnew(edit, cited);
  const before = (passage.cites ?? []).filter(
    ({ words }) => anew.text.includes(words) && !anew.cites.some((cite) => cite.words === words),
  );
  const cites = [...before, ...anew.cites];
  const cells = edit.cells?.map((cell) => relabelled(cell, edit, cited)) ?? passage.cells;
  return {
    ...kept,
    text: anew.text,
    by: edit.by,
    rests: [
      ...carried(anew.text, passage).kept,
      ...anew.cites.map((cite) => ({ evidence: cite.at })),
      { person: edit.by },
    ],
    ...(cells ? { cells } : {}),
    ...(cites.length > 0 ? { cites } : {}),
  };
}

/** The person's words with the labels that their pages carry now. */
function citedAnew(edit: PassageEdit, cited: ReadonlyMap<string, string>) {
  const cites = (edit.cites ?? []).flatMap(({ at, words }) => {
    const now = cited.get(`${at.document}\n${at.page}`) ?? words;
    return edit.text.includes(words) ? [{ words: now, at }] : [];
  });
  return { text: relabelled(edit.text, edit, cited), cites };
}

/** All at once, so that C becomes D and D becomes E, never C becomes E. */
function relabelled(text: string, { cites = [] }: PassageEdit, cited: ReadonlyMap<string, string>): string {
  const now = new Map(
    cites.map(({ words, at }) => [words, cited.get(`${at.document}\n${at.page}`) ?? words]),
  );
  if (now.size === 0) return text;
  const any = [...now.keys()].map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.replace(new RegExp(`(?:${any})(?!\\d)`, "g"), (words) => now.get(words) ?? words);
}

const brief = (edit: PassageEdit) => (edit.text || edit.was || "").slice(0, 80);

function lost(edit: PassageEdit): Issue {
  return {
    severity: "warning",
    code: "edit-lost",
    text: `A change of yours has no place in the letter as it is drafted now: “${brief(edit)}”. Look at the list of changes and make it again where it belongs.`,
  };
}

function outdated(edit: PassageEdit): Issue {
  return {
    severity: "warning",
    code: "edit-outdated",
    text: `The draft now says otherwise what you changed: “${brief(edit)}”. Your words stand. Look at the list of changes; take yours back to get the new draft.`,
  };
}
