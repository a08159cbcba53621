import type { Assertion, Fact } from "./types.ts";

/** A coded thing, by the short name of its code system. */
export type Coding = { system: string; code: string; display: string };

/** One statement of a structured record, before its codes and words are matched with the clinical knowledge. */
export type Entry = {
  kind:
    | "condition"
    | "observation"
    | "medication"
    | "procedure"
    | "allergy"
    | "family-history"
    | "encounter"
    | "document";
  codings: Coding[];
  /** Its words, and where they (or, without words, its code) stand in the file's text. */
  text: string;
  start: number;
  end: number;
  assertion: Assertion;
  value?: NonNullable<Fact["value"]>;
  /** Codes of a coded value. */
  valueCodings?: Coding[];
  when: Fact["when"];
  course?: NonNullable<Fact["course"]>;
  relation?: string;
  author?: string;
};

const systems: [RegExp, string][] = [
  [/loinc|2\.16\.840\.1\.113883\.6\.1$/i, "loinc"],
  [/rxnorm|2\.16\.840\.1\.113883\.6\.88$/i, "rxnorm"],
  [/snomed|2\.16\.840\.1\.113883\.6\.96$/i, "snomed"],
  [/icd-?10-?pcs|2\.16\.840\.1\.113883\.6\.4$/i, "icd-10-pcs"],
  [/icd-?10|2\.16\.840\.1\.113883\.6\.(?:90|3)$/i, "icd-10-cm"],
  [/icd-?9|2\.16\.840\.1\.113883\.6\.(?:103|104|2|42)$/i, "icd-9-cm"],
  [/ndc|2\.16\.840\.1\.113883\.6\.69$/i, "ndc"],
  [/cvx|2\.16\.840\.1\.113883\.(?:12\.292|6\.59)$/i, "cvx"],
  [/cpt|2\.16\.840\.1\.113883\.6\.12$/i, "cpt"],
  [/hcpcs|2\.16\.840\.1\.113883\.6\.(?:285|13|14)$/i, "hcpcs"],
];

/** The short name of a code system's URL, OID or name. */
export const systemName = (system: string): string =>
  systems.find(([pattern]) => pattern.test(system))?.[1] ?? system;

/** A date of a structured record as a range of days: "2015", "2015-06", "20150622", "2015-06-22T10:00:00Z". */
export function daysOf(text: string | undefined): { earliest: string; latest: string } | null {
  const match = /^(\d{4})-?(\d{2})?-?(\d{2})?/.exec(text ?? "");
  if (!match || Number(match[1]) < 1900) return null;
  const [, year, month, day] = match;
  if (month === undefined || month === "00") return { earliest: `${year}-01-01`, latest: `${year}-12-31` };
  if (day === undefined || day === "00") {
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return { earliest: `${year}-${month}-01`, latest: `${year}-${month}-${last}` };
  }
  return { earliest: `${year}-${month}-${day}`, latest: `${year}-${month}-${day}` };
}
