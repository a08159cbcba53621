import type { Span } from "#base";
import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { anyCase } from "./cue.ts";
import { isReviewer } from "./particulars.ts";
import { fromPages, type Slot } from "./passages.ts";

/** What the notice prints of where to write, and whose it is. */
export type PrintedPlace = { address: Slot | null; fax: Slot | null; ofPlan: boolean };

/** Offices outside the plan, as notices write their addresses. */
const outsideOffice =
  /\b(hearings?|omha|appeals council|departmental appeals|personnel management|opm|insurance (?:department|division|commissioner|administration|bureau)|(?:department|division|bureau|office) of (?:insurance|health|human|managed|social)\b.*|external review|independent review|quality monitoring|tqmc|defense health agency|qic|ire)\b/i;

/** Characters before a fax number in which its owner is named. */
const reach = 220;

/** The address and fax of the notice. A notice of the plan may print those of the body that decides next: then they are not the plan's. */
export function printedPlace(desk: Desk): PrintedPlace {
  const sendTo = desk.input.denial?.rightsStated.sendTo;
  const address = sendTo?.address?.from.length
    ? {
        text: addressOf(sendTo.address.value),
        rests: sendTo.address.from.map((span) => ({ evidence: span })),
      }
    : null;
  const fax = sendTo?.fax?.from.length
    ? { text: sendTo.fax.value, rests: sendTo.fax.from.map((span) => ({ evidence: span })) }
    : null;
  const words = address?.text ?? nearFax(desk);
  return {
    address,
    fax,
    ofPlan: !(outsideOffice.test(words) || isReviewer(words) || leavesPlan(desk, words)),
  };
}

/** The paragraph before an address. */
const paragraph = 260;

/**
 * True where a decision on an appeal sends the reader to somebody else and prints where: the paragraph of the address speaks of
 * that step, and neither it nor the address is the plan's.
 */
function leavesPlan(desk: Desk, words: string): boolean {
  const { denial } = desk.input;
  const span = denial?.rightsStated.sendTo.address?.from[0];
  if (!span || (denial?.stage?.value ?? "initial") === "initial") return false;
  const text = desk.cite.sources.get(span.document)?.pages.find(({ page }) => page === span.page)?.text ?? "";
  const before = text
    .slice(Math.max(0, span.start - paragraph), span.start)
    .split(/\n\s*\n/)
    .at(-1)!;
  const payer = denial?.payer?.value.toLowerCase();
  return (
    /\b(?:state (?:fair hearing|hearing|review)|fair hearing|state agency)\b/i.test(before) &&
    !/\b(?:appeals?|grievances?)\b/i.test(words) &&
    !(payer && words.toLowerCase().includes(payer))
  );
}

/** Who decides each step outside the plan, as notices call that body. */
const bodies: [step: RegExp, name: RegExp][] = [
  [/^alj$/, /omha|medicare hearings and appeals/],
  [/^council$/, /medicare appeals council|departmental appeals board/],
  [/^ire$/, /independent review entity|maximus|c2c/],
  [/^reconsideration$/, /qualified independent contractor|c2c|maximus/],
  [/^(?:state-fair-hearing|chip-review)$/, /hearings?/],
  [/^opm-/, /office of personnel management|opm/],
  [/^tricare-second/, /quality (?:monitoring|management) contract(?:or)?|tqmc/],
  [/^tricare-(?:formal|hearing)/, /defense health agency|dha/],
  [
    /external-review$/,
    /external review|independent review|(?:department|division|bureau|office) of insurance|insurance (?:department|division|commissioner|administration|bureau)/,
  ],
];

/** Signs of an address: no full stop but after a short word, no blank line. */
const sign = "(?:[^.\\n]|\\n(?!\\s*\\n)|(?<=\\b\\w{1,4})\\.)";
const street = "(?:\\d{1,6}\\s+[A-Z]|P\\.?\\s?O\\.?\\s+Box\\s)";
const zip = "(?:\\b[A-Z]{2}|[A-Z][a-z]+)\\.?,?\\s+\\d{5}(?:-\\d{4})?";

/** The name of the body and the postal address after it, wherever on the notice they stand; `null` where they do not. */
export function printedFor(desk: Desk, steps: readonly string[]): Slot | null {
  const names = bodies.filter(([step]) => steps.some((one) => step.test(one))).map(([, name]) => name.source);
  if (names.length === 0) return null;
  const called = anyCase(names.join("|")).replaceAll(" ", "\\s+");
  const name = `(?:[A-Z][\\w&'-]*,?\\s+(?:(?:of|and|for|the)\\s+){0,2}){0,9}(?<!\\w)(?:${called})(?!\\w)`;
  const written = new RegExp(`${name}${sign}{0,120}?${street}${sign}{0,110}?${zip}(?!\\d)`);
  for (const { document, kind } of desk.cite.exhibits)
    for (const page of kind === "denial" ? (desk.cite.sources.get(document)?.pages ?? []) : []) {
      const match = written.exec(page.text);
      if (!match) continue;
      const span = spanAt(document, page, match.index, match.index + match[0].length);
      return fromPages(
        inOneLine(page.text, span).replace(/^(?:write|mail|send|fax|contact)\s+(?:to\s+)?(?:the\s+)?/i, ""),
        span,
      );
    }
  return null;
}

/** A line at least as long as this goes on in the next; a shorter one is a line of an address. */
const wrapped = 60;

/** The words of a span in one line: the lines of an address are told apart by commas, those of running text are joined. */
export function inOneLine(text: string, { start, end }: Pick<Span, "start" | "end">): string {
  const lines = text.slice(start, end).split("\n");
  let at = text.lastIndexOf("\n", start - 1) + 1;
  return lines
    .map((line, index) => {
      const length = text.indexOf("\n", at) - at;
      at += length + 1;
      const words = line.trim();
      // A number that is broken at its hyphen goes on without a blank.
      if (index === lines.length - 1 || words.endsWith("-")) return words;
      return length >= wrapped || words.endsWith(",") ? `${words} ` : `${words}, `;
    })
    .join("");
}

/** The words of the notice before its fax number. */
function nearFax(desk: Desk): string {
  const span = desk.input.denial?.rightsStated.sendTo.fax?.from[0];
  const page = span && desk.cite.sources.get(span.document)?.pages.find(({ page }) => page === span.page);
  return page ? page.text.slice(Math.max(0, span.start - reach), span.start) : "";
}

/** The address without the words that introduce it on the notice and those that go on to another way of sending. */
const addressOf = (words: string): string =>
  words
    .replace(/\s*\n\s*/g, ", ")
    .replace(
      /^(?:please\s+)?(?:write|send|mail|fax)\b(?:\s+(?:it|your (?:written )?(?:appeal|request)))?\s*(?:to\b)?:?\s*/i,
      "",
    )
    .replace(/[,;.]?\s+(?:or|and)\s+(?:by\s+)?(?:fax|call|e-?mail|send|go|visit|online)\b.*$/i, "")
    .replace(/^the\s+(?=[A-Z])/, "");
