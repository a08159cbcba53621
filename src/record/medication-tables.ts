import type { ClinicalDrug } from "#knowledge";
import type { Flow } from "#source";
import { courseOf } from "./courses.ts";
import { bareDose, dosesIn } from "./doses.ts";
import type { Draft } from "./drafts.ts";
import { spansOf } from "./lab-tables.ts";
import type { Lexicon } from "./lexicon.ts";
import { mentionsIn } from "./mentions.ts";
import { dayOf, type Grid, type GridCell, type Role } from "./tables.ts";
import { timesIn } from "./times.ts";
import { tokensOf } from "./tokens.ts";
import type { Fact } from "./types.ts";

/** Medication lists with columns, titration tables and pharmacy fills. */
export function medicationRows(grid: Grid, flow: Flow, lexicon: Lexicon): Draft[] {
  const drugColumn = grid.columns.findIndex(({ role }) => role === "drug");
  if (drugColumn < 0) return [];
  const fills =
    grid.columns.some(({ role }) => role === "days") &&
    grid.columns.some(({ role }) => role === "date" || role === "start");
  return grid.rows.flatMap((row) => {
    const cell = row[drugColumn];
    if (!cell) return [];
    const drugs = drugsIn(cell, lexicon);
    if (drugs.length === 0) return [];
    return fills ? fill(grid, row, cell, drugs[0]!.drugs, flow) : courseRow(grid, row, cell, drugs, flow);
  });
}

type DrugPlace = { drugs: ClinicalDrug[]; start: number; end: number };

function drugsIn(cell: GridCell, lexicon: Lexicon): DrugPlace[] {
  return mentionsIn(cell.text, tokensOf(cell.text), lexicon).flatMap(({ meanings, start, end }) => {
    const drugs = meanings.find((meaning) => meaning.drugs)?.drugs;
    return drugs ? [{ drugs, start, end }] : [];
  });
}

/** One dispensing: date, strength and days' supply. A rejected claim dispensed nothing. */
function fill(
  grid: Grid,
  row: (GridCell | null)[],
  cell: GridCell,
  drugs: ClinicalDrug[],
  flow: Flow,
): Draft[] {
  const at = (role: Role) => row[grid.columns.findIndex((column) => column.role === role)];
  const day = at("date") ?? at("start");
  const when = dayOf(day, grid.visit);
  const days = Number(/\d+/.exec(at("days")?.text ?? "")?.[0]);
  const rejected = row.some(
    (one) =>
      one && /\b(?:reject(?:ed)?|not covered|denied|reversed|returned to stock|cancelled)\b/i.test(one.text),
  );
  const course: NonNullable<Fact["course"]> = {};
  const dose = dosesIn(cell.text)[0]?.text;
  if (dose) course.dose = dose;
  if (when?.earliest && !rejected) course.start = when.earliest;
  if (days > 0 && days < 400 && !rejected) course.daysSupply = days;
  return drugs.map((drug) =>
    draft(
      drug,
      cell.text,
      course,
      rejected ? "absent" : "present",
      when,
      [day, cell, at("days")],
      flow,
      grid,
    ),
  );
}

/** A row of a medication list or titration table: the course, and each other dose that a column tells of. */
function courseRow(
  grid: Grid,
  row: (GridCell | null)[],
  cell: GridCell,
  drugs: DrugPlace[],
  flow: Flow,
): Draft[] {
  if (drugs.length > 1)
    return drugs.flatMap((one, index) => listed(grid, cell, one, drugs[index + 1]?.start, flow));
  const at = (role: Role) => row[grid.columns.findIndex((column) => column.role === role)];
  const names = drugs[0]!.drugs;
  const limit = at("reason")?.text ?? "";
  const clause = [
    cell.text.slice(drugs[0]!.end),
    at("dose")?.text ?? "",
    limit,
    at("stop") ? `stopped ${at("stop")!.text}` : "",
  ]
    .filter((text) => text !== "" && !/^(?:see|none|-|n\/a)/i.test(text))
    .join(", ");
  const stopText =
    row.map((one) => one?.text ?? "").find((text) => /\b(?:stopped|discontinued|d\/c)\b/i.test(text)) ?? "";
  const words = stopText && !clause.includes(stopText) ? `${clause}, ${stopText}` : clause;
  const read = courseOf({
    before: "",
    after: ` ${words}`,
    afterAt: 0,
    beforeAt: 0,
    section: grid.title,
    lead: `${grid.title}:`,
    taken: true,
    times: timesIn(` ${words}`, grid.visit.date),
    context: null,
  });
  const start = dayOf(at("start"), grid.visit)?.earliest;
  const stop = dayOf(at("stop"), grid.visit)?.latest ?? read.course.stop;
  const current = at("dose");
  const course = { ...read.course };
  const dose =
    doseText(current?.text) ??
    doseText(cell.text.slice(drugs[0]!.end)) ??
    (stop ? doseText(at("highest")?.text) : undefined);
  if (dose) course.dose = dose;
  else delete course.dose;
  const since =
    timesIn(current?.text ?? "", grid.visit.date).find(({ kind }) => kind === "since")?.earliest ?? start;
  if (since) course.start = since;
  if (stop) course.stop = stop;
  if (!stop && course.status === "stopped" && !stopText && current && dose) course.status = "active";
  const ended = course.status === "stopped";
  const when = { earliest: course.start ?? grid.visit.date, latest: ended ? (course.stop ?? null) : null };
  const places = [cell, current, at("start"), at("stop"), at("reason")];
  const limited = !ended && course.outcome !== undefined;
  if (limited) {
    delete course.outcome;
    delete course.reason;
  }
  const out = names.map((drug) =>
    draft(drug, cell.text, course, ended ? "historical" : "present", when, places, flow, grid),
  );
  if (start && start !== course.start && !ended)
    out.push(
      ...names.map((drug) =>
        draft(
          drug,
          cell.text,
          { status: "active", start },
          "present",
          { earliest: start, latest: null },
          [cell, at("start")],
          flow,
          grid,
        ),
      ),
    );
  const highest = at("highest");
  const top = doseText(highest?.text);
  if (highest && top && top !== dose && !ended)
    out.push(...tried(grid, names, cell, highest, top, at("reason"), flow));
  return out;
}

/** The highest dose tried and what limited it. */
function tried(
  grid: Grid,
  names: ClinicalDrug[],
  cell: GridCell,
  highest: GridCell,
  dose: string,
  reason: GridCell | null | undefined,
  flow: Flow,
): Draft[] {
  const time = dayOf(reason, grid.visit) ?? dayOf(highest, grid.visit);
  const limit = (reason?.text ?? "").replace(/\s*(?:on\s*)?\d{1,2}\/\d{1,2}\/\d{2,4}\s*$/, "").trim();
  const limited = limit !== "" && !/^(?:none|n\/a|-)$/i.test(limit);
  const course: NonNullable<Fact["course"]> = {
    dose,
    status: "stopped",
    ...(limited ? { outcome: "intolerance", reason: limit } : {}),
  };
  return names.map((drug) =>
    draft(drug, cell.text, course, "historical", time, [cell, highest, reason], flow, grid),
  );
}

/** Several drugs in one cell: "apixaban 5 mg BID, torsemide 20 mg daily". */
function listed(grid: Grid, cell: GridCell, one: DrugPlace, next: number | undefined, flow: Flow): Draft[] {
  const dose = doseText(cell.text.slice(one.end, next));
  const course: NonNullable<Fact["course"]> = { ...(dose ? { dose } : {}), status: "active" };
  return one.drugs.map((drug) =>
    draft(
      drug,
      cell.text.slice(one.start, next).replace(/[,;\s]+$/, ""),
      course,
      "present",
      null,
      [cell],
      flow,
      grid,
    ),
  );
}

function doseText(text: string | undefined): string | undefined {
  if (!text) return undefined;
  return dosesIn(text)[0]?.text ?? bareDose(` ${text}`)?.text;
}

function draft(
  drug: ClinicalDrug,
  text: string,
  course: NonNullable<Fact["course"]>,
  assertion: Fact["assertion"],
  when: Fact["when"] | null,
  cells: (GridCell | null | undefined)[],
  flow: Flow,
  { visit }: Grid,
): Draft {
  return {
    type: "medication",
    concept: drug.generic,
    codes: drug.generic.includes("/")
      ? []
      : drug.rxnorm.slice(0, 1).map((code) => ({ system: "rxnorm", code })),
    text,
    assertion,
    course,
    when: when
      ? { earliest: when.earliest, latest: when.latest }
      : { earliest: visit.date, latest: visit.date },
    ...(visit.author ? { author: visit.author } : {}),
    ...(visit.specialty ? { specialty: visit.specialty } : {}),
    from: spansOf(
      flow,
      cells.filter((cell) => cell !== null && cell !== undefined),
    ),
  };
}
