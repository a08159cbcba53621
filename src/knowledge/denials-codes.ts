import type { Confidence, GroundId } from "#base";
import { type Area, loadArea } from "./load.ts";

/** One code of a public list, in our own words. */
export type DenialCode = {
  code: string;
  meaning: string;
  /** What the code says by itself; empty when it is no reason for a denial. */
  grounds: GroundId[];
  /** Grounds it may also stand for. */
  also?: GroundId[];
  /** The words of the letter or a remark code decide; the code alone does not. */
  broad?: boolean;
  /** False: an adjustment, not a denial. */
  denial?: boolean;
  route?: string;
  hint?: string;
  /** Date on which the list ended the code; old letters still carry it. */
  stopped?: string;
  confidence: Confidence;
};

/** Claim adjustment reason codes, remittance advice remark codes, pharmacy reject codes. */
export type DenialCodes = { carc: DenialCode[]; rarc: DenialCode[]; ncpdp: DenialCode[] };

const area: Area<DenialCodes> = {
  name: "denials-codes",
  paths: ["denials/codes"],
  compile: async () => (await import("./denials-codes-schema.ts")).compileCodes,
};

export function loadCodes(): Promise<DenialCodes> {
  return loadArea(area);
}
