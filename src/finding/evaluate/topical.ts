import type { Test } from "#policy";
import type { Fact } from "#record";
import type { Chart } from "../chart.ts";
import { triedBefore } from "./therapy.ts";
import type { Verdict } from "./verdict.ts";

/** Strength of a topical corticosteroid, weakest first. */
const potencies = ["low", "medium", "high", "very high"] as const;
type Potency = (typeof potencies)[number];
type Asked = { family: string; from: number; to: number };

const word =
  "(?:very[ -]high|super[ -]?(?:high|potent)|ultra[ -]?(?:high|potent)|high|medium|moderate|mid|low(?:est)?)";
const families = /\btopical\s+(corticosteroids?|steroids?|calcineurin inhibitors?)\b|\bTC[IS]s?\b/i;
/** What a criterion on topical treatment can say beside the drugs; anything else is not weighed here. */
const frame =
  /\b(?:a|an|the|of|to|or|and|at|least|for|with|one|two|trials?|failure|fail\w*|inadequate|insufficient|response|intoleran\w+|contraindicat\w+|adverse|effects?|tried|tr(?:y|ial)|has|have|had|is|was|member|patient|individual|course|treatment|therapy|use|used|daily|days?|weeks?|months?|prior|previous|documented|history|inhibitors?|topical|corticosteroids?|steroids?|calcineurin|potency|potent|strength|higher|greater|stronger|class|TC[IS]s?|super|ultra|very|high|medium|moderate|mid|low|lowest|unless|not|tolerated|e\.?g)\b|\([^)]*\)|[^a-z]+/gi;

/**
 * A trial of a topical corticosteroid (of a named potency) or a topical calcineurin inhibitor. `null` where the words
 * ask for something else or more. Tablets and injections of the same drugs do not count, nor does a weaker product.
 */
export function topicalTherapy(test: Test, text: string, chart: Chart): Verdict | null {
  const asked = askedFor(text);
  if (!asked) return null;
  const facts = chart.facts.filter((fact) => fact.type === "medication" && counts(fact, asked, chart));
  return triedBefore(facts, test, chart);
}

function askedFor(text: string): Asked | null {
  const family = families.exec(text);
  if (!family || text.replace(frame, "").length > 0) return null;
  if (/calcineurin|\bTCI/i.test(family[0])) return { family: "calcineurin inhibitor", from: 0, to: 0 };
  const named = [...text.matchAll(new RegExp(`\\b${word}(?=[\\s-]|$)`, "gi"))].map(([one]) => gradeOf(one));
  if (named.length === 0) return { family: "corticosteroid", from: 0, to: potencies.length - 1 };
  const upward =
    /\b(?:or|and) (?:higher|greater|stronger|above)\b|\bat least (?:a )?(?:\w+[ -])?(?:potency|potent)/i.test(
      text,
    );
  return {
    family: "corticosteroid",
    from: Math.min(...named),
    to: upward ? potencies.length - 1 : Math.max(...named),
  };
}

function gradeOf(said: string): number {
  if (/very|super|ultra/i.test(said)) return 3;
  if (/high/i.test(said)) return 2;
  return /low/i.test(said) ? 0 : 1;
}

const forms =
  /\b(?:ointment|oint|cream|crm|lotion|gel|foam|topical(?:ly)?|shampoo|solution|spray|oil)\b|\d\s?%/i;

/** Applied to the skin, and of the family and potency asked for; without a strength, all its strengths must be. */
function counts(fact: Fact, asked: Asked, chart: Chart): boolean {
  const generic = chart.genericOf.get(fact.concept.toLowerCase()) ?? fact.concept.toLowerCase();
  const rows = chart.matching.topical.filter(
    ({ family, drug }) => family === asked.family && drug === generic,
  );
  if (rows.length === 0) return false;
  const words = [fact.text, fact.course?.dose ?? "", ...fact.from.map(({ quote }) => quote)].join(" ");
  const skinOnly = generic === "tacrolimus topical" || generic === "pimecrolimus";
  if (!forms.test(words) && !skinOnly && !saidElsewhere(generic, chart)) return false;
  if (asked.family !== "corticosteroid") return true;
  const strength = /\d+(?:\.\d+)?\s?%/.exec(words)?.[0].replace(/\s/g, "").replace(/^\./, "0.");
  const its = strength ? rows.filter(({ strengths }) => strengths.includes(strength)) : rows;
  return its.length > 0 && its.every(({ potency }) => inside(potency, asked));
}

const inside = (potency: Potency | undefined, { from, to }: Asked): boolean => {
  const grade = potency ? potencies.indexOf(potency) : -1;
  return grade >= from && grade <= to;
};

/** A later note says only "tacrolimus not tolerated": it means the ointment where all that names a form is one. */
function saidElsewhere(generic: string, chart: Chart): boolean {
  const named = (chart.byConcept.get(generic) ?? []).filter(({ course }) => course?.dose);
  return named.length > 0 && named.every(({ text, course }) => forms.test(`${text} ${course!.dose}`));
}
