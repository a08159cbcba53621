import type { Line, Page, Word } from "#source";

/** What a line of the page says beside its words. */
export type LineMarks = Omit<Line, "start" | "end">;

/** Writes a page's text line by line and keeps where each line and word went. */
export class PageText {
  #parts: string[] = [];
  #length = 0;
  readonly lines: Line[] = [];
  readonly words: Word[] = [];

  get length(): number {
    return this.#length;
  }

  get text(): string {
    return this.#parts.join("");
  }

  /** Adds a line; `before` parts it from the one before (a line break, or a tab between cells of a row). */
  line(text: string, marks: LineMarks, before: "\n" | "\t" | "\n\n" = "\n"): void {
    this.#open(before);
    const start = this.#length;
    this.#write(text);
    this.lines.push({ start, end: this.#length, ...marks });
  }

  /** Adds a line of words with places, one blank between them. */
  placedLine(
    words: { text: string; box: Word["box"]; confidence?: number }[],
    marks: LineMarks,
    before: "\n" | "\t" | "\n\n" = "\n",
  ): void {
    this.#open(before);
    const start = this.#length;
    for (const [index, word] of words.entries()) {
      if (index > 0) this.#write(" ");
      const at = this.#length;
      this.#write(word.text);
      const place: Word = { start: at, end: this.#length, box: rounded(word.box) };
      if (word.confidence !== undefined) place.confidence = word.confidence;
      this.words.push(place);
    }
    this.lines.push({ start, end: this.#length, ...marks });
  }

  page(page: number, rest: Omit<Page, "page" | "text" | "lines" | "words">): Page {
    const made: Page = { page, text: this.text, lines: this.lines, ...rest };
    if (this.words.length > 0) made.words = this.words;
    return made;
  }

  #open(before: string): void {
    if (this.#length > 0) this.#write(before);
  }

  #write(text: string): void {
    this.#parts.push(text);
    this.#length += text.length;
  }
}

/** Hundredths of a point: more would be noise, and costs memory in long charts. */
function rounded(box: Word["box"]): Word["box"] {
  const round = (value: number) => Math.round(value * 100) / 100;
  return { x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height) };
}
