import { parseDate } from "#base";
import { type ExhibitRef, exhibitUse, type Letter, type LetterInput, labelExhibits } from "#letter";
import type { Exhibit, PacketPlan } from "./types.ts";

/** Papers up to this many pages go in whole; of longer ones only the pages that something rests on. */
const wholeUpTo = 15;

/**
 * What the packet holds: the same labels that the letters cite, whole short papers, of long ones their first page and
 * the pages that something rests on. Pages of other people never enter. `frontPages` are those before the exhibits.
 */
export function planPacket(input: LetterInput, letters: Letter[], frontPages = 0): PacketPlan {
  const cited = citedPages(input, letters);
  let next = frontPages + 1;
  const exhibits = labelExhibits(input).map((ref): Exhibit => {
    const pages = pagesThatMatter(ref, cited.get(ref.document) ?? new Set());
    const leftOut = ref.pages.filter((page) => !pages.includes(page));
    const exhibit = {
      label: ref.label,
      title: ref.title.text,
      dates: datesOf(ref),
      document: ref.document,
      pages,
      firstPage: next,
      usedFor: exhibitUse(ref, input, letters[0]?.passages),
      ...(leftOut.length > 0 ? { leftOut } : {}),
    };
    next += pages.length;
    return exhibit;
  });
  return { title: letters[0]?.title ?? "Papers", exhibits, issues: issuesOf(input, exhibits) };
}

function pagesThatMatter(ref: ExhibitRef, cited: Set<number>): number[] {
  if (ref.pages.length <= wholeUpTo) return ref.pages;
  return ref.pages.filter((page, index) => index === 0 || cited.has(page));
}

/** Every page that a passage or a finding rests on, by document. */
function citedPages(input: LetterInput, letters: Letter[]): Map<string, Set<number>> {
  const cited = new Map<string, Set<number>>();
  const note = (at: { document: string; page: number }) =>
    cited.set(at.document, (cited.get(at.document) ?? new Set()).add(at.page));
  for (const passage of letters.flatMap((letter) => letter.passages))
    for (const rest of passage.rests) if ("evidence" in rest) note(rest.evidence);
  for (const finding of input.findings?.findings ?? [])
    for (const evidence of [...finding.for, ...finding.against]) evidence.from.forEach(note);
  return cited;
}

function datesOf(ref: ExhibitRef): string {
  const day = ref.date ? parseDate(ref.date.value) : null;
  return day ? `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}` : "";
}

function issuesOf(input: LetterInput, exhibits: Exhibit[]): PacketPlan["issues"] {
  const foreign = input.sorted.foreign.map((page) => ({
    severity: "warning" as const,
    code: "foreign-page-left-out",
    text: `Page ${page.page} of ${page.document} is about another person and is not in the packet. Tell whoever sent it, and keep it away from the file.`,
  }));
  const trimmed = exhibits
    .filter((exhibit) => exhibit.leftOut)
    .map((exhibit) => ({
      severity: "information" as const,
      code: "exhibit-trimmed",
      text: `Exhibit ${exhibit.label} (${exhibit.document}) holds ${exhibit.pages.length} of ${exhibit.pages.length + exhibit.leftOut!.length} pages; the rest can be sent on request.`,
    }));
  return [...foreign, ...trimmed];
}
