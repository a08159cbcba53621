import { leadIn } from "./lead.ts";
import { countIn, timesOf } from "./quantities.ts";
import type { Test } from "./types.ts";

/** Kinds whose evidence must not be older than the words say. */
export const aged = new Set([
  "measure",
  "scale",
  "imaging",
  "lab",
  "test",
  "screening",
  "assessment",
  "event",
  "history",
  "documentation",
  "claims",
  "priorTherapy",
  "preferredProduct",
  "conservativeCare",
  "procedure",
  "genetic",
  "status",
  "adherence",
]);
/** The ends of a trial that words ask for. */
function outcomesIn(text: string): NonNullable<Test["outcomes"]> {
  const outcomes: NonNullable<Test["outcomes"]> = [];
  if (
    /\b(?:fail\w*|inadequate|insufficient|ineffective|lack of|refractory|unresponsive|did not|relaps\w+|progress\w+|suboptimal|without (?:lasting )?(?:relief|remission))\b/i.test(
      text,
    )
  )
    outcomes.push("inadequate-response");
  if (
    /\b(?:intoleran\w*|not tolerat\w*|adverse|allerg\w+|cannot tolerate|unable to tolerate|hypersensitivity|side effects)\b/i.test(
      text,
    )
  )
    outcomes.push("intolerance");
  if (/\b(?:contraindicat\w*|inappropriate|not a candidate|medical reason)\b/i.test(text))
    outcomes.push("contraindicated");
  return outcomes;
}

/** What the announcement of a list says of each of its items: the outcomes of a trial, the window of a measurement. */
export function addFromLead(test: Test, above: string): void {
  const lead = above ? leadIn(above) : null;
  if (!lead) return;
  if (/priorTherapy|preferredProduct/.test(test.kind)) {
    const outcomes = outcomesIn(above);
    if (!test.outcomes && outcomes.length > 0) test.outcomes = outcomes;
    const { minDays } = timesOf(above);
    if (test.minDays === undefined && minDays !== undefined && /\beach\b/i.test(above))
      test.minDays = minDays;
  }
  const { maxAgeDays } = timesOf(above.slice(lead.from));
  if (aged.has(test.kind) && test.maxAgeDays === undefined && maxAgeDays !== undefined)
    test.maxAgeDays = maxAgeDays;
}

/** How many trials, of which classes, with which outcome and dose. */
export function addTrial(test: Test, text: string): void {
  const outcomes = outcomesIn(text);
  if (outcomes.length > 0) test.outcomes = outcomes;
  if (test.kind === "contraindication") return;
  const count = countIn(text);
  if (count !== null && count < 8) test.count = count;
  if (/\b(?:different|distinct|separate|each from a)\b[^.;]{0,30}\b(?:class|mechanism)/i.test(text))
    test.distinctClasses = true;
  if (/\bmaxim(?:ally|um|al)[ -](?:tolerated|indicated)|\btarget dose/i.test(text))
    test.dose = "max-tolerated";
  else {
    const dose =
      /\b\d[\d.,]*\s?(?:mg|mcg|g|units?|mL)(?:\/(?:kg|m2|m²))?(?:\s*(?:per|\/|a)\s?(?:day|week|month|dose))?(?:\s+(?:daily|weekly|twice daily))?/i.exec(
        text,
      );
    if (dose) test.dose = dose[0];
  }
}
