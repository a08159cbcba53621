import type { Test } from "#policy";
import type { Chart } from "./chart.ts";
import type { Verdict } from "./evaluate/verdict.ts";

type Judge = (text: string, test: Test | null, chart: Chart) => Verdict;

/** Words before the first "or" that govern what follows it: its parts are no statements of their own. */
const governing =
  /\b(?:no|not|without|absence|never|neither|fail\w*|trial|tried|intoleran\w*|contraindicat\w*|inadequate|response|history|risk|prior|previous|treated|due to|caused by|because|unless|except|if|when|either|both|all|any|one of|of the following|such as|including|severe|moderate|mild|untreated|uncontrolled|unexplained)\b/i;
/** What opens a part that can stand alone: a verb, a bound, or the name of a state. */
const elliptical =
  /^(?:an?\s+)?(?:more|less|greater|higher|lower|older|younger|equal|longer|above|below|other|another|similar|their|his|her|equivalent|worse|better|both|the following|in consultation)\b/i;

/**
 * "HbA1c greater than 7.0%, or recurrent hypoglycemia, or uses a glucose monitor": statements of which one suffices, each told
 * by itself. `null`: not of this kind, or none of them is shown.
 */
export function judgeEither(text: string, chart: Chart, judge: Judge): Verdict | null {
  const plain = text.replace(/[.;,\s]+$/, "");
  const parts = plain
    .split(/,\s+or\s+|\s+or\s+(?=(?:has|have|uses?|is|are|documented|requires?|demonstrates?)\b)/i)
    .map((part) => part.trim());
  if (parts.length < 2 || parts.length > 4 || /\band\b[^,]*$/i.test(parts[0]!.replace(/.*,/, "")))
    return null;
  if (governing.test(plain) || parts.some((part) => elliptical.test(part) || part.split(/\s+/).length < 2))
    return null;
  const lead = /^(?:the\s+)?(?:member|patient|individual|beneficiary|child)\b/i.exec(plain)?.[0] ?? "";
  const shown = parts
    .map((part, at) =>
      judge(
        at > 0 && lead && /^(?:has|have|uses?|is|are|requires?|demonstrates?)\b/i.test(part)
          ? `${lead} ${part}`
          : part,
        null,
        chart,
      ),
    )
    .find(({ status }) => status === "met");
  return shown ?? null;
}
