/** Clocks in hours: elapsed hours, across the clock changes of the zone when one is told. */
import { dateOf, dateOfDayNumber, dayNumber, type PlainDate } from "#base";

/** A local time of day on a date. */
export type LocalTime = { day: PlainDate; time: string };

const MINUTE = 60_000;
const formats = new Map<string, Intl.DateTimeFormat | null>();

/** The formatter of a zone, or `null` when there is no such zone. */
function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
      });
    } catch {
      format = null;
    }
    formats.set(zone, format);
  }
  return format;
}

export function isZone(zone: string): boolean {
  return formatOf(zone) !== null;
}

/** Minutes since 1970 of a wall-clock reading, as if the wall were UTC. */
function wallMinutes({ day, time }: LocalTime): number {
  return dayNumber(day) * 1440 + Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The wall clock of a zone at an instant, in minutes as {@link wallMinutes}. */
function wallAt(instant: number, format: Intl.DateTimeFormat): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(instant * MINUTE)) part[type] = Number(value);
  const day = dateOf(part["year"]!, part["month"]!, part["day"]!)!;
  return dayNumber(day) * 1440 + part["hour"]! * 60 + part["minute"]!;
}

/** The instant (minutes since 1970) of a wall-clock reading; the first one where it occurs twice. */
function instantOf(wall: number, format: Intl.DateTimeFormat): number {
  const guesses = [wall - 1440, wall + 1440].map((near) => wall - (wallAt(near, format) - near));
  const exact = guesses.filter((guess) => wallAt(guess, format) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(...guesses);
}

function localOf(wall: number): LocalTime {
  const minutes = ((wall % 1440) + 1440) % 1440;
  return {
    day: dateOfDayNumber((wall - minutes) / 1440),
    time: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`,
  };
}

const two = (n: number) => String(n).padStart(2, "0");

/** The local time so many hours later, as a time and as the text of `Deadline.at`. */
export function addHours(start: LocalTime, hours: number, zone?: string): LocalTime & { at: string } {
  const format = zone === undefined ? null : formatOf(zone);
  if (!format) {
    const end = localOf(wallMinutes(start) + hours * 60);
    return { ...end, at: `${end.day}T${end.time}` };
  }
  const instant = instantOf(wallMinutes(start), format) + hours * 60;
  return localAt(instant, format);
}

/** A local time with the offset of its zone, when a zone is told. */
export function withOffset(local: LocalTime, zone?: string): string {
  const format = zone === undefined ? null : formatOf(zone);
  if (!format) return `${local.day}T${local.time}`;
  return localAt(instantOf(wallMinutes(local), format), format).at;
}

function localAt(instant: number, format: Intl.DateTimeFormat): LocalTime & { at: string } {
  const wall = wallAt(instant, format);
  const end = localOf(wall);
  const offset = wall - instant;
  const sign = offset < 0 ? "-" : "+";
  const size = Math.abs(offset);
  return { ...end, at: `${end.day}T${end.time}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}` };
}

/** Hours from one local time to another; negative when the second is earlier. */
export function hoursBetween(from: LocalTime, to: LocalTime, zone?: string): number {
  const format = zone === undefined ? null : formatOf(zone);
  const place = (local: LocalTime) => (format ? instantOf(wallMinutes(local), format) : wallMinutes(local));
  return (place(to) - place(from)) / 60;
}
