import { type Node, parseTree } from "jsonc-parser";
import type { Reading, Span } from "#base";
import type { Page, SourceDocument } from "#source";

/** A place in a JSON document: its value and where it stands, so that what is read from it can be proven. */
export class Place {
  readonly #node: Node | undefined;
  readonly #source: SourceDocument;
  readonly #page: Page;

  constructor(node: Node | undefined, source: SourceDocument, page: Page) {
    this.#node = node;
    this.#source = source;
    this.#page = page;
  }

  /** The root of a document, `null` when its text is no JSON. */
  static rootOf(source: SourceDocument): Place | null {
    const page = source.pages[0];
    if (!page) return null;
    const node = parseTree(page.text);
    return node ? new Place(node, source, page) : null;
  }

  get exists(): boolean {
    return this.#node !== undefined;
  }

  /** A member by name or index, along a path; a place that does not exist answers with one that does not exist. */
  at(...path: (string | number)[]): Place {
    let node = this.#node;
    for (const step of path) {
      if (!node) break;
      if (typeof step === "number") node = node.type === "array" ? node.children?.[step] : undefined;
      else
        node = node.children?.find(
          (member) => node?.type === "object" && member.children?.[0]?.value === step,
        )?.children?.[1];
    }
    return new Place(node, this.#source, this.#page);
  }

  /** Elements of an array; a single object counts as one. */
  list(...path: (string | number)[]): Place[] {
    const place = this.at(...path);
    const node = place.#node;
    if (!node) return [];
    if (node.type !== "array") return [place];
    return (node.children ?? []).map((child) => new Place(child, this.#source, this.#page));
  }

  /** Text of a string or number. */
  text(...path: (string | number)[]): string | null {
    const value: unknown = this.at(...path).#node?.value;
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  }

  /** Where the value stands, without its quotation marks. */
  span(): Span {
    const node = this.#node!;
    const inner = node.type === "string" ? 1 : 0;
    const start = node.offset + inner;
    const end = node.offset + node.length - inner;
    return {
      document: this.#source.document,
      page: this.#page.page,
      start,
      end,
      quote: this.#page.text.slice(start, end),
    };
  }

  reading<T>(value: T): Reading<T> {
    return { value, from: [this.span()], by: "rule" };
  }

  /** The reading of a string as it stands; `null` when there is none. */
  words(...path: (string | number)[]): Reading<string> | null {
    const place = this.at(...path);
    const value = place.text();
    return value === null || value.trim() === "" ? null : place.reading(value);
  }
}
