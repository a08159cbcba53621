import type { DenialPhrases } from "#knowledge";
import type { Fact } from "./facts.ts";
import { readTiming } from "./read-standing.ts";
import type { Sentence } from "./sentences.ts";
import { readingAt, type Sheet } from "./sheet.ts";
import type { Denial } from "./types.ts";

type Timing = Denial["timing"];
type Context = {
  sheet: Sheet;
  sentences: Sentence[];
  facts: readonly Fact[];
  phrases: DenialPhrases;
} & Pick<Denial, "outcome" | "references" | "services" | "noticeDate">;

/**
 * Whether the care was still to come, going on, or given: a claim with its charge, else the words, else the numbers, the
 * days, and what the notice answers.
 */
export function settleTiming(context: Context): Timing {
  const { sheet, sentences, phrases, outcome, references, services } = context;
  const numbered = byNumber(references);
  // A claim with its charge was for care that was given, whatever the form says of authorizations.
  const charged =
    numbered?.value === "post-service" &&
    services.some(({ amount }) => amount) &&
    !references.some(({ kind }) => kind === "authorization");
  if (charged) return numbered;
  // What is reduced or stopped was running.
  const running: Timing =
    outcome && (outcome.value === "reduced" || outcome.value === "terminated")
      ? { ...outcome, value: "concurrent" }
      : null;
  const told = readTiming(sheet, sentences, phrases);
  if (running && told?.value === "pre-service") return running;
  const found = told ?? running ?? numbered;
  return found ?? (outcome ? (byDates(context) ?? asked(context) ?? byWords(context)) : null);
}

/** A claim number means that the care was given, an authorization number that it was asked for. */
function byNumber(references: Denial["references"]): Timing {
  const number =
    references.find(({ kind }) => kind === "claim") ??
    references.find(({ kind }) => kind === "authorization");
  return number
    ? { value: number.kind === "claim" ? "post-service" : "pre-service", from: number.from, by: number.by }
    : null;
}

/** Care of a day before the notice was given; care of a day behind it is to come. */
function byDates({ services, noticeDate }: Context): Timing {
  const day = services[0]?.from;
  if (!day || !noticeDate || day === noticeDate.value) return null;
  return { ...noticeDate, value: day < noticeDate.value ? "post-service" : "pre-service" };
}

/** A notice that names a drug or a service, but no claim and no day on which it was given, answers a request. */
function asked({ sheet, facts }: Context): Timing {
  const given = facts.some(
    ({ field }) => field === "service-date" || field === "claim" || field === "amount",
  );
  const service = facts.find(({ field, rank }) => field === "service" && rank > 4);
  if (given || !service) return null;
  const { labelStart, start } = service;
  return readingAt(sheet, "pre-service", labelStart, Math.max(labelStart + service.label.length, start));
}

const given =
  /\b(?:claims?|bill(?:ed|s)?|invoice|charged?s?|receipt|reimburse\w*|paid back|you received|was given)\b/i;
const wanted = /\b(?:request(?:ed|s)?|asked|asks|prescri\w+|order(?:ed|s)?|wants|recommend(?:ed|s)?|fill)\b/i;

/** A letter that speaks of a bill answers a bill; one that only speaks of asking answers a request. */
function byWords({ sheet, sentences }: Context): Timing {
  const spoken = sentences.filter(({ zone }) => zone === "head" || zone === "body" || zone === "reason");
  const at = (words: RegExp): Timing | null => {
    for (const { text, start } of spoken) {
      const match = words.exec(text);
      if (match)
        return readingAt(
          sheet,
          words === given ? "post-service" : "pre-service",
          start + match.index,
          start + match.index + match[0].length,
        );
    }
    return null;
  };
  return at(given) ?? at(wanted);
}
