import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { allSpansProve } from "#source";
import { paper, read } from "./denials-paper.ts";

const grounds = (denial: Denial): string[] => denial.grounds.map(({ id }) => id).sort();
const lines = (denial: Denial): string[] =>
  denial.services.map(({ description, codes }) => `${codes.map(({ value }) => value)} ${description.value}`);
const quotes = (denial: Denial): string[] =>
  denial.grounds.flatMap(({ from }) => from.map(({ quote }) => quote));

const statement = (keys: [string, string], legend: string): string => `Fernhollow Health Plan
EXPLANATION OF BENEFITS
Statement date: 05/11/2026
Patient: Ottoline Krebs        Claim number: 7726110558
Plan type: self-funded, administered by Fernhollow Health Plan

Date of service   Service                        Billed      Allowed   Not covered   Code   You may owe
04/02/2026        97110 Therapeutic exercise      $180.00     $61.00      $119.00    ${keys[0]}     $119.00
04/02/2026        97140 Manual therapy            $140.00     $44.00       $96.00    ${keys[1]}      $96.00

${legend}

To appeal, write within 180 days of this statement to Fernhollow Appeals, P.O. Box 5557, Dover, DE 19901.`;

describe("a statement whose lines carry the plan's own keys", () => {
  const paid = statement(
    ["R4", "R4"],
    "R4: The therapist is out of network. The rest is your responsibility.",
  );
  test("every line has its code from the cell of code and words", () => {
    expect(lines(read(paid))).toEqual(["97110 Therapeutic exercise", "97140 Manual therapy"]);
  });
  test("the explanation of the key below the table is the ground, and the funding is told", () => {
    expect(grounds(read(paid))).toEqual(["out-of-network"]);
    expect(read(paid).planHints.map(({ kind }) => kind)).toEqual(["erisa-self-funded"]);
  });
  test("the way to appeal below the legend is still found", () => {
    expect(read(paid).rightsStated.sendTo.address?.value).toBe(
      "Fernhollow Appeals, P.O. Box 5557, Dover, DE 19901",
    );
  });
  test.each([
    ["(1)", "(1) This service needed approval before it was done and no authorization was obtained."],
    ["*", "* This service needed approval before it was done and no authorization was obtained."],
    ["AX9", "AX9 - This service needed approval before it was done and no authorization was obtained."],
  ])("key %s", (key, legend) => {
    expect(grounds(read(statement([key, key], legend)))).toEqual(["prior-authorization"]);
  });
  test("each line has its own reason", () => {
    const two =
      "R4: The therapist is out of network.\nS2: This charge is part of another service and is not paid separately.";
    expect(grounds(read(statement(["R4", "S2"], two)))).toEqual(["coding", "out-of-network"]);
  });
  test("a key that no line carries explains nothing here", () => {
    const two = "R4: The therapist is out of network.\nS2: This is a duplicate claim.";
    expect(grounds(read(statement(["R4", "R4"], two)))).toEqual(["out-of-network"]);
  });
  test("its spans hold", () => {
    expect(
      allSpansProve(
        read(paid).grounds.flatMap(({ from }) => from),
        [paper(paid)],
      ),
    ).toEqual([]);
  });
});

const letter = (body: string, head = "Nadia Ferris\n12 Alder Street\nSalem, OR 97301"): string =>
  `Larkfield Mutual Health Plan
PO Box 5550, Salem, OR 97301

August 21, 2026

${head}

Member ID: LM5550011

Dear Ms. Ferris:

${body}

You may appeal within 180 days of this letter. Send your appeal to Larkfield Appeals, P.O. Box 5559, Salem, OR 97309.`;

describe("a refusal that is not spoken", () => {
  test.each([
    [
      "Dr. Moss asked us to approve a sleep study (95810). The notes do not show loud snoring or pauses, which Medical Policy SL-0112 asks for.",
      ["medical-necessity"],
    ],
    [
      "You asked us to pay for a hearing aid. We pay for one once in five years. Our records show the last one on 03/2024.",
      ["benefit-maximum"],
    ],
    [
      "Your doctor asked us to approve Otezla. The chart shows that methotrexate was never used.",
      ["step-therapy"],
    ],
    [
      "Your doctor asked us to approve eyelid surgery (15823). The operation would improve appearance only.",
      ["benefit-exclusion"],
    ],
  ])("%s", (body, ids) => {
    const denial = read(letter(body));
    expect([denial.outcome?.value, grounds(denial)]).toEqual(["denied", ids]);
  });
  test("an approval stays an approval", () => {
    expect(
      read(letter("We have approved the sleep study. The notes do not show snoring, but that is not needed."))
        .outcome?.value,
    ).not.toBe("denied");
  });
  test.each([
    "Good news. The sleep study (95810) is covered. The notes do not show snoring, which our policy asks for, but the home test was positive.",
    "We received your appeal. The file does not show a letter from your doctor. We will decide within 30 days.",
  ])("no refusal: %s", (body) => {
    expect(read(letter(body)).outcome).toBeNull();
  });
  test("a letter that opens no appeal refuses nothing", () => {
    expect(
      read(
        "Larkfield Mutual Health Plan\nAugust 21, 2026\nMember ID: LM5550011\n\nDear Ms. Ferris:\n\nYour last visit notes do not show your new address.",
      ).outcome,
    ).toBeNull();
  });
});

describe("the words of the reason", () => {
  test("what is missing comes before the name of the rule", () => {
    const denial = read(
      letter(
        "We are not able to approve Rinvoq. Our records do not show that you tried and did not respond to sulfasalazine for 8 weeks, which our policy requires. This is a step therapy requirement.",
      ),
    );
    expect(quotes(denial)).toEqual([
      "Our records do not show that you tried and did not respond to sulfasalazine for 8 weeks, which our policy requires.",
      "This is a step therapy requirement.",
    ]);
  });
  test("more than is medically necessary; a reduction is of care that runs", () => {
    const denial = read(
      letter(
        "Authorization number: PA-5550199\nWe are reducing the service. Your child has 20 hours each week of home nursing. The request is more than what is medically necessary.",
      ),
    );
    expect([denial.outcome?.value, denial.timing?.value, grounds(denial)]).toEqual([
      "reduced",
      "concurrent",
      ["medical-necessity"],
    ]);
  });
});

describe("where to write and whom it concerns", () => {
  test("the sentence before a colon is no address", () => {
    const denial = read(
      `Larkfield Mutual Health Plan\n\nMarch 3, 2026\n\nRe: Appeal decision\nMember: Nadia Ferris     Group: 5550 Tanner Boat Co. (fully insured)\n\nDear Nadia Ferris:\n\nWe are upholding our decision. The scan is not medically necessary.\n\nThis is our final internal adverse benefit determination. You may request an external review with the Oregon Division of Financial Regulation within 6 months of this letter: 350 Winter Street NE, Salem, OR 97309.`,
    );
    expect(denial.rightsStated.sendTo.address?.value).toBe("350 Winter Street NE, Salem, OR 97309");
    expect(denial.planHints.map(({ kind }) => kind)).toEqual(["erisa-insured"]);
    expect(denial.groupNumber?.value).toBe("5550");
  });
  test("name, street and town on one line", () => {
    const denial = read(
      letter(
        "We cannot approve the scan. It is not medically necessary.",
        "Nadia Ferris, 12 Alder Street, Salem, OR 97301",
      ),
    );
    expect(denial.memberName?.value).toBe("Nadia Ferris");
  });
  test("the telephone for appeals, not the one for a representative", () => {
    const denial = read(
      letter(
        "We cannot approve the scan. It is not medically necessary.\n\nHow to appeal\nYou can name a relative or friend as your representative. Call 1-800-555-0111.\nMail: Larkfield Grievances, P.O. Box 5551, Salem, OR 97301. Fax: 1-800-555-0112. Phone: 1-800-555-0113 for an appeal.",
      ),
    );
    expect(denial.rightsStated.sendTo.phone?.value).toBe("1-800-555-0113");
  });
  test("the federal program decides, not the local plan that runs it", () => {
    const denial = read(
      `BlueCross BlueShield Service Benefit Plan\nPremera Blue Cross, Federal Employee Program\nP.O. Box 5558, Seattle, WA 98111\nMay 5, 2026\nNadia Ferris, 12 Alder Street, Tacoma, WA 98401\nDear Ms. Ferris,\nWe cannot approve the scan. It is not medically necessary.\nYou may ask us in writing to reconsider within 6 months of the date of this letter. Send it to the address above.`,
    );
    expect([denial.payerId, denial.memberName?.value]).toEqual(["bcbs_fep", "Nadia Ferris"]);
    expect(denial.rightsStated.sendTo.address?.value).toBe("P.O. Box 5558, Seattle, WA 98111");
  });
  test("on behalf of a plan: the plan decides", () => {
    const denial = read(
      `Tarn Utilization Services, on behalf of Copper Valley Select Health\nMay 5, 2026\nMember: Nadia Ferris\nDear Ms. Ferris,\nWe cannot approve the scan. It is not medically necessary.`,
    );
    expect([denial.payer?.value, denial.payerId]).toEqual(["Copper Valley Select Health", null]);
  });
});

describe("letters that tell a story", () => {
  const flight = read(
    letter(
      "This is about the helicopter bill from Kestrel Air for your flight of January 9, 2026. Kestrel Air billed us $38,200.00 under claim 26-0112-5551. We paid nothing on it. You were stable and a ground ambulance could have taken you safely.",
    ),
  );
  test("the care, its day, its price and who gave it", () => {
    const [service] = flight.services;
    expect([
      service?.description.value,
      service?.from,
      service?.amount?.value,
      flight.provider?.value,
    ]).toEqual(["helicopter", "2026-01-09", 38200, "Kestrel Air"]);
  });
  test("why", () => {
    expect([flight.outcome?.value, flight.timing?.value, grounds(flight)]).toEqual([
      "denied",
      "post-service",
      ["medical-necessity"],
    ]);
  });
  test("therapy that runs is not extended", () => {
    const denial = read(
      letter(
        "Your occupational therapy at Heron Rehab was approved for 12 visits. Heron Rehab asked for 8 more (97530). You have reached the goals that were set. We will not add visits after August 24, 2026.",
      ),
    );
    expect([denial.services[0]?.description.value, denial.timing?.value, denial.provider?.value]).toEqual([
      "occupational therapy",
      "concurrent",
      "Heron Rehab",
    ]);
  });
  test("the doctor of the plan who read the request is not the one who asked for it", () => {
    expect(
      read(letter("A doctor, Ignatz Weir, MD, read your request. It does not qualify for coverage."))
        .provider,
    ).toBeNull();
  });
  test("half a year is six months", () => {
    expect(
      read(letter("It does not qualify for coverage.").replace("within 180 days", "within half a year"))
        .rightsStated.appealWithin?.value,
    ).toEqual({ n: 6, unit: "months" });
  });
});

describe("what is missing stands before the name of the ground", () => {
  const missing = "The notes you sent do not show six weeks of exercises with a therapist.";
  test.each([
    ["It is not medically necessary.", "medical-necessity"],
    ["This test is considered investigational.", "experimental"],
    ["Step therapy is needed here.", "step-therapy"],
    ["You must use a preferred product.", "preferred-product"],
    ["The quantity limit is exceeded.", "quantity-limit"],
    ["It is not a covered benefit.", "benefit-exclusion"],
    ["This is an off-label use.", "off-label"],
    ["A lower level of care is enough.", "level-of-care"],
    ["The site of care criteria are not fulfilled here.", "site-of-care"],
    ["Continued stay is not certified.", "concurrent-stay"],
  ])("%s", (bare, id) => {
    const denial = read(letter(`We cannot approve your request. ${missing} ${bare}`));
    expect([grounds(denial), quotes(denial)]).toEqual([[id], [missing, bare]]);
  });
  test("it may also follow", () => {
    expect(quotes(read(letter(`We cannot approve it. It is not medically necessary. ${missing}`)))).toEqual([
      missing,
      "It is not medically necessary.",
    ]);
  });
  test("what leans on the sentence before stays behind it", () => {
    const two = ["This test is considered investigational.", "It does not meet our policy on screening."];
    expect(quotes(read(letter(`We cannot approve it. ${two.join(" ")}`)))).toEqual(two);
  });
  test("what was set aside is not the reason", () => {
    expect(
      quotes(
        read(
          letter("It is not medically necessary. We did not look at whether the notes do not show a fever."),
        ),
      ),
    ).toEqual(["It is not medically necessary."]);
  });
});
