import { durationsIn } from "./durations.ts";

const window =
  /\b(?:within|in|during)\s+(?:the\s+)?(?:past|last|previous|prior|preceding)?\s*(\d+|\w+)[\s-]*(days?|weeks?|months?|years?)\b(?:\s+(?:before|prior to|of|preceding)\s+(?:the\s+)?(?:date of\s+)?(?:request|submission|(?:planned |scheduled )?(?:surgery|procedure|implantation)))?/i;

/** The look-back a criterion sets ("within the past 6 months"), in days; `null` when it sets none. */
export function windowIn(text: string): { days: number; words: string; start: number; end: number } | null {
  const found = window.exec(text);
  const days = found ? durationsIn(`${found[1]} ${found[2]}`)[0]?.days : undefined;
  if (!found || days === undefined) return null;
  return { days, words: `${found[1]} ${found[2]}`, start: found.index, end: found.index + found[0].length };
}
