import type { Issue } from "#base";

/** One exhibit: a run of pages of one paper. `firstPage` is its place in the running page numbers of the packet. */
export type Exhibit = {
  /** "A", "B", … "Z", "AA". */
  label: string;
  title: string;
  dates: string;
  document: string;
  /** Pages of the source document, from 1, in order. */
  pages: number[];
  firstPage: number;
  usedFor: string;
};

/** What goes into the packet and in which order; the bytes are made by `#io`. */
export type PacketPlan = { title: string; exhibits: Exhibit[]; issues: Issue[] };

export type ManifestEntry = { part: string; sha256: string; bytes: number; pages?: number };
export type Manifest = { createdFor: string; entries: ManifestEntry[] };
