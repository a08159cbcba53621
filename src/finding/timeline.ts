import { addDays, addMonths, daysBetween, later, longDate, type PlainDate, parseDate } from "#base";
import type { Criterion, Policy } from "#policy";
import type { Fact } from "#record";
import { convert } from "./evaluate/units.ts";
import { type Threshold, thresholdsIn } from "./thresholds.ts";
import {
  conceptName,
  drawAxis,
  drawCourses,
  drawEvents,
  drawLegend,
  drawPlot,
  drawWindows,
  left,
  type Plot,
  right,
  type Scale,
  shadeWindows,
  type Window,
  wide,
} from "./timeline-draw.ts";
import {
  type CourseRow,
  courseRows,
  type Ending,
  type EventMark,
  eventMarks,
  type ValueRow,
  valueRows,
} from "./timeline-rows.ts";
import { ink, label, picture } from "./timeline-svg.ts";
import { childrenOf } from "./tree.ts";
import type { Findings } from "./types.ts";
import { windowIn } from "./windows.ts";

export type TimelineInput = {
  facts: readonly Fact[];
  findings: Findings | null;
  policy: Policy | null;
  asOf: string;
  /** The day the service was asked for; windows end there. Without it, `asOf`. */
  requestedOn?: string | undefined;
};

/** Older beginnings are cut at the left edge, so that the deciding months stay readable. */
const longestMonths = 36;

/**
 * Courses, doses, outcomes and key values over time, with the windows of the criteria. `null` when the record holds
 * neither a course nor two dated values. Letter width; nothing is said by colour alone.
 */
export function timelineSvg(input: TimelineInput): string | null {
  const asOf = parseDate(input.asOf);
  if (!asOf) return null;
  const requested = parseDate(input.requestedOn ?? "") ?? asOf;
  const courses = courseRows(input.facts, asOf).slice(-14);
  const plots = plotsOf(input, asOf).slice(0, 4);
  const events = eventMarks(input.facts, asOf);
  if (courses.length === 0 && plots.every(({ row }) => row.points.length < 2)) return null;
  const scale = scaleOf(courses, plots, events, requested, asOf);
  const windows = input.policy ? windowsOf(input.policy) : [];
  const body: string[] = [];
  let y = 62;
  const top = y;
  y = drawWindows(windows, requested, scale, y, body);
  y = drawCourses(courses, scale, y, body);
  y = drawEvents(events, scale, y, body);
  for (const plot of plots) y = drawPlot(plot, scale, y, body);
  const frame = drawAxis(scale, requested, asOf, top, y);
  y = drawLegend(y + 30, body);
  const title = "Treatment and test timeline";
  const words = describe(courses, plots, events, windows, requested);
  const head = [
    label(12, 22, title, { size: 16, weight: 700 }),
    label(
      12,
      38,
      `${longDate(scale.from)} to ${longDate(asOf)}. Every bar and point is a dated statement of the record.`,
      { fill: ink.faint },
    ),
  ];
  return picture(wide, y + 8, title, words, [
    ...shadeWindows(windows, requested, scale, top, frame.bottom),
    ...head,
    ...frame.drawn,
    ...body,
  ]);
}

function scaleOf(
  courses: readonly CourseRow[],
  plots: readonly Plot[],
  events: readonly EventMark[],
  requested: PlainDate,
  asOf: PlainDate,
): Scale {
  const days = [
    ...courses.flatMap(({ stretches }) => stretches.map(({ from }) => from)),
    ...plots.flatMap(({ row }) => row.points.map(({ on }) => on)),
    ...events.map(({ on }) => on),
    addDays(requested, -30),
  ].sort();
  const start = courses[0]?.stretches[0]?.from;
  const widest = addMonths(asOf, -longestMonths, "last-of-month");
  const earliest = start ? later(widest, addDays(start, -150)) : widest;
  const first = days.find((day) => day >= earliest) ?? earliest;
  const from = addDays(first, -12);
  const to = addDays(asOf, 12);
  const span = Math.max(1, daysBetween(from, to));
  return {
    from,
    to,
    x: (day) => left + ((right - left) * Math.min(span, Math.max(0, daysBetween(from, day)))) / span,
  };
}

/** Concepts that decided a criterion, each with the threshold of that criterion. */
function plotsOf({ facts, findings, policy }: TimelineInput, asOf: PlainDate): Plot[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const texts = new Map(policy ? leavesOf(policy.criteria).map((leaf) => [leaf.id, leaf]) : []);
  const plots = new Map<string, { limit: Threshold["test"] | null; criterion: string }>();
  for (const finding of findings?.findings ?? []) {
    const leaf = texts.get(finding.criterion);
    for (const { fact } of [...finding.for, ...finding.against]) {
      const known = fact ? byId.get(fact) : undefined;
      if (!leaf || !known?.value || known.value.low === undefined || plots.has(known.concept)) continue;
      const limits = thresholdsIn(leaf.text);
      plots.set(known.concept, {
        limit: limits.length === 1 ? limits[0]!.test : null,
        criterion: nameOf(leaf),
      });
    }
  }
  const rows = valueRows(facts, [...plots.keys()], asOf);
  return rows
    .map((row) => ({ row, ...plots.get(row.concept)! }))
    .map((plot) => ({
      ...plot,
      row: { ...plot.row, points: plot.row.points.filter((point) => !repeats(point, plot)) },
    }))
    .filter(({ row }) => row.points.length > 0)
    .sort(
      (a, b) =>
        Number(b.limit !== null) - Number(a.limit !== null) || b.row.points.length - a.row.points.length,
    );
}

/** A note that repeats the policy's own bounds measures nothing. */
function repeats({ low, high }: ValueRow["points"][number], { limit, row }: Plot): boolean {
  if (!limit) return false;
  if (limit.cmp === "between") return low === limit.low && high === limit.high;
  return (
    limit.value !== undefined &&
    convert(limit.value, limit.unit, row.unit) === low &&
    limit.unit !== row.unit.toLowerCase()
  );
}

const leavesOf = (node: Criterion): Criterion[] => {
  const children = childrenOf(node);
  return children.length === 0 ? [node] : children.flatMap(leavesOf);
};

const nameOf = (leaf: Criterion): string => (leaf.label ?? leaf.id).replace(/[.)\s]+$/, "");

function windowsOf(policy: Policy): Window[] {
  const byDays = new Map<number, Window>();
  for (const leaf of leavesOf(policy.criteria)) {
    const found = windowIn(leaf.text);
    const days = found?.days ?? ("test" in leaf ? leaf.test.maxAgeDays : undefined);
    if (days === undefined || days > 800) continue;
    const known = byDays.get(days) ?? { days, words: found?.words ?? `${days} days`, labels: [] };
    known.labels.push(nameOf(leaf));
    byDays.set(days, known);
  }
  return [...byDays.values()].sort((a, b) => b.days - a.days).slice(0, 3);
}

/** The picture in words, for those who do not see it. */
function describe(
  courses: readonly CourseRow[],
  plots: readonly Plot[],
  events: readonly EventMark[],
  windows: readonly Window[],
  requested: PlainDate,
): string {
  const said = ({ on, outcome, reason }: Ending) =>
    `stopped ${on}${outcome === "unspecified" ? "" : `, ${outcome}`}${reason ? `, ${reason}` : ""}`;
  const drugs = courses.map(({ name, stretches, ending, limits }) => {
    const parts = stretches.map(
      ({ from, to, dose, open }) =>
        `${dose || "dose not stated"} from ${from} to ${to}${open ? ", still taken then" : ""}`,
    );
    return `${name}: ${[...parts, ...limits.map(said), ...(ending ? [said(ending)] : [])].join("; ")}.`;
  });
  const values = plots.map(
    ({ row }) =>
      `${conceptName(row.concept)}: ${row.points.map(({ on, low, high }) => `${low === high ? low : `${low} to ${high}`}${row.unit ? ` ${row.unit}` : ""} on ${on}`).join(", ")}.`,
  );
  const happened =
    events.length > 0
      ? [`Procedures and stays: ${events.map(({ on, name }) => `${name} ${on}`).join(", ")}.`]
      : [];
  const asked = windows.map(
    ({ words, labels }) =>
      `Criterion ${labels.join(", ")} looks back ${words} from the request of ${requested}.`,
  );
  return [...drugs, ...happened, ...values, ...asked].join(" ");
}
