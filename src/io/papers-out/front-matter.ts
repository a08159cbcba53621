import { PDFDocument } from "@cantoo/pdf-lib";
import type { Span } from "#base";
import type { Exhibit } from "#packet";
import type { PacketInput } from "./assemble-packet.ts";
import { letterBlocks } from "./letter-blocks.ts";
import { firstSheets, type Sheet } from "./sheets.ts";
import { typeset } from "./typeset.ts";

/** Stands in for the place of an exhibit page until the pages are put together. */
export const inside = "https://packet.invalid/";
export const letterKey = "letter";
const letterHref = `${inside}${letterKey}`;
const hrefOf = (label: string, page: number) => `${inside}${label}/${page}`;

export type Front = { pdf: Uint8Array; pages: number; letterStart: number };

/** Cover, contents and letter in one tagged file. Set twice, because the cover names page numbers that it shifts. */
export async function frontMatter(input: PacketInput, sheets: Sheet[]): Promise<Front> {
  const starts = firstSheets(sheets);
  const shown = new Set(sheets.map((sheet) => `${sheet.exhibit.label}/${sheet.page}`));
  const labelAt = (span: Span) =>
    input.plan.exhibits.find((entry) => entry.document === span.document && entry.pages.includes(span.page))
      ?.label;
  const linkTo = (span: Span) => {
    const label = labelAt(span);
    return label && shown.has(`${label}/${span.page}`) ? hrefOf(label, span.page) : null;
  };
  const set = async (pages: number, letterStart: number, blocks = letterBlocks(input.letter, linkTo)) => {
    const total = pages + sheets.length;
    const first = (label: string) => starts.get(label);
    const contents = [
      { name: "Letter", title: input.letter.title, used: "", page: String(letterStart), href: letterHref },
      ...input.plan.exhibits
        .filter((exhibit) => first(exhibit.label) !== undefined)
        .map((exhibit) => ({
          name: `Exhibit ${exhibit.label}`,
          title: [exhibit.title, exhibit.dates].filter(Boolean).join(", ") + trimmed(exhibit),
          used: exhibit.usedFor,
          page: String(pages + 1 + first(exhibit.label)!),
          href: hrefOf(exhibit.label, sheets[first(exhibit.label)!]!.page),
        })),
    ];
    const data = {
      title: `${input.letter.title}, ${input.head}`,
      lang: input.letter.language,
      head: input.head,
      plainLinks: false,
      running: { label: "Packet page", total: String(total) },
      cover: {
        title: input.letter.title,
        facts: input.cover,
        pages: `This packet has ${total} pages. If you received fewer, please ask for the rest before you decide.`,
        contentsTitle: "Contents",
        columns: ["Part", "Document", "Used for", "Page"],
        contents,
        note: "Each citation in the letter leads to its page; the line below each exhibit page leads back.",
      },
      blocks,
    };
    const { pdf } = await typeset(
      "letter.typ",
      data,
      input.createdAt === undefined ? {} : { createdAt: input.createdAt },
    );
    const read = await PDFDocument.load(pdf, { updateMetadata: false });
    return { pdf, pages: read.getPageCount() };
  };
  const alone = await set(9, 2, []);
  const draft = await set(9, alone.pages);
  const final = await set(draft.pages, alone.pages);
  return { ...final, letterStart: alone.pages };
}

/** Which pages of a longer paper are here, for the reader who wonders about the others. */
function trimmed({ pages, leftOut }: Exhibit): string {
  if (!leftOut) return "";
  const total = Math.max(...pages, ...leftOut);
  return ` (pages ${runsOf(pages)} of ${total}; the rest on request)`;
}

/** "1, 3 to 5": numbers in runs. */
function runsOf(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)).join(", ");
}
