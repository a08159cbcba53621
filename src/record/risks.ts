import type { Context } from "./assertion.ts";

const riskTalk =
  /\b(?:risks?(?! factors?| stratif| assessment| categor| scor| reduc| group)|(?:possible|potential) (?:complications?|side effects?|adverse (?:events?|effects?|reactions?)))\b[^.;]{0,90}?\b(?:includ\w+|such as|limited to|of (?:the )?(?:procedure|surgery|operation|anesthesia|treatment))\b/i;

/** "Patients with this condition can be treated with …": a sentence about patients at large. */
const atLarge =
  /^\s*(?:furthermore,?\s+|in general,?\s+|generally,?\s+)?(?:(?:most|many|some|all|these|such|adult|other)\s+)?patients\s+(?:with|who|usually|often|can|should|may|are|in|having|taking|on|typically|generally)\b/i;

/** "MitraClip is FDA labeled for …": what a label says. */
const labelled =
  /\b(?:is|are|was) (?:not )?FDA[- ](?:approved|labell?ed|cleared|indicated)\b|\b(?:is|are) (?:approved|labell?ed) (?:by the FDA )?(?:for|in)\b/i;

/** Where the enumeration of a procedure's risks begins; what follows in the sentence did not happen. Infinity without one, -1 where the whole sentence speaks of patients at large. */
export function startOfRisks(text: string): number {
  if (atLarge.test(text) || (labelled.test(text) && !/\b(?:his|her|this patient|the patient)\b/i.test(text)))
    return -1;
  const match = riskTalk.exec(text);
  return match ? match.index : Number.POSITIVE_INFINITY;
}

/** A thing named among risks is hypothetical, unless the words around it say more. */
export const asRisk = (context: Context): Context =>
  context.assertion === null || context.assertion === "possible"
    ? { ...context, assertion: "hypothetical" }
    : context;
