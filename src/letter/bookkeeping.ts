import { daysBetween, type Span } from "#base";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import type { PrintedEvidence } from "./evidence.ts";
import { meet } from "./exhibits.ts";
import { argued, groundRows } from "./grounds.ts";
import { fromPages, joined, type Slot } from "./passages.ts";
import type { ReasonAnswer } from "./reason-evidence.ts";
import { shortDate, spelledDates } from "./spelled-dates.ts";

/** A claim of the notice on days or counts, the argument rows whose sentences bear on it, and when one says otherwise. */
type Claim = {
  says: RegExp;
  rows: string[];
  otherwise: (notice: string, record: string) => boolean;
  /** The plan says that a paper did not come: whoever is right, it comes now. */
  now?: boolean;
};

const datesOf = (text: string) => spelledDates(text).map(({ date }) => date as string);
const countOf = (text: string) =>
  Number(/\b(\d{1,3})\s+(?:\w+\s+)?(?:visits?|days?|sessions?|units?)\b/i.exec(text)?.[1] ?? Number.NaN);

const claims: Claim[] = [
  {
    says: /\b(received|filed|submitted)\b.*\b(claim|appeal|request)\b|\b(claim|appeal|request)\b.*\breceived\b/is,
    rows: ["proof-of-filing", "filed-in-time"],
    otherwise: (notice, record) => {
      const [said] = datesOf(notice);
      return said !== undefined && filing.test(record) && datesOf(record).some((day) => day < said);
    },
  },
  {
    says: /\bno (?:proof|evidence|documentation|record)\b.*\b(?:fil(?:ed|ing)|submi\w+|sent)\b/is,
    rows: ["proof-of-filing", "filed-in-time"],
    otherwise: (_, record) => filing.test(record) && datesOf(record).length > 0,
    now: true,
  },
  {
    says: /\b(coverage|policy|plan)\b.*\b(ended|terminated|cancel+ed|lapsed|not (in force|active|effective))\b/is,
    rows: ["covered-then"],
    otherwise: (notice, record) => {
      const [said] = datesOf(notice);
      return said !== undefined && datesOf(record).some((day) => day > said);
    },
  },
  {
    says: /\b\d+ (visits?|days?|sessions?|units?)\b.*\b(used|reached|paid|exhausted)\b/is,
    rows: ["count"],
    otherwise: (notice, record) => countOf(record) < countOf(notice),
  },
];

const filing =
  /\b(accept(?:ed|s)|receiv(?:ed|es)|receipt of|acknowledg(?:ed|es)|filed|submitted|result:? ok)\b/i;
/** What the plan's own side answered proves more than what was handed on to it. */
const byPlan = /\b(payer|payor|plan|insurer|carrier)\b.{0,60}\b(accept|acknowledg|receiv)/is;
const mostEach = 2;

/**
 * On days and counts: what the notice says, and the papers that have another day or count. Nothing is concluded here: both
 * may be true ("received" may mean a claim sent again).
 */
export function bookkeepingAnswers(clauses: Span[], desk: Desk): ReasonAnswer[] {
  const told: Span[] = [];
  return clauses.flatMap((clause) => {
    const claim = claims.find(({ says }) => says.test(clause.quote));
    if (!claim) return [];
    const said = groundRows(desk)
      .flatMap(({ argue }) => argue.filter(({ id }) => claim.rows.includes(id)))
      .flatMap((row) => desk.search.find({ ...argued(row, desk), most: 8 }))
      .filter(({ span }) => !meet(told, [span]) && claim.otherwise(clause.quote, span.quote))
      .sort((one, other) => Number(byPlan.test(other.span.quote)) - Number(byPlan.test(one.span.quote)))
      .flatMap(({ span, slots }): PrintedEvidence[] => {
        const words = joined([slots.source, slots.quote], ": ");
        return words && slots.place ? [{ said: words, place: slots.place, span }] : [];
      })
      .slice(0, mostEach)
      .map(withDays(claim, desk));
    told.push(...said.map(({ span }) => span));
    return said.length > 0 ? [{ clause, said, wrong: false, ...(claim.now ? { now: true } : {}) }] : [];
  });
}

/** The first page of an answer carries the count of days. */
const withDays =
  (claim: Claim, desk: Desk) =>
  (evidence: PrintedEvidence, index: number): PrintedEvidence =>
    index > 0
      ? evidence
      : { ...evidence, said: joined([evidence.said, daysToFiling(claim, evidence.span, desk)])! };

/** "(02/18/2026 to 03/03/2026 is 13 days)": from the day of service, as the notice prints it, to the day of the page. */
function daysToFiling(claim: Claim, span: Span, desk: Desk): Slot | null {
  const served = desk.input.denial?.services[0]?.from;
  const [filed] = spelledDates(span.quote).filter(({ date }) => served === undefined || date > served);
  const notice = desk.cite.sources.get(desk.input.denial?.grounds[0]?.from[0]?.document ?? "");
  if (!claim.rows.includes("proof-of-filing") || !served || !filed || !notice) return null;
  for (const page of notice.pages) {
    const day = spelledDates(page.text).find(({ date }) => date === served);
    if (day) {
      const printed = `${shortDate(day.date)} to ${shortDate(filed.date)}`;
      const text = `(${printed} is ${daysBetween(day.date, filed.date)} days)`;
      return fromPages(text, spanAt(notice.document, page, day.start, day.end), span);
    }
  }
  return null;
}
