import type { Chart } from "./chart.ts";
import { termsOf } from "./lexicon.ts";

const exampled =
  /((?:[A-Za-z][\w-]*\s+){0,3}[A-Za-z][\w-]*)\s*(?:\(\s*(?:for example|for instance|e\.?g\.?|such as|including|like)[,:]?\s+([^()]{3,160})\)|,?\s+(?:such as|for example|e\.g\.),?\s+([^.;()]{3,120}?)(?=\s+for\b|\s+at\b|[.;]|$))/i;
/** Words before a head noun that are no part of it. */
const leading =
  /^.*\b(?:to|of|with|for|on|from|and|or|an?|the|has|have|had|tried|failed|one|two|three|any|all|other|least)\b\s+/i;

/** "Oral antibiotics (for example doxycycline)": the drugs are examples of what stands before them. */
export type Exampled = {
  /** The noun that the examples stand for, without what leads to it. */
  head: string;
  /** Generic names of the examples. */
  drugs: string[];
  /** The text in which the examples stand for the noun. */
  byDrug: (generic: string) => string;
};

/** The first noun of a text that is explained by drugs named as examples. */
export function exampledIn(text: string, chart: Chart): Exampled | null {
  const found = exampled.exec(text);
  if (!found) return null;
  const drugs = termsOf(found[2] ?? found[3] ?? "", chart.strict)
    .filter(({ key }) => key.startsWith("d:"))
    .map(({ key }) => key.slice(2).toLowerCase());
  const head = found[1]!.replace(leading, "");
  if (drugs.length === 0 || head === "") return null;
  const start = found.index + found[1]!.length - head.length;
  const end = found.index + found[0].length;
  return { head, drugs, byDrug: (generic) => `${text.slice(0, start)}${generic}${text.slice(end)}` };
}
