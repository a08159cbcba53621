import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { fill, fromPages, type Slot } from "./passages.ts";
import { printedQuote } from "./sentences.ts";

/** "The request for 20 per month", "requested 60 tablets per 30 days". */
const requested =
  /\b(?:request(?:ed)?(?:\s+(?:for|of|was\s+for))?|asked\s+for|prescribed|ordered)\s+(?:a\s+quantity\s+of\s+)?(\d[\d,]*(?:\s+[a-z]+){0,3}\s+(?:per|every|each|a)\s+(?:\d+\s+)?(?:days?|weeks?|months?|years?|fill))\b/i;

/** On a limit of quantity: the quantity that was asked for, in the notice's words; `null` where it names none. */
export function askedQuantity(desk: Desk): Slot | null {
  const grounds = desk.input.denial?.grounds ?? [];
  const ground = grounds.find(({ id }) => id === "quantity-limit");
  const source = desk.cite.sources.get(ground?.from[0]?.document ?? "");
  for (const page of source?.pages ?? []) {
    const match = requested.exec(page.text);
    if (!match || !source) continue;
    const end = match.index + match[0].length;
    const span = spanAt(source.document, page, end - match[1]!.length, end);
    return fill("Approve the quantity that was asked for: {asked} ({place}).", {
      asked: fromPages(`“${printedQuote(span.quote)}”`, span),
      place: desk.cite.place(span),
    });
  }
  return null;
}
