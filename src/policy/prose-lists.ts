import { any, type Draft, group } from "./draft.ts";
import { type Lead, leadIn } from "./lead.ts";
import { type Passage, slice } from "./passage.ts";
import { isStructural } from "./sentence-frames.ts";
import { openBrackets } from "./sentences.ts";

type Read = (passage: Passage, context: string) => Draft | null;
type OwnWords = (lead: Passage, from: number, inner: Draft | null, context: string) => Draft | null;

const outside = (text: string, index: number): boolean => !openBrackets(text.slice(0, index));

/** "… with at least one of the following: diabetes, sleep apnea, or hypertension": a list inside its sentence. */
export function inlineList(passage: Passage, context: string, read: Read, ownWords: OwnWords): Draft | null {
  const colon = [...passage.text.matchAll(/:\s+(?=\S)/g)].find(
    ({ index }) => outside(passage.text, index) && leadIn(passage.text.slice(0, index + 1))?.sure,
  );
  if (!colon) return null;
  const before = slice(passage, 0, colon.index + 1);
  const lead = leadIn(before.text)!;
  const items = itemsOf(slice(passage, colon.index + colon[0].length, passage.text.length));
  if (items.length < 2) return null;
  const inner = group(
    lead.connector,
    items.map((item) => read(item, before.text)),
    before,
  );
  const joined =
    otherWay(before, lead, inner, context, read, ownWords) ?? ownWords(before, lead.from, inner, context);
  // Words that the list only explains ("…, where therapy includes one of: …") would be lost: then all stays together.
  return joined === inner && !isStructural(before.text.slice(0, lead.from)) ? null : joined;
}

/** "BMI of 40 or more, or BMI of 35 or more with one of the following: …": the list belongs to the second way alone. */
function otherWay(
  before: Passage,
  lead: Lead,
  inner: Draft | null,
  context: string,
  read: Read,
  ownWords: OwnWords,
): Draft | null {
  const or = [...before.text.slice(0, lead.from).matchAll(/,\s+or\s+/gi)].at(-1);
  if (!or || or.index < 10 || !outside(before.text, or.index)) return null;
  const at = or.index + or[0].length;
  const second = slice(before, at, before.text.length);
  return any([read(slice(before, 0, or.index), context), ownWords(second, lead.from - at, inner, context)]);
}

/** What stands between separators that no bracket encloses. */
export function cutAt(list: Passage, separator: RegExp): { parts: Passage[]; cuts: RegExpExecArray[] } {
  const cuts = [...list.text.matchAll(separator)].filter(({ index }) => outside(list.text, index));
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  return { parts: starts.map((start, at) => slice(list, start, cuts[at]?.index ?? list.text.length)), cuts };
}

const semicolon = /;\s+(?:(and|or)\s+)?/gi;
/** The items of a list set in one sentence: between semicolons where there are any, else between commas. */
export const itemsOf = (list: Passage): Passage[] =>
  cutAt(
    list,
    /[☐☑☒□❑❏]\s/.test(list.text)
      ? /\s*[☐☑☒□❑❏]\s*/g
      : /;\s/.test(list.text)
        ? semicolon
        : /,\s+(?:(?:and|or)\s+)?/gi,
  ).parts;

/** ", or a BMI of 35 or greater": another figure. */
const figure =
  /,\s+or\s+(?=(?:an?\s+|the\s+)?[A-Za-z][\w'’-]*(?:\s+[A-Za-z(][\w)'’-]*){0,4}?\s+(?:of\s+|is\s+)?(?:≥|≤|<|>|at least|greater|less|more|above|below|under|over|\d))/g;

/** " or DLCO below 40%": another figure that says how it compares, where no comma stands. */
const comparedFigure =
  /\s+or\s+(?!(?:greater|less|more|older|younger|higher|lower|at|equal|over|under|above|below|within|every)\b)(?=(?:an?\s+|the\s+)?[A-Za-z][\w'’-]*(?:\s+[A-Za-z(][\w)'’-]*){0,3}?\s+(?:of\s+)?(?:≥|≤|<|>|at least|greater|less|more than|above|below|under|over)\s*(?:than\s+)?\d)/g;

/** Two figures, each a way of its own. */
export function twoFigures(passage: Passage, context: string, read: Read): Draft | null {
  const { text } = passage;
  const or = [...text.matchAll(figure), ...text.matchAll(comparedFigure)].find(
    ({ index }) => index > 8 && outside(text, index) && /\d/.test(text.slice(0, index)),
  );
  if (!or) return null;
  const second = slice(passage, or.index + or[0].length, text.length);
  return any([read(slice(passage, 0, or.index), context), read(second, context)]);
}

/** "Diagnosis of X; total blindness; failure of Y": semicolons alone part what is asked. */
export function semicolons(passage: Passage, context: string, read: Read): Draft | null {
  const { parts, cuts } = cutAt(passage, semicolon);
  const excluded = context === "exclusions";
  if (cuts.length < (excluded ? 1 : 2) || /:\s/.test(passage.text)) return null;
  const either = excluded || cuts.at(-1)![1]?.toLowerCase() === "or";
  return group(
    { op: either ? "any" : "all" },
    parts.map((part) => read(part, context)),
    null,
  );
}
