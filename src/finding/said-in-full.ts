import type { Chart } from "./chart.ts";
import { type Asked, claimOf } from "./claim.ts";
import type { Verdict } from "./evaluate/verdict.ts";
import { exampledIn } from "./examples.ts";
import { termsOf } from "./lexicon.ts";
import { pageKey, readingsOf, showsField } from "./support.ts";
import type { Evidence } from "./types.ts";
import { stem, wordsOf } from "./words.ts";

/** Words of the tests themselves: what they ask has been weighed by the evaluator. */
const weighed = new Set(
  (
    "inadequate response failure failed fail trial tried try intolerance intolerant contraindication contraindicated treatment drug " +
    "agent medication therapy generic preferred product class different adequate maintenance taking taken receiving " +
    "month week six three two four twelve consecutive previously currently unless cause caused due history occurred " +
    "diagnosis age older exceed stable presence take takes use using used labeled maintenance dose formulary alternative each " +
    "year years aged adult male female men women sex gender both inclusive treated because sooner adverse reaction effect stopped discontinued nonpreferred completion completed complete course step qualifying approved established maintained receive currently been close blood relative first degree"
  )
    .split(" ")
    .map(stem)
    .concat("c:labeling", "c:contraindicated", "c:cannot tolerate"),
);

/**
 * A typed test may hold less than its words. Met stands only where the passages that carry the evidence, with what
 * stands round them, speak of everything the criterion names; else it is open and the evidence becomes candidates.
 */
export function heldToItsWords(verdict: Verdict, text: string, chart: Chart): Verdict {
  if (verdict.status !== "met") return verdict;
  const unsaid = unsaidIn(text, verdict.for, chart);
  if (unsaid === null || saidByExample(text, verdict.for, chart)) return verdict;
  return {
    status: "unknown",
    for: [],
    against: verdict.against,
    candidates: [...verdict.for, ...verdict.candidates],
    ...(unsaid.length > 0 ? { open: `these passages do not speak of ${unsaid.join(", ")}` } : {}),
  };
}

/** "Severe asthma": what is said of the asthma must say so, in its own statement. */
export function isMilder(text: string, evidence: readonly Evidence[], chart: Chart): boolean {
  const asked = /\b(moderate[- ]to[- ]severe(?:ly)?|severe(?:ly)?)\b/i.exec(text)?.[1];
  if (!asked || /\b(?:mild|or moderate|adverse|reaction|not|no|score|index)\b|\d/i.test(text)) return false;
  const told = /^moderate/i.test(asked) ? /\b(?:moderate|severe)/i : /\bsevere/i;
  return !evidence.some(({ from }) =>
    from.some((at) =>
      readingsAtSpan(at, chart).some(({ sentence }) => {
        const offset = at.start - sentence.start;
        const [before, after] = [sentence.text.slice(0, offset), sentence.text.slice(offset)];
        const own = `${before.split(/[;.]\s/).at(-1)}${after.split(/[;.](?:\s|$)/)[0]}`;
        return told.test(own);
      }),
    ),
  );
}

/** A drug that the criterion itself gives as an example of a kind is of that kind, whatever its passages call it. */
function saidByExample(text: string, evidence: readonly Evidence[], chart: Chart): boolean {
  const kind = exampledIn(text, chart);
  const byId = new Map(chart.facts.map((fact) => [fact.id, fact.concept.toLowerCase()]));
  const shown = new Set(evidence.map(({ fact }) => byId.get(fact ?? "")));
  return (
    !!kind &&
    kind.drugs.some((drug) => shown.has(drug) && unsaidIn(kind.byDrug(drug), evidence, chart) === null)
  );
}

/** "At least one of: corticosteroids, azathioprine, mercaptopurine". */
const oneOf = /\b(?:at least )?(?:one|any) (?:or more )?of(?: the following)?:?\s+([^.;:]*,[^.;:]*)$/i;

/** What a criterion names and its passages do not; `null` when they speak of all of it. */
function unsaidIn(text: string, evidence: readonly Evidence[], chart: Chart): string[] | null {
  const [main, shownBy] = text
    .replace(oneOf, (_, list: string) => list.split(/,\s*(?:or\s+)?/i).join(" or "))
    .replace(/\b(for|of|with|in) MS\b/, "$1 multiple sclerosis")
    .split(/,?\s+(?:as )?(?:shown|evidenced|demonstrated|documented) by\s+/i) as [string, string?];
  const said = keysOf(evidence, chart);
  const documents = new Set(evidence.flatMap(({ from }) => from.map(({ document }) => document)));
  const missingIn = (part: string): string[] | null => {
    const ways = claimOf(part, chart.strict).alternatives.map((clauses) => {
      const open = clauses.flatMap(({ asked }) => asked.filter((one) => !one.faint && !isSaid(one, said)));
      const signed = clauses.every(({ roles }) =>
        roles.every((role) => [...documents].some((document) => showsField(role, document, chart))),
      );
      return open.length === 0 && signed ? null : open.map(({ words }) => words);
    });
    return ways.includes(null) ? null : (ways[0] ?? []);
  };
  const first = missingIn(main);
  if (first !== null || shownBy === undefined) return first;
  const proofs = shownBy.split(/,?\s+or\s+(?:by\s+)?/i).map(missingIn);
  return proofs.includes(null) ? null : (proofs[0] ?? []);
}

const isSaid = ({ anyOf }: Asked, said: ReadonlySet<string>): boolean =>
  anyOf.some(([term]) => weighed.has(term!.key) || /^\d+$/.test(term!.key) || said.has(term!.key));

/** Everything that the passages of the evidence name, by strict name and by word, and the concepts of its facts. */
function keysOf(evidence: readonly Evidence[], chart: Chart): Set<string> {
  const keys = new Set<string>();
  const add = (text: string) => {
    for (const { key } of termsOf(text, chart.strict)) keys.add(key);
    for (const { form } of wordsOf(text)) keys.add(form);
  };
  const byId = new Map(chart.facts.map((fact) => [fact.id, fact]));
  for (const { fact: id, from } of evidence) {
    const fact = id ? byId.get(id) : undefined;
    if (fact) {
      for (const key of [`c:${fact.concept}`, `d:${fact.concept}`]) keys.add(key);
      add(fact.text);
      for (const group of groupsOf(fact.concept, chart)) {
        add(group);
        // The class may bear the name of the disease: "multiple sclerosis (oral)".
        add(group.replace(/\s*\(.*\)/, ""));
      }
      for (const name of chart.namesOf(fact.concept)) add(name);
    }
    for (const at of from)
      for (const { sentence, context, topics } of readingsAtSpan(at, chart)) {
        add(sentence.text);
        add(sentence.section);
        for (const key of context) keys.add(key);
        for (const key of topics) if (/^(?:d:|i:|c:\w+_dx$)/.test(key)) keys.add(key);
      }
  }
  return keys;
}

const readingsAtSpan = (at: Evidence["from"][number], chart: Chart) =>
  (readingsOf(chart).byPage.get(pageKey(at)) ?? []).filter(
    ({ sentence }) => at.start < sentence.end && sentence.start < at.end,
  );

/** Names of the groups and classes that a drug belongs to. */
function groupsOf(generic: string, chart: Chart): string[] {
  const its = chart.classOf.get(generic.toLowerCase());
  if (!its) return [];
  const groups = Object.entries(chart.matching.groups).filter(([, classes]) =>
    classes.some((one) => [its, generic.toLowerCase()].includes(one.toLowerCase())),
  );
  return [its, ...groups.map(([name]) => name)];
}
