import type { Value } from "./values.ts";

const roman: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4, v: 5 };
const severities: Record<string, number> = {
  trace: 0.5,
  trivial: 0.5,
  minimal: 0.5,
  mild: 1,
  mildly: 1,
  moderate: 2,
  moderately: 2,
  mod: 2,
  severe: 3,
  severely: 3,
  sev: 3,
};
const severity = "(?:trace|trivial|minimal|mildly|mild|moderately|moderate|mod|severely|severe|sev)";
const scale = `(?<from>${severity})(?:\\s*(?:-?\\s*to\\s*-?|-|–|/)\\s*(?<to>${severity}))?(?:\\s+to\\s+(?<top>${severity}))?`;
const leading = new RegExp(
  `(?:^|[^\\p{L}])${scale}(?:[\\s-]+(?:secondary|functional|primary|degenerative|ischemic|eccentric|central|residual|bilateral|recurrent|chronic|symptomatic|obstructive|persistent|\\([^)]{1,14}\\)))*\\s*$`,
  "iu",
);
const plus = /(?<from>[0-4](?:\.5)?)\s*\+?(?:\s*(?:-|–|to)\s*(?<to>[0-4](?:\.5)?))?\s*\+/;
const plusBefore = new RegExp(
  `${plus.source}\\s*(?:\\([^)]{1,24}\\)\\s*)?(?:secondary|functional|primary|degenerative)?\\s*$`,
);
const plusAfter = new RegExp(`^${plus.source}`);
const scaleAfter = new RegExp(`^${scale}(?![\\p{L}])`, "iu");
const numeral =
  /^(?<from>IV|III|II|I|[0-5](?:\.5)?)(?:[a-c])?(?:\s*(?:-|–|\/|to)\s*(?<to>IV|III|II|I|[1-5](?:\.5)?)(?:[a-c])?)?(?![\w.]*\d)\b/i;

/** The grade before a name: "3 to 4+ MR", "moderate-to-severe mitral regurgitation". `text` ends where the name begins. */
export function gradeBefore(text: string): Value | null {
  const tail = text.slice(-60);
  const offset = text.length - tail.length;
  const plusses = plusBefore.exec(tail);
  if (plusses)
    return between(
      numberOf(plusses.groups!["from"]!),
      numberOf(plusses.groups!["to"]),
      plusses[0],
      offset + plusses.index,
    );
  const words = leading.exec(tail);
  if (!words) return null;
  return severityValue(words, offset);
}

/** The grade after a name: "MR 3-4+", "NYHA class II-III", "mitral regurgitation is severe". */
export function gradeAfter(text: string): Value | null {
  const lead =
    /^[\s:,=(~-]*(?:(?:functional|class(?:ification)?|fc|grade|stage|symptoms?|is|was|of|at|to be|score|heart failure|congestive heart failure|hf|medial|grading|estimated|now|status|currently|level|performance|ps)\b[\s:,=(-]*)*/i.exec(
      text,
    )![0];
  const rest = text.slice(lead.length);
  const plusses = plusAfter.exec(rest);
  if (plusses)
    return between(
      numberOf(plusses.groups!["from"]!),
      numberOf(plusses.groups!["to"]),
      plusses[0],
      lead.length,
    );
  const words = scaleAfter.exec(rest);
  if (words) return severityValue(words, lead.length);
  const numbers = numeral.exec(rest);
  if (
    !numbers ||
    /^\s*(?:\/\d|mg|%|mm|cm|months?|weeks?|years?|days?|-?\s*(?:year|day))/i.test(
      rest.slice(numbers[0].length),
    )
  )
    return null;
  return between(
    numberOf(numbers.groups!["from"]!),
    numberOf(numbers.groups!["to"]),
    numbers[0],
    lead.length,
  );
}

function severityValue(match: RegExpExecArray, offset: number): Value {
  const all = [match.groups!["from"], match.groups!["to"], match.groups!["top"]].filter(
    (word) => word !== undefined,
  );
  const grades = all.map((word) => severities[word.toLowerCase()]!);
  const lead = /^[^\p{L}]?/u.exec(match[0])![0].length;
  const text = match[0]
    .slice(lead)
    .trim()
    .replace(/\s*\(.*$/, "");
  return {
    low: Math.min(...grades),
    high: Math.max(...grades),
    text,
    start: offset + match.index + lead,
    end: offset + match.index + match[0].length,
  };
}

function between(from: number, to: number | undefined, written: string, at: number): Value {
  const [low, high] = to === undefined ? [from, from] : [Math.min(from, to), Math.max(from, to)];
  return { low, high, text: written.trim(), start: at, end: at + written.length };
}

function numberOf(text: string): number;
function numberOf(text: string | undefined): number | undefined;
function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : (roman[text.toLowerCase()] ?? Number(text));
}
