import { describe, expect, test } from "vitest";
import type { GroundId, PlanKind, Timing } from "#base";
import { loadLetters } from "#knowledge";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";

const knowledge = await loadLetters();

/** The appeal of the case without a policy under such a plan, for this ground and timing. */
function appeal(plan: PlanKind, ground: GroundId, timing: Timing = "pre-service", service = "clinic visit") {
  const input = { ...crohnCase(), policy: null, findings: null };
  for (const source of input.documents)
    for (const page of source.pages)
      page.text = page.text.replace("Admitted 05/20/2026 to 05/24/2026", "Brought by ambulance 05/20/2026. ");
  input.plan = { ...input.plan, possible: [plan] };
  input.situation = { ...input.situation!, plan };
  const denial = input.denial!;
  denial.services[0]!.description.value = service;
  denial.grounds = [{ ...denial.grounds[0]!, id: ground }];
  denial.timing = { value: timing, from: [], by: "rule" };
  const [letter] = draftLetters(input, knowledge);
  return {
    text: letter!.passages.map(({ text }) => text).join("\n"),
    codes: letter!.issues.map(({ code }) => code),
  };
}

describe("a bill from outside the network", () => {
  test("for care given in an emergency is answered with the law on surprise bills", () => {
    const { text, codes } = appeal("erisa-self-funded", "out-of-network", "post-service", "Emergency visit");
    expect(text).toContain("45 CFR 149.410(a)");
    expect(text).toContain("Process the claim as emergency services");
    expect(text).not.toContain("Name a network provider");
    expect(codes).toContain("emergency-balance-bill");
  });

  test("for other care is not, though a record tells of an emergency", () => {
    const { text } = appeal("erisa-self-funded", "out-of-network", "post-service");
    expect(text).not.toContain("149.410");
  });

  test("for an ambulance on the ground is not", () => {
    const { text } = appeal(
      "erisa-insured",
      "out-of-network",
      "post-service",
      "Emergency ambulance transport",
    );
    expect(text).not.toContain("149.410");
  });

  test("before the care a provider in the network is asked for", () => {
    const { text, codes } = appeal("erisa-self-funded", "out-of-network");
    expect(text).not.toContain("149.410");
    expect(text).toContain("Name a network provider");
    expect(codes).not.toContain("emergency-balance-bill");
  });

  test("of a plan for the retired only is not under that law", () => {
    expect(appeal("retiree-only", "out-of-network", "post-service", "Emergency visit").text).not.toContain(
      "149.410",
    );
  });
});

describe("a level of care under Medicare Advantage", () => {
  test("is decided by Traditional Medicare's own rules, which the letter names", () => {
    expect(appeal("medicare-advantage", "level-of-care").text).toContain("42 CFR 412.622(a)(3)");
  });

  test("other grounds and other plans do not call for them", () => {
    expect(appeal("medicare-advantage", "experimental").text).not.toContain("412.622");
    expect(appeal("erisa-insured", "level-of-care").text).not.toContain("412.622");
  });
});
