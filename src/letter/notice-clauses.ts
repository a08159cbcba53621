import type { Span } from "#base";
import { spanAt } from "#source";
import { type Desk, reasonCue } from "./appeal.ts";
import { reasonSpans } from "./reasons.ts";
import { allStemsOf } from "./stems.ts";

/** The plan says that something is not so or not shown; only then is a page that says it is an answer. */
export const missed =
  /\b(no|not|without|lack\w*|insufficient|fail\w* to|absen\w+|neither|nor|(less|fewer) than)\b/i;
/** The plan says that a page is not there at all; a page that is there makes this an error of fact. */
export const flatly =
  /\b(?:no|without)\s+(?:\w+\s+){0,2}(?:documentation|record|mention|report|trial|history)s?\b|\bno evidence of\b|\bnot\s+(?:been\s+)?(?:documented|recorded|reported|tried|mentioned)\b|\bnever\b/i;

/** Words of notices that say nothing of the matter. */
export const filler = allStemsOf(
  "documentation documented record records submitted received provide provided information evidence reviewed include included including there least demonstrate support supported indicate indicates reported needed need required requires requirement trial tried less than could would safely treated that this these those with without from your have been were will they which when what into over under after before more most such only each must criteria criterion medical medically necessary necessity policy coverage covered member patient plan request service services requested show shows shown times take part able three four five seven eight nine twelve twice month months year week weeks days date dated notes note does done case also same made make used using meets sent enough decide approve determine reviewed",
);

const ground = /\b(?:because|since|due to)\b/i;

/** What the clause says is not there: the words after the denial, or before it where none follow ("… is not documented"). */
export function matterOf(clause: string): string[] {
  const telling = (text: string) => [...allStemsOf(text)].filter((stem) => !filler.has(stem));
  const denial = missed.exec(clause);
  // What the plan gives as its own ground for the denial is no thing that it did not find.
  const denied = denial ? clause.slice(denial.index + denial[0].length).split(ground)[0]! : "";
  const after = telling(denied);
  return after.length > 0 ? after : telling(clause);
}

/** The clauses of the reason, as they stand in the notice. */
export function clausesOf(desk: Desk): Span[] {
  return reasonSpans(desk.input, desk.cite, reasonCue(desk.knowledge)).flatMap((span) => {
    const page = desk.cite.sources.get(span.document)?.pages.find((entry) => entry.page === span.page);
    if (!page) return [];
    const cuts = [
      0,
      ...[
        ...span.quote.matchAll(
          /[;:]\s+|,\s+(?=(?:and|or|but|because|nor)\b)|\s+(?=and (?:there (?:is|was|are|were)|you|the (?:record|note|chart))\b)|(?<=\w\.)\s+(?=[A-Z])/g,
        ),
      ].map((match) => match.index + match[0].length),
      span.quote.length,
    ];
    return cuts.slice(0, -1).map((from, index) => {
      const to = cuts[index + 1]!;
      const text = span.quote.slice(from, to);
      const skip = /^\s*(?:(?:and|or|but|because|nor)\s+)?/.exec(text)![0].length;
      const end = span.start + from + text.replace(/[\s.,;:]+$/, "").length;
      return spanAt(span.document, page, span.start + from + skip, end);
    });
  });
}
