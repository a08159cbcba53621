import { describe, expect, test } from "vitest";
import { drugsIn, fewest, nearestDecisions, type Precedent, readerFor, readPrecedents } from "./index.ts";

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
  test("the State's newer table writes its columns in one word and gives reasons", () => {
    const header = [
      "ReferenceID",
      "ReportYear",
      "DiagnosisCategory",
      "DiagnosisSubCategory",
      "TreatmentCategory",
      "TreatmentSubCategory",
      "Determination",
      "Type",
      "Findings",
    ];
    const namesIn = drugsIn([{ generic: "dupilumab", brands: ["Dupixent"] }]);
    const cells = [
      "MN24-1",
      "2024",
      "Skin Disorders",
      "",
      "Pharmacy/Prescription Drugs",
      "Other",
      "Upheld Decision of Health Plan",
      "Medical Necessity",
      "The enrollee asked for Dupixent for atopic dermatitis.",
    ];
    expect(readerFor(header, namesIn)!(cells)).toMatchObject({
      id: "MN24-1",
      outcome: "upheld",
      drugs: ["dupilumab"],
    });
  });
  test("New York's lists in brackets and quotes are names alone", () => {
    const read = readerFor([
      "Diagnosis",
      "Treatment",
      "Appeal Decision",
      "Denial Reason",
      "Decision Year",
      "Case Number",
    ])!;
    expect(
      read([
        "['Skin Disorders']",
        "['Infusion Therapy', 'Other']",
        "Overturned",
        "Medical necessity",
        "2024",
        "202401-1",
      ]),
    ).toMatchObject({
      condition: "Skin Disorders",
      treatment: "Infusion Therapy, Other",
    });
  });
  test("a title above the header, or a table of something else, is no header", () => {
    expect(readerFor(["External appeals 2019 to 2025"])).toBeNull();
    expect(readerFor(["Case Number", "Amount"])).toBeNull();
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
  test("a drug that the reasons name is like it, where the reasons speak of the condition too", () => {
    const row = (id: string, said: string): Precedent => ({
      id,
      source: "ca-dmhc",
      year: 2024,
      condition: "Skin Disorders",
      treatment: "Pharmacy",
      ground: null,
      outcome: "upheld",
      drugs: ["dupilumab"],
      said,
    });
    const rows = [row("1", "enrollee dupixent atopic dermatitis"), row("2", "enrollee dupixent asthma")];
    const like = { treatment: "Dupixent 300 mg", condition: "atopic dermatitis", drugs: ["dupilumab"] };
    expect(nearestDecisions(rows, like).decisions.map(({ id }) => id)).toEqual(["1"]);
    expect(nearestDecisions(rows, { ...like, drugs: [] }).decisions).toEqual([]);
  });
  test("another ground is not like it", () => {
    expect(
      nearestDecisions(known, { treatment: "lumbar MRI", condition: "back pain", ground: "experimental" })
        .decisions,
    ).toEqual([]);
  });
});
