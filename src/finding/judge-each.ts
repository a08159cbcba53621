import type { Test } from "#policy";
import type { Chart } from "./chart.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { drugsIn } from "./judge-regimen.ts";

type Judge = (text: string, test: Test | null, chart: Chart) => Verdict;

const asks =
  /^(.*?\b(?:fail\w*|inadequate|intoleran\w*|contraindicat\w*|refractory|tried|trial)\b.*?\b(?:to|of|with)\s+(?:both\s+)?)((?:an?\s+)?[^,;:]{3,50}?)\s+and\s+((?:an?\s+)?[^,;:]{3,60}?)\W*$/i;

/**
 * "Inadequate response, intolerance or contraindication to a beta blocker and a calcium channel blocker": the same of each,
 * where both are drugs. `null`: not of this kind.
 */
export function judgeEach(text: string, chart: Chart, judge: Judge): Verdict | null {
  const found = asks.exec(text);
  if (!found || /\b(?:no|not|unless|either|one of|two|three)\b/i.test(text)) return null;
  const [, lead, first, second] = found;
  const concepts = [first!, second!].map((part) => drugsIn(part, chart));
  if (concepts.some((drugs) => drugs === null)) return null;
  const answers = [first!, second!].map((part, at) =>
    judge(`${lead}${part}`, { kind: "priorTherapy", concepts: concepts[at]! }, chart),
  );
  return answers.every(({ status }) => status === "met")
    ? met(answers.flatMap((one) => one.for.slice(0, 2)))
    : unknown(answers.flatMap((one) => [...one.for, ...one.candidates].slice(0, 2)));
}
