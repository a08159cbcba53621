import { leavesOf } from "./criteria.ts";
import type { LetterInput } from "./input.ts";

/** Words too common to say what a text is about. */
const common = new Set(
  "that your with from this have been were will they their which when what than then also other into over under after before more most such only each must following criteria criterion medical medically necessary necessity policy coverage covered member patient plan request service services drug treatment therapy injection tablet tablets oral dose unit units days months weeks year years date documentation documented record records show shown not".split(
    " ",
  ),
);

/** Words that name a thing: at least four letters or a code, lower case, without the common ones. */
export function tellingWords(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[a-z][a-z0-9-]{3,}/g) ?? []).filter((word) => !common.has(word)));
}

/**
 * How much a sentence is about this request: words of the service weigh most, then words of the reason given, codes and
 * diagnoses, then words of the policy's criteria.
 */
export function relevance(input: LetterInput): (text: string) => number {
  const denial = input.denial;
  const service = tellingWords((denial?.services ?? []).map((line) => line.description.value).join(" "));
  const reason = tellingWords(
    (denial?.grounds ?? []).flatMap((ground) => ground.from.map((span) => span.quote)).join(" "),
  );
  const codes = (denial?.services ?? []).flatMap((line) =>
    line.codes.map((code) => code.value.toLowerCase()),
  );
  const numbers = (denial?.references ?? []).map((reference) => reference.value.toLowerCase());
  const policy = input.policy
    ? tellingWords(
        leavesOf(input.policy.criteria)
          .map((leaf) => leaf.text)
          .join(" "),
      )
    : new Set<string>();
  const conditions = mainConditions(input);
  return (text) => {
    const lower = text.toLowerCase();
    const own = tellingWords(text);
    const shared = (words: Set<string>) => [...own].filter((word) => words.has(word)).length;
    const named = [...codes, ...numbers].filter((code) => lower.includes(code)).length;
    return (
      Math.min(shared(service), 2) * 1.5 +
      Math.min(shared(reason), 3) +
      named * 1.5 +
      Math.min(shared(policy), 5) * 0.4 +
      Math.min(shared(conditions), 2) * 0.8
    );
  };
}

/** Words of the conditions that the record speaks of most: what this patient is treated for. */
function mainConditions(input: LetterInput): Set<string> {
  const times = new Map<string, number>();
  for (const fact of input.facts)
    if (fact.type === "condition" && fact.assertion === "present")
      for (const word of tellingWords(`${fact.concept} ${fact.text}`))
        times.set(word, (times.get(word) ?? 0) + 1);
  return new Set([...times].filter(([, count]) => count >= 3).map(([word]) => word));
}

/** Words of the diagnosis: those that the notice prints beside its code, and the conditions that the record speaks of most. */
export function diagnosisWords(input: LetterInput): Set<string> {
  const beside = (input.denial?.diagnoses ?? []).flatMap(({ from }) =>
    from.flatMap((span) => {
      const page = input.documents
        .find(({ document }) => document === span.document)
        ?.pages.find((entry) => entry.page === span.page);
      return /^[^\n,;]*/.exec(page?.text.slice(span.end) ?? "")?.[0] ?? "";
    }),
  );
  return new Set([...tellingWords(beside.join(" ")), ...mainConditions(input)]);
}
