/** The days of a case as an iCalendar file (RFC 5545): whole days, no health details, the same bytes for the same input. */
import { addDays, type PlainDate } from "#base";
import { earliestOf } from "./count.ts";
import type { Right } from "./types.ts";

export type CalendarOptions = {
  /** When the file is made, `YYYY-MM-DDThh:mm:ssZ`. */
  madeAt: string;
  /** A name for the case that says nothing about the patient. */
  caseName?: string;
  /** What tells the case from others in the same calendar; says nothing about anybody. */
  uid?: string;
  /** Grows with every change, so that a later file replaces an earlier one (RFC 5545, 3.8.7.4). */
  sequence?: number;
};

/**
 * One whole day: `key` is the same whenever the same thing is written again, on whatever day it falls. `alarms`: so many
 * days before, at nine in the morning. `cancelled`: was in an earlier file and is over.
 */
export type CalendarEntry = {
  day: PlainDate;
  title: string;
  note: string;
  key: string;
  alarms: number[];
  cancelled?: true;
};

/** Whole days as an iCalendar file: without a zone, so that a day is that day wherever the calendar is looked at. */
export function icalendar(entries: readonly CalendarEntry[], options: CalendarOptions): string {
  const unique = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Redress//Deadlines//EN",
    "CALSCALE:GREGORIAN",
    ...unique.flatMap((entry) => eventLines(entry, options)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** The day by which to send, the last day by law where it is another one, and the day by which the other side must decide. */
export function calendarFor(rights: readonly Right[], options: CalendarOptions): string {
  return icalendar(rights.flatMap(entriesOf), options);
}

function entriesOf(right: Right): CalendarEntry[] {
  const { kind, plan, status, file, decision } = right;
  if (status !== "open" && status !== "unknown") return [];
  const name = kind.replaceAll("-", " ");
  const law = right.cite.map(({ label }) => label).join("; ");
  const entry = (what: string, day: string | null, title: string, note: string[], alarms: number[]) =>
    day
      ? [
          {
            day: day as PlainDate,
            title,
            note: [...note, law].join("\n"),
            key: `${what}-${plan}-${kind}`,
            alarms,
          },
        ]
      : [];
  const steps = (file?.steps ?? []).map(({ text }) => text);
  const send = file ? earliestOf(file.safeDay, file.lastDay) : null;
  const last = file && file.lastDay !== send ? file.lastDay : null;
  const decided = `Decided by: ${right.decidedBy}.`;
  return [
    ...entry("file", send, `Send by this day: ${name}`, [decided, ...steps], [14, 7, 1]),
    ...entry("last", last, `Last day by law: ${name}`, steps, []),
    ...entry(
      "decision",
      decision?.lastDay ?? null,
      `Decision due: ${name}`,
      ["The other side's last day. No answer by then opens the next step."],
      [],
    ),
  ];
}

function eventLines(entry: CalendarEntry, options: CalendarOptions): string[] {
  const { day, title, note, key, alarms, cancelled } = entry;
  const { madeAt, caseName, uid = caseName?.replace(/[^A-Za-z0-9-]/g, "") } = options;
  return [
    "BEGIN:VEVENT",
    `UID:${uid ? `${uid}-` : ""}${key}@redress.invalid`,
    `DTSTAMP:${madeAt.replace(/[-:]/g, "").replace(/\.\d+/, "")}`,
    `SEQUENCE:${options.sequence ?? dayNumber(madeAt)}`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`,
    `SUMMARY:${escaped(caseName ? `${title} (${caseName})` : title)}`,
    ...(note ? [`DESCRIPTION:${escaped(note.trim())}`] : []),
    `STATUS:${cancelled ? "CANCELLED" : "CONFIRMED"}`,
    "TRANSP:TRANSPARENT",
    ...(cancelled ? [] : alarms.flatMap((days) => alarmLines(days, title))),
    "END:VEVENT",
  ];
}

/** At nine in the morning: nobody is woken at midnight. */
function alarmLines(days: number, title: string): string[] {
  const trigger = days === 0 ? "PT9H" : days === 1 ? "-PT15H" : `-P${days - 1}DT15H`;
  return [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(title)}`,
    `TRIGGER:${trigger}`,
    "END:VALARM",
  ];
}

/** Days since 1970: a file made on a later day counts as the later one. */
const dayNumber = (madeAt: string) => Math.floor(Date.parse(madeAt) / 86_400_000);

const compact = (day: PlainDate) => day.replaceAll("-", "");
const escaped = (text: string) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** Lines of at most 75 octets; what follows begins with a space. Our words are ASCII but for names, so count octets. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (octets + size > 74) {
      parts.push(part);
      part = "";
      octets = 0;
    }
    part += letter;
    octets += size;
  }
  return [...parts, part].join("\r\n ");
}
