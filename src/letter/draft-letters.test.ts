import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Evidence, FindingStatus } from "#finding";
import { loadLetters } from "#knowledge";
import { type SourceDocument, spanAt } from "#source";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters, lawDays } from "./draft-letters.ts";
import { checkGrounding } from "./grounding.ts";
import type { LetterInput } from "./input.ts";
import type { Letter } from "./types.ts";

const knowledge = await loadLetters();
const draft = (change: (input: LetterInput) => void = () => {}) => {
  const input = crohnCase();
  change(input);
  return draftLetters(input, knowledge);
};
const textOf = (letter: Letter | undefined) =>
  letter?.passages.map((passage) => passage.text).join("\n") ?? "";

describe("the internal appeal", () => {
  const [appeal] = draft();
  const text = textOf(appeal);
  const section = (name: string) => appeal!.passages.filter((passage) => passage.section === name);

  test("comes first and carries the notice's own references", () => {
    expect(appeal).toMatchObject({ kind: "internal-appeal", file: "appeal-letter" });
    for (const words of [
      "UM-2026-55817",
      "HMP555204417",
      "October 2, 2026",
      "J1745",
      "Leon Abara, MD",
      "GI-12",
    ])
      expect(text).toContain(words);
  });

  test("quotes the reason and answers each contested criterion with its deciding words", () => {
    const summary = section("Summary").map((passage) => passage.text);
    expect(summary[2]).toMatch(/^The reason you gave: “The records do not show that a thiopurine/);
    expect(summary[3]).toMatch(
      /^Criterion 2 is met\. .*03\/09\/2026: “Budesonide .*no response.*” \(Exhibit C, p\. 1\)\.$/,
    );
    expect(summary[4]).toMatch(
      /^Criterion 3 is met\. .*06\/15\/2026: “Azathioprine .*pancreatitis.*” \(Exhibit C, p\. 2\)\.$/,
    );
  });

  test("puts contested criteria first in the table, the others in the policy's order", () => {
    const rows = appeal!.passages
      .filter((passage) => passage.cells?.length === 4 && passage.role === "row")
      .slice(1);
    expect(rows.map((row) => row.cells![0]!.slice(0, 2))).toEqual(["2.", "3.", "1.", "4."]);
    expect(rows.map((row) => row.cells![1])).toEqual([
      "Met (contested)",
      "Met (contested)",
      "Met",
      "Not shown in the records enclosed; not claimed",
    ]);
  });

  test("shows a weak point with its page and claims no more", () => {
    expect(section("Weak points, met openly")[1]!.text).toContain(
      "“Adalimumab was not filled, copay $640; she never took it.”",
    );
  });

  test("never cites a page of another person", () => {
    const cited = appeal!.passages
      .flatMap((passage) => passage.rests)
      .filter(
        (rest) => "evidence" in rest && rest.evidence.document === "clinic.txt" && rest.evidence.page === 3,
      );
    expect(cited).toEqual([]);
    expect(text).not.toContain("tolerated well");
  });

  test("says the safe day with its law, and no last day that nobody knows", () => {
    expect(section("Timeliness")[1]!.text).toBe(
      "This appeal is sent on or before March 31, 2027, which is in time even on the shortest count (29 CFR 2560.503-1(h)(3)(i)).",
    );
  });
});

describe("which letters are made", () => {
  const kinds = (change?: (input: LetterInput) => void) => draft(change).map((letter) => letter.kind);

  test("an employer plan: claim file, plan documents, physician, call, deadlines, missing records", () => {
    expect(kinds()).toEqual([
      "internal-appeal",
      "claim-file-request",
      "physician-letter",
      "peer-to-peer",
      "deadline-sheet",
      "plan-documents-request",
      "step-therapy-exception",
      "representative-authorization",
      "records-request",
    ]);
  });

  test("without a policy the letter asks for it and answers from notice and record", () => {
    const letters = draft((input) => Object.assign(input, { policy: null, findings: null }));
    expect(letters.map((letter) => letter.kind)).toContain("policy-request");
    expect(textOf(letters[0])).toContain("acute pancreatitis");
    expect(textOf(letters[0])).not.toContain("is met");
  });

  test("an approval is not appealed", () => {
    expect(kinds((input) => Object.assign(input.denial!.outcome!, { value: "approved" }))).not.toContain(
      "internal-appeal",
    );
  });

  test.each([
    ["medicare-advantage", "medicare-reconsideration"],
    ["medicare-part-d", "redetermination"],
    ["medicaid-managed-care", "medicaid-appeal"],
    ["fehb", "fehb-reconsideration"],
    ["tricare", "tricare-reconsideration"],
    ["individual", "internal-appeal"],
    ["short-term", "plan-appeal"],
  ] as const)("%s is answered by a %s, with no law of other plans", (plan, kind) => {
    const [letter] = draft((input) => Object.assign(input.situation!, { plan }));
    expect(letter!.kind).toBe(kind);
    const erisa = plan === "individual";
    expect(
      /29 CFR 2560/.test(
        letter!.passages
          .filter((passage) => passage.section !== "Timeliness")
          .map((passage) => passage.text)
          .join(),
      ),
    ).toBe(erisa);
  });

  test("a decision on a first appeal is answered by a second-level appeal", () => {
    const [letter] = draft((input) =>
      Object.assign(input.denial!, { stage: { value: "internal-appeal", from: [], by: "rule" } }),
    );
    expect(letter!.kind).toBe("second-level-appeal");
  });
});

describe("every ground has an argument that prints only from the papers", () => {
  test.each(knowledge.grounds.map((row) => row.id))("%s", (id) => {
    const letters = draft((input) => {
      input.denial!.grounds[0]!.id = id as never;
      Object.assign(input, { policy: null, findings: null });
    });
    expect(
      letters[0]!.passages.some(
        (passage) => passage.role === "request" && passage.rests.some((rest) => "form" in rest),
      ),
    ).toBe(true);
    for (const letter of letters)
      expect(letter.issues.filter((issue) => /unsupported|not-on-page/.test(issue.code))).toEqual([]);
  });
});

/** Any run of characters of a page, as a reader below might hand it over. */
const anySpan = (source: SourceDocument) =>
  fc
    .record({
      page: fc.constantFrom(...source.pages),
      start: fc.nat(400),
      length: fc.integer({ min: 3, max: 160 }),
    })
    .map(({ page, start, length }) => {
      const from = Math.min(start, page.text.length - 4);
      return spanAt(source.document, page, from, Math.min(from + length, page.text.length));
    })
    .filter((span) => span.quote.length > 2);

describe("whatever the findings are", () => {
  const clinic = crohnCase().documents[2]!;
  const evidence = fc.record({
    fact: fc.constant(null),
    from: fc.array(anySpan(clinic), { minLength: 1, maxLength: 2 }),
    why: fc.constant(""),
  });
  const status = fc.constantFrom<FindingStatus>("met", "not-met", "unknown", "conflicting", "not-applicable");
  const findings = fc.tuple(
    ...["c1", "c2", "c3", "c4"].map((criterion) =>
      fc.record({
        criterion: fc.constant(criterion),
        status,
        for: fc.array(evidence, { maxLength: 3 }),
        against: fc.array(evidence, { maxLength: 2 }),
        candidates: fc.array(evidence, { maxLength: 2 }),
        missing: fc.constantFrom(null, "A test report; the clinic has it."),
      }),
    ),
  );
  const harms = fc.array(evidence, { maxLength: 3 });

  test("every letter is grounded as drafted, and says met only where the findings do", () => {
    fc.assert(
      fc.property(findings, harms, (list, bad: Evidence[]) => {
        const input = crohnCase();
        input.findings = {
          findings: list,
          result: "unknown",
          routes: [],
          harms: bad.map((entry) => ({ criterion: null, evidence: entry, why: "" })),
          issues: [],
        };
        for (const letter of draftLetters(input, knowledge)) {
          expect(letter.issues.filter((issue) => /unsupported|not-on-page/.test(issue.code))).toEqual([]);
          expect(
            checkGrounding(letter, input.documents, {
              policy: input.policy,
              lawDays: lawDays(input),
              asOf: input.asOf,
            }),
          ).toEqual([]);
          for (const passage of letter.passages) {
            for (const [, number] of passage.text.matchAll(/Criterion (\d) is met/g))
              expect(list.find((one) => one.criterion === `c${number}`)!.status).toBe("met");
            expect(
              passage.rests.some(
                (rest) =>
                  "evidence" in rest && rest.evidence.document === "clinic.txt" && rest.evidence.page === 3,
              ),
            ).toBe(false);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
