import type { Desk } from "./appeal.ts";
import { isReviewer } from "./particulars.ts";
import type { Slot } from "./passages.ts";

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
  return { address, fax, ofPlan: !(outsideOffice.test(words) || isReviewer(words)) };
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
