import type { Confidence, GroundId } from "#base";
import { type Area, loadArea } from "./load.ts";

export type TreatmentKind =
  | "drug"
  | "device"
  | "device-procedure"
  | "procedure"
  | "imaging"
  | "lab-test"
  | "cell-therapy"
  | "gene-therapy"
  | "level-of-care"
  | "behavioral"
  | "service"
  | "therapy"
  | "transport"
  | "supply"
  | "process";

/** A drug of a treatment; `rxnorm` is the ingredient, `atc` the WHO class. */
export type TreatmentDrug = {
  generic: string;
  class?: string;
  brands?: string[];
  atc?: string;
  rxnorm?: string;
  discontinued?: string[];
};

/** A treatment or service that plans deny. */
export type Treatment = {
  id: string;
  name: string;
  kind: TreatmentKind;
  /** Other words for it; drug names are in `drugs`. */
  names: string[];
  drugs?: TreatmentDrug[];
  /** Numbers only. A diagnosis that ends in `x` stands for everything below it. */
  codes?: {
    cpt?: string[];
    hcpcs?: string[];
    rev?: string[];
    "icd-10-cm"?: string[];
    "icd-10-pcs"?: string[];
    note?: string;
  };
  indications?: { text: string; approved?: string; labelSection?: string }[];
  boxedWarnings?: string[];
  contraindications?: string[];
  specialties?: string[];
  guidelines?: { body?: string; name?: string; year?: string; outline?: string }[];
  medicare?: string[];
  /** The grounds it meets most, most often first. */
  reasons: GroundId[];
  /** What the chart must show. */
  evidence?: string[];
  notes?: string[];
  /** Ids of policies known for it. */
  policies?: string[];
  codesToCheck?: string[];
  /** 1 is the most often appealed. */
  priority: number;
  depth: "full" | "outline";
  source: string[];
  confidence: Confidence;
};

const area: Area<Treatment[]> = {
  name: "treatments",
  paths: ["treatments"],
  compile: async () => (await import("./treatments-schema.ts")).compileTreatments,
};

/** Every treatment, most often appealed first. */
export function loadTreatments(): Promise<Treatment[]> {
  return loadArea(area);
}
