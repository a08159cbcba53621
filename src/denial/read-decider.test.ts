import { describe, expect, test } from "vitest";
import { paper } from "../../tests/fixtures/made-charts.ts";
import { readDecider, readSecondAppeal, stageByNextStep } from "./read-decider.ts";
import { sheetOf } from "./sheet.ts";

const sheet = (text: string) => sheetOf(paper("notice.txt", text));
const stage = (text: string) => stageByNextStep(sheet(text))?.value ?? null;
const decider = (text: string) => readDecider(sheet(text))?.value ?? null;

const head = "Orrin Contract Reviewers\nOctober 22, 2026\nAda Verne\n";
const hearing = "If you disagree you may ask for a hearing by an Administrative Law Judge.\n";

describe("the step that a notice offers next says whose decision it is", () => {
  test("a hearing before a judge is open after the reviewer's reconsideration alone", () => {
    expect(stage(`${head}RECONSIDERATION DECISION: UNFAVORABLE\n${hearing}`)).toBe("external-review");
  });

  test("a first denial that lists every level is not the reviewer's", () => {
    expect(
      stage(`${head}We denied the wheelchair.\nYou may ask for a reconsideration. Later levels: ${hearing}`),
    ).toBeNull();
  });

  test("a redetermination that offers the reconsideration first, and the judge after it, is the plan's", () => {
    const next = `You may ask for a reconsideration by an independent contractor. After it: ${hearing}`;
    expect(stage(`${head}NOTICE OF REDETERMINATION\nThe denial is upheld.\n${next}`)).toBeNull();
  });

  test("a dismissal that a judge may review is the reviewer's above the plan; one that the reviewer may review is not", () => {
    const judge = "You may ask for review by an Administrative Law Judge or attorney adjudicator.\n";
    expect(stage(`${head}We have dismissed your request for reconsideration.\n${judge}`)).toBe(
      "external-review",
    );
    const contractor = "You may ask a Qualified Independent Contractor to review the dismissal.\n";
    expect(stage(`${head}We have dismissed your request for redetermination.\n${contractor}`)).toBeNull();
  });

  test("a decision in the reader's favor opens nothing", () => {
    expect(stage(`${head}RECONSIDERATION DECISION: FAVORABLE\n${hearing}`)).toBeNull();
  });

  test("a carrier that reconsidered and offers OPM has spoken its last word", () => {
    const opm = "You have the right to ask OPM to review this decision.\n";
    expect(stage(`${head}We have reconsidered our denial. The decision to deny is upheld.\n${opm}`)).toBe(
      "final-internal",
    );
    expect(stage(`${head}We denied the drug. You may ask us to reconsider. ${opm}`)).toBeNull();
  });

  test("a determination that offers a second reconsideration decided the first", () => {
    const next = "You may ask the TRICARE Quality Monitoring Contractor for a second reconsideration.\n";
    expect(stage(`${head}RECONSIDERATION DETERMINATION\nThe decision is upheld.\n${next}`)).toBe(
      "internal-appeal",
    );
  });
});

describe("a paper whose head is a judge's or the Council's", () => {
  const office = "DEPARTMENT OF HEALTH AND HUMAN SERVICES\nOFFICE OF MEDICARE HEARINGS AND APPEALS\n";
  test("is the judge's decision, and the Council is next", () => {
    const text = `${office}Before: T. Banks, Administrative Law Judge\nDECISION\nAn UNFAVORABLE decision is entered.\nYou may ask the Medicare Appeals Council to review within 60 days.\n`;
    expect(decider(text)).toBe("judge");
    expect(stage(text)).toBe("external-review");
  });

  test("a letter that only names the judge further down is not", () => {
    expect(decider(`${head}${"The record was reviewed. ".repeat(40)}${hearing}`)).toBeNull();
  });
});

test("a second appeal to the plan is offered by a decision on the first, not by a list of levels", () => {
  const offer = "You may request a second-level appeal within 60 days.\n";
  expect(
    readSecondAppeal(sheet(`${head}Your appeal was reviewed. The denial is upheld.\n${offer}`))?.value,
  ).toBe(true);
  expect(
    readSecondAppeal(sheet(`${head}We denied the drug. You may appeal. If we uphold the denial, ${offer}`)),
  ).toBeNull();
});
