import type { PlainDate } from "#base";
import { datesIn } from "#source";
import type { Fact } from "./facts.ts";
import type { Sheet } from "./sheet.ts";

/** "02/10/2026 to 05/10/2026", "beginning 04/16/2026", "through 03/31/2026". */
export function rangeIn(text: string): PlainDate[] {
  // "December 8-9, 2025": two days of one month.
  const days =
    /(?<month>January|February|March|April|May|June|July|August|September|October|November|December) (?<from>\d{1,2})\s?(?:-|to|through)\s?(?<to>\d{1,2}),? (?<year>\d{4})/.exec(
      text,
    );
  if (days) {
    const { month, from, to, year } = days.groups!;
    const ends = [`${month} ${from}, ${year}`, `${month} ${to}, ${year}`].map(
      (day) => datesIn(day)[0]?.value,
    );
    if (ends[0] && ends[1] && ends[0] < ends[1]) return [ends[0], ends[1]];
  }
  const dates = datesIn(text);
  const [first, second] = dates;
  if (!first) return [];
  // "January 8 - January 22, 2026": the year is printed once.
  const lead =
    /\b(?<day>(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2})(?:,)? ?(?:-|to|through|thru) ?$/.exec(
      text.slice(0, first.start),
    );
  const opening = lead && datesIn(`${lead.groups!["day"]}, ${first.value.slice(0, 4)}`)[0]?.value;
  if (opening && opening <= first.value) return [opening, first.value];
  const joined = second && /^\s*(?:-|to|through|thru|until)\s*$/i.test(text.slice(first.end, second.start));
  if (!joined)
    return /(?:\b(?:begin|began|begun|start|admi|dates? of|service date)\w*[^.]{0,20}|\bfrom |\b(?:performed|provided|rendered|given|done|filled|furnished|delivered|dispensed|surgery|services?|visit|stay|procedure|test|flight|trip|ride|transport|admission) (?:on|of) |\b(?:done|performed) |\b(?:claim|bill)\b[^.]*\bof )$/i.test(
      text.slice(0, first.start),
    )
      ? [first.value]
      : [];
  return [first.value, second.value];
}

/** Dates of service by their label, else as running text gives them. */
export function labelledDates(sheet: Sheet, facts: readonly Fact[]): PlainDate[] {
  const fact =
    dateBesideService(facts) ??
    facts.find(
      ({ field, start, end }) =>
        field === "service-date" && (datesIn(sheet.flat.slice(start, end))[0]?.start ?? 99) < 20,
    );
  if (!fact) return prosePeriod(sheet);
  const value = sheet.flat.slice(fact.start, fact.end);
  const dates = datesIn(value).filter(({ start }) => start < 40);
  const close = facts.find(({ field }) => field === "service-end");
  const end = close && datesIn(sheet.flat.slice(close.start, close.end))[0];
  if (dates.length === 1 && end) return [dates[0]!.value, end.value];
  const joined =
    dates[1] && /^\s*(?:-|to|through|thru|until|and)\s*$/i.test(value.slice(dates[0]!.end, dates[1].start));
  return joined ? [dates[0]!.value, dates[1]!.value] : [dates[0]!.value];
}

/** A second "Date" among the lines of the service is the day of care, not the day of the notice. */
function dateBesideService(facts: readonly Fact[]): Fact | undefined {
  const [, ...later] = facts.filter(
    ({ field, label }) => field === "notice-date" && label.toLowerCase() === "date",
  );
  const beside = (row: number): boolean =>
    facts.some(
      (fact) => (fact.field === "service" || fact.field === "amount") && Math.abs(fact.row - row) <= 2,
    );
  return later.find(({ row }) => beside(row));
}

const billed = /\b(?:bill|billed|claims?|charged?s?|invoice|receipt)\b/i;

/** "starting 10/01/2025 … through 03/31/2026", "beginning 04/16/2026", "on February 11, 2026 you received". */
function prosePeriod(sheet: Sheet): PlainDate[] {
  const text = sheet.flat.slice(0, 5000);
  for (const [index, date] of datesIn(text).entries()) {
    const before = text.slice(Math.max(0, date.start - 24), date.start);
    const next = datesIn(text)[index + 1];
    const joined = next && /^\s*(?:-|to|through|thru)\s*$/i.test(text.slice(date.end, next.start));
    const around = text.slice(Math.max(0, date.start - 90), date.start);
    // The day of the asking is no day of care.
    const asked = /\b(?:asked|requests?|requested|wants?)\b[^.]*$/i.test(
      text.slice(Math.max(0, date.start - 200), date.start),
    );
    // "Before this decision, from July 1 to December 31, the plan approved": not what was asked for.
    if (
      /\b(?:before this decision|previously|until now|so far|had approved|were approved|was approved)\b[^.]*$/i.test(
        around,
      )
    )
      continue;
    if (
      /^,? (?:you|your (?:son|daughter|child|wife|husband)|he|she|they) (?:went|visited|had|was|were|received|got|saw)\b/i.test(
        text.slice(date.end, date.end + 50),
      )
    )
      return [date.value];
    if (/^ (?:forward|onwards?|and (?:after|later))\b/i.test(text.slice(date.end, date.end + 14)))
      return [date.value];
    // Only a letter about a bill tells when the care was given.
    if (
      /\byou (?:went|visited|received|had|got|were|saw)\b[^.]{0,70} on $/i.test(around) &&
      billed.test(text)
    )
      return [date.value];
    if (
      /(?:\([^()]*\d{4}[^()]{0,20}\)|\b(?:study|scan|test|visits?|surgery|operation|procedure|stay|treatment|therapy|session|coating|lenses)) on $/i.test(
        around,
      ) &&
      (!asked || /\b(?:paid back|reimburse|claim)/i.test(around))
    )
      return [date.value];
    // "Re: Adverse decision - air ambulance, May 30, 2026" and "Re: March 11, 2026, removal of skin tags" in a letter about a bill.
    if (
      billed.test(text) &&
      (/(?:^|\n)\s*(?:re|subject|regarding)\s*:[^\n]{3,90}(?:,| -| of| on) $/i.test(around) ||
        /(?:^|\n)\s*(?:re|subject|regarding)\s*:\s*$/i.test(around))
    )
      return joined ? [date.value, next.value] : [date.value];
    if (/\([A-Z]?\d{4}[A-Z\d]?(?:, [A-Z]?\d{4}[A-Z\d]?)*\), $/.test(around) && billed.test(text))
      return joined ? [date.value, next.value] : [date.value];
    if (/(?:^|\n)\s*claim(?: number| no\.?| #)?:? [\w-]*\d[^\n]{0,60}(?:,| -) $/i.test(around))
      return [date.value];
    if (
      joined &&
      !/\b(?:term|policy|coverage|plan|effective|year|period|in force|active|authorized|approved|certified)\b[^.]{0,25}$/i.test(
        before,
      )
    )
      return [date.value, next.value];
    if (/\bclaim\b[^.\n]{0,80} (?:for|of) $/i.test(text.slice(Math.max(0, date.start - 110), date.start)))
      return [date.value];
    if (/\b(?:starting|beginning|start date|begin on|starts? on)\s+(?:on\s+)?$/i.test(before)) {
      const through = datesIn(text).find(
        ({ start }) =>
          start > date.end &&
          /\b(?:through|until|to|ending)\s+$/i.test(text.slice(Math.max(0, start - 12), start)),
      );
      return through ? [date.value, through.value] : [date.value];
    }
  }
  return [];
}
