import type { GroundId, PlanKind } from "#base";
import { loadArea } from "./load.ts";
import type { TreatmentKind } from "./treatments.ts";

/** What a guide says about a ground of denial, in plain words and without numbers. */
export type GuideReason = {
  id: GroundId;
  /** Completes "Your plan denied TREATMENT …". */
  phrase: string;
  slug: string;
  means: string;
  meansFor?: Partial<Record<TreatmentKind, string>>;
  first: string;
  /** Set where laws that override step rules may reach it. */
  reach?: "drugs";
  /** Kinds of treatment for which this ground makes no sense. */
  never: TreatmentKind[];
  fixes: { says: string; maybe: string; do: string }[];
  sheet: { caption: string; columns: string[]; rows: string[] };
  gaps: string[];
  mistakes: string[];
};

/** A row of the table of days. */
export type GuidePlan = {
  id: string;
  kind: PlanKind;
  label: string;
  first: string;
  next: { right: string; text: string };
  soldBy: "all" | "blue" | "medicare" | "tricare";
  only?: "drug";
};

export type GuideWords = { reasons: GuideReason[]; plans: GuidePlan[] };

/** Loads knowledge/guides. Throws `KnowledgeError` when a ground is missing or said twice. */
export function loadGuideWords(language: "en" | "es" = "en"): Promise<GuideWords> {
  const suffix = language === "en" ? "" : `-${language}`;
  return loadArea<GuideWords>({
    name: `guides${suffix}`,
    paths: [`guides/reasons${suffix}.yaml`, `guides/plans${suffix}.yaml`],
    compile: async () => (await import("./guides-schema.ts")).compileGuideWords,
  });
}
