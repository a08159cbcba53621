import type { Confidence } from "#base";
import { type Area, loadArea } from "./load.ts";

/** What a name in a letter can be: who decides and pays, or somebody who works for them. */
export type PayerKind =
  | "plan"
  | "federal"
  | "pharmacy-benefit-manager"
  | "review-vendor"
  | "external-reviewer";

/** A payer as letters name it, and the companies behind the name. */
export type Payer = {
  id: string;
  kind: PayerKind;
  /** As letters print it, the usual one first. */
  names: string[];
  legalNames: string[];
  parent: string;
  /** States or regions, in words. */
  where: string;
  blueLicensee: boolean;
  /** Pharmacy benefit manager, as far as known; contracts change by year. */
  pharmacyBenefit?: string;
  /** Vendors that review requests for this payer. */
  reviewers?: string[];
  /** Where and under which names its coverage policies are published. */
  policies: string;
  notes?: string;
  /** 1 is the most often met. */
  priority: number;
  source: string[];
  confidence: Confidence;
};

const area: Area<Payer[]> = {
  name: "payers",
  paths: ["payers"],
  compile: async () => (await import("./payers-schema.ts")).compilePayers,
};

/** Every payer, most often met first. */
export function loadPayers(): Promise<Payer[]> {
  return loadArea(area);
}
