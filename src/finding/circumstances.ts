import type { Chart } from "./chart.ts";
import type { Verdict } from "./evaluate/verdict.ts";
import { isMilder } from "./said-in-full.ts";
import type { Evidence } from "./types.ts";

/** Circumstances of which one excludes the others: where a criterion names some, a passage that names only others is no proof of it. */
const sets: readonly (readonly RegExp[])[] = [
  [
    /\bat rest\b|\bresting\b/i,
    /\b(?:exerti\w+|exercis\w+|ambulat\w+|walking)\b/i,
    /\b(?:during|in|while) sleep\w*\b|\bnocturnal\b|\bovernight\b/i,
  ],
  [/\broom[- ]air\b|\bRA\b/, /\b(?:on|with) (?:\d+(?:\.\d+)? ?L\b|(?:supplemental )?oxygen)/i],
  [/\bknees?\b/i, /\bhips?\b/i, /\bshoulders?\b/i, /\bankles?\b/i, /\bwrists?\b/i, /\belbows?\b/i],
  [/\b(?:lumbar|lumbosacral)\b|\bL-spine\b/i, /\b(?:cervical|C-spine)\b/i, /\b(?:thoracic|T-spine)\b/i],
  [/\b(?:MRI|magnetic resonance)\b/i, /\b(?:ultraso\w+|sonogra\w+)\b/i, /\b(?:x-?rays?|radiograph\w*)\b/i],
];
/** Shorter before longer: what happens so often a week does not happen so often a day. */
const periods = [
  /\b(?:per|a|each) day\b|\bdaily\b/i,
  /\b(?:per|a|each) week\b|\bweekly\b/i,
  /\b(?:per|a|each) month\b|\bmonthly\b/i,
  /\b(?:per|a|each) year\b|\byearly\b/i,
];
/** The other side than the one in question. */
const otherSide =
  /\b(?:other|opposite|contralateral) (?:knee|hip|shoulder|eye|ear|side|arm|leg|foot|hand|breast|wrist|ankle)\b/i;
/** What has only been arranged, asked for or refused. */
const notDone =
  /\b(?:ordered|scheduled|awaiting|recommended|requested|planned|was offered|(?:has |was )?declined|refused)\b(?! (?:in|from|by|over)\b)/i;
const asksPlan =
  /\b(?:will|plan\w*|order\w*|request\w*|prescri\w+|schedul\w+|recommend\w*|refus\w*|declin\w*|offer\w*|candidate|indicated|appropriate|intend\w*|used|not)\b/i;
const wholeStatement = 90;

/** A verdict without the passages that speak of another circumstance than the criterion; open when none are left. */
export function heldToCircumstance(verdict: Verdict, text: string, chart: Chart): Verdict {
  if (verdict.status !== "met") return verdict;
  if (isMilder(text, verdict.for, chart))
    return { ...verdict, status: "unknown", for: [], candidates: [...verdict.for, ...verdict.candidates] };
  const kept = verdict.for.filter((evidence) => !isElsewhere(sentenceOf(evidence, chart), text));
  if (kept.length === verdict.for.length) return verdict;
  const dropped = verdict.for.filter((evidence) => !kept.includes(evidence));
  if (kept.length > 0 && kept.length * 2 >= verdict.for.length) return { ...verdict, for: kept };
  return { ...verdict, status: "unknown", for: [], candidates: [...dropped, ...kept, ...verdict.candidates] };
}

function isElsewhere(said: string, text: string): boolean {
  if (said === "") return false;
  if (otherSide.test(said) && !otherSide.test(text)) return true;
  if (said.length < wholeStatement && notDone.test(said) && !asksPlan.test(text)) return true;
  const asked = periods.findIndex((one) => one.test(text));
  const told = periods.findIndex((one) => one.test(said));
  if (asked >= 0 && told > asked && /\d/.test(said)) return true;
  return sets.some((set) => {
    const asked = set.filter((one) => one.test(text));
    const told = set.filter((one) => one.test(said));
    return asked.length > 0 && told.length > 0 && !told.some((one) => asked.includes(one));
  });
}

function sentenceOf({ from }: Evidence, chart: Chart): string {
  const [at] = from;
  if (!at) return "";
  const found = chart.index.sentences.find(
    ({ sentence }) =>
      sentence.document === at.document &&
      sentence.page === at.page &&
      at.start < sentence.end &&
      sentence.start < at.end,
  );
  return found?.sentence.text ?? at.quote;
}
