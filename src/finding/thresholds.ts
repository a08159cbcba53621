import type { Test } from "#policy";
import { durationsIn } from "./durations.ts";

/** A threshold that a criterion's words set: which thing is measured, and the bounds with their strictness. */
export type Threshold = {
  /** The words that name what is measured. */
  phrase: string;
  test: Pick<Test, "cmp" | "value" | "low" | "high" | "unit">;
  start: number;
  end: number;
};

const unit =
  "(%|percent|mm\\s?Hg|mmHg|mm|cm2|cm²|cm\\^2|square centimeters|cm|m/s|ms|msec|kg/m2|kg/m²|kg|lbs?|mg/dL|g/dL|ng/mL|pg/mL|mL/min(?:/1\\.73 ?m2)?|cells/(?:µ|u|mc)L|points?|events (?:per|/) ?hour|beats per minute|bpm|[a-zA-Zµμ]{1,8}/[a-zA-Z0-9µμ]{1,6})?";
/** A sign belongs to the number where nothing stands before it that makes a range. */
const number = "((?:(?<![\\d%A-Za-z])[-−])?\\d+(?:\\.\\d+)?)";
const over =
  "(?:at or above|equal to or (?:greater|more) than|at least|greater than or equal to|no less than|not less than|minimum of|≥|>=)";
const above = "(?:greater than|more than|above|over|exceed(?:s|ing)?|>)";
const under =
  "(?:at or below|equal to or (?:less|lower) than|no greater than|not greater than|no more than|not more than|at most|less than or equal to|not exceed(?:ing)?|≤|<=|up to)";
const below = "(?:less than|below|under|fewer than|<)";
const link =
  "\\s*(?:\\([A-Za-z0-9 -]{1,12}\\)\\s*)?(?:is|are|was|of|must be|between|from|value|level|:|,)?\\s*(?:documented as |measured at )?";

type Bounds = (n: number, m: number) => Threshold["test"];
const shapes: [string, Bounds][] = [
  [
    `${over}\\s*${number}\\s*${unit}\\s*(?:and|but|to)\\s*${under}\\s*${number}\\s*${unit}`,
    (n, m) => ({ cmp: "between", low: n, high: m }),
  ],
  [
    `(?:between\\s*)?${number}\\s*${unit}\\s*(?:to|-|–|and|through)\\s*${number}\\s*${unit}`,
    (n, m) => ({ cmp: "between", low: n, high: m }),
  ],
  [
    `${number}\\s*${unit}\\s*(?:or|and)\\s*(?:less|lower|below|under|fewer)`,
    (n) => ({ cmp: "<=", value: n }),
  ],
  [
    `${number}\\s*${unit}\\s*(?:or|and)\\s*(?:more|greater|higher|above|over)`,
    (n) => ({ cmp: ">=", value: n }),
  ],
  [`${over}\\s*${number}\\s*${unit}`, (n) => ({ cmp: ">=", value: n })],
  [`${under}\\s*${number}\\s*${unit}`, (n) => ({ cmp: "<=", value: n })],
  [`${above}\\s*${number}\\s*${unit}`, (n) => ({ cmp: ">", value: n })],
  [`${below}\\s*${number}\\s*${unit}`, (n) => ({ cmp: "<", value: n })],
];

/** A noun phrase of up to six words, then the bound. */
const phrase = "([A-Za-z][A-Za-z0-9-]*(?:[ /-][A-Za-z0-9-]+){0,6}?)";

/** Every threshold of a text. Bounds on time ("at least 3 months") are not thresholds. */
export function thresholdsIn(text: string): Threshold[] {
  const found: Threshold[] = [];
  let rest = text;
  for (const [shape, bounds] of shapes) {
    const pattern = new RegExp(`(?<![A-Za-z])${phrase}${link}(${shape})(?![A-Za-z\\d])`, "i");
    for (let match = pattern.exec(rest); match; match = pattern.exec(rest)) {
      const start = match.index;
      const end = start + match[0].length;
      // Taken words become a mark that no phrase runs over.
      rest = `${rest.slice(0, start)}${";".repeat(end - start)}${rest.slice(end)}`;
      if (isTimeOrCount(match[2]!, text.slice(end))) continue;
      found.push(thresholdOf(match, bounds, start, end));
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const isTimeOrCount = (bound: string, after: string): boolean =>
  durationsIn(bound).length > 0 ||
  /^\s*(?:days?|weeks?|months?|years?|of age|mg\b|times|drugs?|trials?|hours?\b|visits?|sessions?|doses?\b)/i.test(
    after,
  );

function thresholdOf(match: RegExpExecArray, bounds: Bounds, start: number, end: number): Threshold {
  const groups = match.slice(3);
  const numbers = groups
    .filter((part) => part && /^[-−]?\d/.test(part))
    .map((part) => Number(part!.replace("−", "-")));
  const named = groups.findLast((part) => part && !/^[-−]?\d/.test(part));
  return {
    phrase: match[1]!.replace(/^(?:(?:and|or|the|a|an|has|have|member|patient|with)\s+)+/gi, "").trim(),
    test: { ...bounds(numbers[0]!, numbers[1] ?? numbers[0]!), ...(named ? { unit: plainUnit(named) } : {}) },
    start,
    end,
  };
}

export const plainUnit = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s+/g, "")
    .replace("percent", "%")
    .replace(/squarecentimeters|cm²|cm\^2/, "cm2");
