import type { Span } from "#base";
import { type Citer, type ExhibitRef, paperAt } from "./exhibits.ts";
import { joined } from "./passages.ts";
import { spelledDates } from "./spelled-dates.ts";

/** Title of the paper and the date under which the words stand, where a page says so. */
export function sourceSlot(span: Span, exhibit: ExhibitRef, cite: Citer) {
  const paper = paperAt(exhibit, span.page);
  return joined([paper.title, entryDay(span, cite) ?? cite.paperDay(paper)], ", ");
}

/** A label that dates what is written below it; it stands alone before its date. */
const dateLabel =
  /^(?:date|date of (?:service|visit|study|exam|procedure|consult(?:ation)?)|visit|visit date|encounter(?: date)?|dos|seen|performed|collected|dictated|study date|exam date)\s*:?$/i;
/** The same at the end of a heading: "Exam: XR lumbar spine   Date: 09/02/2026"; dates of other things are none. */
const endsInLabel =
  /(?<!\b(?:birth|print(?:ed)?|start|stop|end|order(?:ed)?|due|fill|refill|expiration|next|last|signed)\s)\b(?:date|date of (?:service|visit|study|exam|procedure)|dos)\s*:$/i;
/** Words that begin the line of a note or study. */
const entryTitle =
  /\b(echo|echocardiogra\w+|tte|tee|mri|ct|pet|ecg|ekg|eeg|x-?ray|ultrasound|scope|colonoscopy|biopsy|pathology|labs?|panel|visit|note|consult(ation)?|report|study|exam|addendum|discharge|admission|progress|follow[ -]?up|encounter|clinic|conference|call|letter)\b/i;

/** The day a person was born heads every page and dates none of them. */
const birth = /\b(?:DOB|D\.O\.B\.?|born|birth ?(?:date|day)|date of birth)\s*:?\s*$/i;

/** Who wrote an entry: "10/12/2026 Howard Stein, MD, Orthopaedic Surgery" heads what follows. */
const signedBy = /,\s*(?:MD|DO|NP|APRN|PA(?:-C)?|RN|PharmD|PhD|PsyD|PT|DPT|OT|OTR|SLP|LCSW|DDS|DPM|OD)\b/;

/** Words may begin with their own head: "Date of visit: 10/22/2026 …". */
const ownHead = 30;

/** The date of the entry that a sentence stands in: the nearest dated heading above it on its page. */
export function entryDay(span: Span, cite: Citer) {
  const page = cite.sources.get(span.document)?.pages.find((entry) => entry.page === span.page);
  if (!page) return null;
  const dates = spelledDates(page.text);
  const logged = dates.filter((entry) => opensEntry(page.text, entry));
  const own = logged.length > 1 ? logged.findLast((entry) => entry.start <= span.start) : undefined;
  const above = dates.filter(
    (entry) =>
      (entry.start < span.start || (entry.start < span.start + ownHead && entry.end < span.end)) &&
      datesBelow(page.text, entry),
  );
  const last = own && isOneEntry(page.text, own.start, span.start) ? own : above.at(-1);
  return last ? cite.day(last.date, { ...span, start: last.start, end: last.end }) : null;
}

/** A row of daily notes begins with its day and goes on in words: "11/14/2026 Found exercising at 05:10". */
function opensEntry(text: string, { start, end }: { start: number; end: number }): boolean {
  const line = text.lastIndexOf("\n", start) + 1;
  return text.slice(line, start).trim() === "" && /^[ :,-]{1,3}[A-Z][a-z]/.test(text.slice(end, end + 6));
}

/** A line shorter than this share of the longest ends its entry; a longer one was only broken to fit. */
const brokenLine = 0.7;

/** True where only broken lines lie between the head of an entry and the words: what follows a short line is something else. */
function isOneEntry(text: string, head: number, at: number): boolean {
  const longest = Math.max(...text.split("\n").map((line) => line.length));
  const lines = text.slice(text.lastIndexOf("\n", head) + 1, at).split("\n");
  return lines.slice(0, -1).every((line) => line.length >= longest * brokenLine);
}

/** The end of a sentence that was broken before its date ("U/L on", "stopped"). */
const goesOn =
  /\b(?:on|in|to|from|until|till|through|since|by|of|and|at|for|the|before|after|between|stopped|started|ended|began)$/i;

/** True when a date dates what follows it: after a label, at the end of a short title, or after a study's name. */
function datesBelow(text: string, entry: { start: number; end: number }): boolean {
  const lineStart = text.lastIndexOf("\n", entry.start) + 1;
  const before = text.slice(lineStart, entry.start).trim();
  if (birth.test(before)) return false;
  if (
    dateLabel.test(
      before
        .split(/\t|\s{3,}|[|·]/)
        .at(-1)!
        .trim(),
    )
  )
    return true;
  if (endsInLabel.test(before) && before.length < 90) return true;
  const after = /^[^\n]*/.exec(text.slice(entry.end))![0].trim();
  if (before === "") return after.length < 70 && (signedBy.test(after) || entryTitle.test(after));
  if (!/^[A-Z][A-Za-z ,()/-]{2,60}$/.test(before) || goesOn.test(before)) return false;
  return after.length < 4 || (after.startsWith("(") && entryTitle.test(before));
}
