import { groundIds, outcomes, parseDate, stages, timings } from "#base";
import type { Denial, Ground } from "#denial";
import type { Attested } from "#finding";
import { findQuote, type SourceDocument } from "#source";
import type { Correction, Judgement } from "./events.ts";

/** Fields of the notice whose values are words of a closed list. */
const lists: Record<string, readonly string[]> = { stage: stages, timing: timings, outcome: outcomes };

/** The value a person typed for a field, in the type the field has; `null` when it cannot be one. */
export function correctedValue(field: string, typed: string): unknown {
  const text = typed.trim();
  if (text === "") return null;
  if (field === "noticeDate" || field === "rightsStated.appealBy") return parseDate(text);
  if (field === "urgent") return text === "yes" ? true : text === "no" ? false : null;
  if (field === "grounds") {
    const wanted = text.split(",").map((word) => word.trim());
    return wanted.every((word) => (groundIds as readonly string[]).includes(word)) ? wanted : null;
  }
  const list = lists[field];
  if (list) return list.includes(text) ? text : null;
  return text;
}

/**
 * The notice with a person's corrections. A corrected value keeps a place when its words stand in the papers; its
 * reading then says that a person gave it. Corrections that fit no field are left out.
 */
export function correctDenial(
  denial: Denial,
  corrections: readonly Correction[],
  documents: readonly SourceDocument[],
): Denial {
  const corrected = structuredClone(denial);
  for (const { field, value } of corrections) {
    const parsed = correctedValue(field, value);
    if (parsed === null) continue;
    if (field === "grounds") corrected.grounds = groundsOf(parsed as Ground["id"][], denial.grounds);
    else place(corrected, field, { value: parsed, from: placesOf(value, documents), by: "person" });
  }
  return corrected;
}

function groundsOf(ids: Ground["id"][], read: readonly Ground[]): Ground[] {
  return ids.map((id) => read.find((ground) => ground.id === id) ?? { id, from: [], codes: [] });
}

function placesOf(value: string, documents: readonly SourceDocument[]) {
  for (const document of documents) {
    const span = findQuote(document, value);
    if (span) return [span];
  }
  return [];
}

/** Sets `references.0` or `rightsStated.sendTo.fax`; keeps other keys of a reading that has more (kind, system). */
function place(target: object, field: string, reading: object): void {
  const steps = field.split(".");
  const last = steps.pop();
  let at: unknown = target;
  for (const step of steps) at = own(at, step);
  if (last === undefined || typeof at !== "object" || at === null || !Object.hasOwn(at, last)) return;
  const before = own(at, last);
  (at as Record<string, unknown>)[last] = { ...(typeof before === "object" ? before : {}), ...reading };
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** What a person decided about criteria, in the words of the matcher. */
export function attestedOf(judgements: readonly Judgement[]): Attested {
  return Object.fromEntries(
    judgements.map(({ criterion, status, by, why }) => [criterion, { status, by, why }]),
  );
}
