import { numberOf } from "#base";
import type { Connector } from "./draft.ts";

/** What an announcement such as "ANY ONE of the following:" says, and where its words begin and end. */
export type Lead = { connector: Connector; from: number; to: number; sure: boolean };

const numberWord = "(one|two|three|four|five|six|seven|eight|\\d)";
const them =
  "(?:the\\s+following|these|those|the\\s+(?:listed\\s+)?(?:\\w+\\s+)?(?:criteria|criterion|conditions?|indications?|requirements?|circumstances|situations|items|statements)|criteria|below)";

/** Announcements in the order in which they are tried; of several matches the last in the text counts. */
const announcements: { say: (found: RegExpExecArray) => Connector; words: RegExp }[] = [
  {
    words: new RegExp(
      `\\b(?:(?:meets?|is|has|have|having|with|shows?|exhibits?)\\s+)?(?:none|not\\s+any|neither)\\s+(?:of\\s+)?${them}|\\b(?:not|no|without|free\\s+of|free\\s+from|absence\\s+of)\\b[^.;:,]{0,40}?\\bany(?:\\s+one)?\\s+of\\s+${them}|\\b(?:absence|exclusion)\\s+of\\s+(?:all|each|every\\s+one)?\\s*(?:of\\s+)?${them}`,
      "gi",
    ),
    say: () => ({ op: "none" }),
  },
  {
    words:
      /\b(?:must|should|shall|may|does|do|will|has|have)\s+not\s+(?:have|be|exhibit|meet)\s*(?:had\s*)?:?\s*$/gi,
    say: () => ({ op: "none" }),
  },
  {
    words: new RegExp(
      `\\b(?:at\\s+least|a\\s+minimum\\s+of|minimum\\s+of|any)?\\s*${numberWord}(?:\\s*\\(\\d\\))?(?:\\s+or\\s+more)?(?:\\s+of)?(?:\\s+(?:${them}|criteria\\b)|(?<=\\bof)\\s*:|\\s+:)`,
      "gi",
    ),
    say: (found) => ({ op: "atLeast", n: numberOf(found[1]!) ?? 1 }),
  },
  {
    words: new RegExp(
      `\\b(?:at\\s+least\\s+|any\\s+|only\\s+)?(?:any|either|one|1)(?:\\s*\\(1\\))?(?:\\s+or\\s+more)?(?:\\s+of)?\\s+${them}|\\b(?:at\\s+least\\s+)?(?:any\\s+)?(?:any|either|one)(?:\\s+one)?(?:\\s+of)?\\s*:|\\b(?:one|any)\\s+(?:indication|criterion|condition)\\s+must`,
      "gi",
    ),
    say: () => ({ op: "any" }),
  },
  {
    words: /\((?:(?:[a-z]|[ivx]+|\d)(?:,\s*)?)+(?:,?\s*(?:or)\s+)(?:[a-z]|[ivx]+|\d)\)/gi,
    say: () => ({ op: "any" }),
  },
  {
    words: /\((?:(?:[a-z]|[ivx]+|\d)(?:,\s*)?)+(?:,?\s*(?:and)\s+)(?:[a-z]|[ivx]+|\d)\)/gi,
    say: () => ({ op: "all" }),
  },
  {
    words: new RegExp(
      `\\b(?:all|each|every\\s+one|both)(?:\\s+of)?\\s+(?:${them})|\\b(?:all|both|each)(?:\\s+of)?\\s*:|\\b(?:must\\s+meet\\s+all|all\\s+must\\s+be\\s+met|meets?\\s+all|if\\s+all\\s+apply|all\\s+apply|are\\s+all\\s+met|all\\s+are\\s+met)\\b|\\bitems?\\s+\\S+\\s+(?:through|to|and)\\s+\\S+|\\ball\\s+of\\b[^.;:]{0,40}$`,
      "gi",
    ),
    say: () => ({ op: "all" }),
  },
];

/** Weak: says that a list follows, not how its items stand to each other. */
const plain =
  /\b(?:the\s+following|these)\b[^.;]{0,90}:?\s*$|:\s*$|\bas\s+follows\b|\s(?:in|with|by|if|when|is|are|was|has|have|that|includes?|including|shows?)\s*$/gi;

/** What a text that stands above a list says about it; `null` where it announces nothing. */
export function leadIn(text: string): Lead | null {
  let best: Lead | null = null;
  for (const { words, say } of announcements) {
    for (const found of text.matchAll(words)) {
      const lead = {
        connector: say(found as RegExpExecArray),
        from: found.index,
        to: found.index + found[0].length,
        sure: true,
      };
      if (!best || lead.from > best.to || (lead.from < best.from && lead.to >= best.to)) best = lead;
    }
  }
  if (best && !closes(text.slice(best.to))) best = null;
  if (best) return best;
  const found = [...text.matchAll(plain)][0];
  return found
    ? { connector: { op: "all" }, from: found.index, to: found.index + found[0].length, sure: false }
    : null;
}

/** After the announcement only its own tail may stand: "… are met", "(a, b, or c)", "in the family on one side". */
function closes(rest: string): boolean {
  const tail = rest.replace(/\([^)]*\)/g, "").trim();
  return tail.length < 110 && !/[.;]\s+[A-Z]/.test(tail);
}
