import { dateOf, type PlainDate, type Reading, type Span } from "#base";
import type { SourceDocument } from "#source";

/** One segment: its elements with their places in the text. */
export type Segment = { id: string; elements: { text: string; start: number }[] };

/** An X12 transmission as segments, each element with its place. */
export class X12Text {
  readonly segments: Segment[];
  readonly #source: SourceDocument;
  protected readonly component: string;

  constructor(source: SourceDocument) {
    this.#source = source;
    const text = source.pages[0]?.text ?? "";
    const isa = text.indexOf("ISA");
    const element = isa >= 0 ? text[isa + 3]! : "*";
    const fixed = isa >= 0 ? text[isa + 105] : undefined;
    const terminator = fixed && !/[\w\s]/.test(fixed) ? fixed : "~";
    this.component = (isa >= 0 && text[isa + 104]) || ":";
    this.segments = [];
    let start = Math.max(0, isa);
    for (const raw of text.slice(start).split(terminator)) {
      const lead = /^\s*/.exec(raw)![0].length;
      let at = start + lead;
      const [id, ...elements] = raw.slice(lead).split(element);
      at += id!.length + 1;
      const placed = elements.map((one) => {
        const place = { text: one.trimEnd(), start: at };
        at += one.length + 1;
        return place;
      });
      if (id) this.segments.push({ id: id.trim(), elements: placed });
      start += raw.length + 1;
    }
  }

  span(start: number, length: number): Span {
    const page = this.#source.pages[0]!;
    return {
      document: this.#source.document,
      page: page.page,
      start,
      end: start + length,
      quote: page.text.slice(start, start + length),
    };
  }

  protected reading<T>(value: T, ...elements: { text: string; start: number }[]): Reading<T> {
    return { value, from: elements.map(({ text, start }) => this.span(start, text.length)), by: "rule" };
  }

  /** N1 or NM1 by its entity code. */
  named(segments: readonly Segment[], entities: string[]): Reading<string> | null {
    for (const entity of entities)
      for (const { id, elements } of segments) {
        if (elements[0]?.text !== entity) continue;
        if (id === "N1" && elements[1]?.text) return this.reading(elements[1].text, elements[1]);
        if (id !== "NM1" || !elements[2]?.text) continue;
        const parts = [elements[3], elements[2]].filter((part) => part?.text);
        return this.reading(parts.map((part) => part!.text).join(" "), ...parts.map((part) => part!));
      }
    return null;
  }

  person(
    segments: readonly Segment[],
    entity: string,
  ): { name: Reading<string>; id: Reading<string> | null } | null {
    const found = segments.find(
      ({ id, elements }) => id === "NM1" && elements[0]?.text === entity && elements[2]?.text,
    );
    if (!found) return null;
    const parts = [found.elements[3], found.elements[4], found.elements[2]]
      .filter((part) => part?.text)
      .map((part) => part!);
    const number = found.elements[8];
    return {
      name: this.reading(parts.map((part) => part.text).join(" "), ...parts),
      id: number?.text ? this.reading(number.text, number) : null,
    };
  }

  reference(segments: readonly Segment[], qualifiers: string[]): Reading<string> | null {
    const found = segments.find(
      ({ id, elements }) => id === "REF" && qualifiers.includes(elements[0]?.text ?? "") && elements[1]?.text,
    );
    return found ? this.reading(found.elements[1]!.text, found.elements[1]!) : null;
  }
}

/** CCYYMMDD or YYMMDD. */
export function dateIn(text: string): PlainDate | null {
  const match = /^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  return dateOf(year < 100 ? 2000 + year : year, Number(match[2]), Number(match[3]));
}
