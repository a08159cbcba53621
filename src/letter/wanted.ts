import type { Desk } from "./appeal.ts";
import type { Support } from "./types.ts";

/** "these passages do not speak of …:", "0 of 1 trials are proven:": why it is wanted, which is no part of the request. */
const why = /^(?:these passages\b|\d+ of \d+\b|[^:]{0,60}\b(?:proven|unclear|undated)\b)[^:]*:\s*/i;

/** The paper to ask for, and who has it, in the words that a request prints; each once. */
export function wanted(missing: string): string {
  const parts = missing.split(/;\s+/).map((part) => part.replace(why, "").trim());
  return [...new Set(parts)].filter(Boolean).join("; ");
}

/** What would settle each open criterion, and who has it; each once, with the criteria that it would settle. */
export function missingOf(desk: Desk): { text: string; rests: Support[] }[] {
  const byText = new Map<string, Support[]>();
  for (const finding of desk.input.findings?.findings ?? []) {
    if (!finding.missing || (finding.status !== "unknown" && finding.status !== "conflicting")) continue;
    for (const text of wanted(finding.missing).split("; "))
      byText.set(text, [...(byText.get(text) ?? []), { criterion: finding.criterion }]);
  }
  return [...byText].map(([text, rests]) => ({ text, rests }));
}
