import { type Passage, slice } from "./passage.ts";

/** A tree on the way to criteria: leaves are words, not yet tests. */
export type Draft =
  | { leaf: Passage; context: string; label?: string }
  | { op: "all" | "any" | "not"; of: Draft[]; lead: Passage | null; label?: string }
  | { op: "atLeast"; n: number; of: Draft[]; lead: Passage | null; label?: string }
  | { op: "when"; when: Draft; then: Draft; lead: Passage | null; label?: string };

/** How the children of a list stand to each other. */
export type Connector = { op: "all" } | { op: "any" } | { op: "atLeast"; n: number } | { op: "none" };

const trailing = /(?:[\s;,.:?–—]|(?<=[\s;,.])(?:and\/or|and|or)(?=[\s;,.:]*$))+$/i;
const leading = /^(?:[\s;,:–—]|(?:and\/or|AND|OR|And|Or|and|or|then|Then)\b(?=[\s:,]))+/;

/** A leaf of the item's own words: connectives, list punctuation and the final stop are taken off. */
export function leafOf(passage: Passage, context: string): Draft | null {
  const { text } = passage;
  const from = leading.exec(text)?.[0].length ?? 0;
  let to = text.length;
  const tail = trailing.exec(text.slice(from, to));
  if (tail) to = from + tail.index;
  const aside =
    /\s*\((?:refer to|see|as defined in|as listed in|please see)\b[^()]*(?:\([^()]*\)[^()]*)*\)$/i.exec(
      text.slice(from, to),
    );
  if (aside && aside.index > 8) to = from + aside.index;
  to =
    from + text.slice(from, to).replace(/,?\s+(?:and|with)\s+(?:documentation|evidence)\s+of$/i, "").length;
  if (/\b(?:and|or)$/i.test(text.slice(from, to)))
    to = text.slice(0, to).replace(/\s+(?:and\/or|and|or)$/i, "").length;
  if (/\([^)]*$/.test(text.slice(from, to)) && text[to] === ")") to += 1;
  const words = slice(passage, from, to);
  return words.text.length > 1 && /[a-z\d]/i.test(words.text) && !isConnective(words.text)
    ? { leaf: words, context }
    : null;
}

/** A group that is no more than it needs to be: a group of one is that one. */
export function group(connector: Connector, of: (Draft | null)[], lead: Passage | null): Draft | null {
  const kept = of.filter((one) => one !== null);
  if (kept.length === 0) return null;
  if (connector.op === "none") {
    const inner = kept.length === 1 ? kept[0]! : { op: "any" as const, of: kept, lead };
    return { op: "not", of: [inner], lead };
  }
  if (kept.length === 1) return kept[0]!;
  if (connector.op === "atLeast") {
    return connector.n <= 1
      ? { op: "any", of: kept, lead }
      : { op: "atLeast", n: connector.n, of: kept, lead };
  }
  return { op: connector.op, of: flatten(connector.op, kept), lead };
}

/** all(a, all(b, c)) without words of its own is all(a, b, c). */
function flatten(op: "all" | "any", of: Draft[]): Draft[] {
  return of.flatMap((one) =>
    "op" in one && one.op === op && one.lead === null && !one.label ? one.of : [one],
  );
}

export const all = (of: (Draft | null)[]): Draft | null => group({ op: "all" }, of, null);
export const any = (of: (Draft | null)[]): Draft | null => group({ op: "any" }, of, null);

/** when/then, or whichever side there is. */
export function whenThen(when: Draft | null, then: Draft | null, lead: Passage | null): Draft | null {
  if (!when || !then) return then ?? when;
  return { op: "when", when, then, lead };
}

/**
 * The draft of a labelled item with its printed label. Conditions that one item joins without words of their own each
 * carry its label: they may come to stand beside other items.
 */
export function withLabel<D extends Draft | null>(draft: D, label: string | null): D {
  if (!draft || !label || draft.label) return draft;
  if ("leaf" in draft || draft.lead || draft.op === "when" || draft.op === "any") return { ...draft, label };
  return { ...draft, of: draft.of.map((one) => withLabel(one, label)) };
}

/** Leaves in reading order. */
export function leavesOf(draft: Draft | null): Passage[] {
  if (!draft) return [];
  if ("leaf" in draft) return [draft.leaf];
  if (draft.op === "when") return [...leavesOf(draft.when), ...leavesOf(draft.then)];
  return draft.of.flatMap(leavesOf);
}

/** The connective that a list item ends or begins with, e.g. "…; OR". */
export function connectiveAtEnd(text: string): "all" | "any" | null {
  const found = /(?:^|[\s;,.)*–—-])(and\/or|and|or)[\s,;.:*–—-]*$/i.exec(text.trim());
  return found ? connectiveOf(found[1]!) : null;
}

export function connectiveAtStart(text: string): "all" | "any" | null {
  const found = /^(and\/or|AND|OR|And|Or|and|or)\b[:,]?\s*(?=\S|$)/.exec(text.trim());
  return found ? connectiveOf(found[1]!) : null;
}

const connectiveOf = (word: string): "all" | "any" => (/or/i.test(word) ? "any" : "all");

/** A block that is nothing but a connective between its neighbours. */
export const isConnective = (text: string): boolean =>
  /^[-–—*\s]*(?:and\/or|and|or)[-–—*\s,;:.]*$/i.test(text);
