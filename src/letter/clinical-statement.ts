/** Lines of a record that state nothing a physician could confirm: who, when and where, but not what. */

const person =
  /\b\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}\.)?(?:\s+\p{Lu}[\p{L}'’-]+)+,?\s+(?:M\.?D|D\.?O|N\.?P|P\.?A(?:-C)?|R\.?N|DNP|APRN|FNP(?:-C)?|DPM|Ph\.?D|PsyD|DDS|DMD|PharmD|PT|DPT|OT|SLP|LCSW|MS|MPH|FA[A-Z]{2,3})\b\.?/gu;
const dated =
  /\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:,?\s+\d{4})?\b|\b\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?/gi;
const numbered = /\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\b[A-Z]{0,4}[- ]?\d{6,}\b/g;
const labels =
  /\b(?:visit|encounter|date|dos|dob|d\.o\.b|born|birth(?:date)?|mrn|sex|gender|male|female|patient|name|member|account|chart|provider|attending|physician|doctor|dr|author|clinician|electronically|signed|dictated|transcribed|printed|verified|reviewed|seen|service|department|dept|clinic|location|facility|hospital|office|page|phone|fax|tel|address|insurance|payer|plan|policy|group|referring|referred|ordering|pcp|npi|id|no|number|note|progress|report|consultation|consult|history and physical|specialty|of|by|on|at|the|for|and|to|is|was|with|from)\b/gi;
const specialty =
  /\b\p{L}*(?:ology|ologist|iatry|iatrist|iatrics|iatrician)\b|\b(?:family|internal|sleep|pain|emergency)\s+medicine\b|\b(?:orthopa?edics?|surgery|oncology)\b/giu;

/**
 * True when the words of a record say something of the patient's health. Dates of birth, heads of visits, names with their
 * titles and numbers of charts do not: a physician is not asked to confirm them.
 */
export function isClinicalStatement(quote: string): boolean {
  const rest = [person, dated, numbered, specialty, labels].reduce(
    (text, pattern) => text.replace(pattern, " "),
    quote,
  );
  return /\d/.test(rest) || (rest.match(/\p{L}{3,}/gu) ?? []).length > 1;
}
