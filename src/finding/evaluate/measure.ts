import { daysBetween } from "#base";
import type { Test } from "#policy";
import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf } from "../chart.ts";
import { convert } from "./units.ts";
import { type Evaluate, factsFor, holds, newestFirst, unknown, type Verdict } from "./verdict.ts";

/** How one reading stands to a threshold: all of a range must pass; a range that straddles it decides nothing. */
export type Standing = "passes" | "fails" | "straddles";

/**
 * Thresholds keep their strictness: 50 is not below 50. An open end ("<20%") is compared as it is written.
 */
export function standing(value: NonNullable<Fact["value"]>, test: Test): Standing | null {
  const low = read(value.low ?? value.high, value, test);
  const high = read(value.high ?? value.low, value, test);
  if (low === null || high === null) return null;
  const passes = [low, high].map((number) => holdsFor(number, test));
  if (passes.includes(null)) return null;
  if (passes.every(Boolean)) return "passes";
  return passes.some(Boolean) || spans(low, high, test) ? "straddles" : "fails";
}

function read(number: number | undefined, value: NonNullable<Fact["value"]>, test: Test): number | null {
  if (number === undefined) return null;
  return convert(number, value.unit, test.unit);
}

const spans = (low: number, high: number, test: Test) =>
  test.cmp === "between" &&
  low < (test.low ?? Number.NEGATIVE_INFINITY) &&
  high > (test.high ?? Number.POSITIVE_INFINITY);

function holdsFor(number: number, test: Test): boolean | null {
  const { value } = test;
  switch (test.cmp) {
    case ">=":
      return value === undefined ? null : number >= value;
    case ">":
      return value === undefined ? null : number > value;
    case "<=":
      return value === undefined ? null : number <= value;
    case "<":
      return value === undefined ? null : number < value;
    case "between":
      return (
        number >= (test.low ?? Number.NEGATIVE_INFINITY) && number <= (test.high ?? Number.POSITIVE_INFINITY)
      );
    default:
      return null;
  }
}

/** "LVEF > 35%" does not show 35% or less; the highest ever, an aim, a percentile and an estimate are no measurement of now. */
export function isOfNow({ from }: Fact, test: Test, chart: Chart, words: string): boolean {
  const quote = from[0]?.quote ?? "";
  if (/^<=?$/.test(test.cmp ?? "") && /[>≥]|\b(?:greater|more|above|over)\b/i.test(quote)) return false;
  if (/^>=?$/.test(test.cmp ?? "") && /[<≤]|\b(?:less|below|under)\b/i.test(quote)) return false;
  if (ever.test(words)) return true;
  return !from.some((at) =>
    chart.index.sentences.some(({ sentence }) => {
      if (sentence.document !== at.document || at.start < sentence.start || at.end > sentence.end)
        return false;
      const offset = at.start - sentence.start;
      const [before, after] = [
        sentence.text.slice(0, offset),
        sentence.text.slice(offset, at.end - sentence.start + 30),
      ];
      return notNow.test(before) || /^\S+ percentile/i.test(after);
    }),
  );
}
const ever =
  /\b(?:highest|maximum|peak|baseline|pre-?treatment|untreated|before|prior|history|ever|at diagnosis|initial|percentile|estimated)\b/i;
const notNow = /\b(?:highest|heaviest|peak|estimated|projected|ideal)\W*$/i;

/** A number with unit, direction, timing and recency: the newest measurement inside the window decides. */
export const measure: Evaluate = (test, chart, words) => {
  const readings = newestFirst(
    factsFor(test, chart).filter(
      (fact) => holds(fact) && fact.value !== undefined && isOfNow(fact, test, chart, words),
    ),
  );
  return decideBy(readings, test, chart, (fact) => standing(fact.value!, test));
};

/** An ordinal or scored instrument: by number, or by the classes that count. */
export const scale: Evaluate = (test, chart) => {
  const readings = newestFirst(
    factsFor(test, chart).filter((fact) => holds(fact) && fact.value !== undefined),
  );
  return decideBy(readings, test, chart, (fact) =>
    test.values && test.values.length > 0 ? amongClasses(fact, test.values) : standing(fact.value!, test),
  );
};

const roman: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5 };
/** "IVa", "3+", "class II" → the grade as a number. */
export function gradeOf(text: string): number | null {
  const found = /\b(iv|iii|ii|i|v)(?=[abc]?\b)|(\d+(?:\.\d+)?)/i.exec(text);
  if (!found) return null;
  return found[1] ? roman[found[1].toLowerCase()]! : Number(found[2]);
}

function amongClasses(fact: Fact, values: string[]): Standing | null {
  const wanted = values.map(gradeOf).filter((grade) => grade !== null);
  const { low, high, text } = fact.value!;
  const from = low ?? high ?? (text ? gradeOf(text) : null);
  const to = high ?? low ?? from;
  if (from === null || to === null || to === undefined || from === undefined) {
    if (!text) return null;
    return values.some((value) => text.toLowerCase().includes(value.toLowerCase())) ? "passes" : null;
  }
  const inside = wanted.filter((grade) => grade >= from && grade <= to).length;
  const possible = Math.floor(to) - Math.ceil(from) + 1;
  if (inside >= Math.max(1, possible)) return "passes";
  return inside > 0 ? "straddles" : "fails";
}

/**
 * The newest day inside the window decides. Readings of that day that disagree are a conflict; older ones that would
 * have changed the answer are disclosed with what superseded them.
 */
export function decideBy(
  readings: readonly Fact[],
  test: Test,
  chart: Chart,
  stand: (fact: Fact) => Standing | null,
): Verdict {
  const judged = readings
    .map((fact) => ({ fact, day: dayOf(fact), stands: stand(fact) }))
    .filter(({ stands }) => stands);
  if (judged.length === 0)
    return unknown(
      readings.slice(0, 3).map((fact) => evidenceOf(fact, "the same measurement, not in comparable form")),
    );
  const limit = test.maxAgeDays;
  const inside = judged.filter(({ day }) =>
    limit === undefined ? true : day !== null && daysBetween(day, chart.requestedOn) <= limit,
  );
  if (inside.length === 0)
    return unknown(
      judged
        .slice(0, 3)
        .map(({ fact, day }) => evidenceOf(fact, day ? `older than the window (${day})` : "not dated")),
      `a measurement within ${limit} days before the request`,
    );
  const newest = inside[0]!.day;
  const sameDay = inside.filter(({ day }) => day === newest);
  const passing = sameDay.filter(({ stands }) => stands === "passes");
  const failing = sameDay.filter(({ stands }) => stands === "fails");
  const straddling = sameDay.filter(({ stands }) => stands === "straddles");
  const say = (list: typeof judged, why: string) => list.slice(0, 4).map(({ fact }) => evidenceOf(fact, why));
  const on = newest ? ` (${newest})` : "";
  if (passing.length > 0 && failing.length > 0)
    return {
      status: "conflicting",
      for: say(passing, `meets the threshold${on}`),
      against: say(failing, `does not meet the threshold${on}`),
      candidates: [],
    };
  const older = judged.filter((one) => !sameDay.includes(one));
  if (passing.length > 0 && straddling.length === 0)
    return {
      status: "met",
      for: say(passing, `newest value meets the threshold${on}`),
      against: say(
        older.filter(({ stands }) => stands === "fails"),
        `older value, superseded by ${newest ?? "a later one"}`,
      ),
      candidates: [],
    };
  if (failing.length > 0 && straddling.length === 0)
    return {
      status: "not-met",
      for: say(
        older.filter(({ stands }) => stands === "passes"),
        `older value, superseded by ${newest ?? "a later one"}`,
      ),
      against: say(failing, `newest value does not meet the threshold${on}`),
      candidates: [],
    };
  return unknown(say(sameDay, "a range that lies on both sides of the threshold"), "an exact value");
}
