import type { Issue, Reading, Span } from "#base";
import type { PaperSort } from "#knowledge";
import { datesIn, type Page, type SourceDocument, spanAt } from "#source";
import { bestSort, hintOf, looksClinical, noticeOn, refusalIn, type Sort, sortsOf } from "./best-sort.ts";
import { findPatient } from "./find-foreign.ts";
import type { SortedPaper, SortedPapers } from "./types.ts";

/** What the sorter must know. */
export type SortKnowledge = { sorts: readonly PaperSort[] };

/** `heading` is absent where a letter without one begins: its sort is known by what it says. */
export type Heading = { sort: PaperSort; start: number; end: number };
type Part = { pages: Page[]; heading: Heading | null; letter: Sort | null };

/** Every file, and every part of a combined scan, by what it says; and the pages that belong to somebody else. */
export function sortPapers(documents: readonly SourceDocument[], knowledge: SortKnowledge): SortedPapers {
  const sorts = sortsOf(knowledge.sorts);
  const papers = documents.flatMap((source) => papersOf(source, sorts));
  const notices = new Set(papers.filter(({ kind }) => kind === "denial").map(({ document }) => document));
  const { patient, foreign, issues } = findPatient(documents, notices);
  return { papers, patient, foreign, issues: [...issues, ...severalDenials(papers)] };
}

function papersOf(source: SourceDocument, sorts: readonly Sort[]): SortedPaper[] {
  if (source.structured !== undefined) return [structuredPaper(source)];
  const hint = hintOf(source.document, sorts);
  const refusal = refusalIn(source.pages, sorts);
  const parts: Part[] = [];
  for (const page of source.pages) {
    const letter = noticeOn(page, sorts);
    // "MRI lumbar spine" in the subject of a letter is no heading of a report.
    const own = letter
      ? sorts.filter(({ id, kind }) => id === letter.id || (kind === letter.kind && kind !== "record"))
      : sorts;
    const heading = headingOn(page, own, refusal);
    const last = parts.at(-1);
    if (!last || (heading ? opensPart(last, heading, page) : letter && opensLetter(last, letter, page)))
      parts.push({ pages: [page], heading, letter });
    else last.pages.push(page);
  }
  const whole = parts.length > 0 ? bestSort(source.pages, parts[0]!.heading, hint, sorts) : null;
  if (
    whole &&
    (whole.kind === "denial" || whole.kind === "policy" || whole.kind === "plan-document") &&
    wholeDocument(parts, whole)
  )
    return [paperOf(source, { ...parts[0]!, pages: source.pages }, whole, hint, sorts)];
  return parts.map((part) =>
    paperOf(source, part, bestSort(part.pages, part.heading, hint, sorts), hint, sorts),
  );
}

/** A denial, a policy or a plan document keeps its pages unless another sort of paper plainly begins. */
function wholeDocument(parts: readonly Part[], whole: Sort): boolean {
  return parts
    .slice(1)
    .every(
      ({ heading }) =>
        !heading ||
        heading.sort.kind === whole.kind ||
        heading.sort.kind === "policy" ||
        (whole.kind !== "denial" && heading.sort.kind !== "denial"),
    );
}

/** A letter begins where another sort of paper was, or where its own pages begin to be counted. */
function opensLetter(last: Part, letter: Sort, page: Page): boolean {
  const before = last.heading?.sort.kind ?? last.letter?.kind;
  return before !== letter.kind || /\bpage 1 of\b/i.test(page.text);
}

/** A heading begins a new paper when the sort changes, or when a record of the same sort begins again. */
function opensPart(last: Part, heading: Heading, page: Page): boolean {
  if (!last.heading) return heading.sort.kind !== last.letter?.kind;
  if (heading.sort.kind === "denial" && last.heading.sort.kind === "denial")
    return /page 1 of/i.test(page.text);
  return (
    heading.sort.id !== last.heading.sort.id ||
    heading.sort.kind === "record" ||
    heading.sort.kind === "support-letter"
  );
}

/** The line near the top of a page that is most plainly a heading of some sort; letterheads give way. */
function headingOn(page: Page, sorts: readonly Sort[], refusal: Sort | null): Heading | null {
  const found: (Heading & { score: number })[] = [];
  let seen = 0;
  let start = 0;
  for (const line of page.text.split("\n")) {
    const at = start;
    start += line.length + 1;
    if (line.trim() === "" || /\t.*\$\d|^\$/.test(line.slice(0, 600))) continue;
    if (++seen > 12) break;
    for (const cell of cellsOf(line, at)) {
      const words = page.text.slice(cell.start, cell.end);
      if (words.length > 85 || /[a-z]{3,}\.\s*$/.test(words) || notHeading.test(words)) continue;
      for (const sort of sorts) {
        if (sort.kind !== "denial" && /^\s*subject\s*:/i.test(words)) continue;
        const match = sort.found.exec(words);
        if (match && fits(words, match))
          found.push({ sort, ...cell, score: headingScore(words, match) - seen / 50 });
      }
    }
  }
  const top = found.sort((a, b) => b.score - a.score)[0] ?? null;
  // An explanation of benefits that refuses a line is a denial.
  return top && refusal && top.sort.recordKind === "explanation-of-benefits"
    ? { ...top, sort: refusal }
    : top;
}

const notHeading =
  /^\s*(?:mr|mrs|ms|miss|dr)\b\.? [A-Z]|^\s*(?:to|from|re|fax|cc|requested by|provider|impression|plan|labs?|meds?|exam|hpi|data|indication)\s*[:.\t]/i;
const kindOfPaper =
  /\b(?:note|report|visit|summary|consultation|consult|letter|list|history|notice|request|form|results?|record|echocardiogram|policy|transmittal)\b/i;
const letterhead =
  /\b(?:laborator(?:y|ies)|accredited|institute|associates|partners|suite|programs?|center|hospital|medical group|university|department|llc|inc|p\.?c)\b/i;

function headingScore(words: string, match: RegExpExecArray): number {
  const share = match[0].length / Math.max(1, words.trim().length);
  return (
    share + (kindOfPaper.test(words) ? 0.5 : 0) - (letterhead.test(words) ? 0.6 : 0) + match[0].length / 100
  );
}

function cellsOf(line: string, at: number): { start: number; end: number }[] {
  const cells: { start: number; end: number }[] = [];
  // A heading is short and stands among few cells; the rest of a long line is not looked at.
  for (const cell of line.slice(0, 600).matchAll(/[^\t\s](?:[^\t]*?[^\t\s])?(?=\t|\s{3,}|\s*$)/g))
    if (cell[0].length > 2) cells.push({ start: at + cell.index, end: at + cell.index + cell[0].length });
  return cells;
}

/** A heading is mostly its own words: "Study date 08/12/2024" or a sentence that names a test is none. */
function fits(words: string, match: RegExpExecArray): boolean {
  if (
    /^[a-z]/.test(words.trim()) ||
    /\b(?:department|laboratory|street|phone|fax|tel|www)\b.*\d{3}/i.test(words)
  )
    return false;
  const bare = words.replace(/[\d/.,:()|-]+/g, " ").trim();
  return match[0].length >= bare.length * 0.3 && bare.split(/\s+/).length <= 11;
}

function paperOf(
  source: SourceDocument,
  part: Part,
  sort: Sort | null,
  hint: PaperSort["kind"] | null,
  sorts: readonly Sort[],
): SortedPaper {
  const first = part.pages[0]!;
  const heading =
    part.heading && (part.heading.sort.id === sort?.id || sort?.kind === part.heading.sort.kind)
      ? part.heading
      : null;
  const span = heading ? spanAt(source.document, first, heading.start, heading.end) : null;
  const from: Span[] = span ? [span] : signSpans(source, part.pages, sort);
  return {
    document: source.document,
    pages: { from: first.page, to: part.pages.at(-1)!.page },
    kind: sort?.kind ?? (hint === "record" || looksClinical(part.pages, sorts) ? "record" : "noise"),
    ...(sort?.recordKind ? { recordKind: sort.recordKind } : {}),
    title: span ? { value: titleOf(span.quote), from: [span], by: "rule" } : null,
    date: dateOfPaper(source, part.pages, heading, sort !== null && sort.kind !== "record"),
    from,
  };
}

/** Without the date and the fragments that trail a heading. */
function titleOf(words: string): string {
  return words
    .replace(/\s+/g, " ")
    .replace(
      /[\s,:-]*(?:\(?\d{1,2}[/-]\d{1,2}[/-]\d{2,4}.*|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4}.*)$/,
      "",
    )
    .replace(/[\s:|,-]+$/, "");
}

function signSpans(source: SourceDocument, pages: readonly Page[], sort: Sort | null): Span[] {
  for (const page of pages)
    for (const mark of sort?.marks ?? []) {
      const match = mark.exec(page.text);
      if (match) return [spanAt(source.document, page, match.index, match.index + match[0].length)];
    }
  return [];
}

const dateLabel =
  /\b(?:date of (?:service|visit|procedure|study|exam|surgery|admission|discharge|consultation|notice|letter|operation)|(?:visit|study|exam|service|procedure|conference|encounter|collection|report|notice|letter|admission|discharge|effective|performed|collected|dictated|date)(?:\s+date)?|dos|date|collected|reported|seen|performed)\s*[:.]?[\s\t]*$/i;
/** A label of another date right before it: "Print date: …" dates no paper, while "DOB 07/19/1948  Date …" does. */
const ownLabelElse =
  /\b(?:dob|born|(?:birth|print(?:ed)?|fax(?:ed)?|received|(?:last|next) review)(?:[ -]?date)?(?: on)?|date (?:of birth|printed|received|faxed))\s*[:.]?[\s\t]*$/i;
const otherLabel =
  /\b(?:dob|birth|born|printed|print date|received|fax(?:ed)?|page|signed|last review(?:ed)?|next review)\s*[:.]?[\s\t]*(?:\S+[ \t]){0,2}$/i;

/** The day the paper itself carries: in its heading, behind a label, else the first that is no birth date and no printing date. */
function dateOfPaper(
  source: SourceDocument,
  pages: readonly Page[],
  heading: Heading | null,
  letter: boolean,
): Reading<string> | null {
  const page = pages[0]!;
  const dates = datesIn(page.text.slice(0, 4000)).filter(({ start, value }) => {
    const before = page.text.slice(Math.max(0, start - 32), start);
    const other = ownLabelElse.test(before) || (!dateLabel.test(before) && otherLabel.test(before));
    return !other && Number(value.slice(0, 4)) > 1995;
  });
  const inHeading = heading && dates.find(({ start }) => start >= heading.start && start < heading.end + 1);
  const labelled = dates.find(
    ({ start }) =>
      dateLabel.test(page.text.slice(Math.max(0, start - 32), start)) &&
      !(letter && /service|admission|discharge|study/i.test(page.text.slice(Math.max(0, start - 32), start))),
  );
  const chosen =
    inHeading || labelled || dates.find(({ start }) => !heading || start > heading.start) || dates[0];
  return chosen
    ? { value: chosen.value, from: [spanAt(source.document, page, chosen.start, chosen.end)], by: "rule" }
    : null;
}

/** FHIR and X12 files by what they carry. */
function structuredPaper(source: SourceDocument): SortedPaper {
  const page = source.pages[0]!;
  const denial =
    source.structured === "x12" ||
    (source.structured === "fhir" &&
      /"resourceType"\s*:\s*"(?:ClaimResponse|ExplanationOfBenefit)"/.test(page.text) &&
      !/"resourceType"\s*:\s*"(?:Condition|Observation|MedicationRequest)"/.test(page.text));
  return {
    document: source.document,
    pages: { from: page.page, to: source.pages.at(-1)!.page },
    kind: denial ? "denial" : "record",
    ...(denial ? {} : { recordKind: "health-record-export" }),
    title: null,
    date: null,
    from: [spanAt(source.document, page, 0, Math.min(60, page.text.length))],
  };
}

function severalDenials(papers: readonly SortedPaper[]): Issue[] {
  const denials = new Set(papers.filter(({ kind }) => kind === "denial").map(({ document }) => document));
  if (denials.size < 2) return [];
  return [
    {
      severity: "warning",
      code: "several-denials",
      text: `More than one denial letter is among the papers (${[...denials].join(", ")}). Make one case for each.`,
    },
  ];
}
