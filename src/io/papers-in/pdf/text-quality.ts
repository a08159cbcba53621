/** Whether a PDF page's own text can be trusted, or only looks like text. */
import type { PlacedWord } from "../layout/placed-word.ts";

/** A page with fewer words than this and a picture over most of it is a scan with a stamp or a fax line on it. */
const STAMP_WORDS = 25;
const PICTURE_PAGE = 0.5;

/**
 * True when the page must be read by OCR: no text though something is drawn, a scan with a stamp, or letters
 * whose codes say nothing (fonts without a map, or with a wrong one).
 */
export function needsOcr(
  words: readonly PlacedWord[],
  unmapped: number,
  drawn: { picture: number; objects: number },
): boolean {
  if (words.length === 0) return drawn.objects > 0;
  if (drawn.picture >= PICTURE_PAGE && words.length < STAMP_WORDS) return true;
  return isGarbage(words, unmapped);
}

/** True when the words are not words of any language. Scripts without Latin letters are taken as they are. */
export function isGarbage(words: readonly PlacedWord[], unmapped: number): boolean {
  let letters = 0;
  let senseless = unmapped;
  let latin = 0;
  let plausible = 0;
  for (const { text } of words) {
    letters += text.length;
    senseless += text.match(/[\ue000-\uf8ff\ufffd\u0080-\u009f]/g)?.length ?? 0;
    if (!/^[A-Za-z]{4,}[.,;:]?$/.test(text)) continue;
    latin++;
    if (isPlausible(text)) plausible++;
  }
  if (senseless > 0.25 * (letters + unmapped)) return true;
  if (latin >= 20) return plausible < 0.55 * latin;
  return (
    words.length >= 20 &&
    letters / words.length > 40 &&
    latin < 5 &&
    words.every(({ text }) => /[ -~]/.test(text[0]!))
  );
}

/** English (and Spanish) words have vowels, no long runs of consonants and no capitals inside. */
function isPlausible(word: string): boolean {
  return (
    /[aeiouy]/i.test(word) && !/[bcdfghjklmnpqrstvwxz]{6}/i.test(word) && !/[a-z][A-Z]+[a-z]*[A-Z]/.test(word)
  );
}
