import type { Reading, Stage } from "#base";
import { readingAt, type Sheet } from "./sheet.ts";

/** Who decided above the plan's reviewer, where the notice shows it: a judge of Medicare hearings, or the Council. */
export type Decider = "judge" | "council";

const against =
  /(?<!\bif\b[^.\n]{0,60})\b(?:unfavou?rable|(?:position|decision|answer) (?:does not|has not|will not|did not) change|partially favou?rable|upheld|uphold|affirm(?:ed|s)?|dismiss(?:ed|al)|we agree with the (?:plan|health plan|carrier)|decided that .{0,80}\bdoes not have to (?:pay|cover|provide))\b/i;

/** A reconsideration that was made; one that the reader may still ask for is none. */
const reconsidered =
  /(?<!\b(?:may|can|could|right to|request|ask|file|seek)\b[^.]{0,60})\breconsider(?:ed|ation)\b|\b(?:completed|finished|review of|reviewed) [^.]{0,30}your request for reconsideration\b/i;

/** Rows from the first: what the reader may ask for next says whose decision this is. */
const rows: { next: RegExp; earlier: RegExp; stage: Stage }[] = [
  {
    next: /\b(?:review by|ask|request|write to|send to|appeal to)\b[^.]{0,60}\b(?:medicare appeals council|departmental appeals board)\b/i,
    earlier: /\badministrative law judge\b|\bmedicare hearings and appeals\b/i,
    stage: "external-review",
  },
  {
    next: /\breview\b[^.]{0,60}\b(?:administrative law judge|attorney adjudicator|medicare hearings and appeals)\b/i,
    earlier: /\bdismiss(?:ed|al)\b[^.]{0,60}\breconsideration\b/i,
    stage: "external-review",
  },
  {
    next: /\bhearing\b[^.]{0,60}\badministrative law judge\b|\badministrative law judge\b[^.]{0,40}\bhearing\b/i,
    earlier: reconsidered,
    stage: "external-review",
  },
  {
    next: /\b(?:ask|request|write to)\b[^.]{0,60}\b(?:OPM|office of personnel management)\b[^.]{0,60}\breview\b|\breview\b[^.]{0,40}\b(?:OPM|office of personnel management)\b/i,
    earlier: reconsidered,
    stage: "final-internal",
  },
  {
    next: /\bsecond reconsideration\b|\bquality monitoring contractor\b|\bformal review\b/i,
    earlier: reconsidered,
    stage: "internal-appeal",
  },
];

/**
 * Whose decision a notice is, told by the step that it offers next: only a reconsideration opens the hearing before a
 * judge, only a judge's decision the Council. `null` where the notice is no decision on something decided before.
 */
export function stageByNextStep(sheet: Sheet): Reading<Stage> | null {
  const { flat } = sheet;
  const refusal = against.exec(flat);
  if (!refusal) return null;
  for (const { next, earlier, stage } of rows) {
    const offered = next.exec(flat);
    const before = offered && earlier.exec(flat.slice(0, offered.index));
    if (offered && before && refusal.index < offered.index)
      return readingAt(sheet, stage, before.index, before.index + before[0].length);
  }
  return null;
}

/** "You may request a second-level appeal": after this decision the plan hears a second appeal. */
const second =
  /\b(?:may|can|right to|entitled to)\b[^.]{0,60}\b(?:(?:second|2nd)[- ]level|level (?:two|2|II)) (?:internal )?(?:appeal|review|grievance)\b/i;

/** Where a decision on a first appeal offers a second one to the plan. */
export function readSecondAppeal(sheet: Sheet): Reading<true> | null {
  const offered = second.exec(sheet.flat);
  const before = offered && /\b(?:appeal|grievance)\b/i.test(sheet.flat.slice(0, offered.index));
  const refused = offered && against.exec(sheet.flat.slice(0, offered.index));
  return offered && before && refused
    ? readingAt(sheet, true, offered.index, offered.index + offered[0].length)
    : null;
}

/** The judge or the Council, where the head of the paper is theirs. */
export function readDecider(sheet: Sheet): Reading<Decider> | null {
  const head = sheet.flat.slice(0, 700);
  const council = /\b(?:medicare appeals council|departmental appeals board)\b/i.exec(head);
  const judge =
    /\boffice of medicare hearings and appeals\b|\bbefore:?[^\n]{0,60}\badministrative law judge\b/i.exec(
      head,
    );
  if (!/\bdecision\b|\border\b/i.test(head)) return null;
  if (judge) return readingAt(sheet, "judge", judge.index, judge.index + judge[0].length);
  return council ? readingAt(sheet, "council", council.index, council.index + council[0].length) : null;
}
