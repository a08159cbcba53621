import { daysBetween } from "#base";
import type { Fact } from "#record";
import { type Chart, dayOf, evidenceOf } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { met, notMet, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";

const asks =
  /\b(?:adheren\w+|complian\w+|consistent(?:ly)? (?:use[ds]?|fill\w*|taking)|regular(?:ly)? (?:use[ds]?|fill\w*))\b|\b(?:paid claims?|pharmacy (?:claims?|records?|fills?)|refill (?:history|records?)|fill history|claims history)\b[^.;]{0,40}\b(?:show|confirm|support|document|demonstrat)\w*/i;
/** Words of such a criterion that ask for nothing beside the drug and the time. */
const frame =
  /\b(?:the|an?|member|patient|individual|has|have|had|been|is|was|are|with|to|of|for|and|or|by|in|on|as|at|least|past|last|prior|previous|months?|weeks?|days?|adheren\w+|complian\w+|consistent\w*|regular\w*|use[ds]?|using|taking|take[ns]?|fill\w*|refill\w*|history|paid|claims?|pharmacy|records?|prescription|documented|documentation|support\w*|show\w*|shown|confirm\w*|verif\w+|evidence[ds]?|demonstrat\w*|therapy|treatment|regimen|medications?|drugs?|controller|maintenance|maximally|tolerated|daily|dose|current|prescribed|good|inhaled|oral|data|consecutive|within|during|prior|request|through|duration|containing|product)\b|[^a-z]+/gi;
/** Share of days with the drug at hand that counts as adherence everywhere. */
const enoughDays = 0.8;

/**
 * "Adherence to an inhaled corticosteroid and a LABA for at least 3 months": dispensings of each drug asked for that cover four
 * days of five of that time, up to the request. `null`: not asked, or nothing was dispensed.
 */
export function judgeFills(text: string, chart: Chart): Verdict | null {
  if (!asks.test(text) || /\b(?:not|non-?adheren\w*|unless|fail\w*|intoleran\w*)\b/i.test(text)) return null;
  const { wanted, rest } = drugsAsked(text, chart);
  if (wanted.length === 0 || rest.replace(frame, "").length > 3) return null;
  const days = durationsIn(text)[0]?.days ?? 90;
  const covered = wanted.map((drugs) => coverage(drugs, days, chart));
  if (covered.some((one) => one === null)) return null;
  const evidence = covered.flatMap((one) =>
    one!.fills.slice(0, 3).map((fact) => evidenceOf(fact, `${Math.round(100 * one!.share)} % of the days`)),
  );
  if (covered.every((one) => one!.share >= enoughDays)) return met(evidence);
  return covered.some((one) => one!.share < 0.5) ? notMet(evidence) : unknown(evidence);
}

/** The drugs named, those of one kind together; kinds joined by "or" are one. */
function drugsAsked(text: string, chart: Chart): { wanted: string[][]; rest: string } {
  let rest = text.replace(/\([^()]*\)/g, " ");
  const wanted: string[][] = [];
  for (const [name, members] of Object.entries(chart.matching.groups).sort(
    ([a], [b]) => b.length - a.length,
  )) {
    const at = new RegExp(`(?<![\\w-])${name.replace(/[^a-z0-9]+/gi, "[\\s-]+")}s?(?![\\w-])`, "i");
    if (!at.test(rest)) continue;
    rest = rest.replace(at, " ");
    const classes = new Set(members.map((member) => member.toLowerCase()));
    wanted.push([
      ...classes,
      ...[...chart.classOf].filter(([, its]) => classes.has(its)).map(([generic]) => generic),
    ]);
  }
  for (const { key, start, end } of termsOf(rest, chart.strict).filter(({ key }) => key.startsWith("d:"))) {
    wanted.push([key.slice(2).toLowerCase()]);
    rest = `${rest.slice(0, start)}${" ".repeat(end - start)}${rest.slice(end)}`;
  }
  const either = wanted.length > 1 && /\bor\b/i.test(text) && !/\band\b/i.test(text);
  return { wanted: either ? [wanted.flat()] : wanted, rest };
}

/** Share of the days before the last covered one that dispensings cover; the last may not lie long before the request. */
function coverage(
  drugs: readonly string[],
  days: number,
  chart: Chart,
): { share: number; fills: Fact[] } | null {
  const fills = chart.facts
    .filter(
      ({ type, concept, assertion, course }) =>
        type === "medication" &&
        assertion === "present" &&
        course?.daysSupply !== undefined &&
        drugs.includes(concept.toLowerCase()),
    )
    .filter((fact) => (dayOf(fact) ?? "9") <= chart.requestedOn)
    .sort((a, b) => dayOf(b)!.localeCompare(dayOf(a)!));
  if (fills.length === 0) return null;
  const taken = new Set<number>();
  let next = Number.POSITIVE_INFINITY;
  for (const fact of [...fills].reverse()) {
    const from = -daysBetween(dayOf(fact)!, chart.requestedOn);
    // What is picked up early is taken after what was there.
    const begins = Number.isFinite(next) ? Math.max(from, Math.min(next, from + 15)) : from;
    for (let day = begins; day < begins + fact.course!.daysSupply!; day++) taken.add(day);
    next = begins + fact.course!.daysSupply!;
  }
  const last = Math.min(0, Math.max(...taken));
  if (-last > longestGap) return { share: 0, fills };
  let n = 0;
  for (let day = last; day > last - days; day--) if (taken.has(day)) n++;
  return { share: n / days, fills };
}

/** Days without the drug before the request after which a course counts as ended. */
const longestGap = 60;
