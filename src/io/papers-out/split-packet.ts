import { PDFDocument } from "@cantoo/pdf-lib";
import type { Issue } from "#base";
import { cleanPages } from "./clean-pages.ts";
import { tagFirstSheet } from "./exhibit-tags.ts";
import { keepPages } from "./keep-pages.ts";
import { bookmarksIn } from "./outline.ts";
import { labelFirst } from "./page-labels.ts";
import { markWhole } from "./stamp.ts";
import { typeset } from "./typeset.ts";

export type ChannelLimit = { maxPages?: number; maxBytes?: number };
export type PacketPart = { bytes: Uint8Array; from: number; to: number; pages: number };

/**
 * Splits a packet for a channel that takes only so much. Each part begins with a sheet that says which part of how many it
 * is, what it holds, and in which part the rest is, so that a missing part is noticed; its bookmarks, tags and links
 * are those of its own pages. One part, unchanged, when all fits.
 */
export async function splitPacket(
  packet: Uint8Array,
  limit: ChannelLimit,
  head: string,
): Promise<{ parts: PacketPart[]; issues: Issue[] }> {
  const whole = await PDFDocument.load(packet, { updateMetadata: false });
  const total = whole.getPageCount();
  const maxPages = Math.max(2, limit.maxPages ?? Number.POSITIVE_INFINITY);
  const maxBytes = limit.maxBytes ?? Number.POSITIVE_INFINITY;
  if (total <= maxPages && packet.length <= maxBytes)
    return { parts: [{ bytes: packet, from: 1, to: total, pages: total }], issues: [] };
  const chapters = chaptersOf(whole);
  const bySize = Math.floor((total * maxBytes * 0.85) / packet.length);
  let perPart = Math.max(1, Math.min(maxPages - 1, bySize || 1, total));
  for (;;) {
    const parts = await partsOf({ packet, chapters, head, total }, perPart);
    const heavy = parts.filter((part) => part.bytes.length > maxBytes);
    // The first sheet runs over where a packet has very many exhibits.
    const over = Math.max(...parts.map((part) => part.pages)) - maxPages;
    if ((heavy.length === 0 && over <= 0) || perPart === 1)
      return { parts, issues: heavy.map((part) => tooHeavy(part, chapters)) };
    perPart = Math.max(1, heavy.length > 0 ? Math.floor(perPart * 0.7) : perPart - over);
  }
}

/** The letter or an exhibit, with its first and last page of the packet, from 1. */
type Chapter = { title: string; from: number; to: number };

function chaptersOf(pdf: PDFDocument): Chapter[] {
  const refs = pdf.getPages().map((page) => page.ref.tag);
  const starts = bookmarksIn(pdf).map(({ title, dest }) => ({
    title,
    from: refs.indexOf(dest.get(0).toString()) + 1,
  }));
  return starts.map((chapter, index) => ({
    ...chapter,
    to: (starts[index + 1]?.from ?? refs.length + 1) - 1,
  }));
}

type Whole = { packet: Uint8Array; chapters: Chapter[]; head: string; total: number };

async function partsOf(whole: Whole, perPart: number): Promise<PacketPart[]> {
  const { total } = whole;
  const count = Math.ceil(total / perPart);
  const parts: PacketPart[] = [];
  for (let part = 0; part < count; part++) {
    const from = part * perPart;
    const to = Math.min(from + perPart, total);
    const pdf = await PDFDocument.load(whole.packet, { updateMetadata: false });
    keepPages(pdf, from, to);
    await addSheet(pdf, whole, { number: part + 1, count, from: from + 1, to, perPart });
    parts.push({ bytes: await pdf.save(), from: from + 1, to, pages: pdf.getPageCount() });
  }
  return parts;
}

type Part = { number: number; count: number; from: number; to: number; perPart: number };

/** The first sheet of a part. */
async function addSheet(pdf: PDFDocument, { chapters, head, total }: Whole, part: Part): Promise<void> {
  const title = `Part ${part.number} of ${part.count}`;
  const rows = chapters.map(({ title: words, from, to }) => [
    words,
    pagesIn(from, to),
    whereOf({ from, to }, part),
  ]);
  const data = {
    title,
    lang: "en",
    head,
    blocks: [
      { kind: "title", text: title },
      {
        kind: "text",
        runs: [{ t: [head, `Packet ${pagesIn(part.from, part.to)} of ${total}`].filter(Boolean).join(". ") }],
      },
      {
        kind: "text",
        runs: [
          {
            t: `The ${part.count} parts are one submission of ${total} pages. Please put them together, and ask for any part that is missing before you decide.`,
          },
        ],
      },
      ...(rows.length > 0
        ? [
            {
              kind: "table",
              header: ["Document", "Packet pages", "Where"].map((t) => [{ t }]),
              rows: rows.map((row) => row.map((t) => [{ t }])),
              widths: [6, 2, 2],
            },
          ]
        : []),
    ],
  };
  const made = await PDFDocument.load((await typeset("letter.typ", data)).pdf, { updateMetadata: false });
  cleanPages(made, made.getPages());
  const sheets = await pdf.copyPages(made, made.getPageIndices());
  for (const sheet of sheets.reverse()) {
    pdf.insertPage(0, sheet);
    markWhole(pdf, pdf.getPage(0));
    tagFirstSheet(pdf, pdf.getPage(0), title);
    labelFirst(pdf, title);
  }
  pdf.setTitle([title, pdf.getTitle()].filter(Boolean).join(": "), { showInWindowTitleBar: true });
}

const pagesIn = (from: number, to: number) => (from === to ? `page ${from}` : `pages ${from} to ${to}`);

/** "this part", "part 2", "parts 1 to 3; here pages 7 to 12": where the pages of a document are. */
function whereOf({ from, to }: { from: number; to: number }, part: Part): string {
  const first = Math.ceil(from / part.perPart);
  const last = Math.ceil(to / part.perPart);
  if (first === last) return first === part.number ? "this part" : `part ${first}`;
  const here = first <= part.number && part.number <= last;
  const own = pagesIn(Math.max(from, part.from), Math.min(to, part.to));
  return `parts ${first} to ${last}${here ? `; here ${own}` : ""}`;
}

function tooHeavy(part: PacketPart, chapters: Chapter[]): Issue {
  const chapter = chapters.find(({ from, to }) => from <= part.from && part.from <= to);
  const where = chapter ? ` (${chapter.title})` : "";
  return {
    severity: "error",
    code: "packet-part-too-large",
    text: `Packet page ${part.from}${where} alone is larger than this way of sending allows. Send the packet by another way, or scan that page in black and white at 200 dots per inch and put it in the old one's place.`,
  };
}
