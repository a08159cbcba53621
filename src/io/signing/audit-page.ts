import { type PDFDocument, type PDFFont, type PDFPage, StandardFonts } from "@cantoo/pdf-lib";
import type { Signature } from "#case";

const left = 72;
const width = 612 - 2 * left;
const bottom = 72;

/** Adds the page that says who signed what and when, and how it came about. Carries no health fact of its own. */
export async function addAuditPage(document: PDFDocument, signature: Signature): Promise<PDFPage> {
  const regular = await document.embedFont(StandardFonts.TimesRoman);
  const bold = await document.embedFont(StandardFonts.TimesRomanBold);
  const page = document.addPage([612, 792]);
  let top = 720;
  const write = (text: string, font: PDFFont = regular, size = 10.5, gap = 5) => {
    for (const line of wrap(plain(text), font, size)) {
      if (top < bottom) return;
      page.drawText(line, { x: left, y: top, size, font });
      top -= size + 3.5;
    }
    top -= gap;
  };
  const { signer } = signature;
  write("Record of the signature", bold, 16, 12);
  write(
    `Signed by ${signer.name}${signer.npi ? `, NPI ${signer.npi}` : ""}, as ${signer.role}, on ${signature.at}.`,
  );
  write(`"${signature.attestation}"`);
  if ("drawn" in signature.given) {
    const image = await document.embedPng(signature.given.drawn);
    const scale = Math.min(220 / image.width, 70 / image.height);
    page.drawImage(image, {
      x: left,
      y: top - image.height * scale,
      width: image.width * scale,
      height: image.height * scale,
    });
    top -= image.height * scale + 14;
  } else write(`/s/ ${signature.given.typed}`, bold, 14, 10);
  write("What was signed", bold, 12);
  write(
    `The ${signature.pages} pages before this one, exactly as they were shown on the screen. SHA-256 of those bytes:`,
  );
  write(signature.seen, regular, 9, 10);
  write(
    "The digital signature in this file covers the pages and this record. A reader such as pdfsig tells whether anything was changed after signing.",
  );
  write("How it came about", bold, 12);
  for (const { at, what } of signature.audit) write(`${at}   ${what}`, regular, 9.5, 1);
  return page;
}

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
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}
