import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import type { Findings } from "#finding";
import type { KnownPolicies, KnownPolicy } from "#knowledge";
import { checklistFor } from "./checklist.ts";

const tree = (id: string, more: Partial<KnownPolicy> = {}): KnownPolicy => ({
  id,
  title: `Conditions ${id}`,
  treatments: ["snf-irf"],
  scope: "archetype",
  source: ["invented"],
  currency: "as-of-source",
  completeness: "recall",
  confidence: "D",
  criteria: { id: "c", text: "Needs daily therapy", from: [], judgment: true },
  ...more,
});
const known = (...policies: KnownPolicy[]): KnownPolicies => ({
  policies,
  authority: [
    { rank: 1, scope: "law", use: "rule", plans: "all", means: "a statute" },
    { rank: 11, scope: "archetype", use: "checklist", plans: "all", means: "what is usual" },
  ],
  ask: [
    { when: "commercial", paper: "the policy", why: "it decides" },
    { when: "medicare", paper: "the determination", why: "it binds" },
  ],
  ncds: [],
});
const denial = (...treatments: (string | null)[]) =>
  ({ payerId: "humana", services: treatments.map((treatmentId) => ({ treatmentId })) }) as unknown as Denial;
const nothing: Findings = { findings: [], result: "unknown", routes: [], harms: [], issues: [] };
const medicare = tree("irf", { scope: "law", payerId: "original_medicare" });

describe("the checklist of a case without its policy", () => {
  test("goes through the strongest criteria we know for the denied service", () => {
    const list = checklistFor(
      denial(null, "snf-irf"),
      ["medicare-advantage"],
      known(tree("usual"), medicare),
      (policy) => {
        expect(policy.criteria).toMatchObject({ text: "Needs daily therapy" });
        return nothing;
      },
    );
    expect(list).toMatchObject({ id: "irf", ask: { paper: "the determination" }, findings: nothing });
  });

  test("never binds, whatever its rank: it was not read whole", () => {
    const list = checklistFor(denial("snf-irf"), ["medicare-advantage"], known(medicare), () => nothing);
    expect(list?.says).toContain("checklist only");
    expect(list?.policy.issues.map(({ code }) => code)).toEqual(["policy-is-checklist"]);
  });

  test("Medicare's conditions are no measure for an employer's plan", () => {
    expect(checklistFor(denial("snf-irf"), ["erisa-insured"], known(medicare), () => nothing)).toBeNull();
  });

  test("a service we know nothing about has none", () => {
    expect(checklistFor(denial("other"), ["erisa-insured"], known(tree("usual")), () => nothing)).toBeNull();
  });
});
