import { addDays, daysBetween, longDate, type PlainDate, parseDate, partsOf } from "#base";
import type { Threshold } from "./thresholds.ts";
import type { CourseRow, EventMark, ValueRow } from "./timeline-rows.ts";
import { box, ink, label, line, round, shortened, widthOf } from "./timeline-svg.ts";

/** A look-back that criteria set, with their labels. */
export type Window = { days: number; words: string; labels: string[] };
/** Values of one thing, and the threshold of the criterion they decide. */
export type Plot = { row: ValueRow; limit: Threshold["test"] | null; criterion: string };
/** Days to places from left to right. */
export type Scale = { x: (day: PlainDate) => number; from: PlainDate; to: PlainDate };

export const wide = 760;
export const left = 148;
export const right = 748;

export function shadeWindows(
  windows: readonly Window[],
  requested: PlainDate,
  scale: Scale,
  top: number,
  bottom: number,
): string[] {
  return windows.map(({ days }) => {
    const x = scale.x(addDays(requested, -days));
    return box(x, top, scale.x(requested) - x, bottom - top, ink.band, ' opacity="0.75"');
  });
}

export function drawWindows(
  windows: readonly Window[],
  requested: PlainDate,
  scale: Scale,
  y: number,
  body: string[],
): number {
  for (const { days, words, labels } of windows) {
    const x = scale.x(addDays(requested, -days));
    const end = scale.x(requested);
    const said = `${words} before the request (${labels.length > 1 ? "criteria" : "criterion"} ${labels.join(", ")})`;
    body.push(
      line(x, y + 12, end, y + 12, ink.faint, "", 1.2),
      line(x, y + 8, x, y + 16, ink.faint),
      line(end, y + 8, end, y + 16, ink.faint),
    );
    const outside = widthOf(said, 10) > end - x - 4;
    body.push(
      outside
        ? label(x - 4, y + 15, shortened(said, x - left + 130, 10), {
            size: 10,
            fill: ink.faint,
            anchor: "end",
          })
        : label((x + end) / 2, y + 8, said, { size: 10, fill: ink.faint, anchor: "middle" }),
    );
    y += 18;
  }
  return y + 6;
}

const costs = /\b(?:cost|copay|co-pay|afford|price|insurance)/i;

export function drawCourses(courses: readonly CourseRow[], scale: Scale, y: number, body: string[]): number {
  for (const { name, stretches, ending, limits } of courses) {
    body.push(
      label(left - 8, y + 15, shortened(name, left - 16, 12), { size: 12, weight: 600, anchor: "end" }),
    );
    stretches.forEach((stretch, at) => {
      const x = scale.x(stretch.from);
      const end = Math.max(scale.x(stretch.to), x + 4);
      const last = at === stretches.length - 1;
      const ended = last && ending && !stretch.open;
      const fill = !ended ? ink.bar : costs.test(ending.reason) ? "url(#cost)" : "url(#ended)";
      body.push(
        box(
          x,
          y + 3 + (at % 2) * 2,
          end - x,
          14 - (at % 2) * 4,
          fill,
          ` rx="2" stroke="#ffffff" stroke-width="0.8"`,
        ),
      );
      if (stretch.dose && fitsInside(stretch, scale) && !ended)
        body.push(label(x + 4, y + 13.5, stretch.dose, { size: 9.5, fill: "#ffffff" }));
      else if (stretch.dose)
        body.push(
          label(x, y + 27, shortened(stretch.dose, nextRoom(stretches, at, scale), 9), {
            size: 9,
            fill: ink.faint,
          }),
        );
      if (last && stretch.open && end < right - 6)
        body.push(`<path d="M${end} ${y + 5}l7 5l-7 5z" fill="${ink.bar}"/>`);
    });
    for (const { on } of limits) body.push(cross(scale.x(on), y + 10, 3));
    if (ending) drawEnding(ending, scale, y, body);
    y += 31;
  }
  return y + 4;
}

/** A dose is written inside its bar where the bar is long enough. */
const fitsInside = ({ from, to, dose }: CourseRow["stretches"][number], scale: Scale): boolean =>
  scale.x(to) - scale.x(from) > widthOf(dose, 9.5) + 6;

/** Room below a bar until the next dose that is written below. */
function nextRoom(stretches: CourseRow["stretches"], at: number, scale: Scale): number {
  const next = stretches.slice(at + 1).find((one) => !fitsInside(one, scale));
  return Math.max(14, (next ? scale.x(next.from) : right + 10) - scale.x(stretches[at]!.from) - 4);
}

const cross = (x: number, y: number, half: number): string =>
  `<path d="M${round(x - half)} ${y - half}l${2 * half} ${2 * half}m0 -${2 * half}l-${2 * half} ${2 * half}" stroke="${ink.mark}" stroke-width="2" fill="none"/>`;

function drawEnding(ending: NonNullable<CourseRow["ending"]>, scale: Scale, y: number, body: string[]): void {
  const x = scale.x(ending.on);
  const outcome = ending.outcome === "unspecified" ? "" : ending.outcome.replace("-", " ");
  const reason = ending.reason?.toLowerCase() === outcome ? "" : ending.reason;
  const said = ["stopped", [outcome, reason].filter(Boolean).join(", ")].filter(Boolean).join(": ");
  body.push(cross(x, y + 10, 4));
  const room = right - x - 10;
  if (room > 90) body.push(label(x + 8, y + 14, shortened(said, room, 10), { size: 10, fill: ink.mark }));
  else
    body.push(
      label(x - 8, y + 27, shortened(said, x - left, 10), { size: 10, fill: ink.mark, anchor: "end" }),
    );
}

export function drawEvents(events: readonly EventMark[], scale: Scale, y: number, body: string[]): number {
  const shown = events.filter(({ on }) => on >= scale.from);
  if (shown.length === 0) return y;
  body.push(label(left - 8, y + 15, "Procedures, tests", { size: 12, weight: 600, anchor: "end" }));
  const ends = [0, 0, 0];
  for (const { on, name } of shown) {
    const x = scale.x(on);
    const tail = x + widthOf(name, 9.5) + 10 > right;
    const start = tail ? x - widthOf(name, 9.5) - 10 : x;
    const lane = Math.max(
      0,
      ends.findIndex((end) => end < start),
    );
    ends[lane] = tail ? x + 8 : x + widthOf(name, 9.5) + 14;
    const at = y + 10 + lane * 14;
    body.push(`<path d="M${x} ${at - 5}l5 5l-5 5l-5 -5z" fill="${ink.text}"/>`);
    body.push(label(tail ? x - 8 : x + 8, at + 3.5, name, { size: 9.5, anchor: tail ? "end" : "start" }));
  }
  return y + 16 + 14 * ends.filter((end) => end > 0).length;
}

/** The leftmost place for words of this width that keeps clear of the points and their numbers. */
function freeOf(taken: readonly number[], width: number): number {
  for (let x = left + 2; x + width < right; x += 12)
    if (taken.every((at) => at < x - 16 || at > x + width + 16)) return x;
  return left + 2;
}

export function drawPlot({ row, limit, criterion }: Plot, scale: Scale, y: number, body: string[]): number {
  const high = 54;
  const bounds = limit
    ? [limit.value, limit.low, limit.high].filter((n): n is number => n !== undefined)
    : [];
  const points = row.points.filter(({ on }) => on >= scale.from);
  const middle = ({ low, high: top }: ValueRow["points"][number]) => (low + top) / 2;
  if (points.length === 0) return y;
  const all = [
    ...points.flatMap(({ low, high: top }) => [low, top]),
    ...bounds.map((bound) => inUnit(bound, row, limit)),
  ];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const pad = (most - least || Math.abs(most) || 1) * 0.15;
  const at = (n: number) => y + high - ((n - least + pad) / (most - least + 2 * pad)) * high;
  body.push(
    label(left - 8, y + 22, shortened(conceptName(row.concept), left - 16, 12), {
      size: 12,
      weight: 600,
      anchor: "end",
    }),
  );
  body.push(label(left - 8, y + 36, row.unit, { size: 10, fill: ink.faint, anchor: "end" }));
  body.push(line(left, y + high + 4, right, y + high + 4));
  for (const bound of bounds) {
    const level = at(inUnit(bound, row, limit));
    body.push(line(left, level, right, level, ink.mark, "5 3"));
    const words = `${bound}${limit?.unit ? ` ${limit.unit}` : ""} · criterion ${criterion}`;
    const near = points.filter((point) => Math.abs(at(middle(point)) - level) < 24);
    const x = freeOf(
      near.map(({ on }) => scale.x(on)),
      widthOf(words, 9),
    );
    const below = bound === limit?.low ? 9.5 : -2.5;
    body.push(label(x, level + below, words, { size: 9, fill: ink.mark, halo: true }));
  }
  if (points.length > 1)
    body.push(
      `<polyline fill="none" stroke="${ink.bar}" stroke-width="1.4" points="${points.map((point) => `${round(scale.x(point.on))},${round(at(middle(point)))}`).join(" ")}"/>`,
    );
  let free = right + 20;
  for (const point of points.toReversed()) {
    const x = scale.x(point.on);
    body.push(
      `<circle cx="${round(x)}" cy="${round(at(middle(point)))}" r="3.4" fill="#ffffff" stroke="${ink.bar}" stroke-width="1.8"/>`,
    );
    const words = point.low === point.high ? `${point.low}` : `${point.low}–${point.high}`;
    const half = widthOf(words, 10) / 2;
    const middleOfLabel = Math.min(x, right - half);
    if (middleOfLabel + half > free) continue;
    body.push(
      label(middleOfLabel, at(middle(point)) - 6.5, words, {
        size: 10,
        weight: 600,
        anchor: "middle",
        halo: true,
      }),
    );
    free = middleOfLabel - half - 3;
  }
  return y + high + 16;
}

/** A bound in the unit in which the row is written: centimetres and millimetres are told apart by the unit alone. */
function inUnit(bound: number, row: ValueRow, limit: Threshold["test"] | null): number {
  if (limit?.unit === "mm" && row.unit.toLowerCase() === "cm") return bound / 10;
  if (limit?.unit === "cm" && row.unit.toLowerCase() === "mm") return bound * 10;
  return bound;
}

export const conceptName = (concept: string): string =>
  (concept.length <= 6 ? concept.toUpperCase() : concept).replaceAll("_", " ");

export function drawAxis(
  scale: Scale,
  requested: PlainDate,
  asOf: PlainDate,
  top: number,
  bottom: number,
): { drawn: string[]; bottom: number } {
  const drawn: string[] = [line(left, bottom, right, bottom, ink.faint)];
  const months = daysBetween(scale.from, scale.to) / 30.4;
  const step = months > 30 ? 6 : months > 14 ? 3 : months > 7 ? 2 : 1;
  const { year, month } = partsOf(scale.from);
  for (let at = 0; at < 80; at++) {
    const count = year * 12 + month - 1 + at;
    const day = parseDate(`${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-01`)!;
    if (day > scale.to) break;
    if (day < scale.from || count % step !== 0) continue;
    const x = scale.x(day);
    drawn.push(line(x, top, x, bottom, ink.line, "1 3"));
    const name = longDate(day).slice(0, 3);
    drawn.push(
      label(x, bottom + 13, `${name} ${day.slice(0, 4)}`, { size: 9.5, fill: ink.faint, anchor: "middle" }),
    );
  }
  const marks: [PlainDate, string][] =
    requested === asOf
      ? [[asOf, "today"]]
      : [
          [requested, "request"],
          [asOf, "today"],
        ];
  for (const [day, name] of marks) {
    const x = scale.x(day);
    const today = name === "today";
    drawn.push(line(x, top - 6, x, bottom, ink.text, today ? "2 2" : "", 1.4));
    drawn.push(
      label(x + (today ? 0 : -4), top - 9, name, { size: 10, weight: 700, anchor: today ? "middle" : "end" }),
    );
  }
  return { drawn, bottom };
}

export function drawLegend(y: number, body: string[]): number {
  const items: [string, string][] = [
    [box(0, 0, 18, 9, ink.bar, ' rx="2"'), "taken, dose inside or below"],
    [box(0, 0, 18, 9, "url(#ended)", ' rx="2"'), "ended, with the reason"],
    [box(0, 0, 18, 9, "url(#cost)", ' rx="2"'), "ended for cost"],
    [`<path d="M4 0l7 5l-7 5z" fill="${ink.bar}"/>`, "still taken on the last documented day"],
  ];
  let x = 12;
  for (const [sign, words] of items) {
    body.push(
      `<g transform="translate(${x} ${y})">${sign}</g>`,
      label(x + 24, y + 8.5, words, { size: 10, fill: ink.faint }),
    );
    x += 36 + widthOf(words, 10);
  }
  return y + 14;
}
