/**
 * A paper that lays down for everybody when care is covered, whatever its file is called and whatever stands at its head: rules of
 * coverage, and nobody whose care it is.
 */
export function laysDownCoverage(text: string): boolean {
  if (ofSomebody.test(text.slice(0, 6_000)) || toSomebody.test(text.slice(0, 2_500))) return false;
  const said = words.filter((word) => word.test(text)).length;
  return said >= 5 && rules.some((rule) => rule.test(text));
}

/** Signs of a chart or of a form about one person. */
const ofSomebody =
  /\b(?:DOB|D\.O\.B|Date of Birth|MRN|Medical Record (?:Number|No)|Patient(?: Name)?\s*:[ \t]*[A-Z][a-z]|Member(?: Name)?\s*:[ \t]*[A-Z][a-z]|Chief Complaint|History of Present Illness|Assessment (?:and|&) Plan|year[- ]old (?:man|woman|male|female|patient|boy|girl))\b/i;
/** Letters are written to somebody. */
const toSomebody =
  /(?:^|\n)\s*(?:dear|hello|estimad[oa])\s+\S|\b(?:member|claim|case|request|authorization) (?:id|number|no\.?|#)[ \t:#]{1,6}[A-Z-]{0,6}\d{3}/i;

const rules = [
  /\b(?:all|any|one|each|either|both|at least \w+|\w+ or more) of the following\b/i,
  /\bcriteria\b/i,
  /\b(?:is|are|may be|will be) (?:considered )?(?:covered|medically necessary|reasonable and necessary|approved) (?:when|if|for|only)\b/i,
];
const words = [
  ...rules,
  /\b(?:medically necessary|medical necessity|reasonable and necessary)\b/i,
  /\b(?:coverage|covered|non-?covered)\b/i,
  /\b(?:patients?|members?|beneficiar(?:y|ies)|individuals?|recipients?) (?:must|who|with|has|have|is|are)\b/i,
  /\b(?:indications?|limitations?|contraindications?|exclusions?)\b/i,
  /\b(?:HCPCS|CPT|ICD-10|NDC|NCD|LCD)\b/,
  /\b(?:initial|continuation|renewal|reauthorization|quantity limit|step therapy|prior authorization|authorization period|approval duration)\b/i,
  /\b(?:effective|implementation|revision|last review(?:ed)?) (?:date|of|history|:)|\bpolicy\b/i,
];
