import type { CaseFile } from "#case";
import { exhibitLabel, type Letter, type Passage } from "#letter";
import type { PacketPlan } from "#packet";
import { typeset } from "./typeset.ts";

export const timelineName = "timeline.svg";
const title = "Timeline of treatment and tests";

/** The timeline set as one page of PDF, with words for those who cannot see it. */
export async function timelinePdf(svg: string, createdAt: number): Promise<Uint8Array> {
  const data = {
    title,
    note: "Made from the exhibits of this packet; each entry stands on their pages. It adds no fact of its own.",
    alt: altText(svg),
    svg,
  };
  return (await typeset("timeline.typ", data, { createdAt })).pdf;
}

/** The drawing's own title and description, else what it is. */
function altText(svg: string): string {
  const said = [...svg.matchAll(/<(?:title|desc)[^>]*>([^<]+)</g)].map((match) => match[1]!.trim());
  return said.slice(0, 2).join(". ") || `${title}: courses of treatment as bars, tests as points, by date.`;
}

/** Adds the timeline as the last exhibit to letter, packet and papers; nothing changes where there is none. */
export function withTimeline(given: {
  letter: Letter;
  plan: PacketPlan;
  documents: CaseFile["documents"];
  timeline: string | null;
}) {
  const { letter, plan, documents, timeline } = given;
  if (!timeline) return { letter, plan, documents };
  const label = exhibitLabel(plan.exhibits.length);
  const exhibit = {
    label,
    title,
    dates: "",
    document: timelineName,
    pages: [1],
    firstPage: 0,
    usedFor: "overview, made from the exhibits",
  };
  const source = {
    document: timelineName,
    mediaType: "application/pdf",
    sha256: "",
    pages: [{ page: 1, text: "", lines: [], ocr: false }],
  };
  return {
    letter: { ...letter, passages: mentioned(letter.passages, label, exhibit.usedFor) },
    plan: { ...plan, exhibits: [...plan.exhibits, exhibit] },
    documents: [...documents, source],
  };
}

/** One sentence after the table of criteria and one line in the list of exhibits. */
function mentioned(passages: Passage[], label: string, usedFor: string): Passage[] {
  const at = passages.findLastIndex(({ role }) => role === "exhibit") + 1;
  if (at === 0) return passages;
  const words = `Exhibit ${label}, p. 1`;
  const row: Passage = {
    id: "timeline-exhibit",
    role: "exhibit",
    text: `Exhibit ${label} · ${title} · ${usedFor}`,
    cells: [`Exhibit ${label}`, title, "", usedFor],
    rests: [{ form: true }],
  };
  const listed = passages.toSpliced(at, 0, row);
  const after = listed.findLastIndex(({ section }) => section?.startsWith("Every criterion")) + 1;
  if (after === 0) return listed;
  const sentence: Passage = {
    id: "timeline-sentence",
    role: "text",
    text: `A timeline of treatment and tests, made from these exhibits, is ${words}.`,
    rests: [{ form: true }],
    section: listed[after - 1]!.section!,
    cites: [{ words, at: { document: timelineName, page: 1, start: 0, end: 0, quote: "" } }],
  };
  return listed.toSpliced(after, 0, sentence);
}
