import { describe, expect, test } from "vitest";
import { appealOf, noticeOf } from "./fixtures/made-letters.ts";

const head = "Quist, Ada   DOB 02/14/1963";

describe("the day under which words are quoted", () => {
  const stay = (notes: string) =>
    appealOf({
      "denial.txt": noticeOf(
        "residential treatment, continued stay",
        "Residential level of care is not medically necessary. She can be safely treated at a partial hospitalization program.",
      ),
      "notes.txt": `Larch House - Daily progress notes\n${head}\n${notes}`,
    }).text;

  test("is that of the entry in which they stand, not of the first one", () => {
    const text = stay(
      "11/01/2026 Completed 4 of 6 supported meals with the staff at the table today.\n11/03/2026 Partial hospitalization in September failed within 9 days with loss of 3.2 kg.",
    );
    expect(text).toMatch(/11\/03\/2026: “[^”]*Partial hospitalization in September failed/);
    expect(text).not.toMatch(/11\/01\/2026: “[^”]*Partial hospitalization/);
  });

  test("is no day on which something else ended, though a line breaks before it", () => {
    const text = stay(
      "Visit 10/20/2026\nShe was discharged from the unit when her weight had fallen again and the program ended on\n09/17/2026.\nPartial hospitalization in September failed within 9 days with loss of 3.2 kg.",
    );
    expect(text).toMatch(/10\/20\/2026: “[^”]*Partial hospitalization in September failed/);
  });
});

describe("the plan's own rules among the records", () => {
  const rules = (top: string) =>
    appealOf({
      "denial.txt": noticeOf(
        "evolocumab (Repatha) 140 mg",
        "Step therapy has not been met under policy RX-207. There is no documentation of a prior stroke.",
      ),
      "second.txt": `${top}\nEvolocumab is approved when ALL are met:\n1. History of a prior stroke or coronary revascularization\n2. Trial of ezetimibe`,
      "note.txt": `Poudre Cardiology\n${head}\nVisit 09/17/2026\nCoronary artery disease. Ezetimibe 10 mg daily.`,
    }).text;

  test("are never quoted as what the record says", () => {
    const text = rules("RX-207 PCSK9 inhibitors\nEffective 04/01/2026");
    expect(text).not.toMatch(/error of fact/);
    expect(text).not.toMatch(/(record says|Medical record)[^“]*“[^”]*History of a prior stroke/);
  });
});

describe("the time that a notice prints for its own next appeal", () => {
  test("is not held against the time of a review by somebody else", () => {
    const { text } = appealOf(
      {
        "denial.txt": `Mossbank Health Plan
APPEAL DECISION
November 13, 2026
Ada Quist, 12 Heron Way, Dayton OH 45402
Member ID: MBH5550188   Appeal: AP-555-22
Service: lumbar MRI (72148)
We have completed our review of your appeal and our denial stands. The MRI is not medically necessary.
You can ask for a second-level internal appeal within 90 days. Mossbank Health Plan, Appeals, PO Box 5556, Dayton, OH 45401.`,
        "note.txt": `Dayton Spine\n${head}\nVisit 09/17/2026\nFailed six weeks of physical therapy.`,
      },
      { state: "OH", plan: "erisa-insured" },
    );
    expect(text).not.toContain("a shorter printed time does not bind");
  });
});

describe("papers that the notice says are missing", () => {
  const asked = (reason: string, more = "") =>
    appealOf({
      "denial.txt": noticeOf("CT coronary angiography (75574)", reason, more),
      "visit.txt": `Office visit\n${head}\nDate of visit: 10/06/2026\nExertional chest tightness for 5 weeks.\nShe cannot exercise on a treadmill: left knee fusion 2019.`,
      "labs.txt": `Laboratory results\n${head}\nCollected 09/22/2026\nLDL cholesterol 151 mg/dL\nCreatinine 0.9 mg/dL`,
    }).section("Summary");

  test("stand in a list each beside its page, the reason where one is allowed in its place, and what is not there", () => {
    const text = asked(
      "We did not receive the records we asked for. We need:",
      "- Office notes from the last 3 months\n- Stress test report, or the reason why it cannot be done\n- Lipid panel and serum creatinine\n- A sleep study",
    );
    expect(text).toMatch(/“Office notes from the last 3 months”: Office visit, 10\/06\/2026 \(Exhibit/);
    expect(text).toMatch(/cannot be done”: the reason is recorded\. .*“She cannot exercise on a treadmill/);
    expect(text).toMatch(/“Lipid panel and serum creatinine”: Laboratory results, 09\/22\/2026/);
    expect(text).toContain("Not among the papers that I have: “A sleep study”. Please ask Ivo Kessel, MD");
  });

  test("are found in a sentence too", () => {
    const text = asked(
      "Denied: records not received. The request did not include office notes, a lipid panel or a sleep study.",
    );
    expect(text).toMatch(/“office notes”: Office visit/);
    expect(text).toMatch(/“a lipid panel”: Laboratory results/);
    expect(text).toContain("Not among the papers that I have: “a sleep study”");
  });

  test("a study that was only ordered is no study", () => {
    const { text } = appealOf({
      "denial.txt": noticeOf(
        "CPAP device (E0601)",
        "Records not received. The request did not include a sleep study.",
      ),
      "visit.txt": `Office visit\n${head}\nDate of visit: 10/06/2026\nSnoring. Plan: sleep study ordered.`,
    });
    expect(text).toContain("Not among the papers that I have: “a sleep study”");
  });
});

describe("what the plan did not find", () => {
  const clinic = (reason: string, note: string, service = "evolocumab (Repatha) 140 mg") =>
    appealOf({
      "denial.txt": noticeOf(service, reason),
      "records/note.txt": `Poudre Cardiology\n${head}\nDate of visit: 09/17/2026\n${note}`,
    }).section("Summary");

  test("is answered where the record has it under its other name, by what we hold as one diagnosis", () => {
    const reason = "Not medically necessary. There is no documentation of a prior heart attack.";
    const text = clinic(reason, "Non-ST elevation myocardial infarction in 2024, stent to the LAD.");
    expect(text).toMatch(/prior heart attack” .* error of fact\. .*“Non-ST elevation myocardial infarction/);
    expect(clinic(reason, "Ischemic stroke in 2024, no residual weakness now.")).not.toContain(
      "Ischemic stroke",
    );
  });

  const rehabilitation = (note: string) =>
    clinic(
      "Not medically necessary. The records do not show that you could take part in three hours of therapy a day or that you needed a physician at least three times a week.",
      note,
      "acute inpatient rehabilitation admission",
    );

  test("each of two things by its own page: minutes against hours, days of visits against a count", () => {
    const text = rehabilitation(
      "Therapy minutes: 10/29 180, 10/30 185, 11/02 190.\nPhysician visits 10/28, 10/29, 10/30, 11/01: insulin changed.",
    );
    expect(text).toContain("“Therapy minutes: 10/29 180, 10/30 185, 11/02 190.”");
    expect(text).toContain("“Physician visits 10/28, 10/29, 10/30, 11/01: insulin changed.”");
  });

  test("fewer minutes than the hours asked for are no answer", () => {
    const text = rehabilitation("Therapy minutes: 10/29 90, 10/30 185.");
    expect(text).not.toMatch(/three times a week” .*“Therapy minutes/);
  });
});

describe("a claim said to be late", () => {
  const late = (report: string) =>
    appealOf({
      "denial.txt": `Mossbank Health Plan
Explanation of Benefits
November 4, 2026
Ada Quist, 12 Heron Way, Dayton OH 45402
ID: MBH5550188   Claim number 26-5550-7731
Date of service: 01/19/2026   Service: anesthesia for knee arthroplasty (01402)
Billed: $1,980.00   Denied: $1,980.00
The claim was received on August 3, 2026, after the time limit of 180 days. No proof of timely filing was submitted.
You may appeal within 180 days: Mossbank Health Plan, Appeals, P.O. Box 55512, Dayton, OH 45401.`,
      "report.txt": `Rinconada Clearinghouse - 277CA claim acknowledgment report\nPatient: QUIST, ADA   DOB 02/14/1963\n${report}`,
    }).section("Summary");

  test("is answered first with what the payer itself acknowledged, and the days counted", () => {
    const text = late(
      "02/06/2026 Claim file received by clearinghouse, batch 5550417\n02/08/2026 Payer response: payer acknowledges receipt of claim.",
    );
    expect(text).toMatch(/received on August 3.*02\/08\/2026: “02\/08\/2026 Payer response/);
    expect(text).toContain("(01/19/2026 to 02/08/2026 is 20 days)");
    expect(text).toContain("Rinconada Clearinghouse - 277CA claim acknowledgment report");
  });

  test("a page of a later day answers nothing", () => {
    expect(late("08/05/2026 Claim file received by clearinghouse, batch 5550417")).not.toMatch(
      /received on August 3[^.]*”[^.]*\. The record says/,
    );
  });
});

describe("what else the reason calls for", () => {
  const letter = (service: string, reason: string, note: string) =>
    appealOf({
      "denial.txt": noticeOf(service, reason),
      "records/note.txt": `Marquette Clinic\n${head}\n${note}`,
    });

  test("a response is shown by the value now and the value before, side by side", () => {
    const visit = (day: string, note: string) =>
      `Marquette Dermatology\n${head}\nDate of visit: ${day}\n\n${note}`;
    const text = appealOf({
      "denial.txt": noticeOf(
        "dupilumab (Dupixent) 300 mg every 2 weeks, continuation",
        "Continuation is denied. The information does not demonstrate a reduction in body surface area from baseline.",
      ),
      "records/before.txt": visit("11/20/2025", "Body surface area 34%, IGA 4."),
      "records/now.txt": visit("10/22/2026", "Body surface area 4%, IGA 1."),
    }).section("Summary");
    expect(text).toMatch(/10\/22\/2026: “Body surface area 4%.*11\/20\/2025: “Body surface area 34%/);
  });

  test("treatment that failed in general is answered by each drug that ended", () => {
    const text = letter(
      "MR-guided focused ultrasound (0398T)",
      "Not medically necessary. The record does not show that your tremor is refractory to medication.",
      "Date of visit: 08/19/2026\nEssential tremor.\nPropranolol 240 mg daily 2018 to 2021: stopped for bradycardia of 44 on 06/02/2021.",
    ).section("Summary");
    expect(text).toMatch(/refractory to medication” .* The record says: .*“Propranolol 240 mg daily/);
  });

  test("of a limit the quantity asked for stands in the request, where the notice names it", () => {
    const limit = (said: string) =>
      letter(
        "insulin pump infusion sets (A4230)",
        said,
        "Date of visit: 10/20/2026\nType 1 diabetes.",
      ).section("Requests");
    expect(limit("The request for 20 per month exceeds the quantity limit of 10 per month.")).toContain(
      "Approve the quantity that was asked for: “20 per month”",
    );
    expect(limit("This exceeds the quantity limit of 10 per month.")).not.toContain("Approve the quantity");
  });
});

describe("a page that answers the reason", () => {
  test("is not missing in the table of criteria, by whatever name the record has it", () => {
    const table = appealOf({
      "denial.txt": noticeOf(
        "evolocumab (Repatha) 140 mg",
        "Not medically necessary under Pharmacy Policy RX-207. There is no documentation of a prior heart attack.",
      ),
      "policy.txt":
        "Pharmacy Policy RX-207 PCSK9 inhibitors\nEffective 04/01/2026\n\nCoverage criteria\nEvolocumab is medically necessary when ALL of the following criteria are met:\n\n1. History of heart attack, stroke, or coronary revascularization\n2. Trial of ezetimibe for at least 8 weeks\n",
      "records/note.txt": `Poudre Cardiology\n${head}\nDate of visit: 09/17/2026\n\nNon-ST elevation myocardial infarction in 2024, no chest pain since.`,
    }).section("Every criterion of the policy, and what the record says");
    expect(table).toMatch(/1\. “History of heart attack[^”]*” · [^·]* · [^·]*Non-ST elevation/);
  });
});

describe("records that the plan says it did not get", () => {
  const appeal = (note: string) =>
    appealOf({
      "denial.txt": noticeOf(
        "continuous glucose monitor",
        "We were not sent enough information. The records do not show that you use insulin.",
      ),
      "policy.txt":
        "Policy DME-40 Continuous Glucose Monitors\nEffective April 1, 2026\nMossbank Health Plan\nCriteria\nA continuous glucose monitor is covered when ALL of the following are met:\n1. The member has diabetes mellitus\n2. The member is treated with insulin",
      "note.txt": `Heron Primary Care\n${head}\nVisit 08/27/2026\nHPI: type 2 diabetes since 2015. ${note}\nPlan: order continuous glucose monitor. Consider a GLP-1 agonist. Training on the continuous glucose monitor to be\nscheduled with the diabetes educator.`,
    });

  test("are answered by the criterion that a page meets, never by what is only ordered, considered or to be scheduled", () => {
    const { text } = appeal("On insulin glargine 24 units at bedtime since 04/14/2026.");
    expect(text).toMatch(/“[^”]*insulin glargine 24 units[^\n]* is met\./);
    expect(text).not.toMatch(/“[^”]*(?:order continuous|Consider a GLP-1|diabetes educator)/);
  });

  test("are quoted where they say something of the service and no disputed criterion is met", () => {
    const { text } = appeal("She wore a continuous glucose monitor on loan in June: 14 lows below 54 mg/dL.");
    expect(text).toMatch(/enclosed now\. It says: [^\n]*on loan in June/);
    expect(text).not.toMatch(/“[^”]*order continuous/);
  });
});
