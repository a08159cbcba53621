import type { Issue } from "#base";
import type { CaseFile } from "#case";
import { exhibitLabel, type Letter, type Passage } from "#letter";
import { type PacketPlan, saysAny } from "#packet";
import { drawing } from "./exhibit-pages.ts";

/** A paper of ours that goes with the exhibits because it only shows what they hold: a timeline, a count of days. */
export type MadeExhibit = {
  document: string;
  title: string;
  usedFor: string;
  pages: number;
  /** Everything that stands on it. */
  words: string;
  /** What the letter says of it, given its place ("Exhibit J, p. 1"). */
  sentence: (place: string) => string;
  /** The section of the letter after which that is said; where there is none, only the list names it. */
  section: RegExp;
  /** What a drawing shows, for those who cannot see it. */
  alt?: string;
};

type Whole = { letter: Letter; plan: PacketPlan; documents: CaseFile["documents"] };

/**
 * The papers of ours that say none of the words to blacken. They are drawn from the record, not copied, so one that does
 * is left out whole.
 */
export function withoutWords(
  made: MadeExhibit[],
  words: readonly string[],
): { made: MadeExhibit[]; issues: Issue[] } {
  const [kept, out] = [made, made].map((list, index) =>
    list.filter((one) => saysAny(one.words, words) === (index === 1)),
  );
  return {
    made: kept!,
    issues: out!.map(({ title }) => ({
      severity: "warning",
      code: "blacken-left-out",
      text: `“${title}” says words that are to be blackened, so it was left out of the packet.`,
    })),
  };
}

/** Adds a paper of ours as the last exhibit to letter, packet and papers. */
export function withMade({ letter, plan, documents }: Whole, made: MadeExhibit): Whole {
  const label = exhibitLabel(plan.exhibits.length);
  const pages = Array.from({ length: made.pages }, (_, index) => index + 1);
  const { document, title, usedFor } = made;
  const exhibit = { label, title, dates: "", document, pages, firstPage: 0, usedFor };
  const source = {
    document,
    mediaType: made.alt ? drawing : "application/pdf",
    sha256: "",
    pages: pages.map((page) => ({ page, text: made.alt ?? made.words, lines: [], ocr: false })),
  };
  return {
    letter: { ...letter, passages: mentioned(letter.passages, label, made) },
    plan: { ...plan, exhibits: [...plan.exhibits, exhibit] },
    documents: [...documents, source],
  };
}

/** One sentence after its section and one line in the list of exhibits. */
function mentioned(passages: Passage[], label: string, made: MadeExhibit): Passage[] {
  const at = passages.findLastIndex(({ role }) => role === "exhibit") + 1;
  if (at === 0) return passages;
  const words = `Exhibit ${label}, p. 1`;
  const row: Passage = {
    id: `made-exhibit-${label}`,
    role: "exhibit",
    text: `Exhibit ${label} · ${made.title} · ${made.usedFor}`,
    cells: [`Exhibit ${label}`, made.title, "", made.usedFor],
    rests: [{ form: true }],
  };
  const listed = passages.toSpliced(at, 0, row);
  const after =
    listed.findLastIndex(({ section }) => section !== undefined && made.section.test(section)) + 1;
  if (after === 0) return listed;
  const sentence: Passage = {
    id: `made-sentence-${label}`,
    role: "text",
    text: made.sentence(words),
    rests: [{ form: true }],
    section: listed[after - 1]!.section!,
    cites: [{ words, at: { document: made.document, page: 1, start: 0, end: 0, quote: "" } }],
  };
  return listed.toSpliced(after, 0, sentence);
}
