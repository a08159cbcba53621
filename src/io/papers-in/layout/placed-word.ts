import type { Box } from "#source";

/** A word as found on a page's picture, before reading order is known. Points, origin top left. */
export type PlacedWord = {
  text: string;
  /** Where it is seen: what the viewer marks. */
  box: Box;
  /**
   * Where it stands for reading order: upright (after undoing skew or sideways print) and as high as its
   * line's letters, so that a full stop and a capital share a middle.
   */
  at: Box;
  /** Height of the baseline, in the place of `at`. */
  base: number;
  /** Letter height in points. */
  size: number;
  bold: boolean;
  confidence?: number;
  /** Words of one run of print as the file (or OCR) has them; a word of another run starts a new piece sooner. */
  line: number;
};

/** A thin line or the edge of a box drawn on the page: tables are made of them. */
export type Rule = { x1: number; y1: number; x2: number; y2: number };
