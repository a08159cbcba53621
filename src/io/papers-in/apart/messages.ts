import type { Issue } from "#base";
import type { PaperFile, SourceDocument } from "#source";
import type { PackedPage } from "./packed-page.ts";

/** To the reading process. `ocrJobs`: how many pictures it may read at a time. */
export type Ask = { file: PaperFile; ocrJobs: number };

/** From the reading process: pages come one by one, the document without them last. */
export type Answer =
  | { kind: "progress"; done: number; total: number; doing: string }
  | { kind: "page"; page: PackedPage }
  | { kind: "inner"; file: PaperFile }
  | { kind: "end"; document: Omit<SourceDocument, "pages"> | null; issues: Issue[] };
