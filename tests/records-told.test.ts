import { describe, expect, test } from "vitest";
import type { Fact } from "#record";
import { factsIn as read } from "./fixtures/made-charts.ts";

const one = (facts: Fact[], concept: string) => facts.find((fact) => fact.concept === concept);

describe("what is only spoken of is no fact of the patient", () => {
  test("risks that were explained did not happen", () => {
    const facts = read("Risks include, but are not limited to infection, deep vein thrombosis and stroke.");
    expect(facts.map(({ assertion }) => assertion)).not.toContain("present");
  });
  test("risk factors are present", () => {
    expect(one(read("Risk factors include hypertension."), "icd-10-cm:I10")?.assertion).not.toBe(
      "hypothetical",
    );
  });
  test("a question states nothing, an answer does", () => {
    expect(read("Do you smoke?")).toEqual([]);
    expect(one(read("She smokes a pack a day."), "smoking")).toBeDefined();
  });
  test("a bound in the words of a label is no value; the patient's own value is", () => {
    expect(
      one(read("The device is indicated for LVEF 20-50% and LVESD 70 mm or less."), "lvef"),
    ).toBeUndefined();
    expect(one(read("He meets the criteria: LVEF 35%."), "lvef")?.value?.low).toBe(35);
  });
  test("a sentence about patients at large", () => {
    expect(one(read("Patients with this condition can be treated with CPAP."), "cpap")?.assertion).toBe(
      "hypothetical",
    );
    expect(one(read("The patient is treated with CPAP."), "cpap")?.assertion).toBe("present");
  });
  test("drugs named as options are not taken", () => {
    const facts = read("Options: lacosamide 100 mg BID, cenobamate, or brivaracetam.");
    expect(facts.map(({ assertion }) => assertion)).toEqual(["hypothetical", "hypothetical", "hypothetical"]);
    expect(one(read("Medications: lacosamide 100 mg BID."), "lacosamide")?.assertion).toBe("present");
  });
});

describe("whose it is", () => {
  test("a family history inside a line ends with the first sentence about the patient", () => {
    const facts = read("PMH: hypertension. FHx: father with MI at 50. On exam she has atrial fibrillation.");
    expect(one(facts, "ascvd")?.relation).toBe("father");
    expect(one(facts, "icd-10-cm:I48.91")?.assertion).toBe("present");
  });
  test("under a family heading a sentence about the patient is the patient's", () => {
    const facts = read("FAM/SOCHX:", "Mother had breast cancer. The patient has diabetes.");
    expect(one(facts, "dm_type")?.type).not.toBe("family-history");
    expect(one(read("FAMILY HISTORY:", "Mother has diabetes."), "dm_type")?.type).toBe("family-history");
  });
  test("the person who brings or lives with the patient has nothing", () => {
    expect(one(read("He lives with his mother and has asthma."), "icd-10-cm:J45.909")?.assertion).toBe(
      "present",
    );
    expect(one(read("There is asthma in the patient's sister."), "icd-10-cm:J45.909")?.assertion).toBe(
      "family",
    );
  });
});

describe("courses of drugs", () => {
  test("a drug given again goes on with its new dose", () => {
    expect(
      one(
        read("Carvedilol was stopped for bradycardia and then restarted at 3.125 mg BID on 04/02/2026."),
        "carvedilol",
      ),
    ).toMatchObject({
      assertion: "present",
      course: { dose: "3.125 mg BID", start: "2026-04-02", status: "active" },
    });
  });
  test("an order to restart is planned; what is not restarted stays stopped", () => {
    expect(
      one(read("Lisinopril 10 mg: held 03/12/2026, restart 5 mg daily on 03/20/2026."), "lisinopril")?.course,
    ).toMatchObject({ dose: "5 mg daily", status: "planned" });
    expect(one(read("Lisinopril was stopped and not restarted."), "lisinopril")?.course?.status).toBe(
      "stopped",
    );
  });
  test("the next sentence may tell the outcome of the one drug before it, not of two", () => {
    expect(
      one(read("Propranolol was tried for three months. No benefit."), "propranolol")?.course?.outcome,
    ).toBe("inadequate-response");
    const two = read("She takes propranolol and topiramate. No benefit.");
    expect(two.some(({ course }) => course?.outcome)).toBe(false);
  });
  test("a pointer to another place is no reason; a heart failure is no failure of the drug", () => {
    expect(one(read("Topiramate stopped (see 03/12)."), "topiramate")?.course?.reason).toBeUndefined();
    expect(
      one(read("He is on lisinopril 10 mg daily secondary to congestive heart failure."), "lisinopril")
        ?.course?.outcome,
    ).toBeUndefined();
  });
});

describe("days", () => {
  test("what a dated study found bears its day; a later remark does not", () => {
    const facts = read(
      "She had a lymph node biopsy on 10/27/2006. Pathology is consistent with psoriasis. She has gout.",
    );
    expect(one(facts, "icd-10-cm:L40.9")?.when.earliest).toBe("2006-10-27");
    expect(one(facts, "icd-10-cm:M10.9")?.when.earliest).toBeNull();
  });
  test("in a list a date stands behind its own item", () => {
    const facts = read("History of gout in 2003, psoriasis and asthma.");
    expect(one(facts, "icd-10-cm:M10.9")?.when.earliest).toBe("2003-01-01");
    expect(one(facts, "icd-10-cm:L40.9")?.when.earliest).toBeNull();
  });
});

describe("dates of neighbours", () => {
  test("a dated value in brackets is a second value and keeps its date to itself", () => {
    const facts = read("Visit date 08/27/2026", "Labs today: A1c 9.4 % (8.9 % on 04/14/2026).").filter(
      ({ concept }) => concept === "a1c",
    );
    expect(facts.find(({ value }) => value?.low === 9.4)?.when.earliest).toBe("2026-08-27");
    expect(facts.find(({ value }) => value?.low === 8.9)?.when.earliest).toBe("2026-04-14");
  });
  test("a reference range in brackets is no second value", () => {
    expect(read("A1c 9.4 % (4.0-5.6)").filter(({ concept }) => concept === "a1c")).toHaveLength(1);
  });
  test("the date of one drug is not the next drug's", () => {
    const facts = read("On Lantus 24 units at bedtime since 04/14/2026 and metformin 1000 mg twice daily.");
    expect(one(facts, "insulin glargine")?.course?.start).toBe("2026-04-14");
    expect(one(facts, "metformin")?.course?.start).toBeUndefined();
  });
});

describe("names that look like others", () => {
  test("TMs are eardrums, TMS is a therapy", () => {
    expect(read("HEENT: TMs clear.")).toEqual([]);
    expect(one(read("She completed a course of TMS."), "tms")).toBeDefined();
  });
  test("a PSA of 11.6 is no arthritis", () => {
    expect(one(read("PSA 11.6."), "icd-10-cm:L40.50")).toBeUndefined();
    expect(one(read("History of PsA with joint pain."), "icd-10-cm:L40.50")).toBeDefined();
  });
  test("a gradient is the aortic valve's only where the sentence says so", () => {
    expect(one(read("Mitral valve: one clip, mean gradient 5 mmHg."), "av_gradient")).toBeUndefined();
    expect(one(read("Aortic stenosis, mean gradient 46 mmHg."), "av_gradient")?.value?.low).toBe(46);
  });
  test("a blood pressure written without a space", () => {
    expect(one(read("T36.0, BP121/85, HR 94."), "sbp")?.value?.low).toBe(121);
  });
});
