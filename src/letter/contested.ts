import type { Span } from "#base";
import type { Criterion } from "#policy";
import { criterionWords, leavesOf, partsOf } from "./criteria.ts";
import { weak } from "./criteria-table.ts";
import type { LetterInput } from "./input.ts";
import { sentenceRanges } from "./sentences.ts";
import { tellingWords } from "./telling-words.ts";

/** Tells which criteria the notice disputes: by number where it names numbers, else by words it shares with its reason. */
export function contestedBy(input: LetterInput): (node: Criterion, number: string) => boolean {
  const reasons = (input.denial?.grounds ?? []).flatMap((ground) => ground.from);
  const numbers = numbersNamed(input, reasons);
  if (numbers.size > 0) return (_, number) => numbers.has(number);
  const named = tellingWords(
    [
      input.policy?.title?.value,
      ...(input.denial?.services ?? []).map((service) => service.description.value),
    ].join(" "),
  );
  const said = reasonSentences(input, reasons).map(
    (sentence) => new Set([...tellingWords(sentence)].filter((word) => !named.has(word))),
  );
  const inLeaves = leavesOf(input.policy!.criteria).map((leaf) => tellingWords(criterionWords(leaf)));
  const ownOf = (word: string) => inLeaves.filter((words) => words.has(word)).length === 1;
  const drugs = drugsNamed(input, said);
  return (node) => {
    const words = new Set([...tellingWords(criterionWords(node))].filter((word) => !weak.test(word)));
    if (partsOf(node).length === 0 && drugs.some((drug) => words.has(drug))) return true;
    return said.some((sentence) => {
      const shared = [...words].filter((word) => sentence.has(word));
      // A short criterion is named by the one word that no other criterion has.
      if (partsOf(node).length === 0 && words.size <= 3 && shared.some(ownOf)) return true;
      return shared.length >= 2 && shared.length / Math.max(Math.min(words.size, sentence.size), 1) >= 0.5;
    });
  };
}

/** The drugs of the record that the reason names, other than the one asked for. */
function drugsNamed(input: LetterInput, said: Set<string>[]): string[] {
  const drugs = input.facts.flatMap((fact) => (fact.type === "medication" ? fact.concept.toLowerCase() : []));
  return [...new Set(drugs)].filter((drug) => said.some((sentence) => sentence.has(drug)));
}

/** True when the notice points at a criterion or section by number, whether or not the table has it under that number. */
export function namesACriterion(input: LetterInput): boolean {
  const reasons = (input.denial?.grounds ?? []).flatMap((ground) => ground.from);
  if (numbersNamed(input, reasons).size > 0) return true;
  const pointed = /\b(criteri(?:on|a)|section|paragraph|item|step)\s+(?:no\.?\s*)?\(?[0-9A-Z]{1,3}\b/;
  return reasonSentences(input, reasons).some((sentence) => pointed.test(sentence));
}

/** The sentences of the reason: those the grounds were read from and those beside them on the same lines of the page. */
function reasonSentences(input: LetterInput, reasons: Span[]): string[] {
  return reasons.flatMap((span) => {
    const page = input.documents
      .find((source) => source.document === span.document)
      ?.pages.find((entry) => entry.page === span.page);
    if (!page) return [span.quote];
    const ranges = sentenceRanges(page);
    const at = ranges.findIndex((range) => range.start < span.end && span.start < range.end);
    return ranges.slice(Math.max(0, at - 1), at + 3).map((range) => page.text.slice(range.start, range.end));
  });
}

/** "criteria 3 and 4" on the pages of the notice. */
function numbersNamed(input: LetterInput, reasons: Span[]): Set<string> {
  const named = new Set<string>();
  const notices = new Set(reasons.map((span) => span.document));
  for (const source of input.documents)
    if (notices.has(source.document))
      for (const page of source.pages)
        for (const match of page.text.matchAll(
          /\bcriteri(?:on|a)\s+(?:numbers?\s+)?((?:\(?[0-9]{1,2}\)?[a-z]?|[A-H])(?:\s*(?:,|and|or|&|through|to)\s*\(?[0-9]{1,2}\)?[a-z]?)*)(?![\w.])/gi,
        ))
          for (const number of match[1]!.match(/[0-9]{1,2}[a-z]?|[A-H]/g) ?? []) named.add(number);
  return named;
}
