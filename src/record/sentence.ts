import type { Span } from "#base";
import type { ClinicalDrug } from "#knowledge";
import type { Context } from "./assertion.ts";
import type { Mention } from "./mentions.ts";
import type { Visit } from "./passages.ts";
import type { When } from "./times.ts";
import type { Token } from "./tokens.ts";
import type { Assertion, Fact } from "./types.ts";

/** A sentence and what was found in it. All offsets are offsets of `text`. */
export type Sentence = {
  text: string;
  tokens: Token[];
  mentions: Mention[];
  /** One for each mention. */
  contexts: Context[];
  section: string;
  times: When[];
  visit: Visit;
  /** The drug that the sentence before named, where this one may go on about it. */
  lastDrug: ClinicalDrug[] | null;
  /** The relative the last sentence spoke of, in a family history; kept up to date while this one is read. */
  relation: string | null;
  /** Drugs that the paper has said before to be taken. */
  taken: ReadonlySet<string>;
  spans: (start: number, end: number) => Span[];
};

/** The date beside a place: the nearest in the same clause, else none. */
export function timeBeside(sentence: Sentence, start: number, end: number): When | null {
  let best: When | null = null;
  let distance = 130;
  for (const time of sentence.times) {
    const between =
      time.start >= end ? sentence.text.slice(end, time.start) : sentence.text.slice(time.end, start);
    if (
      /\b(?:vs\.?|versus|compared (?:to|with)|comparison(?: with)?)\s*(?:the\s+)?$/i.test(
        sentence.text.slice(0, time.start),
      )
    )
      continue;
    if (/;|\.\s|\b(?:but|then|since then|now|today)\b/i.test(between)) continue;
    if (time.start >= end && /\([^()]*\d[^()]*$/.test(between)) continue;
    if (time.end <= start && belongsBefore(sentence, time, start, between)) continue;
    const away = between.length + (time.start >= end ? 0 : 10) + (/:/.test(between) ? 45 : 0);
    if (away < distance) [best, distance] = [time, away];
  }
  return best;
}

/** "PE four years ago, hyperlipidemia": in a list a date stands behind its own item. */
const belongsBefore = ({ mentions, text }: Sentence, time: When, start: number, between: string): boolean =>
  /^\s*\)?\s*(?:,|and\b|\d\))/.test(between) &&
  mentions.some(
    ({ end }) =>
      end <= time.start &&
      end < start &&
      /^[\s(]*(?:approximately |about |in |on |since |from |dated |x )?[\s(]*$/i.test(
        text.slice(end, time.start),
      ),
  );

/** The date of a fact: the one beside it, else that of the visit. */
export function whenOf(sentence: Sentence, beside: When | null): Fact["when"] {
  if (beside) {
    if (beside.kind === "since") return { earliest: beside.earliest, latest: null };
    return { earliest: beside.earliest, latest: beside.latest };
  }
  return { earliest: sentence.visit.date, latest: sentence.visit.date };
}

/** Author and specialty of the visit, as keys of a fact. */
export function authorOf({ visit }: Sentence): Pick<Fact, "author" | "specialty"> {
  return {
    ...(visit.author === null ? {} : { author: visit.author }),
    ...(visit.specialty === null ? {} : { specialty: visit.specialty }),
  };
}

const bySection: Record<string, Assertion> = {
  "surgical-history": "historical",
  "family-history": "family",
  risks: "hypothetical",
  instructions: "hypothetical",
};

/** What a mention asserts: the words around it first, then the heading above it. */
export function assertedBy(context: Context, section: string, lasts: boolean): Assertion {
  if (context.assertion !== null) return context.assertion;
  if (section === "past-history") return lasts ? "present" : "historical";
  return bySection[section] ?? "present";
}
