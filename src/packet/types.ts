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
  /** Pages of this paper that stay out because nothing rests on them; they can be had on request. */
  leftOut?: number[];
};

/** What goes into the packet and in which order; the bytes are made by `#io`. */
export type PacketPlan = { title: string; exhibits: Exhibit[]; issues: Issue[] };

/** One file of the outcome with its fingerprint, as `manifest.json` lists it. */
export type ManifestEntry = { name: string; sha256: string; bytes: number; pages?: number };
export type Manifest = { createdFor: string; parts: ManifestEntry[] };
