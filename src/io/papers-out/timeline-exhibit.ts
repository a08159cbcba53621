import type { MadeExhibit } from "./made-exhibits.ts";
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

/** The timeline as an exhibit made from the others; `null` where there is none. */
export const timelineExhibit = (timeline: string | null): MadeExhibit | null =>
  timeline
    ? {
        document: timelineName,
        title,
        usedFor: "overview, made from the exhibits",
        pages: 1,
        sentence: (place) => `A timeline of treatment and tests, made from these exhibits, is ${place}.`,
        section: /^Every criterion/,
        alt: altText(timeline),
        words: timeline.replace(/<[^>]*>/g, " "),
      }
    : null;
