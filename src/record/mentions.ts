import { type Lexicon, longestAt, type Meaning } from "./lexicon.ts";
import type { Token } from "./tokens.ts";

/** A name found in a sentence: its words and what it means. */
export type Mention = {
  /** Indices of its first word and of the word after it. */
  first: number;
  after: number;
  start: number;
  end: number;
  meanings: Meaning[];
};

/** Every name of a sentence, longest first at each place, none inside another. */
export function mentionsIn(text: string, tokens: readonly Token[], lexicon: Lexicon): Mention[] {
  const found: Mention[] = [];
  const shouting = isShouting(text.slice(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0));
  for (let index = 0; index < tokens.length; ) {
    const match = longestAt(lexicon.names, tokens, index);
    if (!match) {
      index++;
      continue;
    }
    const start = tokens[index]!.start;
    const end = tokens[index + match.words - 1]!.end;
    const written = text.slice(start, end);
    if (isInstitution(text, end) || isOtherThing(text, start, end)) {
      index += match.words;
      continue;
    }
    const meanings = exactFirst(
      match.here.filter((meaning) => counts(meaning, written, shouting, text)),
      written,
    );
    if (meanings.length > 0) found.push({ first: index, after: index + match.words, start, end, meanings });
    else if (!match.here.some(({ nothing }) => nothing)) {
      index++;
      continue;
    }
    index += match.words;
  }
  return found;
}

/** "Heart Failure Clinic", "Asthma and Allergy Associates": a place, not the patient. */
const isInstitution = (text: string, end: number) =>
  /^(?:\s+(?:and|&)\s+(?:\w+\s+){1,3}?)?\s*(?:clinic|center|centre|program|department|dept|service line|unit|institute|associates|laborator|society|foundation|specialists?|educat|counsel|navigator|registry|nurse|hospital|group|team meeting|guideline)/i.test(
    text.slice(end, end + 60),
  );

/** "TMs clear" are eardrums, "CTA bilaterally" is clear to auscultation, "antipsychotics" written "anti-psychotics" are drugs. */
function isOtherThing(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  if (written === "TMs" || /\banti[-‐ ]?$/i.test(text.slice(Math.max(0, start - 5), start))) return true;
  return (
    written === "CTA" &&
    (/^\s*(?:[.,;]|$|B\b|bilat|throughout|to\b|b\/l)/i.test(text.slice(end, end + 14)) ||
      /\b(?:lungs?|respiratory|chest|resp|pulm\w*)\s*:?\s*(?:are |is )?$/i.test(
        text.slice(Math.max(0, start - 20), start),
      ))
  );
}

function counts(meaning: Meaning, written: string, shouting: boolean, sentence: string): boolean {
  if (meaning.nothing) return false;
  if (meaning.near)
    return meaning.near.test(sentence) && (/[a-z]/.test(meaning.written) || written === meaning.written);
  if (meaning.capitals) return written === written.toUpperCase() && !shouting;
  if (!meaning.short) return true;
  if (meaning.written.length > 3 && /[a-z]/.test(meaning.written)) return true;
  return written === meaning.written || (written === written.toUpperCase() && meaning.written.length > 1);
}

/** Of names that differ only in case (eGFR, EGFR) the one written this way comes first. */
function exactFirst(meanings: Meaning[], written: string): Meaning[] {
  return meanings.length < 2
    ? meanings
    : [...meanings].sort((a, b) => Number(b.written === written) - Number(a.written === written));
}

/** A sentence in capitals tells nothing by the case of a word. */
function isShouting(text: string): boolean {
  const letters = text.replace(/[^A-Za-z]/g, "");
  return letters.length > 24 && letters === letters.toUpperCase();
}
