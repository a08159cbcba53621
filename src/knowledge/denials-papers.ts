import { type Area, loadArea } from "./load.ts";

/** A sort of paper and the words by which it is known; regular-expression sources for the flag `i`. */
export type PaperSort = {
  id: string;
  kind:
    | "denial"
    | "policy"
    | "record"
    | "plan-document"
    | "insurance-card"
    | "support-letter"
    | "approval"
    | "noise";
  recordKind?: string;
  /** What a person would call it. */
  name: string;
  title: string;
  signs: string[];
  /** How a letter of this sort says its decision; `null` where the sort decides nothing. */
  decides: string | null;
  /** What it says beside: for a denial, the way to appeal. */
  besides: string | null;
  /** Words in a file name. */
  files: string[];
};

const area: Area<PaperSort[]> = {
  name: "denials-papers",
  paths: ["denials/papers.yaml"],
  compile: async () => (await import("./denials-papers-schema.ts")).compilePaperSorts,
};

/** The sorts of paper, in the order in which equal ones are preferred. */
export function loadPaperSorts(): Promise<PaperSort[]> {
  return loadArea(area);
}
