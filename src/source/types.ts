import type { Issue } from "#base";

/** A box on the page as people see it (after rotation and cropping): points, origin top left. */
export type Box = { x: number; y: number; width: number; height: number };

/** One word of the page's text and where it stands on the page's picture. */
export type Word = {
  start: number;
  end: number;
  box: Box;
  /** OCR confidence 0 to 100. */
  confidence?: number;
};

/**
 * One line of the page's text with what its layout says. Reading order is the order of lines; lists, tables
 * and page furniture are recognised here so that the readers above need not know the file format.
 */
export type Line = {
  start: number;
  end: number;
  /** Left edge: points on pages, list level × 18 in formats without geometry. */
  indent: number;
  /** Automatic list number or bullet which is not part of the text (DOCX numbering, HTML lists). */
  label?: string;
  kind?: "heading" | "item" | "cell" | "furniture";
  /** Cell address for `kind: "cell"`. `table` counts tables of the document from 1; rows and columns from 0. */
  cell?: { table: number; row: number; column: number };
  /** The line goes on the paragraph, list item or cell of the line before it (furniture not counted). */
  continues?: true;
  /** Text column of the page, from 0, where the page has several. */
  column?: number;
  bold?: boolean;
  /** Points; absent where the format has none. */
  size?: number;
  /** Top of the line in points, where the page has geometry. */
  top?: number;
};

/** A page of text. `lines` cover `text` in reading order; `words` are there only where boxes are known. */
export type Page = {
  /** From 1. */
  page: number;
  text: string;
  lines: Line[];
  words?: Word[];
  ocr: boolean;
  /** Mean OCR confidence 0 to 1. */
  confidence?: number;
  /** Points, after rotation. */
  width?: number;
  height?: number;
};

/** What kind of data stands in a structured file. Its page text is the file's own text, so spans point into it. */
export type StructuredKind = "fhir" | "ccda" | "x12";

/** A document as pages of text with places: what every reader of the house takes. */
export type SourceDocument = {
  /** File name as given; files inside an archive are `archive.zip/inner.pdf`. */
  document: string;
  mediaType: string;
  /** Hex SHA-256 of the file's bytes. */
  sha256: string;
  pages: Page[];
  structured?: StructuredKind;
};

/** Documents that could be read, and what went wrong with the rest. */
export type ReadPapers = { documents: SourceDocument[]; issues: Issue[] };

/** Called as pages are done; `total` may grow while archives are opened. */
export type Progress = (step: { document: string; done: number; total: number; doing: string }) => void;

/** A file as it came in: name and bytes. */
export type PaperFile = { name: string; bytes: Uint8Array };

/** How the edges read papers (implemented in `#io`). Never rejects for what is wrong with a file: that is an issue. */
export type ReadFiles = (
  files: PaperFile[],
  options?: { progress?: Progress; signal?: AbortSignal; jobs?: number },
) => Promise<ReadPapers>;
