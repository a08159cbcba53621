import { describe, expect, test } from "vitest";
import type { GroundId } from "#base";
import type { DeniedService } from "#denial";
import type { PaperKind } from "#intake";
import { loadLetters } from "#knowledge";
import { findQuote, type SourceDocument } from "#source";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { paper } from "../../tests/fixtures/made-charts.ts";
import { elevenDigits } from "./billing-numbers.ts";
import { draftLetters } from "./draft-letters.ts";
import { checkGrounding } from "./grounding.ts";
import { refusedServices } from "./reference-block.ts";

const knowledge = await loadLetters();
const span = (source: SourceDocument, quote: string) => findQuote(source, quote)!;

type Bill = {
  notice: string;
  record: string;
  service?: string;
  code?: string;
  ground?: GroundId;
  memberId?: string;
};

/** The letter to the billing office about a line of a notice, as lines of text. */
function letterOf({ notice, record, service, code, ground = "coding", memberId }: Bill): string {
  const input = crohnCase();
  const denial = input.denial!;
  const paged = paper("denial.txt", notice);
  const chart = paper("record.txt", record);
  const name = service ?? "infliximab";
  const line: DeniedService = {
    description: { value: name, from: [span(paged, name)], by: "rule" },
    codes: code ? [{ value: code, from: [span(paged, code)], by: "rule", system: "hcpcs" }] : [],
    treatmentId: null,
  };
  const words = notice.split("\n").at(-1)!;
  Object.assign(input, { documents: [paged, chart], facts: [], findings: null, policy: null, defects: [] });
  const sorted = (document: string, kind: PaperKind) => ({
    document,
    kind,
    pages: { from: 1, to: 1 },
    title: null,
    date: null,
    from: [],
  });
  input.sorted = {
    ...input.sorted,
    patient: { ...input.sorted.patient, name: null, birthDate: null },
    foreign: [],
    papers: [sorted("denial.txt", "denial"), sorted("record.txt", "record")],
  };
  Object.assign(denial, {
    services: [line],
    grounds: [{ id: ground, from: [span(paged, words)], codes: [] }],
    timing: { value: "post-service", from: [], by: "person" },
    memberId: memberId ? { value: memberId, from: [span(paged, memberId)], by: "rule" } : null,
    payer: null,
    memberName: null,
    noticeDate: null,
    provider: null,
    references: [],
    criteriaCited: [],
    diagnoses: [],
    groupNumber: null,
    rightsStated: {
      ...denial.rightsStated,
      sendTo: { address: null, fax: null, phone: null, email: null, portal: null },
    },
  });
  input.situation = { plan: "erisa-insured", state: "OH", events: {}, asOf: input.asOf };
  const letter = draftLetters(input, knowledge).find(({ kind }) => kind === "billing-correction-request")!;
  expect(checkGrounding(letter, input.documents, { asOf: input.asOf })).toEqual([]);
  expect(letter.issues.filter(({ code: issue }) => /unsupported|not-on-page/.test(issue))).toEqual([]);
  return letter.passages.map(({ text }) => text).join("\n");
}

describe("units", () => {
  const record = "Infusion note\n\nInfused infliximab 400 mg over two hours on 09/22/2026.";
  const notice = (count: number) =>
    `infliximab J1745 ${count} $4,000.00 $0.00 CO-151\nThe number of units billed exceeds the maximum.`;

  test("by the public code set, where no page says what a unit is: a wrong count is shown with its sum", () => {
    const letter = letterOf({ notice: notice(400), record, code: "J1745" });
    expect(letter).toContain("Units of J1745 by the record: 400 mg ÷ 10 mg = 40.");
    expect(letter).toContain(
      "one unit is 10 mg (HCPCS Level II, CMS, April 2026). The notice counts 400 (Exhibit A, p. 1).",
    );
    expect(letter).toContain("Count the units again");
  });

  test("a right count is said to be right, and is not called a slip", () => {
    const letter = letterOf({ notice: notice(40), record, code: "J1745" });
    expect(letter).toContain("the count agrees with the record");
    expect(letter).toContain("By these pages the count of units is right.");
    expect(letter).not.toMatch(/Count the units again|another measure/);
  });

  test("what a page says of the unit comes before the code set", () => {
    const letter = letterOf({
      notice: notice(400),
      record: `${record}\nJ1745: 1 unit = 100 mg.`,
      code: "J1745",
    });
    expect(letter).toContain("400 mg ÷ 100 mg = 4");
  });

  test("of two doses in a sentence only their stated sum is divided", () => {
    const both = (words: string) =>
      letterOf({
        notice: notice(40),
        record: `Note\n\nInjected infliximab 200 mg left and 200 mg right${words}.`,
        code: "J1745",
      });
    expect(both(", 400 mg in all")).toContain("400 mg ÷ 10 mg = 40");
    expect(both("")).not.toContain("÷");
  });

  test("a code without a known unit is not divided", () => {
    expect(letterOf({ notice: notice(40).replace("J1745", "J9999"), record, code: "J9999" })).not.toContain(
      "÷",
    );
  });

  test("minutes under observation are no dose of a drug", () => {
    const watched = "Note\n\nThe patient was observed for 30 minutes in the office after the injection.";
    expect(
      letterOf({ notice: notice(30).replace("J1745", "J9999"), record: watched, code: "J9999" }),
    ).not.toMatch(/another measure/);
  });
});

describe("the bill in other ways", () => {
  test("late filing: the days to the payer's acceptance, beside the limit of the notice", () => {
    const notice = (limit: number) =>
      `infliximab\nDate of service: January 12, 2026\nDenied for timely filing. Claims must be filed within ${limit} days of the date of service.`;
    const record = "Clearinghouse report\n\nStatus: accepted by payer for adjudication 01/29/2026.";
    const letter = letterOf({ notice: notice(180), record, ground: "timely-filing" });
    expect(letter).toContain("01/12/2026 to 01/29/2026 is 17 days.");
    expect(letter).toContain("acceptance report for the first submission");
    const over = letterOf({ notice: notice(10), record, ground: "timely-filing" });
    expect(over).not.toContain("is 17 days");
  });

  test("a member number that was mistyped is held beside the right one; a foreign number is not", () => {
    const bill = (id: string) =>
      letterOf({
        notice: "Member ID SPH555447120\ninfliximab\nThe claim was refused because a code is missing.",
        record: `Account notes\n\nClaim sent with member ID ${id} on 03/04/2026.`,
        memberId: "SPH555447120",
      });
    expect(bill("SPH555441720")).toContain("The member number in the provider's papers is SPH555441720");
    expect(bill("SPH555441720")).toContain("letter by letter");
    for (const id of ["SPH555447120", "QRT000112233"]) expect(bill(id)).not.toContain("The member number in");
  });

  test("a National Drug Code that is not that of the package", () => {
    const bill = (used: string) =>
      letterOf({
        notice: "infliximab (NDC 57894-030-01)\nThe National Drug Code billed does not match the code.",
        record: `Nurse note\n\nInfliximab vial, NDC ${used}, given today.`,
      });
    expect(bill("57894-160-01")).toContain("the record of the drug that was used has 57894-160-01");
    expect(bill("57894-0030-01")).not.toContain("the record of the drug that was used");
  });

  test.each([
    ["50242-215-01", "50242021501"],
    ["0002-7510-01", "00002751001"],
    ["50242-0215-1", "50242021501"],
    ["50242021501", "50242021501"],
    ["555-12", null],
  ])("the eleven digits of %s", (code, digits) => {
    expect(elevenDigits(code)).toBe(digits);
  });

  test("bundling and duplicates ask for what tells two services apart, with the pages that do", () => {
    const record =
      "Visit\n\nNew shoulder pain: separate evaluation today with radiographs.\n\nLeft knee injected.\n\nRight knee injected through another needle.";
    const bundled = letterOf({ notice: "infliximab\nDenied as bundled into the procedure, CO-97.", record });
    expect(bundled).toMatch(/For a service of its own: .*separate evaluation today/);
    expect(bundled).toContain("25 for a visit beside a procedure");
    expect(bundled).not.toContain("LT and RT");
    const twice = letterOf({
      notice: "infliximab\nThis is an exact duplicate claim, CO-18.",
      record,
      ground: "duplicate",
    });
    expect(twice).toMatch(/For two services and not one: .*knee injected/);
    expect(twice).not.toContain("25 for a visit");
  });

  test.each(["CO-29", "CO29", "CO 29", "CARC 29", "CARC: 29", "Reason code 29"])(
    "a code is met as %s",
    (code) => {
      const letter = letterOf({
        notice: `infliximab\nThis line was denied, ${code}.`,
        record: "Visit\n\nThe patient is well.",
      });
      expect(letter).toContain("acceptance report for the first submission");
    },
  );

  test("and not inside another number", () => {
    const letter = letterOf({
      notice: "infliximab\nThis line was denied, CO-291.",
      record: "Visit\n\nThe patient is well.",
    });
    expect(letter).not.toContain("acceptance report");
  });

  test("a refusal that names nothing of the kind keeps the general requests only", () => {
    const letter = letterOf({
      notice: "infliximab\nThe code on this line is not valid.",
      record: "Visit\n\nThe patient is well today.",
    });
    expect(letter).toContain("Compare every line of the claim");
    expect(letter).not.toContain("What the papers show");
  });
});

describe("of several lines of a statement", () => {
  const page = (second: string) =>
    paper("eob.txt", `Injection $900.00 $0.00 CO-151\nFirst hour ${second}\nNotes`);
  const refused = (second: string) => {
    const source = page(second);
    const input = crohnCase();
    input.documents = [source];
    input.denial!.services = ["Injection", "First hour"].map((name) => ({
      description: { value: name, from: [span(source, name)], by: "rule" },
      codes: [],
      treatmentId: null,
    }));
    return refusedServices(input).map(({ description }) => description.value);
  };

  test.each([
    ["$310.00 $188.00 $188.00", ["Injection"]],
    ["$310.00 paid", ["Injection"]],
    ["$310.00 $0.00 $310.00", ["Injection", "First hour"]],
    ["$310.00 $310.00 PR-1", ["Injection", "First hour"]],
    ["was looked at", ["Injection", "First hour"]],
  ])("one that ends in %j", (second, left) => {
    expect(refused(second)).toEqual(left);
  });
});
