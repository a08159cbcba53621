import type { Flow } from "#source";
import { isBirth } from "./headings.ts";
import { timesIn } from "./times.ts";

/** Lines at the top of a paper among which its day stands where no label gives it. */
const top = 8;
/** Words before a day by which a line is known as the title of a paper ("Progress note 11/02/2026"). */
const title =
  /^[^.]{0,60}\b(?:notes?|evaluation|assessment|report|consult(?:ation)?|summary|conference|exam(?:ination)?|follow[- ]?up)\b[\s:|,–-]{0,6}(?:of\s+|on\s+)?$/i;

/**
 * The day of a paper without a labelled date: that of its title, or the one that begins or fills a line at its top, as in
 * a letter. `null` where two such days disagree.
 */
export function dayOfTitle(flow: Flow): string | null {
  const days = flow.lines.slice(0, top).flatMap(({ start, end }) => {
    const text = flow.text.slice(start, end);
    const own = timesIn(text, null).filter(
      (time) =>
        time.kind === "date" &&
        time.earliest !== null &&
        time.earliest === time.latest &&
        !isBirth(text, time.start),
    );
    // Several days side by side head the columns of a table.
    return own.length === 1 && isTitled(text.slice(0, own[0]!.start), text.slice(own[0]!.end))
      ? [own[0]!.earliest!]
      : [];
  });
  const [first] = days;
  return first !== undefined && days.every((day) => day === first) ? first : null;
}

/** A line that begins with its day goes on, if at all, with a gap: a sentence that begins with a day tells of another. */
const isTitled = (before: string, after: string): boolean =>
  title.test(before) || (before.trim() === "" && /^\s*$|^\s{2,}\S|^\s*\|/.test(after));
