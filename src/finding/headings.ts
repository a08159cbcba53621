/** Letters behind a name that make a line a signature. */
const credentials =
  "(?:MD|M\\.D\\.|DO|D\\.O\\.|NP|FNP(?:-\\w+)?|APRN|PA-?C?|RN|PT|DPT|OT|PhD|Ph\\.D\\.|PsyD|LCSW|LCGC|CGC|PharmD|DPM|OD|DDS|AuD|MS|MPH|FACS|FACC)";
const day =
  "(?:\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|[A-Z][a-z]{2,8}\\.? \\d{1,2},? \\d{4})";
const opening =
  "(?:(?:[Vv]isit|[Dd]ate|[Ss]een|[Ee]ncounter|[Nn]ote|[Pp]rovider|[Pp]hysician|[Aa]uthor|[Ss]igned|[Ee]lectronically|[Dd]ictated|[Tt]herapist|[Rr]adiologist|[Bb]y|[Oo]f)\\b[\\s:,]*)*";
const signature = new RegExp(
  `^\\W*${opening}(?:${day}[\\s,:–—-]*)?(?:Dr\\.?\\s+)?(?:[A-Z][\\p{L}.'’-]*\\s+){1,4}[A-Z][\\p{L}.'’-]+,\\s+${credentials}(?:,?\\s+${credentials})*\\s*(?:[,–—|-]\\s*[\\p{L} &/]{3,50})?(?:[\\s,]*${day})?\\W*$`,
  "u",
);
const visit = new RegExp(
  `^\\W*(?:visit|encounter|date of (?:visit|service)|office visit|progress note|consult(?:ation)?)\\b[\\s:,–—-]*(?:date\\b[\\s:]*)?${day}\\W*$`,
  "i",
);
/** "Harbor District Medical Genetics": the house that a paper comes from. */
const letterhead =
  /^(?:[A-Z][\p{L}.'’-]*|of|and|&|the|for)(?:\s+(?:[A-Z][\p{L}.'’-]*|of|and|&|the|for)){0,6}\s+(?:Clinic|Cent(?:er|re)|Hospital|Associates|Medicine|Health|Institute|Genetics|Radiology|Imaging|Pharmacy|Therapy|Department|Spine|Specialists|Partners|Group|Practice|System|[A-Z]\w+ology|Psychiatry|Surgery|Orthop\w+|Laborator(?:y|ies))$/u;
const identity = /\b(?:DOB|D\.O\.B\.?|date of birth|MRN|medical record (?:number|no)|member ID)\b/i;
const label =
  /\b(?:patient|name|DOB|D\.O\.B\.?|date of birth|MRN|member ID|date of (?:visit|service)|sex|age|visits?)\b|[\d/:.,#-]+/gi;

/** A line that only heads or signs a paper: who wrote it, when, for whom. It says nothing of the patient's illness. */
export function isHeading(text: string): boolean {
  if (text.length > 160) return false;
  if (signature.test(text) || visit.test(text) || letterhead.test(text)) return true;
  return identity.test(text) && text.replace(label, " ").trim().split(/\s+/).length <= 6;
}

const who =
  /\b(?:age[ds]?|years?|adults?|old(?:er)?|birth|sex|male|female|\w+ologists?|surgeons?|specialists?|psychiatrists?|physicians?|prescrib\w+|provider|practitioner|geneticists?|therapist|prescriber|consult\w*|board[- ]certified|signed)\b/i;

/** Criteria on the patient's age or sex, or on who prescribes: of these a heading can be the proof. */
export const asksWho = (text: string): boolean => who.test(text);
