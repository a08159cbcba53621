/** Sections whose heading says what their mentions mean. */
export const meaningful = new Set([
  "past-history",
  "surgical-history",
  "past-medications",
  "medications",
  "discharge-medications",
  "family-history",
  "allergies",
  "risks",
  "instructions",
  "immunizations",
]);
export const dateLabel =
  /\b(?:visit date|date of (?:the )?(?:service|visit|exam(?:ination)?|study|procedure|consult(?:ation)?|admission|discharge|report|infusion|surgery|operation|collection|encounter|conference|evaluation|assessment|order)|dos|encounter date|service date|exam date|study date|admit(?:ted| date)?|collected(?: on)?|date collected|performed(?: on)?|seen(?: on)?|reconciled|visit|encounter|date|admission|infusion date|reported|call date)\b\s*:?\s*(?:on\s+)?$/i;
export const writer =
  /\b(?:signed(?: electronically)?(?: by)?|electronically signed by|read by|interpreted by|dictated by|clinician|provider|author|attending|physician|reviewed by|reconciled [\d/]+ by|authenticated by|reporting physician|seen by|surgeon|consultant|pathologist|radiologist|neurologist|cardiologist)\b\s*:?\s*(?:dr\.?\s+)?(?<name>[A-Z][\p{L}'.-]*(?:\s+[A-Z][\p{L}'.-]*){0,4}),?\s+(?<title>MD|M\.D\.|DO|D\.O\.|PharmD|NP|FNP|PA-C|PA|RN|PhD|DNP|ARNP|CRNP|LCSW|MBBS|OD|DPM|PsyD)\b(?:[^(\n]{0,12}\((?<specialty>[^)]{3,40})\))?/gu;

export const headingName = (text: string) =>
  text
    .toLowerCase()
    .replace(/^[\s\d.)(•*·▪-]+/, "")
    .replace(/\s*\(.*?\)\s*$/, "")
    .replace(/[\s:.–-]+$/, "")
    .replace(/\s+/g, " ");

export const isBirth = (text: string, at: number) =>
  /\b(?:dob|born|birth(?: date)?|date of birth)\b[\s:]*$/i.test(text.slice(Math.max(0, at - 20), at));

/** A labelled date that opens a new visit stands at the beginning of its line or cell. */
export const startsPaper = (text: string) =>
  /^\s*(?:[\p{L} ,.]{0,40}\b)?(?:visit date|date of|dos|encounter date|service date|exam date|study date|collected|date|visit|encounter|infusion date|call date)\b/iu.test(
    text,
  );
