import { beforeAll, describe, expect, test } from "vitest";
import { matchPolicy } from "#finding";
import { type Clinical, loadClinical, loadMatching, type Matching } from "#knowledge";
import type { Criterion } from "#policy";
import type { Fact } from "#record";
import type { SourceDocument } from "#source";

let clinical: Clinical;
let matching: Matching;
beforeAll(async () => {
  [clinical, matching] = await Promise.all([loadClinical(), loadMatching()]);
});

const paper = (document: string, text: string): SourceDocument => ({
  document,
  mediaType: "text/plain",
  sha256: "",
  pages: [{ page: 1, text, lines: [], ocr: false }],
});
const quoted = (text: string): Fact["from"] => [
  { document: "note.txt", page: 1, start: 0, end: 4, quote: text },
];
const course = (concept: string, text: string, its: Fact["course"]): Fact => ({
  id: text,
  type: "medication",
  concept,
  codes: [],
  text,
  assertion: "historical",
  when: { earliest: "2026-03-02", latest: "2026-04-06" },
  ...(its ? { course: its } : {}),
  from: quoted(text),
});

function match(
  leaf: Criterion,
  documents: SourceDocument[],
  facts: Fact[] = [],
  exclusions: Criterion | null = null,
) {
  const policy = { title: null, number: null, payer: null, effective: null, treatmentIds: [], issues: [] };
  return matchPolicy({
    policy: { ...policy, criteria: leaf, exclusions },
    facts,
    documents,
    asOf: "2026-10-19",
    clinical,
    matching,
  });
}
const statement = (text: string): Criterion => ({ id: "c1", text, from: [], judgment: true });

describe("counts that authors give", () => {
  const twoRelapses = statement("Two or more relapses in the past 12 months");
  const log = paper("log.txt", "07/13/2026 09:12 D. Pires RN\nRN assessment: 2ND RELAPSE THIS YEAR.");
  const visit = paper("visit.txt", "Visit date 10/02/2026\n\nRelapses in past 12 months: one (March 2026).");

  test("a nurse's two against a neurologist's one is a conflict that is told", () => {
    const found = match(twoRelapses, [log, visit]);
    expect(found.findings[0]!.status).toBe("conflicting");
    expect(found.issues.filter(({ code }) => code === "record-conflict")).toHaveLength(1);
  });
  test("alone, each count decides", () => {
    expect(match(twoRelapses, [log]).findings[0]!.status).toBe("met");
    expect(match(twoRelapses, [visit]).findings[0]!.status).toBe("not-met");
  });
});

describe("topical drugs", () => {
  const steroid: Criterion = {
    id: "c1",
    text: "A high-potency topical corticosteroid for at least 4 weeks",
    from: [],
    test: {
      kind: "priorTherapy",
      concepts: ["Corticosteroid"],
      minDays: 28,
      outcomes: ["inadequate-response", "intolerance"],
    },
  };
  const failed = {
    start: "2026-03-02",
    stop: "2026-04-06",
    status: "stopped",
    outcome: "inadequate-response",
  } as const;
  const tried = (drug: string, text: string) =>
    match(steroid, [], [course(drug, text, { ...failed, dose: text })]).findings[0]!.status;

  test("the strength says how potent; a weaker one and tablets do not count", () => {
    expect(tried("fluocinonide", "fluocinonide 0.05% cream")).toBe("met");
    expect(tried("hydrocortisone", "hydrocortisone 1% cream")).toBe("unknown");
    expect(tried("triamcinolone", "triamcinolone 40 mg injection")).toBe("unknown");
  });
  test("what is missing is said as a paper to ask for", () => {
    const { missing } = match(steroid, []).findings[0]!;
    expect(missing).toMatch(/^the medication history/);
  });
});

describe("exclusions", () => {
  const diabetes: Criterion = {
    id: "c1",
    text: "The member has diabetes mellitus",
    from: [],
    test: { kind: "dx", concept: "dm_type" },
  };
  const wellness: Criterion = { id: "x1", text: "Monitors used only for wellness", from: [], judgment: true };
  const stated: Fact = {
    ...course("dm_type", "type 2 diabetes mellitus", undefined),
    type: "condition",
    assertion: "present",
  };

  test("a use for wellness alone is answered by the disease that the criteria ask for, and open without it", () => {
    expect(match(diabetes, [], [stated], wellness).result).toBe("met");
    expect(match(diabetes, [], [], wellness).result).toBe("unknown");
  });
});
