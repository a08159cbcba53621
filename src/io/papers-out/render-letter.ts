import type { Letter } from "#letter";
import { type LinkTo, letterBlocks } from "./letter-blocks.ts";
import { type Standard, typeset } from "./typeset.ts";

export type LetterPdfOptions = {
  /** Runs in the page heads: name and case number. */
  head: string;
  /** `ua-1` (the default) or `a-2a` for archives. */
  standard?: Standard;
  /** Seconds since 1970 that the file carries. */
  createdAt?: number;
  linkTo?: LinkTo;
  /** Lines of an address that stands where a window envelope shows it. */
  window?: string[];
};

/** Year, month and day of a time in seconds since 1970. */
const dayOf = (seconds: number): number[] =>
  new Date(seconds * 1000).toISOString().slice(0, 10).split("-").map(Number);

/** The letter as a tagged PDF: PDF/UA-1 with embedded fonts, header rows, running heads with page x of y. */
export async function renderLetterPdf(letter: Letter, options: LetterPdfOptions): Promise<Uint8Array> {
  const data = {
    title: letter.title,
    lang: letter.language,
    head: options.head,
    blocks: letterBlocks(letter, options.linkTo),
    ...(options.window ? { window: options.window } : {}),
    // PDF/A wants the day of the document; other letters carry none, so that the same case gives the same bytes.
    ...(options.standard === "a-2a" ? { dated: dayOf(options.createdAt ?? 0) } : {}),
  };
  const { pdf } = await typeset("letter.typ", data, {
    ...(options.standard ? { standard: options.standard } : {}),
    ...(options.createdAt === undefined ? {} : { createdAt: options.createdAt }),
  });
  return pdf;
}
