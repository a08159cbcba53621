/** The days of a case as an iCalendar file (RFC 5545): whole days, no health details, the same bytes for the same input. */
import { addDays, type PlainDate } from "#base";
import { earliestOf } from "./count.ts";
import type { Right } from "./types.ts";

export type CalendarOptions = {
  /** When the file is made, `YYYY-MM-DDThh:mm:ssZ`. */
  madeAt: string;
  /** A name for the case that says nothing about the patient. */
  caseName?: string;
};

type Entry = { day: PlainDate; title: string; note: string; key: string; alarms: number[] };

/** One entry per day by which the claimant must file, and one per day by which the other side must decide. */
export function calendarFor(rights: readonly Right[], { madeAt, caseName }: CalendarOptions): string {
  const entries = rights.filter(({ status }) => status === "open").flatMap(entriesOf);
  const stamp = madeAt.replace(/[-:]/g, "").replace(/\.\d+/, "");
  const unique = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Redress//Deadlines//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...unique.flatMap((entry) => eventLines(entry, stamp, caseName)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function entriesOf(right: Right): Entry[] {
  const name = right.kind.replaceAll("-", " ");
  const entries: Entry[] = [];
  const file = right.file && earliestOf(right.file.safeDay, right.file.lastDay);
  if (file) {
    const note = `File by this day. Decided by: ${right.decidedBy}. ${right.cite[0]?.label ?? ""}`;
    entries.push({
      day: file,
      title: `Last safe day: ${name}`,
      note,
      key: `file-${right.plan}-${right.kind}-${file}`,
      alarms: [14, 7, 1],
    });
  }
  const due = right.decision?.lastDay as PlainDate | null | undefined;
  if (due) {
    const note = `The other side's last day. ${right.cite[0]?.label ?? ""} No answer by then opens the next step.`;
    entries.push({
      day: due,
      title: `Decision due: ${name}`,
      note,
      key: `decision-${right.plan}-${right.kind}-${due}`,
      alarms: [],
    });
  }
  return entries;
}

function eventLines({ day, title, note, key, alarms }: Entry, stamp: string, caseName?: string): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${key}${caseName ? `-${caseName.replace(/[^A-Za-z0-9-]/g, "")}` : ""}@redress.invalid`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(day)}`,
    `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`,
    `SUMMARY:${escaped(caseName ? `${title} (${caseName})` : title)}`,
    `DESCRIPTION:${escaped(note.trim())}`,
    "TRANSP:TRANSPARENT",
    ...alarms.flatMap((days) => [
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(title)}`,
      `TRIGGER:-P${days}D`,
      "END:VALARM",
    ]),
    "END:VEVENT",
  ];
}

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
