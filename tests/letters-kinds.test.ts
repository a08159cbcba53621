import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanKind } from "#base";
import type { FindingStatus } from "#finding";
import { loadLetters } from "#knowledge";
import { checkGrounding, draftLetters, type Letter, type LetterInput, lawDays } from "#letter";
import { type SourceDocument, spanAt } from "#source";
import { crohnCase } from "./fixtures/crohn-case.ts";
import { inputOf, ways } from "./fixtures/every-kind.ts";

const knowledge = await loadLetters();

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
    ["medicaid-managed-care", "Ohio Department of Medicaid"],
    ["medicare-advantage", "Centers for Medicare & Medicaid Services"],
    ["erisa-insured", "Ohio Department of Insurance"],
    ["erisa-self-funded", "U.S. Department of Labor, Employee Benefits Security Administration"],
    ["tricare", "Defense Health Agency"],
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
