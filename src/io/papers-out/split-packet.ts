import { PDFDocument, StandardFonts } from "@cantoo/pdf-lib";
import type { Issue } from "#base";
import { cleanPages } from "./clean-pages.ts";

export type ChannelLimit = { maxPages?: number; maxBytes?: number };
export type PacketPart = { bytes: Uint8Array; from: number; to: number; pages: number };

/**
 * Splits a packet for a channel that takes only so much. Each part begins with a sheet that says which part of how many it is and
 * which pages of the packet it holds, so that a missing part is noticed. One part, unchanged, when all fits.
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
  cleanPages(whole, whole.getPages());
  const bySize = Math.floor((total * maxBytes * 0.85) / packet.length);
  let perPart = Math.max(1, Math.min(maxPages - 1, bySize || 1, total));
  for (;;) {
    const parts = await partsOf(whole, perPart, head);
    const heavy = parts.filter((part) => part.bytes.length > maxBytes);
    if (heavy.length === 0 || perPart === 1) return { parts, issues: heavy.map(tooHeavy) };
    perPart = Math.max(1, Math.floor(perPart * 0.7));
  }
}

async function partsOf(whole: PDFDocument, perPart: number, head: string): Promise<PacketPart[]> {
  const total = whole.getPageCount();
  const count = Math.ceil(total / perPart);
  const parts: PacketPart[] = [];
  for (let part = 0; part < count; part++) {
    const from = part * perPart;
    const to = Math.min(from + perPart, total);
    const pdf = await PDFDocument.create();
    const font = await pdf.embedFont(StandardFonts.Helvetica);
    const sheet = pdf.addPage([612, 792]);
    const lines = [
      `Part ${part + 1} of ${count}`,
      `Pages ${from + 1} to ${to} of a packet of ${total} pages`,
      asLatin(head),
      "These parts are one submission. Please put them together; ask for any part that is missing.",
    ];
    lines.forEach((line, index) => {
      sheet.drawText(line, { x: 72, y: 650 - index * 26, size: index === 0 ? 20 : 12, font });
    });
    const indices = Array.from({ length: to - from }, (_, index) => from + index);
    for (const page of await pdf.copyPages(whole, indices)) pdf.addPage(page);
    pdf.setTitle(`Part ${part + 1} of ${count}`);
    parts.push({ bytes: await pdf.save(), from: from + 1, to, pages: to - from + 1 });
  }
  return parts;
}

/** The standard font writes Latin letters only. */
const asLatin = (text: string) => text.normalize("NFKD").replace(/[^\x20-\x7e·]/g, "");

const tooHeavy = (part: PacketPart): Issue => ({
  severity: "warning",
  code: "packet-part-too-large",
  text: `Packet page ${part.from} alone is larger than this way of sending allows. Send the packet by another way, or send a lighter copy of that page.`,
});
