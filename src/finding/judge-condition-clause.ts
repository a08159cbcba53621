import { type Chart, passage } from "./chart.ts";
import type { Verdict } from "./evaluate/verdict.ts";
import { isDenied, isPlainStatement } from "./polarity.ts";
import { spanOfSentence } from "./sentences.ts";

const conditional =
  /^(.{8,}?),?\s+(?:if|when|for)\s+(?:the\s+)?(?:member|patient|individual)s?\s+(?:has|have|with)\s+(?:a\s+(?:history|diagnosis)\s+of\s+)?([a-z][a-z -]{3,40}?)\W*$|^(?:if|when)\s+(?:the\s+)?(?:member|patient|individual)\s+has\s+(?:a\s+(?:history|diagnosis)\s+of\s+)?([a-z][a-z -]{3,40}?),\s+(.{8,})$/i;

/**
 * "HbA1c below 8% if the member has diabetes": does not apply to somebody of whom a note says that they do not have it,
 * and no note says that they do. `null`: no such condition, or nothing is denied.
 */
export function judgeIfHas(text: string, chart: Chart): Verdict | null {
  const found = conditional.exec(text);
  const name = found?.[2] ?? found?.[3];
  if (!name || /\b(?:and|or|not|no)\b/i.test(name)) return null;
  const pattern = new RegExp(`(?<![\\w-])${name.trim().replace(/\s+/g, "\\s+")}(?![\\w-])`, "i");
  const told = chart.index.sentences.flatMap(({ sentence }) => {
    const place = pattern.exec(sentence.text);
    if (!place || !isPlainStatement(sentence.text, sentence.section, false)) return [];
    return [{ sentence, denied: isDenied(sentence.text, place.index, place.index + place[0].length) }];
  });
  const known = [...chart.byConcept.entries()].some(
    ([key, facts]) =>
      [key, ...chart.namesOf(key)].some((one) => one.toLowerCase() === name.trim().toLowerCase()) &&
      facts.some(({ assertion }) => assertion === "present" || assertion === "historical"),
  );
  if (known || told.length === 0 || told.some(({ denied }) => !denied)) return null;
  return {
    status: "not-applicable",
    for: [],
    against: told
      .slice(0, 2)
      .map(({ sentence }) => passage([spanOfSentence(sentence)], "cannot apply to this patient")),
    candidates: [],
  };
}
