import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { anyCase } from "./cue.ts";
import { fromPages, type Slot } from "./passages.ts";
import { squash } from "./sentences.ts";

const state =
  "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]";
/** Up to three lines below a name that end in town, State and ZIP code. */
const postal = new RegExp(
  `^[^\\S\\n]*\\n\\s*((?:[^\\n]{3,60}\\n\\s*){0,2}?[^\\n]{3,60}\\b(?:${state})\\s+\\d{5}(?:-\\d{4})?)(?!\\d)`,
);

/** The same behind the name on its line. */
const inline = new RegExp(
  `^,\\s+((?:\\d|P\\.?\\s?O\\.?\\s)[^\\n]{5,80}?\\b(?:${state})\\s+\\d{5}(?:-\\d{4})?)(?!\\d)`,
);

/** How a postal address begins. */
const dwelling = /^(?:\d|P\.?\s?O\.?\s?Box\b|c\/o\b|R\.?R\.?\s?\d|apt\b|unit\b|one\b)/i;

/** The member's postal address as the notice prints it below the name; `null` where it does not. */
export function memberAddress(desk: Desk): Slot | null {
  const { denial } = desk.input;
  const name = desk.slots.member?.text ?? denial?.memberName?.value;
  const notice = denial?.noticeDate?.from[0] ?? denial?.grounds[0]?.from[0];
  const source = notice ? desk.cite.sources.get(notice.document) : undefined;
  if (!name || !source) return null;
  const words = name.match(/[A-Za-z'-]+/g) ?? [];
  if (words.length < 2) return null;
  const spelling = new RegExp(words.join("[\\s.,]+"), "gi");
  for (const page of source.pages)
    for (const match of page.text.matchAll(spelling)) {
      const start = match.index + match[0].length;
      const after = page.text.slice(start, start + 200);
      const found = postal.exec(after) ?? inline.exec(after);
      if (!found) continue;
      // Below the name of a form stands the next blank, or somebody else's address: a home begins with its number or box.
      const lines = found[1]!.split("\n");
      const home = lines.slice(lines.findIndex((line) => dwelling.test(line.trim()))).join("\n");
      if (!dwelling.test(home.trim())) continue;
      const from = start + found[0].length - home.length;
      const span = spanAt(source.document, page, from, start + found[0].length);
      return fromPages(squash(home.replace(/\s*\n\s*/g, ", ")), span);
    }
  return null;
}

const credentials = "M\\.?D\\.?|D\\.?O\\.?|N\\.?P\\.?|PA-C|DNP|APRN|FNP|DPM|PhD|PsyD";
const signed = new RegExp(
  `\\b${anyCase("(?:provider|physician|prescriber|attending|surgeon|psychiatrist|specialist|clinician)(?: (?:name|physician|provider))?")}:\\s+([A-Z][\\w.'-]+(?: [A-Z][\\w.'-]*){1,3},? (?:${credentials})(?!\\w))`,
  "g",
);

/** Who treats, where all the records that name somebody as their clinician name the same one; else `null`. */
export function recordClinician(desk: Desk): Slot | null {
  const found = new Map<string, Slot>();
  for (const exhibit of desk.cite.exhibits)
    for (const page of exhibit.kind === "record"
      ? (desk.cite.sources.get(exhibit.document)?.pages ?? [])
      : []) {
      if (!exhibit.pages.includes(page.page)) continue;
      for (const match of page.text.matchAll(signed)) {
        const end = match.index + match[0].length;
        const span = spanAt(exhibit.document, page, end - match[1]!.length, end);
        found.set(match[1]!.replace(/[^A-Za-z]/g, "").toLowerCase(), fromPages(squash(match[1]!), span));
      }
    }
  return found.size === 1 ? [...found.values()][0]! : null;
}

/** Characters around a printed NPI in which its owner's name must stand. */
const reach = 160;

/** The physician's NPI where a page prints it near the name, and no other number near it; else `null`. */
export function physicianNpi(desk: Desk, physician: Slot | null): Slot | null {
  const words = physician?.text.replace(/,.*$/, "").trim().split(/\s+/) ?? [];
  const last = words.at(-1);
  if (!last || words.length < 2) return null;
  const found = new Map<string, Slot>();
  for (const exhibit of desk.cite.exhibits)
    for (const page of desk.cite.sources.get(exhibit.document)?.pages ?? []) {
      if (!exhibit.pages.includes(page.page)) continue;
      for (const match of page.text.matchAll(/\bNPI\b[^\d\n]{0,12}(\d{10})(?!\d)/g)) {
        const near = page.text.slice(Math.max(0, match.index - reach), match.index + reach);
        if (!new RegExp(`\\b${last.replace(/[^A-Za-z-]/g, ".")}\\b`, "i").test(near)) continue;
        const span = spanAt(exhibit.document, page, match.index, match.index + match[0].length);
        found.set(match[1]!, fromPages(match[1]!, span));
      }
    }
  return found.size === 1 ? [...found.values()][0]! : null;
}
