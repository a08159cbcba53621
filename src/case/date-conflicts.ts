import type { Issue, Span } from "#base";
import type { Denial } from "#denial";
import { datesIn, type SourceDocument, spanAt } from "#source";

const done =
  /\b(?:infused|implanted|performed|administered|underwent|given|inserted|placed|delivered|done)\b/i;
/** A sentence, which may go over the end of a line. */
const sentence = /[^.!?]{10,400}(?:[.!?](?=\s|$)|$)/g;

/**
 * A record that gives the denied service another day than the notice, with the same digits in another order: a slip of
 * the pen that a reviewer will find. Other days may be other sessions and are left alone.
 */
export function findDateConflicts(denial: Denial, records: readonly SourceDocument[]): Issue[] {
  return denial.services.flatMap(({ description, from }) => {
    const day = from;
    if (!day) return [];
    const names = (description.value.toLowerCase().match(/[a-z]{6,}/g) ?? []).filter(
      (name) => !common.has(name),
    );
    return records
      .flatMap((record) => slips(record, names, day))
      .slice(0, 1)
      .map(
        ({ at, said }): Issue => ({
          severity: "warning",
          code: "date-conflict",
          text: `The notice dates the service ${day}; “${at.quote.replace(/\s+/g, " ")}” (${at.document}, page ${at.page}) says ${said}. The digits look transposed. Have the author correct the record, or point out the correction, before the insurer does.`,
          at,
        }),
      );
  });
}

const common = new Set(
  "services service injection infusion treatment procedure therapy medical hospital surgery".split(" "),
);
const digits = (date: string): string => [...date.replace(/\D/g, "")].sort().join("");

function slips(record: SourceDocument, names: readonly string[], day: string): { at: Span; said: string }[] {
  return record.pages.flatMap((page) =>
    [...page.text.matchAll(sentence)].flatMap((found) => {
      const text = found[0].toLowerCase();
      const verb = done.exec(text);
      if (!verb || !names.some((name) => text.includes(name))) return [];
      const near = datesIn(found[0]).find(({ start }) => start > verb.index && start - verb.index < 40);
      if (!near || near.value === day || digits(near.value) !== digits(day)) return [];
      const start = found.index + found[0].search(/\S/);
      const at = spanAt(record.document, page, start, found.index + found[0].trimEnd().length);
      return [{ at, said: near.value }];
    }),
  );
}
