import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GroundId, PlanKind, Stage } from "#base";
import type { FindingStatus } from "#finding";
import { loadLetters } from "#knowledge";
import type { Right } from "#law";
import { checkGrounding, draftLetters, type Letter, type LetterInput, lawDays } from "#letter";
import { type SourceDocument, spanAt } from "#source";
import { at, crohnCase } from "./fixtures/crohn-case.ts";

const knowledge = await loadLetters();

type Way = {
  plan: PlanKind;
  stage?: Stage;
  rights?: string[];
  grounds?: GroundId[];
  timing?: "pre-service" | "post-service" | "concurrent";
  events?: Record<string, string>;
  state?: true;
  urgent?: true;
  policy?: false;
};

/** Situations that between them call for every kind of letter. */
const ways: Record<string, Way> = {
  "a first denial of an employer plan": { plan: "erisa-insured", urgent: true },
  "a drug that is not on the list": { plan: "individual", grounds: ["formulary-exclusion"], policy: false },
  "a second level": { plan: "erisa-insured", stage: "internal-appeal", rights: ["internal-appeal-2"] },
  "the federal review": { plan: "erisa-self-funded", stage: "final-internal", rights: ["external-review"] },
  "a State's review": {
    plan: "erisa-insured",
    stage: "final-internal",
    rights: ["external-review"],
    grounds: ["experimental"],
    state: true,
  },
  "an answer that is late": {
    plan: "erisa-self-funded",
    rights: ["deemed-exhaustion"],
    events: { "appeal-received-by-plan": "2026-08-03" },
  },
  "a bill": { plan: "erisa-insured", timing: "post-service", grounds: ["coding", "quantity-limit"] },
  "Medicare Advantage": { plan: "medicare-advantage", rights: ["fast-track-qio"] },
  "its independent entity": { plan: "medicare-advantage", stage: "internal-appeal", rights: ["ire"] },
  "a judge": { plan: "medicare-advantage", stage: "external-review", rights: ["alj"] },
  "the council": {
    plan: "medicare-original",
    stage: "external-review",
    rights: ["council"],
    events: { "alj-decision-dated": "2026-09-01" },
  },
  "a drug plan": { plan: "medicare-part-d" },
  "the entity for drug plans": { plan: "medicare-part-d", stage: "internal-appeal", rights: ["ire"] },
  "original Medicare's contractor": {
    plan: "medicare-original",
    stage: "internal-appeal",
    rights: ["reconsideration"],
  },
  Medicaid: {
    plan: "medicaid-managed-care",
    timing: "concurrent",
    rights: ["continuation-of-benefits"],
  },
  "a fair hearing": {
    plan: "medicaid-managed-care",
    stage: "internal-appeal",
    rights: ["state-fair-hearing", "continuation-of-benefits"],
  },
  "federal employees": { plan: "fehb" },
  OPM: { plan: "fehb", stage: "internal-appeal", rights: ["opm-review"] },
  TRICARE: { plan: "tricare" },
  "TRICARE again": { plan: "tricare", stage: "internal-appeal", rights: ["tricare-formal-review"] },
  "another plan": { plan: "short-term" },
};

function inputOf(way: Way): LetterInput {
  const input = crohnCase();
  const denial = input.denial!;
  input.situation = { plan: way.plan, state: "OH", events: way.events ?? {}, asOf: input.asOf };
  if (way.stage) denial.stage = { value: way.stage, from: [], by: "person" };
  if (way.timing) denial.timing = { value: way.timing, from: [], by: "person" };
  if (way.urgent) denial.urgent = { value: true, from: [], by: "person" };
  const from = denial.grounds[0]!.from;
  if (way.grounds) denial.grounds = way.grounds.map((id) => ({ id, from, codes: [] }));
  if (way.policy === false) Object.assign(input, { policy: null, findings: null });
  const cite = way.state
    ? { id: "state-external-review#OH", label: "R.C. 3922.02(B)" }
    : { id: "law#1", label: "1 CFR 2.3(a)" };
  const right = (kind: string): Right => ({
    kind,
    plan: way.plan,
    status: "open",
    decidedBy: way.state ? "Health plan issuer receives the request; Ohio DOI" : "an independent body",
    cite: [cite],
    file: { lastDay: null, safeDay: "2027-01-04", steps: [] },
    decision: null,
    ask: [],
  });
  if (way.rights) input.rights = { rights: way.rights.map(right), issues: [] };
  input.defects = [
    { severity: "information", code: "notice-element-missing", text: "The notice names no office.", cite },
  ];
  input.facts = [fill("f1", "12/01/2025"), fill("f2", "03/10/2026")];
  return input;
}

/** A dispensing whose day and days stand on the clinic's page. */
const fill = (id: string, day: string): LetterInput["facts"][number] => ({
  id,
  type: "medication",
  concept: "budesonide",
  codes: [],
  text: "Budesonide",
  assertion: "present",
  course: { start: `${day.slice(6)}-${day.slice(0, 2)}-${day.slice(3, 5)}`, daysSupply: 9 },
  when: { earliest: null, latest: null },
  from: [at("clinic.txt", day), at("clinic.txt", "Budesonide"), at("clinic.txt", "9")],
});

const drugs = ["budesonide", "azathioprine", "adalimumab", "prednisone", "methotrexate", "infliximab"];
const refused = (letter: Letter, input: LetterInput) =>
  checkGrounding(letter, input.documents, {
    policy: input.policy,
    lawDays: lawDays(input),
    lawSteps: input.rights.rights.map((right) => right.decidedBy),
    asOf: input.asOf,
    drugs,
  });

describe("letters of every kind", () => {
  test("each kind that the knowledge has is made in one of these situations", () => {
    const made = new Set(
      Object.values(ways).flatMap((way) => draftLetters(inputOf(way), knowledge).map(({ kind }) => kind)),
    );
    const known = [...knowledge.kinds, ...knowledge.appeals].map(({ id }) => id);
    expect(known.filter((id) => !made.has(id))).toEqual([]);
    expect(made).toContain("supply-annex");
  });

  test.each([
    ["medicaid-managed-care", "State Medicaid agency"],
    ["medicare-advantage", "Centers for Medicare & Medicaid Services"],
    ["erisa-insured", "State insurance department"],
  ] as [PlanKind, string][])("a complaint about a %s plan goes to: %s", (plan, body) => {
    const input = inputOf({ plan });
    input.plan = { ...input.plan, possible: [plan] };
    const complaint = draftLetters(input, knowledge).find(({ kind }) => kind === "regulator-complaint");
    expect(complaint?.passages.find(({ role }) => role === "recipient")?.text).toBe(body);
  });

  test.each(Object.entries(ways))("%s: nothing is refused, nothing is left blank or bracketed", (_, way) => {
    const input = inputOf(way);
    for (const letter of draftLetters(input, knowledge)) {
      expect(letter.issues.filter(({ code }) => /unsupported|not-on-page/.test(code))).toEqual([]);
      expect(refused(letter, input)).toEqual([]);
      expect(letter.passages.at(-1)?.role).not.toBe("heading");
      for (const [index, { role, text }] of letter.passages.entries()) {
        if (role === "heading") expect(letter.passages[index + 1]?.role).not.toBe("heading");
        expect(text).not.toMatch(/[{}]|\[[a-z ]+\]|undefined|null\b|\(\s*\)/);
      }
    }
  });
});

/** Any run of characters of a page, as a reader below might hand it over. */
const anySpan = (source: SourceDocument) =>
  fc
    .record({
      page: fc.constantFrom(...source.pages.slice(0, 2)),
      start: fc.nat(300),
      length: fc.integer({ min: 3, max: 200 }),
    })
    .map(({ page, start, length }) => {
      const from = Math.min(start, page.text.length - 4);
      return spanAt(source.document, page, from, Math.min(from + length, page.text.length));
    })
    .filter((span) => span.quote.length > 2);

describe("whatever the findings are", () => {
  const clinic = crohnCase().documents[2]!;
  const evidence = fc.record({
    fact: fc.constantFrom(null, "f1"),
    from: fc.array(anySpan(clinic), { minLength: 1, maxLength: 2 }),
    why: fc.constant(""),
  });
  const status = fc.constantFrom<FindingStatus>("met", "not-met", "unknown", "conflicting", "not-applicable");
  const finding = (criterion: string) =>
    fc.record({
      criterion: fc.constant(criterion),
      status,
      for: fc.array(evidence, { maxLength: 3 }),
      against: fc.array(evidence, { maxLength: 2 }),
      candidates: fc.array(evidence, { maxLength: 2 }),
      missing: fc.constantFrom(null, "A test report; the clinic has it."),
    });
  const findings = fc.tuple(finding("c1"), finding("c2"), finding("c3"), finding("c4"));

  test("each number, date, drug and quotation of each kind of letter stands in its support", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(ways)), findings, (way, list) => {
        const input = inputOf(way);
        if (input.policy) input.findings = { ...input.findings!, findings: list };
        for (const letter of draftLetters(input, knowledge)) {
          expect(letter.issues.filter(({ code }) => /unsupported|not-on-page/.test(code))).toEqual([]);
          expect(refused(letter, input)).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("and a digit that is changed in any of them is noticed", () => {
    const input = inputOf(ways["a first denial of an employer plan"]!);
    for (const letter of draftLetters(input, knowledge))
      for (const passage of letter.passages) {
        const quoted = /“[^”]*\d[^”]*”/.exec(passage.text)?.[0];
        if (!quoted) continue;
        const wrong = quoted.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
        const text = passage.text.replace(quoted, wrong);
        expect(refused({ ...letter, passages: [{ ...passage, text }] }, input)).not.toEqual([]);
      }
  });
});
