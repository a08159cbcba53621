import { describe, expect, test } from "vitest";
import { type Denial, readDenial } from "#denial";
import { knowledge, letter, paper, read } from "./denials-paper.ts";

const groundsOf = (denial: Denial): string[] => denial.grounds.map(({ id }) => id).sort();

describe("the ground is what this decision rests on", () => {
  const said: [string, string][] = [
    ["medical-necessity", "The service is not medically necessary for your condition."],
    ["step-therapy", "You must first try and fail methotrexate before we can cover this drug."],
    ["quantity-limit", "The amount asked for exceeds the quantity limit of 12 tablets per 30 days."],
    ["experimental", "This test is considered experimental and investigational."],
    ["prior-authorization", "Prior authorization was required but was not obtained before the service."],
    ["formulary-exclusion", "The drug is not on our list of covered drugs."],
    ["benefit-exclusion", "Acupuncture is not a covered benefit under your plan."],
    ["off-label", "The drug is not FDA approved for your diagnosis."],
    ["site-of-care", "This infusion can be given safely in a doctor's office or at home."],
    ["out-of-network", "The surgeon is an out-of-network provider and network surgeons are available."],
    ["coding", "The procedure code was billed with the wrong modifier, a coding error."],
    ["concurrent-stay", "Continued stay from 03/01/2026 is not certified."],
    ["level-of-care", "Your care can be given at a lower level of care, such as a nursing facility."],
    ["duplicate", "This is an exact duplicate of a claim that was already processed."],
    ["timely-filing", "The claim was not filed within the time limit."],
    ["coordination-of-benefits", "Our records show other insurance that may be primary."],
    ["eligibility", "Your coverage was terminated before the date of service."],
    ["insufficient-information", "We do not have enough information to make a decision."],
    ["benefit-maximum", "You have reached your benefit maximum for this year."],
    ["renewal-response", "The chart does not document a positive clinical response to the drug."],
    ["preferred-product", "Your plan requires the use of a preferred biosimilar first."],
    ["appeal-dismissed", "We have dismissed your request because no form names you as representative."],
  ];
  for (const [id, reason] of said)
    test(`${id}: ${reason}`, () => expect(groundsOf(read(letter(reason)))).toEqual([id]));

  test("the narrower reason stands for the words of necessity in its own sentence", () => {
    const reason =
      "Care in a hospital outpatient department is not medically necessary when it can be given in an infusion center.";
    expect(groundsOf(read(letter(reason)))).toEqual(["site-of-care"]);
  });
  test("two reasons are two grounds", () => {
    const reason = "The drug is not on our formulary. You must also first try two generic drugs.";
    expect(groundsOf(read(letter(reason)))).toEqual(["formulary-exclusion", "step-therapy"]);
  });
  test("what the notice says it did not decide is no ground", () => {
    const reason = "The drug is an exclusion of your policy. This is not a decision about medical necessity.";
    expect(groundsOf(read(letter(reason)))).toEqual(["benefit-exclusion"]);
  });
  test("rights, general paragraphs and language help name no ground", () => {
    const rights = `You may appeal within 180 days. Denials that are experimental or not medically necessary may go to external review.
A health plan may deny a service because it is out of network or because papers are missing.
We do not discriminate. Language help: call 800-555-0100.`;
    expect(groundsOf(read(letter("The claim was not filed within the time limit.", rights)))).toEqual([
      "timely-filing",
    ]);
  });
  test("an earlier decision that is only told is no ground", () => {
    const reason =
      "In that decision we did not approve the visits because they were not medically necessary. We have dismissed your appeal.";
    expect(groundsOf(read(letter(reason)))).toEqual(["appeal-dismissed"]);
  });
});

describe("codes as printed", () => {
  test("a public code goes to the ground that it names", () => {
    const denial = read(letter("CO-50 The service is not medically necessary. Remark code N115."));
    expect(denial.grounds).toMatchObject([{ id: "medical-necessity", codes: ["CARC 50", "RARC N115"] }]);
  });
  test("a pharmacy code joins the ground of the words", () => {
    const denial = read(letter("The drug is not on our list of covered drugs. Pharmacy reject code 70."));
    expect(denial.grounds).toMatchObject([{ id: "formulary-exclusion", codes: ["NCPDP 70"] }]);
  });
  test("a code that the payer made for itself is left out", () => {
    expect(read(letter("Code MN-02. The service is not medically necessary.")).grounds[0]?.codes).toEqual([]);
  });
});

describe("who and which", () => {
  test("a Blue licensee is itself, not the association and not its parent", () => {
    const denial = read(
      `Blue Cross and Blue Shield of Illinois\nA Division of Health Care Service Corporation\nIndependent Licensee of the Blue Cross and Blue Shield Association\n${letter("It is not medically necessary.").replace("Harborview Health Plan\n", "")}`,
    );
    expect([denial.payer?.value, denial.payerId]).toEqual(["Blue Cross and Blue Shield of Illinois", "hcsc"]);
  });
  test("a reviewer gives way to the plan it works for", () => {
    const denial = read(
      `EviCore by Evernorth\nHorizon Blue Cross Blue Shield of New Jersey\n${letter("It is not medically necessary.").replace("Harborview Health Plan\n", "")}`,
    );
    expect(denial.payerId).toBe("horizon");
  });
  test("an unknown plan is named without an id", () => {
    const denial = read(letter("It is not medically necessary."));
    expect([denial.payer?.value, denial.payerId]).toEqual(["Harborview Health Plan", null]);
  });
  test("the patient is not the subscriber", () => {
    const denial = read(
      letter("It is not medically necessary.").replace(
        "Member: Isolde",
        "Subscriber: Ansgar Fennimore\nPatient: Isolde",
      ),
    );
    expect(denial.memberName?.value).toBe("Isolde Fennimore");
  });
  test("a doctor who is greeted is not the patient", () => {
    const denial = read(
      "Harborview Health Plan\nClaim Number: HH-2026-0044\nDear Dr. Chen,\nThe claim has been denied.",
    );
    expect(denial.memberName).toBeNull();
  });
  test("numbers carry their kind; telephone and tax numbers are none", () => {
    const denial = read(
      letter("It is not medically necessary.").replace(
        "Dear",
        "Claim #: 26-118-0042\nAuthorization No.: A0326-558\nNPI: 1234567890\nPhone: 800-555-0100\n\nDear",
      ),
    );
    expect(denial.references.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      "claim 26-118-0042",
      "authorization A0326-558",
    ]);
  });
});

describe("what was decided, and when", () => {
  test("some approved and some not is a partial denial", () => {
    const denial = read(
      letter("One clip is covered.").replace(
        "The request was denied.",
        "Some of the services were approved and some were not approved.",
      ),
    );
    expect(denial.outcome?.value).toBe("partly-denied");
  });
  test("fewer hours are a reduction of running care", () => {
    const denial = read(
      letter("Fewer hours meet your needs.").replace(
        "The request was denied.",
        "Starting May 1, 2026 we will reduce the service to 20 hours a week.",
      ),
    );
    expect([denial.outcome?.value, denial.timing?.value]).toEqual(["reduced", "concurrent"]);
  });
  test("an approval is not a denial, whatever its small print says", () => {
    const denial = read(
      "Harborview Health Plan\nDate: March 2, 2026\nYour request was APPROVED.\nAn approval is not a promise to pay. A claim may still be denied if the service is an exclusion.",
    );
    expect([denial.outcome?.value, denial.grounds, denial.issues.map(({ code }) => code)]).toEqual([
      "approved",
      [],
      ["not-a-denial"],
    ]);
  });
  test("a decision that was overturned is an approval", () => {
    expect(
      read(letter("It was necessary.").replace("The request was denied.", "We have overturned our decision."))
        .outcome?.value,
    ).toBe("approved");
  });
  test("a bill is not a denial", () => {
    const denial = read("Lakeview Hospital\nPatient Statement\nBalance due $412.00.");
    expect([denial.outcome, denial.issues[0]?.code]).toEqual([null, "not-a-denial"]);
  });
  test("a policy that speaks of denials is not a denial", () => {
    const policy =
      "Medical Policy\nPolicy number MP-561\nRequests are denied when the criteria are not met. Other uses are considered investigational.";
    expect(read(policy)).toMatchObject({
      outcome: null,
      grounds: [],
      issues: [{ code: "not-a-denial" }],
    });
  });
  test("a second-level decision is the last inside the plan", () => {
    const denial = read(
      letter("It is not medically necessary.").replace(
        "The request was denied.",
        "This is our final internal adverse benefit determination. The denial is upheld.",
      ),
    );
    expect(denial.stage?.value).toBe("final-internal");
  });
  test("asking for a fast review later does not make this request urgent", () => {
    expect(
      read(letter("It is not medically necessary.", "You may ask for an expedited appeal.")).urgent,
    ).toBeNull();
  });
});

describe("the next step as printed", () => {
  test("words and figures of the window", () => {
    const denial = read(
      letter(
        "It is not medically necessary.",
        "You may appeal within one hundred eighty (180) calendar days after you get this letter.",
      ),
    );
    expect(denial.rightsStated.appealWithin?.value).toEqual({ n: 180, unit: "days" });
  });
  test("other windows are not the time to appeal", () => {
    const rights =
      "A peer-to-peer review may be requested within 14 days. You may appeal within 60 days of this letter. If you want services to continue, ask within 10 days. A second-level appeal must be filed within 90 days of the first decision. You must ask for a state fair hearing within 120 days.";
    expect(read(letter("It is not medically necessary.", rights)).rightsStated.appealWithin?.value).toEqual({
      n: 60,
      unit: "days",
    });
  });
  test("a day that is printed", () => {
    expect(
      read(letter("It is not medically necessary.", "You must ask for an appeal by July 11, 2026."))
        .rightsStated.appealBy?.value,
    ).toBe("2026-07-11");
  });
  test("address, fax, telephone and e-mail", () => {
    const rights =
      "Send your appeal to Harborview Health Plan, Appeals Unit, P.O. Box 5550, Salem, OR 97301, fax 503-555-0144, e-mail appeals@harborview.example. Call 503-555-0145.";
    const { sendTo } = read(letter("It is not medically necessary.", rights)).rightsStated;
    expect([sendTo.address?.value, sendTo.fax?.value, sendTo.email?.value, sendTo.phone?.value]).toEqual([
      "Harborview Health Plan, Appeals Unit, P.O. Box 5550, Salem, OR 97301",
      "503-555-0144",
      "appeals@harborview.example",
      "503-555-0145",
    ]);
  });
  test("external review that is denied to this decision", () => {
    const rights =
      "You may appeal within 180 days. External review is available for medical judgment; this decision does not qualify for external review.";
    expect(read(letter("The benefit maximum was reached.", rights)).rightsStated.externalReview?.value).toBe(
      false,
    );
  });
});

describe("several papers", () => {
  test("two denial letters are said to be two", () => {
    const first = paper(letter("It is not medically necessary."));
    const second = { ...paper(letter("The drug is not on our formulary.")), document: "second.txt" };
    expect(readDenial([first, second], knowledge).issues.map(({ code }) => code)).toContain(
      "several-denials",
    );
  });
  test("no paper is an issue, not a crash", () =>
    expect(readDenial([], knowledge).issues.map(({ code }) => code)).toEqual(["denial-missing"]));
});
