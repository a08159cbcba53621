import { describe, expect, test } from "vitest";
import type { Finding } from "#finding";
import { loadLetters } from "#knowledge";
import { at, crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";

const knowledge = await loadLetters();
const question = (id: string, text: string) => ({ id, text, from: [], judgment: true as const });
const asked = {
  id: "k",
  text: "",
  from: [],
  all: [
    question("k.1", "The bowel disease is active, as colonoscopy shows by ulcers"),
    question("k.2", "The patient was admitted for an obstruction"),
  ],
};
const finding = (criterion: string, candidates: string[], parts: Partial<Finding> = {}): Finding => ({
  criterion,
  status: "unknown",
  for: [],
  against: [],
  candidates: candidates.map((quote) => ({ fact: null, from: [at("clinic.txt", quote)], why: "" })),
  missing: null,
  ...parts,
});
const colonoscopy = "Colonoscopy 02/26/2026 with deep ulcers in the ileum.";
const admitted = "Admitted 05/20/2026 to 05/24/2026 with partial obstruction.";

/** The case without the plan's policy, with what was found to the usual questions. */
function withoutPolicy(
  findings: Finding[],
  grounds: "medical-necessity" | "duplicate" = "medical-necessity",
) {
  const input = crohnCase();
  input.policy = null;
  input.findings = null;
  for (const ground of input.denial!.grounds) ground.id = grounds;
  input.checklist = {
    policy: {
      title: null,
      number: null,
      payer: null,
      effective: null,
      treatmentIds: [],
      criteria: asked,
      exclusions: null,
      issues: [],
    },
    findings: { findings, result: "unknown", routes: [], harms: [], issues: [] },
  };
  const [appeal] = draftLetters(input, knowledge);
  return appeal!.passages;
}
const summary = (passages: ReturnType<typeof withoutPolicy>) =>
  passages.filter(({ section }) => section === "Summary").map(({ text }) => text);

describe("without the plan's policy", () => {
  test("the passages on what policies usually ask stand on page one, as the record's words only", () => {
    const passages = withoutPolicy([finding("k.1", [colonoscopy]), finding("k.2", [admitted])]);
    const text = summary(passages).join("\n");
    expect(text).toContain(`“${colonoscopy}” (Exhibit`);
    expect(text).toContain(`“${admitted}” (Exhibit`);
    expect(passages.map((passage) => passage.text).join("\n")).not.toContain("as colonoscopy shows");
  });

  test("what stands against a question is no support of it", () => {
    const against = [{ fact: null, from: [at("clinic.txt", colonoscopy)], why: "" }];
    const passages = withoutPolicy([finding("k.1", [colonoscopy], { against }), finding("k.2", [admitted])]);
    expect(summary(passages).join("\n")).not.toContain(colonoscopy);
  });

  test("a passage that shares nothing with the question it was found for is not printed for it", () => {
    const passages = withoutPolicy([finding("k.1", ["Adalimumab was not filled, copay $640"])]);
    expect(summary(passages).join("\n")).not.toContain("copay");
  });

  test("a quarrel over bookkeeping is not answered with medicine", () => {
    const passages = withoutPolicy([finding("k.1", [colonoscopy])], "duplicate");
    expect(summary(passages).join("\n")).not.toContain(colonoscopy);
  });
});
