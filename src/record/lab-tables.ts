import type { Span } from "#base";
import type { ClinicalConcept } from "#knowledge";
import type { Flow } from "#source";
import { type Draft, factTypeOf } from "./drafts.ts";
import type { Lexicon } from "./lexicon.ts";
import { isMeasured } from "./measured-facts.ts";
import { mentionsIn } from "./mentions.ts";
import { gradeAfter } from "./ordinals.ts";
import { dayOf, type Grid, type GridCell } from "./tables.ts";
import { timesIn } from "./times.ts";
import { tokensOf } from "./tokens.ts";
import type { Fact } from "./types.ts";
import { unitAt } from "./units.ts";
import { quantityAt, type Value } from "./values.ts";

/** Results of a table, whichever way it runs: a row for each date, a row for each test, or name and value side by side. */
export function measurementRows(grid: Grid, flow: Flow, lexicon: Lexicon): Draft[] {
  const { columns } = grid;
  if (columns.some(({ role }) => role === "drug")) return [];
  const reader = new Results(grid, flow, lexicon);
  const named = columns.map(({ text }) => (text ? conceptNamed(text, lexicon) : null));
  const date = columns.findIndex(({ role }) => role === "date");
  if (date >= 0 && named.some(Boolean)) return grid.rows.flatMap((row) => reader.datedRow(row, date, named));
  const dated = columns.map(({ text }) =>
    /\d/.test(text) ? (timesIn(text, grid.visit.date)[0] ?? null) : null,
  );
  if (dated.filter(Boolean).length >= 1 && !columns.some(({ role }) => role === "result"))
    return grid.rows.flatMap((row) => reader.acrossDates(row, dated));
  return grid.rows.flatMap((row) => reader.sideBySide(row));
}

/** The concept a heading or row name stands for: its first words must name it. */
export function conceptNamed(text: string, lexicon: Lexicon): ClinicalConcept | null {
  const words = text.replace(
    /^\s*(?:serum|plasma|blood|total|absolute|calculated|clinic|home|office)\s+(?=\S)/i,
    (lead) => (/total\s+(?:ige|testosterone)/i.test(text) ? lead : ""),
  );
  for (const one of [text, words]) {
    const mention = mentionsIn(one, tokensOf(one), lexicon)[0];
    const concept = mention?.meanings.find((meaning) => meaning.concept)?.concept;
    if (!mention || !concept || mention.start > 0 || timesIn(one, null).length > 0) continue;
    if (/^\s*(?:fluid|urine|csf|clearance|ratio|ur\b)/i.test(one.slice(mention.end))) return null;
    return concept;
  }
  return null;
}

class Results {
  readonly #grid: Grid;
  readonly #flow: Flow;
  readonly #lexicon: Lexicon;

  constructor(grid: Grid, flow: Flow, lexicon: Lexicon) {
    [this.#grid, this.#flow, this.#lexicon] = [grid, flow, lexicon];
  }

  datedRow(row: (GridCell | null)[], date: number, named: (ClinicalConcept | null)[]): Draft[] {
    const day = row[date];
    const when = dayOf(day, this.#grid.visit);
    if (!day || !when) return [];
    return row.flatMap((cell, column) => {
      const concept = named[column];
      return cell && concept && column !== date
        ? this.#facts(
            concept,
            cell,
            this.#grid.columns[column]!.text,
            { earliest: when.earliest, latest: when.latest },
            [day, cell],
            this.#grid.columns[column]!.text,
          )
        : [];
    });
  }

  acrossDates(
    row: (GridCell | null)[],
    dates: ({ earliest: string | null; latest: string | null } | null)[],
  ): Draft[] {
    const name = row.find((cell) => cell !== null);
    const concept = name ? conceptNamed(name.text, this.#lexicon) : null;
    if (!name || !concept) return [];
    return row.flatMap((cell, column) => {
      const when = dates[column];
      return cell && cell !== name && when
        ? this.#facts(
            concept,
            cell,
            name.text,
            { earliest: when.earliest, latest: when.latest },
            [name, cell],
            name.text,
          )
        : [];
    });
  }

  /** "Test | Result | Units", or pairs of name and value: a cell that only names a concept takes the value of the next. */
  sideBySide(row: (GridCell | null)[]): Draft[] {
    const { columns, visit } = this.#grid;
    const result = columns.findIndex(({ role }) => role === "result");
    const date = columns.findIndex(({ role }) => role === "date");
    const unit = columns.findIndex(({ role }) => role === "unit");
    const when = (date >= 0 ? dayOf(row[date], visit) : null) ?? { earliest: visit.date, latest: visit.date };
    const times = { earliest: when.earliest, latest: when.latest };
    const found: Draft[] = [];
    const last = result >= 0 ? Math.min(result, row.length) : row.length;
    for (let column = 0; column < last; column++) {
      const name = row[column];
      if (!name || /\d\s*(?:%|mg|mm|\/)/.test(name.text) || name.text.length > 60) continue;
      const concept = conceptNamed(name.text, this.#lexicon);
      const at = result > column ? result : column + 1;
      const value = concept ? row[at] : null;
      if (!concept || !value) continue;
      found.push(
        ...this.#facts(
          concept,
          value,
          unit >= 0 ? (row[unit]?.text ?? "") : "",
          times,
          [name, value],
          name.text,
        ),
      );
      if (result >= 0) break;
      column = at;
    }
    return found;
  }

  #facts(
    concept: ClinicalConcept,
    cell: GridCell,
    unitText: string,
    when: Fact["when"],
    cells: GridCell[],
    name: string,
  ): Draft[] {
    const pair = /^\s*(\d{2,3})\s*\/\s*(\d{2,3})\b/.exec(cell.text);
    if (concept.id === "sbp" && pair) {
      const [systolic, diastolic] = [this.#lexicon.concepts.get("sbp")!, this.#lexicon.concepts.get("dbp")!];
      return [
        this.#fact(
          systolic,
          { low: Number(pair[1]), high: Number(pair[1]), unit: "mmHg" },
          when,
          cells,
          `${name} ${cell.text}`,
        ),
        this.#fact(
          diastolic,
          { low: Number(pair[2]), high: Number(pair[2]), unit: "mmHg" },
          when,
          cells,
          `${name} ${cell.text}`,
        ),
      ];
    }
    const value = resultIn(cell.text, unitIn(unitText), concept);
    if (value) return [this.#fact(concept, value, when, cells, `${name} ${cell.text}`)];
    const word =
      /^\s*(negative|neg|positive|pos|non-?reactive|reactive|indeterminate|normal|abnormal|not detected|detected|undetectable|none detected|equivocal)\b/i.exec(
        cell.text,
      );
    if (!word || concept.kind === "diagnosis") return [];
    return [this.#fact(concept, { text: word[1]!.toLowerCase() }, when, cells, `${name} ${cell.text}`)];
  }

  #fact(
    concept: ClinicalConcept,
    value: NonNullable<Fact["value"]>,
    when: Fact["when"],
    cells: GridCell[],
    text: string,
  ): Draft {
    const { author, specialty } = this.#grid.visit;
    return {
      type: factTypeOf(concept.kind),
      concept: concept.id,
      codes: concept.loinc.slice(0, 1).map((code) => ({ system: "loinc", code })),
      text: text.replace(/\s+/g, " "),
      assertion: "present",
      value,
      when,
      dated: when.earliest !== null,
      ...(author ? { author } : {}),
      ...(specialty ? { specialty } : {}),
      from: spansOf(this.#flow, cells),
    };
  }
}

/** Cells of one row as one place where nothing else stands between them, else each by itself. */
export function spansOf(flow: Flow, cells: GridCell[]): Span[] {
  return cells.flatMap(({ start, end }) => flow.spanOf(start, end));
}

const unitIn = (text: string) => {
  const tail = /(?:^|[\s,(])([^\s,()]*[%/A-Za-z][^\s,()]*)\)?\s*$/.exec(text.trim())?.[1];
  return unitAt(text)?.unit ?? (tail ? unitAt(tail)?.unit : undefined);
};

function resultIn(
  text: string,
  unit: string | undefined,
  concept: ClinicalConcept,
): NonNullable<Fact["value"]> | null {
  if (concept.kind === "ordinal") {
    const grade = gradeAfter(text);
    return grade ? keyOf(grade) : null;
  }
  if (!isMeasured(concept) && !/^\s*[<>]?\s*\d/.test(text)) return null;
  const withUnit =
    unit !== undefined && /^\s*[<>]?\s*[\d.,]+\s*(?:[HL*]+)?\s*$/.test(text)
      ? `${text.replace(/\s*[HL*]+\s*$/, "").trim()} ${unit}`
      : text;
  const lead = /^\s*/.exec(withUnit)![0].length;
  const value =
    quantityAt(withUnit, lead, concept) ?? quantityAt(text, /^\s*/.exec(text)![0].length, concept);
  return value ? keyOf(value) : null;
}

function keyOf({ low, high, unit, text }: Value): NonNullable<Fact["value"]> {
  return {
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(unit === undefined ? {} : { unit }),
    ...(text === undefined ? {} : { text }),
  };
}
