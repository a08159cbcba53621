import { describe, expect, test } from "vitest";
import { fewest, nearestDecisions, type Precedent, readPrecedents } from "./index.ts";

const dmhc = (id: string, determination: string, sub = "Lumbar MRI") => ({
  "Reference ID": id,
  "Report Year": "2025",
  "Diagnosis Category": "Orth/Musculoskeletal",
  "Diagnosis Sub Category": "Back Pain",
  "Treatment Category": "Diagnostic Imaging",
  "Treatment Sub Category": sub,
  Determination: determination,
  Type: "Medical Necessity",
});

describe("published layouts", () => {
  test("California: the decision is the plan's, so overturned is for the patient", () => {
    const { precedents } = readPrecedents([dmhc("MN25-00001", "Overturned Decision of Health Plan")]);
    expect(precedents).toEqual([
      {
        id: "MN25-00001",
        source: "ca-dmhc",
        year: 2025,
        condition: "Orth/Musculoskeletal, Back Pain",
        treatment: "Diagnostic Imaging, Lumbar MRI",
        ground: "medical-necessity",
        outcome: "overturned",
      },
    ]);
  });
  test("New York: brackets around a list are not part of the name, and part of a decision is partly", () => {
    const row = {
      "Case Number": "202501-000001",
      Diagnosis: "[Skin Disorders]",
      Treatment: "[Infusion Therapy]",
      "Decision Year": "2025",
      "Denial Reason": "Experimental/Investigational",
      "Appeal Decision": "Overturned in Part",
    };
    expect(readPrecedents([row]).precedents[0]).toMatchObject({
      condition: "Skin Disorders",
      ground: "experimental",
      outcome: "partly-overturned",
    });
  });
  test("a row without an outcome is left out and counted; the others stay", () => {
    const { precedents, issues } = readPrecedents([
      dmhc("MN25-00001", ""),
      dmhc("MN25-00002", "Upheld Decision of Health Plan"),
    ]);
    expect([precedents.length, issues[0]?.text]).toEqual([
      1,
      "1 of 2 rows were left out, because they have no number, year or outcome.",
    ]);
  });
  test("another table is an error that names the columns we know", () => {
    const { precedents, issues } = readPrecedents([{ Claim: "1" }]);
    expect([precedents, issues[0]?.code]).toEqual([[], "layout-unknown"]);
    expect(issues[0]?.text).toContain('"Reference ID"');
  });
});

describe("like decisions", () => {
  const known: Precedent[] = readPrecedents([
    ...Array.from({ length: fewest }, (_, n) => dmhc(`MN25-1${n}`, n < 4 ? "Overturned" : "Upheld")),
    dmhc("MN25-9", "Overturned", "Knee arthroscopy"),
  ]).precedents;
  test("counts come with their denominator", () => {
    const found = nearestDecisions(known, {
      treatment: "lumbar MRI imaging",
      condition: "low back pain",
      ground: "medical-necessity",
    });
    expect([found.decisions.length, found.counts.overturned, found.tooFew]).toEqual([fewest, 4, false]);
  });
  test("one fewer is too few to say", () => {
    const found = nearestDecisions(known.slice(1), {
      treatment: "lumbar MRI imaging",
      condition: "back pain",
    });
    expect([found.decisions.length, found.tooFew]).toEqual([fewest - 1, true]);
  });
  test("another ground is not like it", () => {
    expect(
      nearestDecisions(known, { treatment: "lumbar MRI", condition: "back pain", ground: "experimental" })
        .decisions,
    ).toEqual([]);
  });
});
