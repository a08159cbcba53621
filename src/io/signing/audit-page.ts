import { type PDFDocument, type PDFFont, type PDFPage, StandardFonts } from "@cantoo/pdf-lib";
import type { Signature } from "#case";

const left = 72;
const width = 612 - 2 * left;
const bottom = 72;
const title = "Record of the signature";

/**
 * Adds the pages that say who signed what, when and by which means, what was seen before, and how it came about. Carries
 * no health fact of its own; as many pages as it takes. Answers the first of them.
 *
 * @param bytes Length of the file that was shown, which stands unchanged at the start of the signed one.
 */
export async function addAuditPage(
  document: PDFDocument,
  signature: Signature,
  bytes: number,
): Promise<PDFPage> {
  const regular = await document.embedFont(StandardFonts.TimesRoman);
  const bold = await document.embedFont(StandardFonts.TimesRomanBold);
  const first = document.addPage([612, 792]);
  let page = first;
  let top = 720;
  const write = (text: string, font: PDFFont = regular, size = 10.5, gap = 5) => {
    for (const line of wrap(plain(text), font, size)) {
      if (top < bottom) {
        page = document.addPage([612, 792]);
        top = 720;
        page.drawText(`${title}, continued`, { x: left, y: 744, size: 9, font: regular });
      }
      page.drawText(line, { x: left, y: top, size, font });
      top -= size + 3.5;
    }
    top -= gap;
  };
  const { signer, given } = signature;
  write(title, bold, 16, 12);
  write("Who signed, and when", bold, 12);
  write(
    `${signer.name}${signer.npi ? `, NPI ${signer.npi} (its check digit is right)` : ""}, as ${signer.role}, on ${spokenTime(signature.at)}.`,
  );
  write(`"${signature.attestation}"`);
  if ("drawn" in given) {
    const image = await document.embedPng(given.drawn);
    const scale = Math.min(220 / image.width, 70 / image.height);
    const size = { width: image.width * scale, height: image.height * scale };
    page.drawImage(image, { x: left, y: top - size.height, ...size });
    top -= size.height + 14;
  } else write(`/s/ ${given.typed}`, bold, 14, 10);
  write("By which means", bold, 12);
  for (const line of signature.means ?? []) write(line);
  write(
    "drawn" in given
      ? "The name was drawn on the screen under the attestation."
      : "The name was typed under the attestation.",
  );
  write("What was signed", bold, 12);
  write(
    `The ${signature.pages} ${signature.pages === 1 ? "page" : "pages"} before this record, exactly as shown on the screen. The first ${bytes} bytes of this file are the file that was shown, unchanged. SHA-256 of those bytes:`,
  );
  write(signature.seen, regular, 9, 10);
  write(
    "The digital signature (PAdES) covers those pages and this record. A reader such as pdfsig tells whether anything was changed after signing. Its certificate was made by the program that holds the case: it proves that the file is unchanged; the person was checked by the means above.",
  );
  write("What was seen, and how it came about (times in UTC)", bold, 12);
  for (const { at, what } of signature.audit) write(`${spokenTime(at)}   ${what}`, regular, 9.5, 1);
  return first;
}

/** "2026-11-22 15:04:05 UTC" */
const spokenTime = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;

/** The standard fonts write Latin-1; letters outside it keep their base letter. */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, "-")
    .replace(/[^\x20-\x7e\xa0-\xff]/g, "?");
}

function wrap(text: string, font: PDFFont, size: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => broken(one, font, size))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

/** A word that is wider than the page, in pieces that are not. */
function broken(word: string, font: PDFFont, size: number): string[] {
  if (font.widthOfTextAtSize(word, size) <= width) return [word];
  const half = Math.ceil(word.length / 2);
  return [...broken(word.slice(0, half), font, size), ...broken(word.slice(half), font, size)];
}
