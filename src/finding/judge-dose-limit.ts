import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf } from "./chart.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";

const every =
  "(once daily|once a day|twice daily|twice a day|three times (?:a day|daily)|daily|per day|a day|/\\s?day|once weekly|once a week|weekly|per week|once monthly|(?:once )?(?:a|each|every) (?:day|week|month)|monthly|per month|every other (?:day|week)|every\\s+\\d*\\s*-?\\s*(?:days?|weeks?|months?|hours?)|q\\s?\\d*\\s?(?:d|wks?|w|weeks?|months?|mo|h)\\b|b\\.?i\\.?d\\b\\.?|t\\.?i\\.?d\\b\\.?|q\\.?d\\b\\.?|QHS|nightly|at bedtime)";
const amount = "(\\d+(?:[.,]\\d+)?)\\s*(mg|mcg|g|units?|iu)\\s*(?:/\\s*(kg)|per (kg))?";
const dosed = new RegExp(`${amount}[^.;]{0,40}?${every}`, "i");
const asks = new RegExp(
  `\\b(?:dos(?:e|es|ing|age)|quantity|requested dose)\\b[^.;]{0,50}?\\b(?:not (?:to )?exceed(?:ing)?|no more than|up to|maximum(?: dose)?(?: of| is)?|less than or equal to|at most|within)\\s*:?\\s*${amount}[^.;]{0,40}?${every}\\W*$`,
  "i",
);

type Dose = { mg: number; perKg: boolean; perDay: number };

/**
 * "Dosing does not exceed 300 mg every 2 weeks": the doses of the drug asked for that are taken or ordered. `null`: of no
 * such kind, or no dose with its interval is recorded.
 */
export function judgeDoseLimit(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(orElse(text)[0]!);
  if (!found || chart.requested.length === 0) return null;
  const limits = [
    found.slice(1),
    ...orElse(text)
      .slice(1)
      .map((other) => dosed.exec(other)?.slice(1) ?? []),
  ].map((parts) => (parts.length > 0 ? doseOf(parts) : null));
  if (limits.some((limit) => limit === null)) return null;
  const doses = chart.facts.flatMap((fact) => {
    if (fact.type !== "medication" || !chart.requested.includes(fact.concept.toLowerCase())) return [];
    if (!["present", "planned"].includes(fact.assertion) || fact.course?.status === "stopped") return [];
    return dosesOf(fact, chart).flatMap((dose) => {
      const kept = limits.map((limit) => {
        const whole = inKind(dose, limit!, chart);
        return whole && isWithin(whole, limit!);
      });
      return kept.includes(null) ? [] : [{ fact, kept: kept.includes(true) }];
    });
  });
  if (doses.length === 0) return null;
  const newest = doses
    .map(({ fact }) => dayOf(fact) ?? "")
    .sort()
    .at(-1)!;
  const last = doses.filter(({ fact }) => (dayOf(fact) ?? newest) === newest);
  const evidence = last.slice(0, 3).map(({ fact }) => evidenceOf(fact, "the dose, with its interval"));
  const within = last.map(({ kept }) => kept);
  if (within.every(Boolean)) return met(evidence);
  return within.some(Boolean) ? unknown(evidence) : notMet(evidence);
}

/** "200 mg every 3 weeks or 400 mg every 6 weeks": each is a limit, and one of them suffices. */
const orElse = (text: string): string[] => text.split(/,?\s+or\s+(?=\d)/i);

const isWithin = (dose: Dose, limit: Dose): boolean =>
  dose.mg <= limit.mg * 1.001 && dose.mg * dose.perDay <= limit.mg * limit.perDay * 1.02;

/** Every dose with its interval that the course, or else its sentence, gives ("300 mg x 2, then 600 mg every 6 months"). */
function dosesOf(fact: Fact, chart: Chart): Dose[] {
  const own = dosed.exec(fact.course?.dose ?? "");
  const texts = own
    ? [fact.course!.dose!]
    : chart.index.sentences
        .filter(({ sentence }) =>
          fact.from.some(
            (at) =>
              at.document === sentence.document &&
              at.page === sentence.page &&
              at.start < sentence.end &&
              sentence.start < at.end,
          ),
        )
        .map(({ sentence }) =>
          sentence.text.slice(Math.max(0, sentence.text.toLowerCase().indexOf(fact.concept.toLowerCase()))),
        )
        .filter((text) => namedDrugs(text, chart) <= 1);
  return texts.flatMap((text) =>
    [...text.matchAll(new RegExp(dosed.source, "gi"))].flatMap((found) => doseOf(found.slice(1)) ?? []),
  );
}

const namedDrugs = (text: string, chart: Chart): number =>
  new Set(
    termsOf(text, chart.strict)
      .filter(({ key }) => key.startsWith("d:"))
      .map(({ key }) => key),
  ).size;

const factor: Record<string, number> = { mg: 1, mcg: 0.001, g: 1000 };

/** Amount, unit, "kg" (twice), interval, as the pattern gives them. */
function doseOf([number, unit, kg, kgToo, interval]: (string | undefined)[]): Dose | null {
  const times = factor[unit!.toLowerCase()] ?? 1;
  const perDay = timesADay(interval!.toLowerCase());
  return perDay === null
    ? null
    : { mg: Number(number!.replace(",", "")) * times, perKg: !!(kg ?? kgToo), perDay };
}

function timesADay(words: string): number | null {
  if (/twice|b\.?i\.?d/.test(words)) return 2;
  if (/three times|t\.?i\.?d/.test(words)) return 3;
  const n = Number(/\d+/.exec(words)?.[0] ?? (/other/.test(words) ? 2 : 1));
  if (/h(?:ours?)?$/.test(words) && !/month/.test(words)) return 24 / n;
  if (/month|mo\b/.test(words)) return 1 / (30.4 * n);
  if (/w/.test(words)) return 1 / (7 * n);
  return 1 / n;
}

/** A dose by weight beside one that is not: by the newest weight of the chart. */
function inKind(dose: Dose, limit: Dose, chart: Chart): Dose | null {
  if (dose.perKg === limit.perKg) return dose;
  const kg = weightOf(chart);
  if (kg === null) return null;
  return limit.perKg
    ? { ...dose, mg: dose.mg / kg, perKg: true }
    : { ...dose, mg: dose.mg * kg, perKg: false };
}

function weightOf(chart: Chart): number | null {
  const [newest] = (chart.byConcept.get("weight") ?? [])
    .filter((fact: Fact) => fact.assertion === "present" && fact.value?.low !== undefined && dayOf(fact))
    .sort((a, b) => dayOf(b)!.localeCompare(dayOf(a)!));
  if (!newest) return null;
  return /^lb/.test(newest.value!.unit ?? "") ? newest.value!.low! * 0.45359237 : newest.value!.low!;
}
