/** What people do to letters: change words in place, drop, move and add passages; each marked as theirs. */
import type { Issue } from "#base";
import type { Letter, Passage } from "#letter";
import type { CaseEvent, PassageEdit } from "./events.ts";

type EditEvent = CaseEvent & {
  kind: "passage-edited" | "passage-dropped" | "passage-moved" | "passage-added" | "passage-restored";
};

/** The changes after one more; a later change of the same kind to the same passage takes the place of the earlier. */
export function editsAfter(edits: readonly PassageEdit[], event: EditEvent): PassageEdit[] {
  const { letter, passage, by } = event;
  const same = (other: PassageEdit) => other.letter === letter && other.passage === passage;
  switch (event.kind) {
    case "passage-restored":
      return edits.filter((other) => !same(other));
    case "passage-edited": {
      const added = edits.find((other) => same(other) && other.op === "add");
      if (added) return edits.map((other) => (other === added ? { ...added, text: event.text } : other));
      const kept = edits.filter((other) => !same(other) || other.op !== undefined);
      const was = event.was === undefined ? {} : { was: event.was };
      return [...kept, { letter, passage, text: event.text, by, ...was }];
    }
    case "passage-dropped":
      // Dropping what one added oneself leaves nothing behind.
      if (edits.some((other) => same(other) && other.op === "add"))
        return edits.filter((other) => !same(other));
      return [
        ...edits.filter((other) => !same(other)),
        { letter, passage, text: "", by, op: "drop", was: event.was },
      ];
    case "passage-moved": {
      const before = edits.find((other) => same(other) && other.op === "move");
      const places = (before?.places ?? 0) + event.places;
      const kept = edits.filter((other) => other !== before);
      return places === 0
        ? kept
        : [...kept, { letter, passage, text: "", by, op: "move", was: before?.was ?? event.was, places }];
    }
    case "passage-added":
      return [...edits, { letter, passage, text: event.text, by, op: "add", was: event.was }];
  }
}

/**
 * The letters with a person's changes. A change finds its passage by the words it was made on, so a letter that was
 * drafted anew keeps it; a change whose words are gone is said and not forced on another passage.
 */
export function editLetters(letters: readonly Letter[], edits: readonly PassageEdit[]): Letter[] {
  return letters.map((letter) => {
    const own = edits.filter((edit) => edit.letter === letter.file);
    if (own.length === 0) return letter;
    const issues: Issue[] = [];
    // Moves come last: they count places among what is left.
    const ordered = [...own.filter(({ op }) => op !== "move"), ...own.filter(({ op }) => op === "move")];
    let passages = letter.passages;
    for (const edit of ordered) {
      const at = placeOf(letter.passages, passages, edit);
      if (at < 0) issues.push(lost(edit));
      else passages = applied(passages, at, edit);
    }
    return { ...letter, passages, issues: [...letter.issues, ...issues] };
  });
}

/**
 * The letters with those changes that their draft does not know yet, so that what was saved stands there at once. A move
 * shows when the letters are drafted anew.
 */
export function withPending(letters: readonly Letter[], edits: readonly PassageEdit[]): Letter[] {
  return letters.map((letter) => {
    const pending = edits.filter((edit) => edit.letter === letter.file && !isShown(letter, edit));
    return pending.length === 0 ? letter : { ...editLetters([letter], pending)[0]!, issues: letter.issues };
  });
}

function isShown({ passages }: Letter, { op, passage, text, was }: PassageEdit): boolean {
  if (op === "move") return true;
  if (op === "drop") return !passages.some((one) => one.id === passage && one.text === was);
  return passages.some((one) => one.id === passage && one.text === text);
}

/** Where the passage stands now: by its drafted words, else by its number where no words were kept. */
function placeOf(drafted: readonly Passage[], passages: readonly Passage[], edit: PassageEdit): number {
  const byWords = drafted.find((one) => one.text === edit.was);
  const own = passages.findIndex(
    (one) => one.id === edit.passage && (edit.was === undefined || one.by !== undefined),
  );
  if (!byWords) return own;
  return passages.findIndex((one) => one.id === byWords.id);
}

function applied(passages: readonly Passage[], at: number, edit: PassageEdit): Passage[] {
  const passage = passages[at]!;
  switch (edit.op) {
    case "drop":
      return passages.toSpliced(at, 1);
    case "move": {
      const to = Math.max(0, Math.min(passages.length - 1, at + (edit.places ?? 0)));
      return passages.toSpliced(at, 1).toSpliced(to, 0, passage);
    }
    case "add":
      // Its words were changed since: it stands there already.
      if (passages.some(({ id }) => id === edit.passage))
        return passages.map((one) => (one.id === edit.passage ? { ...one, text: edit.text } : one));
      return passages.toSpliced(at + 1, 0, {
        id: edit.passage,
        role: "text",
        text: edit.text,
        by: edit.by,
        rests: [{ person: edit.by }],
        ...(passage.section ? { section: passage.section } : {}),
      });
    default:
      return passages.with(at, reworded(passage, edit));
  }
}

function reworded(passage: Passage, edit: PassageEdit): Passage {
  if (edit.text === passage.text) return passage;
  const { cites: _cites, ...kept } = passage;
  const cites = (passage.cites ?? []).filter((cite) => edit.text.includes(cite.words));
  return {
    ...kept,
    text: edit.text,
    by: edit.by,
    rests: [...passage.rests, { person: edit.by }],
    ...(cites.length > 0 ? { cites } : {}),
  };
}

function lost(edit: PassageEdit): Issue {
  const words = (edit.text || edit.was || "").slice(0, 80);
  return {
    severity: "warning",
    code: "edit-lost",
    text: `A change of yours has no place in the letter as it is drafted now: “${words}”. Look at the list of changes and make it again where it belongs.`,
  };
}

/** Two texts as words that stayed, went and came; the shortest way from one to the other. */
export function wordDiff(was: string, now: string): { kind: "same" | "gone" | "new"; text: string }[] {
  const [a, b] = [was.split(/(?<=\s)/), now.split(/(?<=\s)/)];
  const most = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      most[i]![j] = a[i] === b[j] ? most[i + 1]![j + 1]! + 1 : Math.max(most[i + 1]![j]!, most[i]![j + 1]!);
  const pieces: { kind: "same" | "gone" | "new"; text: string }[] = [];
  const put = (kind: "same" | "gone" | "new", text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put("same", a[i]!);
      i++;
      j++;
    } else if (i < a.length && (j === b.length || most[i + 1]![j]! >= most[i]![j + 1]!)) put("gone", a[i++]!);
    else put("new", b[j++]!);
  }
  return pieces;
}
