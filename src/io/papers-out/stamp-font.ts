import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFObjectCopier,
  PDFRawStream,
  type PDFRef,
} from "@cantoo/pdf-lib";
import { typeset } from "./typeset.ts";

/** A font inside the file, with the words for its signs: what stamps are written in. */
export type StampFont = {
  ref: PDFRef;
  widthOf: (words: string, size: number) => number;
  encode: (words: string) => PDFHexString;
};

const name = PDFName.of;
/** What stamps say: labels, numbers, and our own English words. */
const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,()-:";

let page: Promise<Uint8Array> | null = null;

/**
 * The letter's own font, cut to the signs of stamps. The typesetter cuts it; from its page the font is taken, because
 * the standard fonts of readers are not in the file and do not say their words.
 */
export async function stampFont(pdf: PDFDocument): Promise<StampFont> {
  page ??= typeset("stamp.typ", { signs: [...signs] }).then((made) => made.pdf);
  const source = await PDFDocument.load(await page, { updateMetadata: false });
  const fonts = source.getPage(0).node.Resources()!.lookup(name("Font"), PDFDict);
  const font = fonts.lookup(fonts.keys()[0]!, PDFDict);
  const codes = codesOf(font);
  const widths = widthsOf(font);
  const code = (sign: string): number => codes.get(sign) ?? codes.get(" ")!;
  const copy = PDFObjectCopier.for(source.context, pdf.context).copy(font);
  return {
    ref: pdf.context.register(copy),
    widthOf: (words, size) =>
      ([...words].reduce((sum, sign) => sum + (widths.get(code(sign)) ?? 0), 0) * size) / 1000,
    encode: (words) =>
      PDFHexString.of([...words].map((sign) => code(sign).toString(16).padStart(4, "0")).join("")),
  };
}

/** Signs by the codes of their glyphs, from the font's own table. */
function codesOf(font: PDFDict): Map<string, number> {
  const table = font.lookup(name("ToUnicode"));
  if (!(table instanceof PDFRawStream)) throw new Error("the font of the stamps does not say its signs");
  const text = Buffer.from(decodePDFRawStream(table).decode()).toString("latin1");
  const codes = new Map<string, number>();
  const note = (code: number, sign: number) => codes.set(String.fromCodePoint(sign), code);
  for (const [, from, to, sign] of text.matchAll(
    /<([0-9a-f]{4})>\s*(?:<([0-9a-f]{4})>\s*)?<([0-9a-f]{4})>\s*[\r\n]/gi,
  )) {
    const first = Number.parseInt(from!, 16);
    for (let code = first; code <= Number.parseInt(to ?? from!, 16); code++)
      note(code, Number.parseInt(sign!, 16) + code - first);
  }
  return codes;
}

/** Widths by code, in thousandths of the size (ISO 32000-1, section 9.7.4.3). */
function widthsOf(font: PDFDict): Map<number, number> {
  const inner = font.lookup(name("DescendantFonts"), PDFArray).lookup(0, PDFDict);
  const list = inner.lookup(name("W"), PDFArray);
  const widths = new Map<number, number>();
  for (let at = 0; at + 1 < list.size(); ) {
    const first = list.lookup(at, PDFNumber).asNumber();
    const next = list.lookup(at + 1);
    if (next instanceof PDFArray) {
      for (let nth = 0; nth < next.size(); nth++)
        widths.set(first + nth, next.lookup(nth, PDFNumber).asNumber());
      at += 2;
    } else {
      const last = (next as PDFNumber).asNumber();
      for (let code = first; code <= last; code++)
        widths.set(code, list.lookup(at + 2, PDFNumber).asNumber());
      at += 3;
    }
  }
  return widths;
}
