import type { ClinicalConcept } from "#knowledge";
import type { Mention } from "./mentions.ts";
import { quantityAt, type Value } from "./values.ts";

/** Hematocrit and hemoglobin come in either order; hemoglobin is the smaller number. */
export function hemoglobinOf(rest: string, concept: ClinicalConcept, at: number): Value[] {
  const pair = /(\d+(?:\.\d+)?)\s*(?:\/|and|,)\s*(\d+(?:\.\d+)?)/.exec(rest.slice(0, 50));
  if (!pair) return [];
  const [a, b] = [Number(pair[1]), Number(pair[2])];
  const low = Math.min(a, b);
  if (concept.range && (low < concept.range[0] || low > concept.range[1])) return [];
  return [{ low, high: low, unit: "g/dL", start: at + pair.index, end: at + pair.index + pair[0].length }];
}

/** "20 headache days", "60% ejection fraction", "a 42 BMI". */
export function aheadOf(text: string, mention: Mention, concept: ClinicalConcept): Value[] {
  const lead = text.slice(Math.max(0, mention.start - 28), mention.start);
  const match =
    /(?<![\d/.])(\d+(?:\.\d+)?(?:\s*(?:-|to)\s*\d+(?:\.\d+)?)?)\s*(%|percent)?\s*(?:monthly\s*|of\s*)?$/.exec(
      lead,
    );
  if (
    !match ||
    (/%|percent/.test(match[0]) !== concept.units.includes("%") &&
      concept.units[0] !== "days/mo" &&
      concept.units[0] !== "weeks")
  )
    return [];
  if (!["days/mo", "weeks", "%", "days", "U"].includes(concept.units[0] ?? "")) return [];
  const at = Math.max(0, mention.start - 28) + match.index;
  const value = quantityAt(text.slice(0, mention.start), at, concept);
  return value ? [value] : [];
}
