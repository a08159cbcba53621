import { describe, expect, test } from "vitest";
import type { PlanKind } from "#base";
import { loadPlanWords } from "#knowledge";
import type { SourceDocument } from "#source";
import { findPlans, type PlanInput, type PlanNotice } from "./find-plans.ts";

const knowledge = await loadPlanWords();

const paper = (document: string, text: string): SourceDocument => ({
  document,
  mediaType: "text/plain",
  sha256: "0",
  pages: [{ page: 1, text, lines: [], ocr: false }],
});

const notice = (text: string, ...kinds: PlanKind[]): { denial: PlanNotice; document: SourceDocument } => ({
  document: paper("denial.txt", text),
  denial: {
    payer: {
      value: "Blue Cross Blue Shield",
      from: [{ document: "denial.txt", page: 1, start: 0, end: 4, quote: text.slice(0, 4) }],
      by: "rule",
    },
    payerId: null,
    noticeDate: null,
    planHints: kinds.map((kind) => ({ kind, from: [] })),
  },
});

const find = (input: Partial<PlanInput>) =>
  findPlans({ denial: null, documents: [], answers: {}, ...input }, knowledge);
const card = (text: string) =>
  paper("card.jpg", `Member ID 12345678 Group No. 77 RxBIN 004336 Copay $20\n${text}`);

describe("the set of plans that stay possible", () => {
  test("the name Blue Cross Blue Shield alone settles nothing", () => {
    const { denial, document } = notice("Blue Cross Blue Shield of Illinois. We deny the request.");
    const plan = find({ denial, documents: [document] });
    expect(plan.possible).toContain("erisa-self-funded");
    expect(plan.possible).toContain("individual");
    expect(plan.ask.length).toBeGreaterThan(1);
  });

  test("the federal employee program is FEHB, whoever prints the letter", () => {
    const { denial, document } = notice(
      "Blue Cross and Blue Shield Federal Employee Program. We deny the request.",
    );
    expect(find({ denial, documents: [document] }).possible).toEqual(["fehb"]);
  });

  test("the postal program is PSHB, although it stands inside FEHB", () => {
    const { denial, document } = notice(
      "Postal Service Health Benefits (PSHB) Program. Part of FEHB. We deny it.",
    );
    expect(find({ denial, documents: [document] }).possible).toEqual(["pshb"]);
  });

  test("a self-funded sentence in the plan document leaves plans that pay their own claims", () => {
    const spd = paper(
      "spd.pdf",
      "SUMMARY PLAN DESCRIPTION\nThe Plan is self-funded by Brindle Works. Claims are paid from the trust.",
    );
    const { denial, document } = notice(
      "Blue Cross Blue Shield. We deny it.",
      "erisa-self-funded",
      "erisa-insured",
    );
    const plan = find({ denial, documents: [document, spd] });
    expect(plan.possible).toEqual(["erisa-self-funded"]);
    expect(plan.settledBy.some(({ from }) => from.some((span) => span.document === "spd.pdf"))).toBe(true);
  });

  test("a sentence with if settles nothing", () => {
    const spd = paper(
      "spd.pdf",
      "SUMMARY PLAN DESCRIPTION\nIf your plan is self-funded, state rules may not apply.",
    );
    expect(find({ documents: [spd] }).possible).toContain("erisa-insured");
  });

  test("a grandfathered statement turns the kind, and keeps who pays", () => {
    const spd = paper(
      "spd.pdf",
      'SUMMARY PLAN DESCRIPTION\nThe Plan is self-funded. This group health plan believes this plan is a "grandfathered health plan" under the Act.',
    );
    expect(find({ documents: [spd] }).possible).toEqual(["grandfathered-erisa-self-funded"]);
  });

  test("a contract number H and four digits on the card is Medicare Advantage; S is Part D", () => {
    expect(find({ documents: [card("Gold Plus (HMO) H5216-144")] }).possible).toEqual(["medicare-advantage"]);
    expect(find({ documents: [card("Value Script (PDP) S4802-075")] }).possible).toEqual(["medicare-part-d"]);
  });

  test("a program name gives Medicaid and the State", () => {
    const plan = find({ documents: [card("Medi-Cal")] });
    expect(plan.possible).toEqual(["medicaid-managed-care", "medicaid-fee-for-service"]);
    expect(plan.state?.value).toBe("CA");
  });

  test("what a person answers settles what the papers leave open", () => {
    expect(find({ answers: { plan: "individual", state: "NY" } })).toMatchObject({
      possible: ["individual"],
      state: { value: "NY", by: "person" },
      ask: [],
    });
    expect(find({ answers: { funding: "self-funded" } }).possible).not.toContain("erisa-insured");
  });

  test("papers that contradict one another keep both kinds, and say so", () => {
    const plan = find({
      documents: [
        card("TRICARE Prime"),
        paper("eoc.pdf", "EVIDENCE OF COVERAGE\nA Medicare Advantage plan."),
      ],
    });
    expect(plan.possible).toEqual(expect.arrayContaining(["tricare", "medicare-advantage"]));
    expect(plan.issues.map(({ code }) => code)).toContain("plan-evidence-conflicting");
  });

  test("a medical record or a coverage policy that names a program decides nothing", () => {
    const record = paper(
      "note.txt",
      "Progress note. Insurance: Medicare Advantage plan, FEHB in the past. TRICARE Prime.",
    );
    expect(find({ documents: [record] }).settledBy).toEqual([]);
  });

  test("every span that decided stands where it says", () => {
    const document = card("Member of TRICARE Prime");
    for (const { from } of find({ documents: [document] }).settledBy)
      for (const span of from) expect(document.pages[0]!.text.slice(span.start, span.end)).toBe(span.quote);
  });

  test("the one regulator that the notice names gives the State", () => {
    const { denial, document } = notice(
      "Blue Cross. You may write to the Texas Department of Insurance.",
      "individual",
    );
    expect(find({ denial, documents: [document] }).state?.value).toBe("TX");
  });
});

describe("the question that settles it", () => {
  const asked = (...kinds: PlanKind[]): string => {
    const { document, denial } = notice("Notice", ...kinds);
    return find({ denial, documents: [document] }).ask[0] ?? "";
  };
  test("Medicare itself or a plan of Medicare: the card tells", () => {
    expect(asked("medicare-original", "medicare-advantage")).toMatch(/red, white and blue/);
    expect(asked("medicare-advantage")).not.toMatch(/red, white and blue/);
  });
  test("a child's coverage: Medicaid or CHIP", () => {
    expect(asked("chip", "medicaid-managed-care")).toMatch(/CHIP/);
    expect(asked("medicaid-managed-care")).not.toMatch(/CHIP/);
  });
  test("a federal plan or a private one", () => {
    expect(asked("fehb", "erisa-insured")).toMatch(/federal/);
    expect(asked("erisa-insured", "erisa-self-funded")).not.toMatch(/federal one/);
  });
});
