import type { Flow, FlowLine, Page } from "#source";
import { alignedTable } from "./aligned-rows.ts";
import { dateLabel, headingName, isBirth, meaningful, startsPaper, writer } from "./headings.ts";
import type { Lexicon } from "./lexicon.ts";
import { relativeAnywhere } from "./named-facts.ts";
import { sentencesOf } from "./sentences.ts";
import { separatedTable } from "./separated-rows.ts";
import { timesIn } from "./times.ts";
import { dayOfTitle } from "./title-date.ts";

/** One sentence, list item or heading body of a paper, with what its place says about it. Offsets are in the flowing text. */
export type Passage = {
  start: number;
  end: number;
  /** Kind of the heading it stands under, a `kind` of knowledge/clinical/sections.yaml, or "other". */
  section: string;
  /** Number of the visit, report or page of results it belongs to; see {@link Visit}. */
  visit: number;
  /** True for the first passage of its line. */
  leads: boolean;
};

/** One dated piece of a paper: a visit note, a report, a collection of specimens. */
export type Visit = { date: string | null; author: string | null; specialty: string | null };

/** A table as rows of cells. */
export type Table = { rows: TableRow[]; section: string; visit: number; title: string };
export type TableRow = { cells: (Cell | null)[]; first: number };
export type Cell = { start: number; end: number };

export type Outline = { passages: Passage[]; tables: Table[]; visits: Visit[] };

/** Sections, sentences, tables and visits of a paper. */
export function outlineOf(flowing: Flow, lexicon: Lexicon): Outline {
  return new Outliner(flowing, lexicon).read();
}

class Outliner {
  readonly #flow: Flow;
  readonly #lexicon: Lexicon;
  readonly #out: Outline = {
    passages: [],
    tables: [],
    visits: [{ date: null, author: null, specialty: null }],
  };
  #section = "other";
  /** The section before a family history that was opened inside a line ("PMH: asthma. FHx: father with MI."). */
  #beforeFamily: string | null = null;
  #title = "";
  /** The section began on its heading's own line. */
  #runIn = false;
  /** What follows its heading is a list; `null` before its first line. */
  #listed: boolean | null = null;
  #last: FlowLine | null = null;
  #near: string | null = null;
  #page: Page | null = null;

  constructor(flowing: Flow, lexicon: Lexicon) {
    this.#flow = flowing;
    this.#lexicon = lexicon;
  }

  read(): Outline {
    const lines = this.#flow.lines;
    for (let index = 0; index < lines.length; ) {
      if (lines[index]!.page !== this.#page) this.#pageTop(lines[index]!);
      const cell = lines[index]!.line.cell;
      const from = index++;
      if (cell) {
        while (lines[index]?.line.cell?.table === cell.table) index++;
        this.#table(lines.slice(from, index));
        continue;
      }
      const aligned = separatedTable(lines, from, this.#flow) ?? alignedTable(lines, from, this.#flow);
      if (aligned) {
        index = aligned.next;
        this.#push(aligned.rows);
      } else {
        while (
          lines[index]?.line.continues &&
          !lines[index]!.line.cell &&
          !opensVisit(lines[index]!, lines[index - 1]!)
        )
          index++;
        this.#line(lines.slice(from, index));
      }
    }
    this.#out.visits[0]!.date ??= dayOfTitle(this.#flow);
    return this.#out;
  }

  /** Headings that repeat on many pages are taken for page furniture, but the date of a visit may stand among them. */
  #pageTop({ page, line }: FlowLine): void {
    this.#page = page;
    for (const top of page.lines)
      if (top.kind === "furniture" && top.start < line.start) {
        const text = page.text.slice(top.start, top.end);
        if (startsPaper(text)) this.#date(text, false);
      }
  }

  #line(lines: FlowLine[]): void {
    const start = lines[0]!.start;
    const end = lines.at(-1)!.end;
    const text = this.#flow.text.slice(start, end);
    if (lines[0]!.line.kind === "heading") {
      this.#title = text;
      this.#heading(text);
    }
    this.#date(text, lines[0]!.line.kind === "heading");
    this.#writer(text);
    this.#leaveSection(lines[0]!, text);
    let leads = true;
    for (const [from, to] of sentencesOf(text)) {
      this.#leaveFamily(text.slice(from, to), leads);
      const section = this.#section;
      const body = this.#body(text.slice(from, to), from === 0 && lines.length === 1 && to === text.length);
      if (!leads && body > 0 && this.#section === "family-history") this.#beforeFamily = section;
      else if (body > 0) this.#beforeFamily = null;
      if (body < to - from)
        this.#out.passages.push({
          start: start + from + body,
          end: start + to,
          section: this.#section,
          visit: this.#out.visits.length - 1,
          leads,
        });
      leads = false;
    }
  }

  /**
   * A section that says what its mentions mean ends where its list ends: "Past trials:", items, then a line that is none;
   * "Allergies: sulfa", then another line; a heading run into its paragraph, then an empty line.
   */
  #leaveSection(line: FlowLine, text: string): void {
    const last = this.#last;
    this.#last = line;
    if (!last || last.page !== line.page || !meaningful.has(this.#section)) return;
    const item = line.line.kind === "item" || /^\s*(?:[-•*·▪]|\(?\d{1,2}[.)]\s|\d{1,2}\s*[-–]\s)/.test(text);
    this.#listed ??= item;
    if (item || !/^\s*[A-Z]/.test(text)) return;
    const gap = /\n\s*\n/.test(line.page.text.slice(last.line.end, line.line.start));
    const open = /[,:;]\s*$/.test(this.#flow.text.slice(last.start, last.end));
    if (this.#listed && !this.#runIn) this.#section = "other";
    else if (this.#runIn && !open && (gap || this.#section === "allergies")) this.#section = "other";
  }

  /** A family history inside a line ends with it, or with the first sentence that speaks of no relative. */
  #leaveFamily(sentence: string, leads: boolean): void {
    if (this.#beforeFamily === null) return;
    if (
      !leads &&
      (relativeAnywhere.test(sentence) ||
        /^\s*(?:no\b|none|negative|denies|non-?contrib|otherwise|also|positive|significant|unknown|adopted|unremarkable)/i.test(
          sentence,
        ))
    )
      return;
    this.#section = this.#beforeFamily;
    this.#beforeFamily = null;
  }

  /** A heading line that names no section we know ends the section before it. */
  #heading(text: string): void {
    this.#open(this.#lexicon.sections.get(headingName(text)) ?? "other", false);
  }

  #open(section: string, runIn: boolean): void {
    [this.#section, this.#runIn, this.#listed] = [section, runIn, null];
  }

  /** Where the words of a sentence begin after its heading ("PMH. Asthma" → 5), and the section it opens. */
  #body(sentence: string, alone: boolean): number {
    const match =
      /^\s*(?:\(?\d{1,2}[.)]\s+|[•*·▪-]\s*)?(?<name>[A-Za-z][A-Za-z0-9/&,()'’ -]{0,70}?)\s*(?<end>:|\.(?=\s|$)|-(?=\s)|$)/.exec(
        sentence,
      );
    if (!match) return 0;
    const name = match.groups!["name"]!;
    const kind = this.#lexicon.sections.get(headingName(name));
    const sign = match.groups!["end"];
    if (kind === undefined) {
      if (sign === "" && alone && name === name.toUpperCase() && /[A-Z]{4}/.test(name))
        this.#section = "other";
      return 0;
    }
    const capital = /^[A-Z]/.test(name);
    if (!capital || (sign === "" && !alone) || (sign === "-" && name !== name.toUpperCase())) return 0;
    if (
      sign === "." &&
      /^(?:a|o|p|s|all|history|social|physical|report|risks|data|course|events|problem)$/i.test(name) &&
      !alone &&
      !/^(?:Data|Social|Course)$/.test(name)
    )
      return 0;
    this.#open(kind, sentence.slice(match[0].length).trim() !== "" || (!alone && sign !== ":"));
    return match[0].length;
  }

  #date(text: string, heading: boolean): void {
    const times = timesIn(text, this.#near).filter(({ kind }) => kind === "date");
    const first = times.find(
      (time) =>
        (heading && time.earliest === time.latest) ||
        dateLabel.test(text.slice(Math.max(0, time.start - 40), time.start)),
    );
    const signed = /^\s*(?:electronically )?(?:signed|dictated|read by)\b/i.test(text)
      ? times.at(-1)
      : undefined;
    const found = first ?? signed;
    if (!found || found.earliest !== found.latest || found.earliest === null || isBirth(text, found.start))
      return;
    const visit = this.#out.visits.at(-1)!;
    this.#near = found.earliest;
    if (visit.date === null) visit.date = found.earliest;
    else if (first && visit.date !== found.earliest && (heading || startsPaper(text)))
      this.#out.visits.push({ date: found.earliest, author: null, specialty: null });
  }

  #writer(text: string): void {
    const visit = this.#out.visits.at(-1)!;
    for (const { groups } of text.matchAll(writer)) {
      visit.author ??= `${groups!["name"]!.replace(/\s+/g, " ").trim()}, ${groups!["title"]}`;
      visit.specialty ??= groups!["specialty"] ?? null;
    }
  }

  #table(lines: FlowLine[]): void {
    const rows: TableRow[] = [];
    for (const { line, start, end } of lines) {
      const { row, column } = line.cell!;
      rows[row] ??= { cells: [], first: start };
      const cell = rows[row].cells[column];
      if (cell) cell.end = end;
      else rows[row].cells[column] = { start, end };
      if (!line.continues) {
        const text = this.#flow.text.slice(start, end);
        const label = rows[row].cells[column - 1];
        if (row <= 1)
          this.#date(`${label ? `${this.#flow.text.slice(label.start, label.end)} ` : ""}${text}`, false);
        this.#writer(text);
      }
    }
    this.#push(
      rows
        .filter(Boolean)
        .map(({ cells, first }) => ({ cells: Array.from(cells, (cell) => cell ?? null), first })),
    );
  }

  #push(rows: TableRow[]): void {
    this.#out.tables.push({
      rows,
      section: this.#section,
      visit: this.#out.visits.length - 1,
      title: this.#title,
    });
  }
}

/** A paragraph does not run on over the top of a page that bears the date of another visit. */
const opensVisit = ({ page, line }: FlowLine, before: FlowLine) =>
  page !== before.page &&
  page.lines.some(
    (top) =>
      top.kind === "furniture" && top.start < line.start && startsPaper(page.text.slice(top.start, top.end)),
  );

/** The rows of a table that is no list of results or drugs, to be read as sentences: "Allergies | penicillin (rash)". */
export function passagesOf({ rows, section, visit }: Table, text: string): Passage[] {
  return rows.flatMap(({ cells }) =>
    cells
      .filter((cell) => cell !== null)
      .filter(
        ({ start, end }) =>
          !/^\s*(?:clinician|provider|author|physician|attending|npi|referring|prescriber)\b|\bNPI\b/i.test(
            text.slice(start, end),
          ),
      )
      .flatMap(({ start, end }) =>
        sentencesOf(text.slice(start, end)).map(([from, to]) => ({
          start: start + from,
          end: start + to,
          section,
          visit,
          leads: true,
        })),
      ),
  );
}
