import type { Criterion } from "#policy";
import type { Desk } from "./appeal.ts";
import { partsOf } from "./criteria.ts";
import { fill } from "./passages.ts";
import type { Support } from "./types.ts";

/** "these passages do not speak of …:", "0 of 1 trials are proven:": why it is wanted, which is no part of the request. */
const why = /^(?:these passages\b|\d+ of \d+\b|[^:]{0,60}\b(?:proven|unclear|undated)\b)[^:]*:\s*/i;

/** The paper to ask for, and who has it, in the words that a request prints; each once. */
export function wanted(missing: string): string {
  const parts = missing.split(/;\s+/).map((part) => part.replace(why, "").trim());
  return [...new Set(parts)].filter(Boolean).join("; ");
}

/** Sentences of a notice that name a paper which did not come with the request. */
const lacking =
  "\\b(records?|documentation|notes?|information|request|chart|claim|submission)\\b[^.]{0,60}\\b(do(es)? not|did not|was not|were not) (include|contain|come with|have)\\b|\\b(was|were|is|are) (missing|not (received|submitted|provided|included|enclosed))\\b|\\bwe (still )?need\\b[^.]{0,80}\\b(records?|notes?|report|plan|statement|letter|results?|documentation)\\b";

/** What the notice itself says did not come with the request: its words, for whoever has the paper. */
function lackingOf(desk: Desk): { text: string; rests: Support[] }[] {
  const grounds = desk.input.denial?.grounds ?? [];
  if (grounds.some(({ id }) => id !== "insufficient-information")) return [];
  return desk.search.find({ find: "denial", cue: lacking, most: 2 }).flatMap(({ slots }) => {
    const said = fill("what the notice says did not come with the request: {quote} ({place})", slots);
    return said ? [{ text: said.text, rests: said.rests }] : [];
  });
}

/** What would settle each open criterion, and who has it; each once, with the criteria that it would settle. */
export function missingOf(desk: Desk): { text: string; rests: Support[] }[] {
  const byText = new Map<string, Support[]>();
  const settled = settledIn(desk);
  for (const finding of desk.input.findings?.findings ?? []) {
    if (!finding.missing || (finding.status !== "unknown" && finding.status !== "conflicting")) continue;
    if (settled.has(finding.criterion)) continue;
    for (const text of wanted(finding.missing).split("; "))
      byText.set(text, [...(byText.get(text) ?? []), { criterion: finding.criterion }]);
  }
  return [...lackingOf(desk), ...[...byText].map(([text, rests]) => ({ text, rests }))];
}

/** What stands below a criterion that is met already: another way to it, or the stage after this one, needs no paper. */
function settledIn({ input }: Desk): Set<string> {
  const met = new Set(
    input.findings?.findings.filter(({ status }) => status === "met").map(({ criterion }) => criterion),
  );
  const below = (node: Criterion, isSettled: boolean): string[] => [
    ...(isSettled ? [node.id] : []),
    ...partsOf(node).flatMap((part) => below(part, isSettled || met.has(node.id))),
  ];
  return new Set(input.policy ? below(input.policy.criteria, false) : []);
}
