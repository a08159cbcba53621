import type { Box } from "#source";

/** A word as found on a page's picture, before reading order is known. Points, origin top left. */
export type PlacedWord = {
  text: string;
  box: Box;
  /** Letter height in points. */
  size: number;
  bold: boolean;
  confidence?: number;
  /** Words of one line as the finder of the words saw it (OCR); geometry decides where this is absent. */
  line?: number;
};
