import { spanAt } from "#source";
import type { Desk } from "./appeal.ts";
import { type Draft, fill, fromPages } from "./passages.ts";
import { refusedServices } from "./reference-block.ts";
import { printedQuote } from "./sentences.ts";

const authorization =
  /\b(?:authori[sz]ation|approval|certification)\s*(?:number|no\.?|#|id)?\s*[:#]?\s*\b([A-Z]{0,4}[0-9][A-Z0-9-]{5,})\b/i;
/** An approval's line ends in the number of units or days that it grants. */
const grant = /(?:\n|\t|\s{2,})(\d{1,4})(?=\n|\t|$)/;

/** What an earlier approval granted for the very codes that are refused now: its number, the code and the count, quoted. */
export function addApprovedUnits(draft: Draft, desk: Desk): void {
  const codes = refusedServices(desk.input).flatMap((service) => service.codes.map((code) => code.value));
  for (const exhibit of desk.cite.exhibits.filter((entry) => entry.kind === "approval"))
    for (const page of desk.cite.sources.get(exhibit.document)?.pages ?? []) {
      if (!exhibit.pages.includes(page.page)) continue;
      const named = authorization.exec(page.text);
      for (const code of codes) {
        const start = page.text.indexOf(code);
        const found = start < 0 ? null : grant.exec(page.text.slice(start, start + 400));
        if (!named || !found || !/\b(units?|quantity|visits|days)\b/i.test(page.text.slice(0, start)))
          continue;
        const row = spanAt(exhibit.document, page, start, start + found.index + found[0].length);
        const number = spanAt(exhibit.document, page, named.index, named.index + named[0].length);
        draft.add(
          "item",
          fill(
            "Authorization {number} covers {code}, approved units: {count}. Its line reads {quote} ({place}).",
            {
              number: fromPages(named[1]!, number),
              code: fromPages(code, row),
              count: fromPages(found[1]!, row),
              quote: fromPages(`“${printedQuote(row.quote)}”`, row),
              place: desk.cite.place(row),
            },
          ),
        );
      }
    }
}
