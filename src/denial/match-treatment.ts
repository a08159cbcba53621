import type { Treatment } from "#knowledge";
import type { FoundCode } from "./read-codes.ts";

/** Id of the treatment that a service line is about, by its words and codes; `null` when none fits. */
export class TreatmentFinder {
  readonly #names: { pattern: RegExp; length: number; treatment: Treatment }[] = [];
  readonly #codes = new Map<string, Treatment[]>();

  constructor(treatments: readonly Treatment[]) {
    for (const treatment of treatments) {
      const drugs = (treatment.drugs ?? []).flatMap((drug) => [drug.generic, ...(drug.brands ?? [])]);
      for (const name of new Set([treatment.name, ...treatment.names, ...drugs])) {
        const words = name.split(/[\s/]+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
        this.#names.push({
          pattern: new RegExp(
            `(?<![\\w-])${words.join("[\\s/-]+")}(?:s|es)?(?![\\w])`,
            /^[A-Z]{2,4}$/.test(name) ? "" : "i",
          ),
          length: name.length,
          treatment,
        });
      }
      for (const code of [
        ...(treatment.codes?.cpt ?? []),
        ...(treatment.codes?.hcpcs ?? []),
        ...(treatment.codes?.rev ?? []),
      ])
        this.#codes.set(code, [...(this.#codes.get(code) ?? []), treatment]);
    }
  }

  /** Longest name first; `context` (the whole notice) only chooses between treatments that share the name. */
  find(words: string, codes: readonly FoundCode[], context: string): Treatment | null {
    const scores = new Map<Treatment, number>();
    const add = (treatment: Treatment, points: number): void =>
      void scores.set(treatment, (scores.get(treatment) ?? 0) + points);
    for (const { pattern, length, treatment } of this.#names)
      if (pattern.test(words)) add(treatment, 10 + length);
    for (const { value } of codes) for (const treatment of this.#codes.get(value) ?? []) add(treatment, 12);
    const best = Math.max(0, ...scores.values());
    const near = [...scores].filter(([, score]) => score >= best - 8);
    if (near.length === 0) return null;
    const likeness = ([treatment, score]: [Treatment, number]): number => score + shared(treatment, context);
    return near.sort((a, b) => likeness(b) - likeness(a) || a[0].priority - b[0].priority)[0]![0];
  }
}

/** How much of a treatment's indications the notice speaks of. */
function shared(treatment: Treatment, context: string): number {
  const words = new Set(
    [treatment.name, ...(treatment.indications ?? []).map(({ text }) => text)]
      .join(" ")
      .toLowerCase()
      .match(/[a-z]{5,}/g) ?? [],
  );
  const about = context.toLowerCase();
  let count = 0;
  for (const word of words) if (about.includes(word)) count++;
  return Math.min(9, count);
}
