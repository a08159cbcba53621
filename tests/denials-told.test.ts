import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { read } from "./denials-paper.ts";

const grounds = (denial: Denial): string[] => denial.grounds.map(({ id }) => id).sort();
const letter = (
  body: string,
  rights = "You may appeal within 180 days of the date of this letter.",
): string =>
  `Harborview Health Plan\nMarch 2, 2026\nMember ID: HHP5550123\n\nDear Isolde Fennimore:\n\n${body}\n\n${rights}\n`;

describe("a refusal that names no ground has that of its story", () => {
  const told: [string, string][] = [
    ["medical-necessity", "Your knee bends to 118 degrees and you climb stairs with one rail."],
    ["insufficient-information", "The envelope from your dentist came without the film."],
    ["eligibility", "The premium for May was still unpaid when the grace period was over."],
    ["level-of-care", "You slept well all week and could go on in a day program while living at home."],
    [
      "step-therapy",
      "Older tablets are the usual first choice and none of the alternatives is in the chart.",
    ],
  ];
  test.each(told)("%s: %s", (id, story) => {
    expect(grounds(read(letter(`Your request was denied. ${story}`)))).toEqual([id]);
  });
  test("a letter that tells nothing has none", () => {
    expect(grounds(read(letter("Your request was denied. We wish you well.")))).toEqual([]);
  });
  test("a ground that is named stands alone", () => {
    expect(
      grounds(
        read(letter("Your request was denied. The scan is not medically necessary. You live at home.")),
      ),
    ).toEqual(["medical-necessity"]);
  });
  test("an approval has none", () => {
    expect(grounds(read(letter("We have approved the request. Your knee bends to 118 degrees.")))).toEqual(
      [],
    );
  });
});

describe("each refused item of a list has its own reason", () => {
  const list = (third: string): string =>
    letter(
      `Here is what we decided.\n1. Lumbar fusion (22633) - Not approved. Our policy looks for 4 mm of movement and the films show 1 mm.\n2. Growth stimulator (E0748) - ${third}`,
    );
  test("the weaker words of one stand beside the plain words of the other", () => {
    expect(grounds(read(list("Not approved. It is not a covered benefit.")))).toEqual([
      "benefit-exclusion",
      "medical-necessity",
    ]);
  });
  test("an item that is approved gives no reason", () => {
    const denial = read(list("Approved. It is covered when the films show 4 mm."));
    expect([grounds(denial), denial.outcome?.value]).toEqual([["medical-necessity"], "partly-denied"]);
  });
});

describe("model notices of hospitals and of care that ends", () => {
  test("a detailed notice of discharge ends the stay, for the reason that is ticked", () => {
    const denial = read(
      "DETAILED NOTICE OF DISCHARGE\nDate issued: 08/21/2026\nPatient name: Leopold Vance\nThis notice explains why your hospital believes that your inpatient hospital services should end on 08/22/2026.\n[X] Medicare does not cover inpatient hospital services that could be safely furnished in another setting.\n[ ] Other\nCMS 10066-DND",
    );
    expect([denial.outcome?.value, denial.timing?.value, denial.services[0]?.description.value]).toEqual([
      "terminated",
      "concurrent",
      "inpatient hospital",
    ]);
    expect(grounds(denial)).toContain("level-of-care");
  });
  test("the important message names the day of discharge and whom to call", () => {
    const denial = read(
      "AN IMPORTANT MESSAGE FROM MEDICARE ABOUT YOUR RIGHTS\nPatient Name: Cornelius Adair\nYou have the right to an immediate, independent medical review (appeal) of the decision to discharge you from the hospital.\nTo appeal, call your QIO: 1-888-555-0162.\nPlanned discharge date: 11/05/2026\nForm CMS-10065-IM",
    );
    expect([denial.outcome?.value, denial.rightsStated.sendTo.phone?.value]).toEqual([
      "terminated",
      "1-888-555-0162",
    ]);
  });
  test("a form names the standard fax before the fast one", () => {
    const denial = read(
      letter(
        "Your request was denied because it is not medically necessary.",
        "You have the right to appeal within 65 days.\nStandard Appeal: Phone: 1-866-555-0114 TTY Users Call: 711 Fax: 520-555-0115\nFast Appeal: Phone: 1-866-555-0116 Fax: 520-555-0117",
      ),
    );
    expect(denial.rightsStated.sendTo.fax?.value).toBe("520-555-0115");
  });
});

describe("who decided, for whom, under what", () => {
  test("a contractor stands above the name of the programme", () => {
    const denial = read(
      "Palmetto Ridge Medicare Administrative Services\nA CMS Contractor\nSeptember 3, 2026\nMEDICARE APPEAL DECISION\nDear Ms. Brandt:\nThe appeal decision is unfavorable.",
    );
    expect(denial.payer?.value).toBe("Palmetto Ridge Medicare Administrative Services");
  });
  test("the care in the subject is that of the reader's child", () => {
    const denial = read(letter("Subject: Speech therapy for Basil Fennimore\nWe cannot approve it."));
    expect(denial.memberName?.value).toBe("Basil Fennimore");
  });
  test("somebody else's name in the subject is not the patient", () => {
    const denial = read(letter("Subject: Speech therapy for Oak Meadow Center\nWe cannot approve it."));
    expect(denial.memberName?.value).toBe("Isolde Fennimore");
  });
  test.each([
    ["STATE MEDICAID AGENCY", ["medicaid-fee-for-service"]],
    ["MEADOWCARE HEALTH PLAN", ["medicaid-managed-care", "medicaid-fee-for-service"]],
  ])("the code for Medicaid on a remittance of %s", (name, kinds) => {
    const x12 = `ISA*00*          *00*          *ZZ*A              *ZZ*B              *260415*0911*^*00501*000000071*0*P*:~GS*HP*A*B*20260415*0911*71*X*005010X221A1~ST*835*0001~BPR*I*0*C*NON************20260415~N1*PR*${name}~N1*PE*LAKESHORE CLINIC~CLP*L1*4*735*0**MC*26099~SVC*HC:94729*135*0**1~CAS*CO*197*135~SE*9*0001~GE*1*71~IEA*1*000000071~`;
    expect(read(x12, "x12").planHints.map(({ kind }) => kind)).toEqual(kinds);
  });
});

test("two days of one month are a period", () => {
  const denial = read(
    letter(
      "We cannot pay the claim for observation care, December 8-9, 2025, at Coral Bay Regional Hospital.",
    ),
  );
  expect([denial.services[0]?.from, denial.services[0]?.to]).toEqual(["2025-12-08", "2025-12-09"]);
});
