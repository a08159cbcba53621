import type { Desk } from "./appeal.ts";
import { flatly, matterOf } from "./notice-clauses.ts";
import { allStemsOf } from "./stems.ts";

/** With fewer words it may be said otherwise in the policy. */
const leastBeyond = 2;

/** What the clause misses in words that the whole policy does not have, each as the notice spells it; none where one stands there. */
export function beyondPolicy(clause: string, desk: Desk): string[] {
  const { policy, documents } = desk.input;
  const document = policy?.title?.from[0]?.document;
  const source = documents.find((entry) => entry.document === document);
  if (!source || source.pages.some(({ ocr }) => ocr) || !flatly.test(clause)) return [];
  const asked = new Set(source.pages.flatMap(({ text }) => [...allStemsOf(text)]));
  const service = allStemsOf(desk.slots.service?.text ?? "");
  const known = new Set<string>(desk.input.facts.map(({ concept }) => concept.toLowerCase()));
  const matter = matterOf(clause).filter((stem) => !service.has(stem));
  if (matter.length < leastBeyond || matter.some((stem) => asked.has(stem))) return [];
  const words: string[] = clause.match(/[A-Za-z][a-z0-9-]{3,}/g) ?? [];
  return words.filter(
    (word, index) =>
      matter.includes([...allStemsOf(word)][0] ?? "") &&
      !known.has(word.toLowerCase()) &&
      words.indexOf(word) === index,
  );
}
