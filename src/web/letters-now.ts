import {
  type CaseFile,
  type CaseState,
  citedWords,
  draftedPlace,
  editLetters,
  isOwn,
  isTableHead,
  type PassageEdit,
} from "#case";
import { loadClinical } from "#knowledge";
import { checkPassage, type Letter, type Passage, type PassageIssue } from "#letter";

/** The letters before any change of a person. */
export const draftedLetters = (file: CaseFile): readonly Letter[] => file.drafted ?? file.letters;

/** The letters with every change up to this moment, whether they were drafted anew since or not. */
export function lettersNow(file: CaseFile | null, state: CaseState): Letter[] {
  return file ? editLetters(draftedLetters(file), state.review.edits) : [];
}

/** Why a passage keeps the words it was drafted with; `null` for those that a person may change. */
export function fixedBecause(letter: Letter, passage: Passage): "table-head" | "exhibits" | null {
  if (passage.role === "exhibit") return "exhibits";
  const at = letter.passages.findIndex(({ id }) => id === passage.id);
  return isTableHead(letter.passages, at) ? "table-head" : null;
}

/** A passage by itself, as it would stand with these words; `null` when there is no such passage to lay them over. */
export function asWritten(
  file: CaseFile,
  letter: string,
  passage: string,
  edit: PassageEdit,
): { passage: Passage; drafted: Passage | null } | null {
  const [made] = editLetters(
    draftedLetters(file).filter(({ file: stem }) => stem === letter),
    [edit],
  );
  const found = made?.passages.find(({ id }) => id === passage);
  return found
    ? { passage: found, drafted: draftedOf(file, letter, edit.op === "add" ? "" : passage) }
    : null;
}

/**
 * What a change to this passage is kept under, and the words it hangs on. Numbers of passages are those of one draft: a
 * change made on an earlier draft goes on under its own name, and no other passage takes that name.
 */
export function changeKey(file: CaseFile, state: CaseState, letter: string, passage: Passage) {
  const drafted = draftedLetters(file).find(({ file: stem }) => stem === letter)?.passages ?? [];
  const at = drafted.findIndex(({ id }) => id === passage.id);
  const { role, section } = passage;
  const kin = { role, ...(section === undefined ? {} : { section }) };
  if (isOwn(passage.id) || at < 0) return { key: passage.id, was: passage.text, kin };
  const was = drafted[at]!.text;
  const own = state.review.edits.filter((edit) => edit.letter === letter && edit.op !== "add");
  const earlier = own.find(
    (edit) => draftedPlace(drafted, edit.passage, edit.was ?? "", edit.kin)?.at === at,
  );
  if (earlier) return { key: earlier.passage, was, kin };
  let key = passage.id;
  while (own.some((edit) => edit.passage === key)) key += "'";
  return { key, was, kin };
}

function draftedOf(file: CaseFile, letter: string, passage: string): Passage | null {
  const drafted = draftedLetters(file).find(({ file: stem }) => stem === letter);
  return drafted?.passages.find(({ id }) => id === passage) ?? null;
}

/** Exhibit pages that these words name, so that they stay right when the papers are labelled anew. */
export function citesIn(text: string, file: CaseFile): NonNullable<Passage["cites"]> {
  const found: NonNullable<Passage["cites"]> = [];
  for (const [place, words] of citedWords(draftedLetters(file))) {
    const at = text.indexOf(words);
    if (at < 0 || /\d/.test(text[at + words.length] ?? "")) continue;
    const [document, page] = place.split("\n");
    const cite = draftedLetters(file)
      .flatMap(({ passages }) => passages)
      .flatMap(({ cites }) => cites ?? [])
      .find((one) => one.at.document === document && String(one.at.page) === page);
    if (cite) found.push({ words, at: cite.at });
  }
  return found;
}

/** What is wrong with one passage that a person wrote, and what it rests on. */
export async function problemsOf(
  file: CaseFile,
  letter: string,
  passage: Passage,
  drafted: Passage | null = draftedOf(file, letter, passage.id),
): Promise<PassageIssue[]> {
  const { drugs } = await loadClinical();
  return checkPassage(passage, file, {
    drafted,
    drugs: drugs.flatMap(({ generic, brands }) => [generic, ...brands]),
    ...(file.packet ? { exhibits: file.packet.exhibits } : {}),
  });
}

/** The same for every passage of a letter that a person wrote or changed, by passage. */
export async function problemsIn(file: CaseFile, letter: Letter): Promise<Map<string, PassageIssue[]>> {
  const found = new Map<string, PassageIssue[]>();
  for (const passage of letter.passages) {
    if (passage.by === undefined) continue;
    const problems = await problemsOf(file, letter.file, passage);
    if (problems.length > 0) found.set(passage.id, problems);
  }
  return found;
}
