import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { read } from "./denials-paper.ts";

const grounds = (denial: Denial): string[] => denial.grounds.map(({ id }) => id).sort();
const head = "Alderbrook Mutual Health\nMarch 3, 2026\n";

describe("a refusal told as a story", () => {
  test("the cost stays with the reader, and there is a way to dispute it", () => {
    const denial = read(
      `${head}Dear Quentin Marsh (member 4410-2288-01),\nOn January 9, 2026 you went to Bay Street Emergency Center with an earache. The center sent us a bill of $940.00 (99283). This could have waited for an office visit. That leaves the $940.00 for you to settle with the center.\nIf you see it differently, write to us within 180 days: Alderbrook Mutual Health, Appeals, PO Box 5501, Salem, OR 97301.`,
    );
    expect([denial.outcome?.value, grounds(denial), denial.timing?.value]).toEqual([
      "denied",
      ["medical-necessity"],
      "post-service",
    ]);
    expect([denial.provider?.value, denial.services[0]?.from, denial.memberId?.value]).toEqual([
      "Bay Street Emergency Center",
      "2026-01-09",
      "4410-2288-01",
    ]);
    expect([denial.rightsStated.appealWithin?.value.n, denial.rightsStated.sendTo.address?.value]).toEqual([
      180,
      "Alderbrook Mutual Health, Appeals, PO Box 5501, Salem, OR 97301",
    ]);
  });
  test("where nothing but the way to dispute is said, something was refused", () => {
    const denial = read(
      `${head}Dear Quentin Marsh,\nRequest: 26-0031-88\nYour pharmacy tried to fill Tradjenta on March 1. The booklet speaks of other tablets for sugar, and the note does not name them.\nYou are free to question this. Send a note within 180 days to Alderbrook, Appeals, PO Box 5501, Salem, OR 97301. If you can't wait, ask for an urgent appeal.`,
    );
    expect(denial.outcome?.value).toBe("denied");
  });
  test("a letter that consents, acknowledges or waits has refused nothing, though it speaks of appeals", () => {
    const rights =
      "If you disagree with a decision you may file an appeal within 180 days. Alderbrook, Appeals, PO Box 5501, Salem, OR 97301.";
    for (const words of [
      "We received your appeal on March 1 and will write again within 30 days.",
      "Good news: the rental is covered for 21 days.",
      "We looked at the new notes and changed our mind. The brace is covered.",
      "Welcome to Alderbrook. Keep this letter with your card.",
    ])
      expect(read(`${head}Dear Quentin Marsh,\n${words}\n${rights}`).outcome?.value ?? null).not.toBe(
        "denied",
      );
  });
  test("an appeal that was heard is no passage on rights", () => {
    const denial = read(
      `${head}Dear Quentin Marsh,\nThe Appeals Committee considered your appeal at its meeting on February 24, 2026. You asked for payment of the charges of Otter Bay Therapy for sensory integration therapy (97533), which total $1,210.00. The therapy has not been shown in good studies to improve how children function. The Committee declined the appeal.\nYou may request external review within four months of receipt of this letter.`,
    );
    expect([denial.outcome?.value, grounds(denial), denial.services[0]?.codes[0]?.value]).toEqual([
      "denied",
      ["experimental"],
      "97533",
    ]);
    expect(denial.stage?.value).not.toBe("initial");
  });
  test("a risk that is lower reduces nothing", () => {
    const denial = read(
      `${head}Dear Quentin Marsh,\nYou say that the risk to the bowel is lower. We denied the request because it is not medically necessary.`,
    );
    expect(denial.outcome?.value).toBe("denied");
  });
  test("hours that go down are reduced", () => {
    const denial = read(
      `${head}Member: Quentin Marsh\nBeginning June 1, 2026 the plan will go down to 18 hours a week. Hours above 18 are not medically necessary.`,
    );
    expect([denial.outcome?.value, denial.timing?.value]).toEqual(["reduced", "concurrent"]);
  });
});

describe("forms with boxes", () => {
  const form = (boxes: string): Denial =>
    read(
      `${head}Patient: Quentin Marsh\nID: ALD 7720 0141\nDrug: Nucala 100 mg\nDetermination:\n${boxes}\nThe member may appeal within 60 days.`,
    );
  test("only what is ticked is said", () => {
    const denial = form(
      "[ ] Approved   [X] Denied   [ ] Pended for information\n[ ] Not on formulary\n[X] Step therapy: trial of two inhalers not documented\n[ ] Quantity limit exceeded",
    );
    expect([denial.outcome?.value, grounds(denial), denial.issues.map(({ code }) => code)]).toEqual([
      "denied",
      ["step-therapy"],
      [],
    ]);
  });
  test("ticks of other makes, also behind their words", () => {
    expect(grounds(form("☐ Not on formulary\n☒ Quantity limit exceeded"))).toEqual(["quantity-limit"]);
    expect(grounds(form("___ Not on formulary\n_X_ Quantity limit exceeded"))).toEqual(["quantity-limit"]);
    expect(grounds(form("Not on formulary [ ]\nQuantity limit exceeded [x]"))).toEqual(["quantity-limit"]);
  });
});

describe("paid lines beside refused ones", () => {
  const table = (lines: string): Denial =>
    read(
      `${head}Patient: Quentin Marsh\nClaim number: 26-7745-01\nDate\tCode\tService\tCharge\tAllowed\tPlan pays\tYou owe\tNote\n${lines}\nNotes\nV2 - The yearly visit allowance of 20 has been used up.\nTo appeal: write within 180 days to Alderbrook, Appeals, PO Box 5501, Salem, OR 97301.`,
    );
  test("a line that is paid makes the denial a part denial", () => {
    const denial = table(
      "02/10/2026\t97110\tExercise\t$180.00\t$96.00\t$76.80\t$19.20\n02/24/2026\t97110\tExercise\t$180.00\t$0.00\t$0.00\t$180.00\tV2",
    );
    expect([denial.outcome?.value, grounds(denial)]).toEqual(["partly-denied", ["benefit-maximum"]]);
  });
  test("without a paid line the whole is denied", () => {
    expect(table("02/24/2026\t97110\tExercise\t$180.00\t$0.00\t$0.00\t$180.00\tV2").outcome?.value).toBe(
      "denied",
    );
  });
  test("a charge that went to the deductible is no refusal", () => {
    const denial = read(
      `${head}Patient: Quentin Marsh\nClaim number: 26-7745-01\nDate\tCode\tService\tCharge\tAllowed\tPlan pays\tYou owe\n02/10/2026\t97110\tExercise\t$180.00\t$96.00\t$0.00\t$96.00\nTo appeal: write within 180 days to Alderbrook, Appeals, PO Box 5501, Salem, OR 97301.`,
    );
    expect(grounds(denial)).toEqual([]);
  });
  test("two requests with two answers", () => {
    const denial = read(
      `${head}Member: Quentin Marsh\n1. MRI of the left knee (CPT 73721)\nDecision: Approved.\n2. Gel injections, left knee (HCPCS J7321)\nDecision: Not approved. They are not medically necessary.`,
    );
    expect([denial.outcome?.value, denial.services.map(({ codes }) => codes[0]?.value)]).toEqual([
      "partly-denied",
      ["73721", "J7321"],
    ]);
  });
});

describe("whose letter it is", () => {
  const payer = (text: string): string | undefined => read(text).payer?.value;
  const rest = "Member: Quentin Marsh\nYour claim was denied.";
  for (const [text, name] of [
    [
      `Your Medicare health plan, Kestrel Complete (PPO), and/or provider have decided.\n${rest}`,
      "Kestrel Complete (PPO)",
    ],
    [
      `FAX\nFROM: Silver Scripts, Prior Authorization Dept.\n${rest}\nAppeals: Silver Scripts, 90 Comstock Plaza`,
      "Silver Scripts",
    ],
    [`Brightsmile Dental, dental manager for Bayou Kids\n${rest}`, "Brightsmile Dental"],
    [
      `IRO: Beacon Review\nInsurer: Pemberton Health Insurance Corp.\n${rest}`,
      "Pemberton Health Insurance Corp",
    ],
  ] as const)
    test(name, () => expect(payer(text)).toContain(name));
  test("an office of employee benefits is no payer", () => {
    expect(payer(`Tern Hill School District\nOffice of Employee Benefits\n${rest}`)).toBe(
      "Tern Hill School District",
    );
  });
  test("a town in Idaho is no member number", () => {
    expect(read(`${head}PO Box 55, Boise, ID 83719\n${rest}`).memberId).toBeNull();
  });
});

describe("a way to write without the word appeal", () => {
  const letter = (words: string): Denial => read(`${head}Dear Quentin Marsh,\n${words}`);
  test("the last sentence with a day and a way to write opens it", () => {
    const denial = letter(
      "Dr. Fenwick asked for shots in your knee (20610).\nThe plan put them on its not-proven list two years ago, because they help few people.\nIf you would like the Board to look at it, drop me a letter by August 30, 2026: Alderbrook Trust, 3 Mill Row, Rumford, ME 04276.",
    );
    expect([denial.outcome?.value, grounds(denial), denial.rightsStated.appealBy?.value]).toEqual([
      "denied",
      ["experimental"],
      "2026-08-30",
    ]);
  });
  test("a day for papers is no such way", () => {
    const denial = letter(
      "We have the form of Dr. Fenwick for your knee (20610).\nPlease send us the X-ray and the notes by August 30, 2026. Write to Alderbrook Trust, 3 Mill Row, Rumford, ME 04276.",
    );
    expect([denial.outcome, denial.rightsStated.appealBy]).toEqual([null, null]);
  });
});

describe("plans of public employers", () => {
  const kinds = (words: string): string[] =>
    read(`${words}\nMember: Quentin Marsh\nYour claim was denied.`).planHints.map(({ kind }) => kind);
  test("what a school district pays for itself is governmental, what a mill pays for itself is not", () => {
    expect(kinds(`Tern Hill School District\nThe plan is self-funded.`)).toEqual([
      "governmental-self-funded",
    ]);
    expect(kinds(`Tern Hill Paper Mill Health Plan\nThe plan is self-funded.`)).toEqual([
      "erisa-self-funded",
    ]);
  });
  test("state employees, and a group that is insured", () => {
    expect(kinds("Administrator for the State Employees Health Plan")).toEqual(["governmental-self-funded"]);
    expect(kinds("City of Tern Hill\nThe plan is fully insured by Maple Health.")).toEqual([
      "governmental-insured",
    ]);
  });
});

describe("what is only supposed", () => {
  test("an approval that speaks of later decisions stays an approval", () => {
    const denial = read(
      `${head}Dear Quentin Marsh:\nYour request is approved\nWe approved Dr. Salah's request for 8 infusions (J3380). If we decide later that something is not covered, you can appeal within 180 days.`,
    );
    expect([denial.outcome?.value, grounds(denial)]).toEqual(["approved", []]);
  });
  test("care to keep is not the appeal", () => {
    const denial = read(
      `${head}Dear Quentin Marsh:\nWe did not approve the cushion because it is not medically necessary.\nYou can ask for a health plan appeal. We must get it by March 31, 2026.\nTo keep services you have now you must ask by March 9, 2026.`,
    );
    expect(denial.rightsStated.appealBy?.value).toBe("2026-03-31");
  });
});
