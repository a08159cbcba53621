import type { Test } from "#policy";
import type { Chart } from "./chart.ts";
import { durationsIn } from "./durations.ts";
import { currentTherapy } from "./evaluate/therapy.ts";
import { met, unknown, type Verdict } from "./evaluate/verdict.ts";
import { termsOf } from "./lexicon.ts";

const asks =
  /^(.{0,90}?\b(?:therap(?:y|ies)|regimen|treatment|medications?|drugs?)\b[^.;]{0,30}?)\b(?:including|consisting of|comprising|that includes?|which includes?|with both|with)\s+(.{10,140}?)\W*$/i;
const asksMore =
  /\b(?:fail\w*|inadequate|intoleran\w*|contraindicat\w*|unless|not|no|despite|maximal\w*|maximum|doses?|refractory|response)\b|\d\s*(?:mg|%|mcg)/i;

/**
 * "At least 3 months of medical therapy including a beta blocker and an ACE inhibitor, ARB or ARNI": of each kind joined by
 * "and" one drug that is taken, and long enough. `null`: not of this kind, or it asks how the drugs worked.
 */
export function judgeRegimen(text: string, chart: Chart): Verdict | null {
  const found = asks.exec(text.replace(/\([^()]*\)/g, " "));
  if (!found || asksMore.test(text)) return null;
  if (!/\b(?:received|receiving|on|taking|treated with|has had|stable|at least)\b/i.test(found[1]!))
    return null;
  const kinds = found[2]!.split(/,?\s+and\s+/i).map((part) => drugsIn(part, chart));
  if (kinds.some((drugs) => drugs === null)) return null;
  const minDays = durationsIn(found[1]!)[0]?.days;
  const answers = kinds.map((concepts) => {
    const test: Test = {
      kind: "currentTherapy",
      concepts: concepts!,
      ...(minDays === undefined ? {} : { minDays }),
    };
    return currentTherapy(test, chart, text);
  });
  return answers.every(({ status }) => status === "met")
    ? met(answers.flatMap((one) => one.for.slice(0, 2)))
    : unknown(answers.flatMap((one) => [...one.for, ...one.candidates].slice(0, 2)));
}

/** "An ACE inhibitor, ARB or ARNI": drugs, groups and classes; `null` where a word is left that is neither. */
export function drugsIn(part: string, chart: Chart): string[] | null {
  let rest = part;
  const drugs: string[] = [];
  for (const [name, classes] of Object.entries(chart.matching.groups).sort(
    ([a], [b]) => b.length - a.length,
  )) {
    const at = new RegExp(`(?<![\\w-])${name.replace(/[^a-z0-9]+/gi, "[\\s-]+")}s?(?![\\w-])`, "i");
    if (!at.test(rest)) continue;
    rest = rest.replace(at, " ");
    drugs.push(...classes);
  }
  for (const { key, start, end } of termsOf(rest, chart.strict).filter(({ key }) => /^[dk]:/.test(key))) {
    drugs.push(key.slice(2));
    rest = `${rest.slice(0, start)}${" ".repeat(end - start)}${rest.slice(end)}`;
  }
  const left = rest.replace(
    /\b(?:an?|the|or|either|one|of|any|evidence-based|oral|inhibitors?)\b|[^a-z]+/gi,
    "",
  );
  return drugs.length > 0 && left.length < 4 ? drugs : null;
}
