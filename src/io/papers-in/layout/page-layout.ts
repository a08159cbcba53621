/** From words with places to a page's lines in reading order. */
import type { Page } from "#source";
import { pageJoiner } from "./across-pages.ts";
import { furnitureOf } from "./furniture.ts";
import { type LineMarks, PageText } from "./page-text.ts";
import { goesOn, type Room, roomOf } from "./paragraphs.ts";
import type { PlacedWord, Rule } from "./placed-word.ts";
import { type Band, bandsOf, columnOf } from "./reading-order.ts";
import { type RuledTable, tablesOf } from "./ruled-tables.ts";
import { type Row, rowsOf, type Segment, startsWithMarker, textOf } from "./segments.ts";
import { gridOfRows } from "./unruled-tables.ts";

type PageFacts = Omit<Page, "text" | "lines" | "words">;

/** A page's words before their order is known. `height`: of the page as its print stands upright, points. */
export type UnreadPage = {
  words: PlacedWord[];
  /** Print that runs across the rest: stamps and numbers in the margin, tables set sideways. */
  aside?: PlacedWord[];
  rules: Rule[];
  height: number;
  facts: PageFacts;
};

/** Fewer words than this standing aside are a stamp or a form number. */
const STAMP = 12;

/**
 * The text of a document's pages in reading order, furniture first and last. Page by page, letting go of the
 * words of pages that are done: a long chart would not fit into memory twice.
 */
export function* layOutPages(unread: UnreadPage[]): Generator<Page> {
  const furnished = furnitureOf(unread);
  const joinAcross = pageJoiner();
  let tables = 0;
  for (const [index, { rules, facts, words, aside = [] }] of unread.entries()) {
    const { page, ...others } = facts;
    const { top, bottom } = furnished[index]!;
    const taken = new Set([...top, ...bottom]);
    const rest = taken.size === 0 ? words : words.filter((word) => !taken.has(word));
    const writer = new PageWriter(rest, tables);
    writer.furniture(top);
    const ruled = tablesOf(rest, rules);
    writer.write(bandsOf(withTables(rowsOf(ruled.rest), ruled.tables)));
    if (aside.length < STAMP) writer.furniture(aside);
    else writer.write(bandsOf(rowsOf(aside)));
    writer.furniture(bottom);
    tables = writer.tables;
    const made = writer.text.page(page, others);
    joinAcross(made);
    unread[index] = { words: [], rules: [], height: 0, facts };
    yield made;
  }
}

/** Tables take their place among the rows, by their upper edge. */
function withTables(rows: Row[], tables: RuledTable[]): Row[] {
  const placed = tables.map((table): Row => {
    const { left, right, top, bottom, cells } = table;
    return [{ words: [], left, right, top, bottom, size: cells[0]!.words[0]!.size, table }];
  });
  return [...rows, ...placed].sort((a, b) => a[0]!.top - b[0]!.top);
}

class PageWriter {
  readonly text = new PageText();
  readonly #bodySize: number;
  readonly #bodyBold: boolean;
  /** Tables of the document so far. */
  tables: number;
  #last: Segment | null = null;

  constructor(words: PlacedWord[], tables: number) {
    this.#bodySize = medianSize(words);
    this.#bodyBold = words.filter((word) => word.bold).length > words.length * 0.6;
    this.tables = tables;
  }

  furniture(words: PlacedWord[]): void {
    this.#last = null;
    for (const row of rowsOf(words))
      for (const [index, segment] of row.entries())
        this.#line(segment, roomOf(row), { kind: "furniture" }, index > 0 ? "\t" : "\n");
  }

  write(bands: Band[]): void {
    const plain = bands.filter((band) => band.kind === "plain").flatMap((band) => band.rows.flat());
    const pageRoom = plain.length > 0 ? roomOf(plain) : { left: 0, right: 0 };
    for (const band of bands) {
      if (band.kind === "cells") this.#cells(band);
      else if (band.kind === "column")
        this.#rows(band.rows, roomOf(band.rows.flat()), { column: band.column ?? 0 });
      else this.#rows(band.rows, pageRoom, {});
    }
  }

  #rows(rows: Row[], room: Room, marks: Partial<LineMarks>): void {
    this.#last = null;
    for (const row of rows) {
      for (const [index, segment] of row.entries()) {
        if (segment.table) this.#table(segment.table);
        else this.#line(segment, room, marks, index > 0 ? "\t" : "\n");
      }
      this.#last = row.length === 1 && !row[0]!.table ? row[0]! : null;
    }
  }

  #line(segment: Segment, room: Room, marks: Partial<LineMarks>, before: "\n" | "\t"): void {
    const line: LineMarks = { ...this.#marksOf(segment, marks.kind !== undefined), ...marks };
    if (before === "\n" && this.#last && goesOn(this.#last, segment, room)) {
      line.continues = true;
      if (line.kind === "heading" && this.text.lines.at(-1)?.kind !== "heading") delete line.kind;
    }
    this.text.placedLine(segment.words, line, before);
  }

  #marksOf(segment: Segment, hasKind: boolean): LineMarks {
    const round = (value: number) => Math.round(value * 10) / 10;
    const marks: LineMarks = {
      indent: round(segment.left),
      size: round(segment.size),
      top: round(segment.top),
    };
    const bold = segment.words.every((word) => word.bold);
    if (bold) marks.bold = true;
    if (hasKind) return marks;
    const text = textOf(segment);
    if (this.#isHeading(text, segment.size, bold)) marks.kind = "heading";
    else if (startsWithMarker(text)) marks.kind = "item";
    return marks;
  }

  #isHeading(text: string, size: number, bold: boolean): boolean {
    const capitals = size > 1.03 * this.#bodySize && /\p{Lu}{4}/u.test(text) && !/\p{Ll}/u.test(text);
    if (text.length > 120 || !/\p{L}{2}/u.test(text) || /[.,;]$/.test(text)) return false;
    return (
      capitals || size > 1.12 * this.#bodySize || (bold && !this.#bodyBold && size > 0.9 * this.#bodySize)
    );
  }

  #table(table: RuledTable): void {
    const number = ++this.tables;
    const rows = Map.groupBy(table.cells, (cell) => cell.row);
    for (const cells of rows.values()) {
      const content = cells.map((cell) => ({ ...cell, rows: rowsOf(cell.words) }));
      this.#rowOfCells(content, number);
    }
  }

  /** Cells of one row: on one line of text when each has one line, else one after the other. */
  #rowOfCells(cells: { row: number; column: number; rows: Row[] }[], table: number): void {
    const between = cells.every((cell) => cell.rows.length === 1) ? "\t" : "\n";
    for (const [index, { row, column, rows }] of cells.entries()) {
      const room = roomOf(rows.flat());
      const marks: Partial<LineMarks> = { kind: "cell", cell: { table, row, column } };
      this.#last = null;
      for (const [line, segments] of rows.entries()) {
        for (const [place, segment] of segments.entries()) {
          const first = line === 0 && place === 0;
          const tab = (first && index > 0 && between === "\t") || place > 0;
          this.#line(segment, room, marks, tab ? "\t" : "\n");
        }
        this.#last = segments.length === 1 ? segments[0]! : null;
      }
    }
    this.#last = null;
  }

  #cells(band: Band): void {
    const grid = gridOfRows(band.rows, (segment) => columnOf(segment, band.columns ?? []));
    const number = ++this.tables;
    for (const [row, cells] of grid.entries())
      this.#rowOfCells(
        cells.map((cell) => ({ ...cell, row })),
        number,
      );
  }
}

function medianSize(words: PlacedWord[]): number {
  const sizes = words.map((word) => word.size).sort((a, b) => a - b);
  return sizes[sizes.length >> 1] ?? 10;
}
