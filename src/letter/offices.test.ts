import { describe, expect, test } from "vitest";
import type { PlanKind } from "#base";
import { type LetterKnowledge, loadLetters } from "#knowledge";
import type { Right } from "#law";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";
import { checkGrounding } from "./grounding.ts";

const knowledge = await loadLetters();

type Made = {
  plan: PlanKind | PlanKind[];
  state?: string;
  right?: string;
  /** The law's words for who decides, and the paragraph. */
  by?: [string, string];
  notice?: string;
  rows?: LetterKnowledge;
};

/** The head of the letter to an office: to whom, and the lines below; and what the user is told. */
function headOf(kind: string, { plan, state = "OH", right, by, notice, rows = knowledge }: Made) {
  const input = crohnCase();
  input.situation = { plan, state, events: {}, asOf: input.asOf };
  const cite = { id: "law#1", label: "1 CFR 2.3(a)" };
  input.defects = [{ severity: "information", code: "notice-element-missing", text: "No office.", cite }];
  const open = (name: string): Right => ({
    kind: name,
    plan: [plan].flat()[0]!,
    status: "open",
    decidedBy: by?.[0] ?? "somebody",
    cite: [by ? { id: by[1], label: "a State's law" } : cite],
    file: null,
    decision: null,
    ask: [],
  });
  if (right) input.rights = { rights: [open(right)], issues: [] };
  // What a notice prints of an office stands after its other words.
  const page = input.documents.find(({ document }) => document === "denial.txt")!.pages[0]!;
  if (notice) page.text += `\n${notice}`;
  const letter = draftLetters(input, rows).find((one) => one.kind === kind)!;
  expect(checkGrounding(letter, input.documents, { policy: input.policy, asOf: input.asOf })).toEqual([]);
  const lines = letter.passages.filter(({ role }) => role === "recipient" || role === "delivery");
  return {
    lines: lines.map(({ text }) => text),
    rests: lines.flatMap(({ rests }) => rests),
    issues: letter.issues,
  };
}

const complaint = (made: Made) => headOf("regulator-complaint", made).lines;

describe("whom a complaint goes to", () => {
  test("is the department of the State for insured plans, at its address", () => {
    expect(complaint({ plan: "erisa-insured" })).toEqual([
      "Ohio Department of Insurance",
      "Address: 50 West Town Street, Third Floor, Suite 300, Columbus, OH 43215",
    ]);
  });

  test("is the Department of Labor while an employer's plan may be either", () => {
    expect(complaint({ plan: ["erisa-insured", "erisa-self-funded"] })[0]).toMatch(
      /^U\.S\. Department of Labor/,
    );
    expect(complaint({ plan: ["erisa-insured", "individual"] })[0]).toBe("Ohio Department of Insurance");
  });

  test("is nobody's in particular where the kinds of plan have no overseer in common", () => {
    expect(complaint({ plan: ["individual", "medicaid-managed-care"] })).toEqual([
      "State insurance department",
      "Address: ______________________________",
    ]);
  });

  test("a State whose agency is not verified keeps the general words; its neighbour is named", () => {
    expect(complaint({ plan: "medicaid-managed-care", state: "KS" })[0]).toBe("State Medicaid agency");
    expect(complaint({ plan: "medicaid-managed-care", state: "IA" })[0]).toMatch(/^Iowa Department/);
  });

  test("an office with a telephone and no address prints the telephone, and the line to fill", () => {
    const [name, address, phone] = complaint({ plan: "erisa-insured", state: "TX" });
    expect(name).toBe("Texas Department of Insurance");
    expect(address).toBe("Address: ______________________________");
    expect(phone).toMatch(/^Telephone: \d{3}-\d{3}-\d{4}$/);
  });

  test("the user is told where the address was read, and where to look for one we do not have", () => {
    const known = headOf("regulator-complaint", { plan: "erisa-self-funded" });
    expect(known.issues.map(({ code }) => code)).toContain("office-address");
    expect(known.rests).toContainEqual({
      law: expect.objectContaining({ id: "office#ebsa", url: expect.stringContaining("dol.gov") }),
    });
    const wanted = headOf("regulator-complaint", { plan: "va" });
    expect(wanted.issues.find(({ code }) => code === "office-address-wanted")?.text).toMatch(
      /ask at the VA facility/,
    );
  });
});

describe("a State's external review", () => {
  const review = (state: string, body: string) =>
    headOf("state-external-review-request", {
      plan: "individual",
      state,
      right: "external-review",
      by: [body, `state-external-review#${state}`],
    }).lines;

  test("goes to the department that the law names, at the department's address", () => {
    expect(review("PA", "Pennsylvania Insurance Department")).toEqual([
      "Pennsylvania Insurance Department",
      "Address: 1209 Strawberry Square, Harrisburg, PA 17120",
    ]);
  });

  test("to the section for reviews, where that has its own", () => {
    expect(review("MI", "Michigan DIFS")[1]).toBe("Address: P.O. Box 30220, Lansing, MI 48909-7720");
  });

  test("not to the department where the law names another body", () => {
    expect(review("MA", "Health Policy Commission, Office of Patient Protection")).toEqual([
      "Health Policy Commission, Office of Patient Protection",
      "Address: ______________________________",
    ]);
  });
});

describe("what the notice prints of an office", () => {
  test("comes before our table", () => {
    const notice = "Ohio Department of Insurance\n9 Other Street\nColumbus, OH 43299";
    const { lines, rests, issues } = headOf("regulator-complaint", { plan: "erisa-insured", notice });
    expect(lines[1]).toBe("Address: 9 Other Street, Columbus, OH 43299");
    expect(rests).toContainEqual({ evidence: expect.objectContaining({ document: "denial.txt" }) });
    expect(issues.map(({ code }) => code)).not.toContain("office-address");
  });

  test("and an address of somebody else further on is not taken for it", () => {
    const notice = `Ohio Department of Insurance will help you. ${"We are glad to explain this. ".repeat(6)}\nClaims\n9 Other Street\nColumbus, OH 43299`;
    expect(complaint({ plan: "erisa-insured", notice })[1]).toMatch(/^Address: 50 West Town/);
  });

  const qio = (made: Partial<Made>) =>
    headOf("medicare-fast-track", { plan: "medicare-advantage", right: "fast-track-qio", ...made }).lines;

  test("the Quality Improvement Organization of the region by itself, with its telephone where we have one", () => {
    const [name, address, phone] = qio({ state: "FL" });
    expect(name).toBe("Acentra Health, Quality Improvement Organization");
    expect(address).toBe("Address: ______________________________");
    expect(phone).toMatch(/^Telephone: 1-\d{3}-\d{3}-\d{4}$/);
    expect(qio({ state: "OH" }).join()).not.toMatch(/Telephone/);
  });

  test("a number that the notice breaks over two lines is one number", () => {
    const notice = "Call your QIO, Acentra Health, at 1-888-555-\n0151 to appeal.";
    expect(qio({ state: "OH", notice })[2]).toBe("Telephone: 1-888-555-0151");
  });

  test("the one that the notice names, at the number that it prints", () => {
    const notice = "Call your QIO at: Livanta, LLC (1-877-555-0123; TTY 711) to appeal.";
    expect(qio({ state: "FL", notice })).toEqual([
      "Commence Health (formerly Livanta), Quality Improvement Organization",
      "Address: ______________________________",
      "Telephone: 1-877-555-0123",
    ]);
  });
});

test("a row that is not verified is never printed", () => {
  const rows: LetterKnowledge = {
    ...knowledge,
    offices: knowledge.offices.map((office) =>
      office.id === "insurance-department-OH" ? { ...office, confidence: "D" } : office,
    ),
  };
  expect(complaint({ plan: "individual", rows })[0]).toBe("State insurance department");
  expect(complaint({ plan: "individual" })[0]).toBe("Ohio Department of Insurance");
});
