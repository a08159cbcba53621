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
