import { daysBetween, type PlainDate, parseDate } from "#base";
import type { Fact } from "#record";
import { convert } from "./evaluate/units.ts";

/** One stretch of a drug at one dose. `open`: still taken on the last day that a document proves. */
export type Stretch = { from: PlainDate; to: PlainDate; dose: string; open: boolean; guessedStart: boolean };

/** All that is drawn of one ingredient. */
export type CourseRow = {
  name: string;
  stretches: Stretch[];
  /** Why it ended, in the record's words, and the day. */
  ending: Ending | null;
  /** Stops on the way: doses that were tried and given up. */
  limits: Ending[];
};

export type Ending = { on: PlainDate; outcome: string; reason: string };

/** Values of one measured thing over time. */
export type ValueRow = {
  concept: string;
  unit: string;
  points: { on: PlainDate; low: number; high: number }[];
};

/** A dated happening: procedure, device, hospital stay. */
export type EventMark = { on: PlainDate; name: string };

const isTaken = (fact: Fact) =>
  fact.type === "medication" && (fact.assertion === "present" || fact.assertion === "historical");

const dayIn = (text: string | null | undefined, until: PlainDate): PlainDate | null => {
  const day = parseDate(text ?? "");
  return day && day <= until ? day : null;
};

/** Courses by ingredient, the earliest first. Drugs that appear on one day only, without dose change or end, are left out. */
export function courseRows(facts: readonly Fact[], until: PlainDate): CourseRow[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts)
    if (isTaken(fact)) groups.set(fact.concept, [...(groups.get(fact.concept) ?? []), fact]);
  return [...groups]
    .map(([name, list]) => rowOf(name, list, until))
    .filter((row): row is CourseRow => row !== null)
    .sort((a, b) => a.stretches[0]!.from.localeCompare(b.stretches[0]!.from));
}

type Sight = { on: PlainDate; dose: string; started: boolean };

function rowOf(name: string, facts: readonly Fact[], until: PlainDate): CourseRow | null {
  const sights = facts
    .flatMap((fact) => sightsOf(fact, until))
    .sort((a, b) => a.on.localeCompare(b.on) || Number(b.started) - Number(a.started));
  if (sights.length === 0) return null;
  const stops = facts.flatMap((fact) => {
    const on =
      dayIn(fact.course?.stop, until) ??
      (fact.course?.status === "stopped" ? dayIn(fact.when.latest, until) : null);
    return on
      ? [{ on, outcome: fact.course?.outcome ?? "unspecified", reason: fact.course?.reason ?? "" }]
      : [];
  });
  const stretches = stretchesOf(sights, stops.map(({ on }) => on).sort());
  if (stretches.length === 0) return null;
  const lastSeen = sights.at(-1)!.on;
  const ending =
    stops
      .sort((a, b) => weight(b) - weight(a) || b.on.localeCompare(a.on))
      .find(({ on }) => on >= lastSeen) ?? null;
  const single = stretches.length === 1 && stretches[0]!.from === stretches[0]!.to;
  if (single && !ending) return null;
  if (ending) stretches.at(-1)!.open = false;
  const limits = stops.filter((stop) => stop !== ending && stop.on < lastSeen && weight(stop) > 0);
  return { name, stretches, ending, limits };
}

const weight = ({ outcome, reason }: { outcome: string; reason: string }) =>
  Number(outcome !== "unspecified") + Number(reason !== "");

function sightsOf(fact: Fact, until: PlainDate): Sight[] {
  const dose = plainDose(fact.course?.dose ?? "");
  const start = dayIn(fact.course?.start, until);
  const seen = fact.course?.status === "stopped" ? null : dayIn(fact.when.latest, until);
  return [
    ...(start ? [{ on: start, dose, started: true }] : []),
    ...(seen && seen !== start ? [{ on: seen, dose, started: false }] : []),
  ];
}

/** A new stretch begins where the dose changes or a stop lies between. */
function stretchesOf(sights: readonly Sight[], stops: readonly PlainDate[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const sight of sights) {
    const last = stretches.at(-1);
    const stop = last && stops.find((on) => on > last.from && on <= sight.on);
    const same = last && sameDose(sight.dose, last.dose);
    if (last && same && !(stop && sight.started)) {
      if (sight.on > last.to) last.to = sight.on;
      if (sight.dose.length > last.dose.length) last.dose = sight.dose;
    } else if (!last || sight.started || sight.on > last.to) {
      if (last) {
        last.open = false;
        if (!stop || stop > sight.on) last.to = sight.on;
        else if (stop > last.to) last.to = stop;
      }
      stretches.push({
        from: sight.on,
        to: sight.on,
        dose: sight.dose,
        open: true,
        guessedStart: !sight.started,
      });
    }
  }
  const last = stretches.at(-1);
  const stop = last && stops.findLast((on) => on >= last.to);
  if (last && stop) {
    last.to = stop;
    last.open = false;
  }
  return stretches;
}

/** The amount decides where one of the two does not say how often; an unstated dose is no change. */
function sameDose(a: string, b: string): boolean {
  if (a === "" || b === "" || a === b) return true;
  const bare = (dose: string) => dose.replace(/\s*(?:BID|daily|nightly|weekly)\b.*$/, "");
  return bare(a) === bare(b) && (bare(a) === a || bare(b) === b);
}

/** "12.5 BID." and "12.5 mg twice daily" are one dose. */
export function plainDose(dose: string): string {
  return dose
    .toLowerCase()
    .replace(/[.,;]+$/, "")
    .replace(/\btwice (?:a day|daily)\b|\bbid\b/g, "BID")
    .replace(/\bonce (?:a day|daily)\b|\bqd\b|\bevery day\b/g, "daily")
    .replace(/(\d)\s+(?!mg|mcg|g\b|units?|ml|%)(BID|daily)/g, "$1 mg $2")
    .replace(/^(\d[\d./]*)$/, "$1 mg")
    .trim();
}

const tidy = (n: number): number => Number(n.toPrecision(6));

/** Dated values of the concepts, each with at least one point; the concepts keep their order. */
export function valueRows(facts: readonly Fact[], concepts: readonly string[], until: PlainDate): ValueRow[] {
  return concepts.flatMap((concept) => {
    const points = new Map<string, { on: PlainDate; low: number; high: number }>();
    let unit = "";
    for (const fact of facts) {
      if (fact.concept !== concept || (fact.assertion !== "present" && fact.assertion !== "historical"))
        continue;
      const on = dayIn(fact.when.latest ?? fact.when.earliest, until);
      const low = fact.value?.low ?? fact.value?.high;
      if (!on || low === undefined) continue;
      const high = fact.value?.high ?? low;
      unit ||= fact.value?.unit ?? "";
      const [from, to] = [
        convert(low, fact.value?.unit, unit || undefined),
        convert(high, fact.value?.unit, unit || undefined),
      ];
      if (from !== null && to !== null)
        points.set(`${on} ${from} ${to}`, { on, low: tidy(from), high: tidy(to) });
    }
    const sorted = [...points.values()].sort((a, b) => a.on.localeCompare(b.on));
    return sorted.length > 0 ? [{ concept, unit, points: sorted }] : [];
  });
}

export function eventMarks(facts: readonly Fact[], until: PlainDate): EventMark[] {
  const seen = new Set<string>();
  return facts
    .filter(
      ({ type, assertion }) =>
        (type === "procedure" || type === "encounter") &&
        (assertion === "present" || assertion === "historical"),
    )
    .flatMap((fact) => {
      const on = dayIn(fact.when.earliest, until);
      const exact =
        on && (fact.when.latest === null || daysBetween(on, parseDate(fact.when.latest) ?? on) <= 10);
      const key = `${fact.concept} ${on}`;
      if (!on || !exact || seen.has(key)) return [];
      seen.add(key);
      return [{ on, name: fact.text.replace(/\s+/g, " ").slice(0, 26) }];
    })
    .sort((a, b) => a.on.localeCompare(b.on))
    .slice(-8);
}
