/**
 * The physician's letter between draft and signature: which statements stand in the draft, what was decided about each,
 * and the letter that is shown and signed in the end. Decisions hang on the words they were made about, never on a
 * number: drafted again with other words, a statement is open again.
 */
import type { Issue, Span } from "#base";
import type { Letter, Passage } from "#letter";
import type { OtherMark, PhysicianWord } from "./physician-words.ts";
import { checkSigner, type StatementMark, settledStatements, signatureHolds } from "./signature.ts";

/**
 * One line of the draft that the physician decides about, with the pages it rests on. `by` is set where the person whose
 * case it is worded it: then the record does not say it in these words.
 */
export type Statement = { id: string; text: string; place: string; from: Span[]; by?: string };

/** One thing that only the physician can say. */
export type OpenQuestion = { id: string; text: string };

/** What was decided about the words of one statement. */
export type WordsMark = { text: string; mark: "confirmed" | "corrected" | "struck"; words?: string };

/** What a physician has marked and written so far; saved as often as they like. */
export type PhysicianReview = {
  marks: WordsMark[];
  answers: { question: string; words: string }[];
  /** The urgent certification; false until the box was ticked by hand. */
  certified: boolean;
  signer: { name: string; npi: string };
};

/** A signature as the case keeps it. `basis` is the words it was given for, see {@link basisOf}. */
export type SignedLetter = {
  link: string;
  signer: { name: string; npi: string };
  seen: string;
  shown: string;
  basis: string;
  blob: string;
  sha256: string;
  bytes: number;
  pages: number;
  certified: boolean;
  /** What the signature says of the record besides "confirmed"; letters signed before this was kept have none. */
  word?: PhysicianWord;
};

/** What the draft prints where something is to be marked by hand. */
const box = "☐";

export const physicianLetterFile = "physician-letter";

export function physicianDraft(letters: readonly Letter[]): Letter | null {
  return letters.find((letter) => letter.file === physicianLetterFile) ?? null;
}

export function statementsIn(letter: Letter): Statement[] {
  return letter.passages
    .filter((passage) => passage.role === "row" && passage.cells?.at(-1)?.includes(box))
    .map((passage) => ({
      id: passage.id,
      text: passage.cells?.[0] ?? passage.text,
      place: passage.cells?.[1] ?? "",
      from: passage.rests.flatMap((rest) => ("evidence" in rest ? [rest.evidence] : [])),
      ...(passage.by === undefined ? {} : { by: passage.by }),
    }));
}

/**
 * The places of the words that a statement quotes. Its source and date rest on places too, which say nothing that could be
 * struck.
 */
export function quotedSpans({ text, from }: Pick<Statement, "text" | "from">): Span[] {
  const plain = (words: string) =>
    words
      .replace(/\s+/g, " ")
      .replace(/[“”‘’"']/g, "")
      .trim();
  const quoted = [...text.matchAll(/“([^”]+)”/g)].map((match) => plain(match[1]!.replace(/\s*…$/, "")));
  const found = from.filter(({ quote }) => {
    const words = plain(quote);
    return quoted.some((one) => one.includes(words) || words.includes(one));
  });
  return found.length > 0 ? found : from;
}

/** The questions with room for an answer; the certification is a box of its own. */
export function questionsIn(letter: Letter): OpenQuestion[] {
  return requestsOf(letter)
    .filter((passage) => !passage.text.includes(box))
    .map((passage) => ({ id: passage.id, text: passage.text.replace(/[\s_]+$/, "") }));
}

/** The words of the urgent certification as they are printed when the box is ticked; `null` where the draft has none. */
export function certificationIn(letter: Letter): string | null {
  const found = requestsOf(letter).find((passage) => passage.text.includes(box));
  if (!found) return null;
  return found.text
    .replace(box, "")
    .replace(/Mark only if it is so\.?/i, "")
    .replace(/\s+/g, " ")
    .trim();
}

export function attestationIn(letter: Letter): string {
  return (
    letter.passages.find((passage) => passage.role === "attestation")?.text ??
    "The statements in this letter are true to the best of my knowledge and agree with the medical record."
  ).replace(/The statements I marked T, and those I corrected, are/, "The statements in this letter are");
}

const requestsOf = (letter: Letter) => letter.passages.filter((passage) => passage.role === "request");

/** Marks that still fit: those whose words stand in the draft unchanged. */
export function marksFor(letter: Letter, review: PhysicianReview | null): StatementMark[] {
  return statementsIn(letter).flatMap(({ id, text }): StatementMark[] => {
    const found = review?.marks.find((mark) => mark.text === text);
    if (!found) return [];
    if (found.mark === "corrected")
      return [{ statement: id, mark: "corrected", words: found.words?.trim() ?? "" }];
    return [{ statement: id, mark: found.mark }];
  });
}

/** What is still missing before the letter can be shown for signature. */
export function checkReview(letter: Letter, review: PhysicianReview | null): Issue[] {
  const statements = statementsIn(letter);
  const marks = marksFor(letter, review);
  const issues = checkSigner(
    { name: review?.signer.name ?? "", role: "physician", npi: review?.signer.npi ?? "" },
    marks,
    statements.map(({ id }) => id),
  );
  const written = (review?.answers ?? []).some(({ words }) => words.trim() !== "");
  const kept = marks.some(({ mark }) => mark !== "struck");
  if (statements.length > 0 && marks.length === statements.length && !kept && !written)
    issues.push({
      severity: "error",
      code: "letter-empty",
      text: "Every statement is struck and nothing is written: there is nothing to sign. Write at least one answer in your own words.",
    });
  return issues;
}

/**
 * What a signature is given for: the words of every passage that the physician's letter is made of, without the day it
 * was drafted, without the places to sign, and without the labels of exhibits, which another paper changes. Other words
 * are another letter.
 */
export function basisOf(letter: Letter): string {
  const statements = new Map(statementsIn(letter).map(({ id, text }) => [id, text]));
  return letter.passages
    .filter(({ role }) => !["date", "signature", "attestation", "note", "delivery"].includes(role))
    .map((passage) => statements.get(passage.id) ?? passage.text)
    .join("\n");
}

/** What the physician decided besides "confirmed", to be kept with the signature. */
export function wordOf(letter: Letter, review: PhysicianReview, at: string): PhysicianWord {
  const statements = new Map(statementsIn(letter).map((one) => [one.id, one]));
  const marks = marksFor(letter, review).flatMap((mark): OtherMark[] => {
    const { text, from: all } = statements.get(mark.statement)!;
    const from = quotedSpans({ text, from: all });
    if (mark.mark === "confirmed") return [];
    return mark.mark === "struck" ? [{ mark: "struck", text, from }] : [{ ...mark, text, from }];
  });
  const own = review.answers.map(({ words }) => words.trim()).filter(Boolean);
  const certified = review.certified ? certificationIn(letter) : null;
  return { name: review.signer.name, at, marks, own, certified };
}

/** True while the draft still says what was signed. */
export function letterHolds(signed: SignedLetter, letters: readonly Letter[]): boolean {
  const draft = physicianDraft(letters);
  return draft !== null && signatureHolds({ seen: signed.basis }, basisOf(draft));
}

/**
 * The letter to show and sign: confirmed and corrected statements, answers, and the certification if it was ticked.
 *
 * @param titleOf Name of the paper that a span stands in; a signed letter is read beside more than one packet, so it
 *   names papers and not exhibit labels.
 */
export function settledLetter(
  letter: Letter,
  review: PhysicianReview,
  titleOf: (span: Span) => string | null = () => null,
): Letter {
  const { name, npi } = review.signer;
  const person = { person: name };
  const passages: Passage[] = [];
  const add = (role: Passage["role"], text: string, rests: Passage["rests"], cells?: string[]) =>
    passages.push({ id: `s${passages.length + 1}`, role, text, rests, ...(cells ? { cells } : {}) });
  const first = letter.passages.findIndex(({ role }) => role === "note" || role === "heading");
  for (const { role, text, rests, cells } of letter.passages.slice(0, Math.max(first, 0)))
    add(role, text, rests, cells);
  const settled = settledStatements(statementsIn(letter), marksFor(letter, review));
  const listed = (heading: string, wanted: boolean, before: string) => {
    const these = settled.filter(({ corrected }) => corrected === wanted);
    if (these.length > 0) add("heading", heading, [{ form: true }]);
    for (const { text, place, from } of these) {
      const papers = quotedSpans({ text: wanted ? "" : text, from }).flatMap((span) => {
        const title = titleOf(span);
        if (!title) return [];
        // The statement names its paper already.
        return [text.startsWith(title) ? `p. ${span.page}` : `${title}, p. ${span.page}`];
      });
      const where = [...new Set(papers)].join("; ") || place;
      add("item", where ? `${text} (${before}${where})` : text, [
        ...from.map((evidence) => ({ evidence })),
        person,
      ]);
    }
  };
  // Lists, not a table: each statement is one run of words, for who reads it aloud and for who quotes it.
  listed("What the record shows, confirmed by me", false, "");
  listed("Corrected by me", true, "in place of the record's words in ");
  const answers = review.answers.filter(({ words }) => words.trim() !== "");
  if (answers.length > 0) add("heading", "In my own words", [{ form: true }]);
  for (const { question, words } of answers) add("text", `${question} ${words.trim()}`, [person]);
  const certification = certificationIn(letter);
  if (review.certified && certification) {
    add("heading", "Certification for an expedited decision", [{ form: true }]);
    add("text", certification, [person]);
  }
  add("attestation", attestationIn(letter), [person]);
  add("signature", `${name}, NPI ${npi}. Signed electronically; the record of the signature follows.`, [
    person,
  ]);
  return { ...letter, passages, issues: [] };
}
