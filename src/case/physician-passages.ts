/** The physician's own words in the other letters: quoted from the signed letter, by its page, with the author named. */
import { overlaps, type Span } from "#base";
import type { Letter, Passage } from "#letter";
import type { Exhibit } from "#packet";
import type { OtherMark, PhysicianWord } from "./physician-words.ts";

const title = "What the treating physician states";

type Signed = {
  word: PhysicianWord;
  /** Where the signed letter says these words; `null` where they were not found on its pages. */
  find: (words: string) => Span | null;
  exhibits: readonly Exhibit[];
};

/**
 * Each letter that rested on words which the physician corrected says the physician's words instead; the appeal says
 * also what the physician wrote. What a letter quotes from the signed letter already is not said twice.
 */
export function withPhysicianWords(
  letters: readonly Letter[],
  before: readonly Letter[],
  signed: Signed,
): Letter[] {
  return letters.map((letter, index) => {
    const drafted = before.find(({ file }) => file === letter.file);
    const corrected = signed.word.marks.filter(
      (mark) => mark.mark === "corrected" && drafted !== undefined && restsOn(drafted, mark),
    );
    const said = [
      ...corrected.map((mark) => ({ words: "words" in mark ? mark.words : "", instead: mark.from[0] })),
      ...(index === 0 ? signed.word.own.map((words) => ({ words, instead: undefined })) : []),
    ];
    const items = said.flatMap(({ words, instead }) => itemOf(letter, words, instead, signed) ?? []);
    return items.length > 0 ? { ...letter, passages: inserted(letter.passages, items) } : letter;
  });
}

const restsOn = ({ passages }: Letter, mark: OtherMark): boolean =>
  passages.some(({ rests }) =>
    rests.some((rest) => "evidence" in rest && mark.from.some((span) => overlaps(span, rest.evidence))),
  );

type Item = Pick<Passage, "text" | "rests" | "cites">;

function itemOf(
  letter: Letter,
  words: string,
  instead: Span | undefined,
  { word, find, exhibits }: Signed,
): Item | null {
  const span = find(words);
  if (!span) return null;
  const known = letter.passages.some(({ rests }) =>
    rests.some((rest) => "evidence" in rest && overlaps(rest.evidence, span)),
  );
  if (known) return null;
  const placeOf = (at: Span) => {
    const exhibit = exhibits.find(
      ({ document, pages }) => document === at.document && pages.includes(at.page),
    );
    return exhibit ? { words: `Exhibit ${exhibit.label}, p. ${at.page}`, at } : null;
  };
  const [own, old] = [placeOf(span), instead ? placeOf(instead) : null];
  const cites = [own, old].filter((cite) => cite !== null);
  const where = own ? ` (${own.words})` : "";
  const correction = old
    ? `, correcting the record at ${old.words}`
    : instead
      ? ", correcting the record"
      : "";
  const quote = words.replace(/\s+/g, " ").replace(/[“”]/g, (mark) => (mark === "“" ? "‘" : "’"));
  return {
    text: `${word.name}${correction}: “${quote}”${where}.`,
    rests: [{ evidence: span }, { person: word.name }],
    ...(cites.length > 0 ? { cites } : {}),
  };
}

/** Before the requests, else before the signatures, else at the end. */
function inserted(passages: readonly Passage[], items: readonly Item[]): Passage[] {
  const at = ["Requests", "Signatures"]
    .map((text) => passages.findIndex((one) => one.role === "heading" && one.text === text))
    .find((index) => index >= 0);
  const made: Passage[] = [
    { id: "physician-head", role: "heading", text: title, rests: [{ form: true }], section: title },
    ...items.map(
      (item, index): Passage => ({ id: `physician-${index + 1}`, role: "item", section: title, ...item }),
    ),
  ];
  return passages.toSpliced(at ?? passages.length, 0, ...made);
}
