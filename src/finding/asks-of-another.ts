import type { Test } from "#policy";
import type { Chart } from "./chart.ts";
import { termsOf } from "./lexicon.ts";

/** What a typed test names is not what its criterion asks about: the illness treated, the cause of a complaint, the drug joined. */
export function asksOfAnother(test: Test, kind: string, text: string, chart: Chart): boolean {
  if (test.negated && onlyObject(text, test, chart)) return true;
  if (test.negated && !ofDrugs.test(kind) && treatedFor.test(text)) return true;
  if (kind === "currentTherapy" && joined.test(text) && onlyRequested(test, chart)) return true;
  return kind === "dx" && causedBy.test(text) && !/\b(?:diagnosis|confirmed)\b/i.test(text);
}

const ofDrugs = /^(?:priorTherapy|preferredProduct|currentTherapy|contraindication|concurrent)$/;

/** A disease named as what a cause, a risk or a treatment is of: the criterion does not ask whether it is there. */
function onlyObject(text: string, test: Test, chart: Chart): boolean {
  const asked = new Set([test.concept, ...(test.concepts ?? [])].map((id) => id?.toLowerCase()));
  return termsOf(text, chart.strict).some(
    ({ key, start, named }) =>
      named &&
      asked.has(
        key
          .replace(/^[cidk]:/, "")
          .replace(/#.*$/, "")
          .toLowerCase(),
      ) &&
      /\b(?:causes? of|reasons? for|etiolog\w+ (?:of|for)|explanations? for|risk factors? for|(?:therap(?:y|ies)|treatments?|chemotherapy|drugs?|surgery|medications?|treated) for)\s+(?:the\s+|\w+\s+)?$/i.test(
        text.slice(0, start),
      ),
  );
}

/** "No prior therapy for metastatic disease": of the disease nothing is denied. */
const treatedFor =
  /\b(?:no|not|without)\b[^.;]{0,40}\b(?:therap(?:y|ies)|treatments?|chemotherapy|treated|surgery)\b[^.;]{0,20}\b(?:for|of)\b/i;
/** That the drug is taken does not show what it is taken with. */
const joined = /\b(?:combination|together|concurrent\w*|concomitant\w*) with\b/i;
const onlyRequested = (test: Test, chart: Chart): boolean =>
  [...(test.concept ? [test.concept] : []), ...(test.concepts ?? [])].every((name) =>
    chart.requested.includes(name.toLowerCase()),
  );
/** That the cause is there does not show that it is the cause. */
const causedBy =
  /\b(?:pain|symptoms?|limitations?|impairment|dysfunction|disability|rash|ulcers?)\b[^.;]{0,40}\b(?:caused by|due to|secondary to|attribut\w+ to|resulting from|because of)\b/i;
