import type { Citation, Span } from "#base";
import type { Passage, PassageRole, Support } from "./types.ts";

/** Words with what they rest on; what fills a {slot}. */
export type Slot = { text: string; rests: Support[]; cites?: { words: string; at: Span }[] };
export type Slots = Record<string, Slot | null | undefined>;

export const form: Support = { form: true };
/** Words of our own that state nothing: headings, requests, courtesy. */
export const formal = (text: string): Slot => ({ text, rests: [form] });
/** Words taken from pages. */
export const fromPages = (text: string, ...spans: Span[]): Slot => ({
  text,
  rests: spans.map((span) => ({ evidence: span })),
});
/** Words that a person said or must say. */
export const fromPerson = (text: string, person = text): Slot => ({ text, rests: [{ person }] });

/**
 * Puts slots into a pattern. `null` when a slot of the pattern is empty: such a pattern is not printed. The passage
 * rests on everything its slots rest on; a pattern without facts is form.
 */
export function fill(pattern: string, slots: Slots, also: Support[] = []): Slot | null {
  const rests: Support[] = [...also];
  const cites: { words: string; at: Span }[] = [];
  let empty = false;
  const text = pattern.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const slot = slots[name];
    if (!slot || slot.text === "") {
      empty = true;
      return "";
    }
    rests.push(...slot.rests);
    cites.push(...(slot.cites ?? []));
    return slot.text;
  });
  if (empty) return null;
  return {
    text,
    rests: distinct(rests.length > 0 ? rests : [form]),
    ...(cites.length > 0 ? { cites } : {}),
  };
}

/** Several slots in a row as one. Empty ones are left out. */
export function joined(slots: (Slot | null | undefined)[], between = " "): Slot | null {
  const full = slots.filter((slot): slot is Slot => Boolean(slot?.text));
  if (full.length === 0) return null;
  const cites = full.flatMap((slot) => slot.cites ?? []);
  return {
    text: full.map((slot) => slot.text).join(between),
    rests: distinct(full.flatMap((slot) => slot.rests)),
    ...(cites.length > 0 ? { cites } : {}),
  };
}

/** Each support once; a fact's support makes `form` needless. */
export function distinct(rests: Support[]): Support[] {
  const seen = new Set<string>();
  const facts = rests.filter((rest) => !("form" in rest));
  return (facts.length > 0 ? facts : rests).filter((rest) => {
    const key = JSON.stringify(rest);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const lawSupport = (law: Citation): Support => ({ law });

/** Collects the passages of one letter, numbered in order. */
export function newDraft() {
  const passages: Passage[] = [];
  let section: string | undefined;
  const add = (role: PassageRole, slot: Slot | null | undefined, cells?: string[]): boolean => {
    if (!slot || slot.text.trim() === "") return false;
    passages.push({
      id: `p${passages.length + 1}`,
      role,
      text: slot.text,
      rests: distinct(slot.rests),
      ...(section ? { section } : {}),
      ...(cells ? { cells } : {}),
      ...(slot.cites?.length ? { cites: slot.cites } : {}),
    });
    return true;
  };
  return {
    passages,
    add,
    /** Opens a section: its heading is printed only if something follows, see {@link newDraft.close}. */
    open(heading: string, rests: Support[] = [form]) {
      section = heading;
      add("heading", { text: heading, rests });
    },
    /** Removes a heading under which nothing was printed. */
    close() {
      if (passages.at(-1)?.role === "heading") passages.pop();
    },
    row(cells: Slot[]) {
      const line = joined(cells, " · ");
      add(
        "row",
        line,
        cells.map((cell) => cell.text),
      );
    },
  };
}
export type Draft = ReturnType<typeof newDraft>;
