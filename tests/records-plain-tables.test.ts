import { describe, expect, test } from "vitest";
import { factsIn } from "./fixtures/made-charts.ts";

const values = (concept: string, ...rows: string[]) =>
  factsIn(...rows)
    .filter((fact) => fact.concept === concept)
    .map(({ value, when }) => `${value?.low ?? value?.text} ${when.latest}`);

describe("tables that plain text sets with blanks", () => {
  test("each value has the day that heads its column, whichever day comes first", () => {
    const rows = [
      "              08/01/2026   11/06/2026",
      "Albumin       3.1          3.6",
      "Creatinine    1.0          0.9",
    ];
    expect(values("albumin", ...rows)).toEqual(["3.1 2026-08-01", "3.6 2026-11-06"]);
  });
  test("a value under the second day only is of that day", () => {
    const rows = [
      "              08/01/2026   11/06/2026",
      "Albumin                    3.6",
      "Creatinine    1.0          0.9",
    ];
    expect(values("albumin", ...rows)).toEqual(["3.6 2026-11-06"]);
  });
  test("names of columns head a table as well", () => {
    const rows = [
      "Collected: 09/30/2026",
      "Test               Result   Flag   Units",
      "Total bilirubin    0.6             mg/dL",
      "Albumin            2.9      L      g/dL",
    ];
    expect(values("albumin", ...rows)).toEqual(["2.9 2026-09-30"]);
  });
  test("sentences with two blanks between them are no table", () => {
    const rows = [
      "Seen on 03/05/2026  and 04/05/2026",
      "Albumin was low then.  It has been watched closely by the whole team since the visit in May.",
      "She feels well.  She walks.",
    ];
    expect(values("albumin", ...rows)).toEqual([]);
  });
});

describe("the day of a paper without a label", () => {
  test("is that of its title", () => {
    expect(values("phq9", "Psychiatric Evaluation 10/06/2026", "PHQ-9 = 23.")).toEqual(["23 2026-10-06"]);
  });
  test("or stands alone at the top of a letter", () => {
    expect(values("phq9", "October 6, 2026", "Dear reviewer,", "PHQ-9 = 23.")).toEqual(["23 2026-10-06"]);
  });
  test("is not the day that a sentence tells of", () => {
    expect(values("phq9", "10/06/2019 was the day of her accident.", "PHQ-9 = 23.")).toEqual(["23 null"]);
  });
  test("is not a birth date, nor one of several", () => {
    expect(values("phq9", "Note DOB 10/06/1980", "PHQ-9 = 23.")).toEqual(["23 null"]);
    expect(values("phq9", "Progress note 10/06/2026", "Evaluation 02/03/2024", "PHQ-9 = 23.")).toEqual([
      "23 null",
    ]);
  });
});

describe("tables whose cells are parted by a sign", () => {
  const dispensed = (...rows: string[]) =>
    factsIn(...rows)
      .filter(({ type }) => type === "medication")
      .map(({ concept, when, course }) => `${concept} ${when.earliest} ${course?.daysSupply}`);
  test("each fill keeps the day of its own row", () => {
    const rows = [
      "Fill Date,Drug,Qty,Days Supply",
      "05/03/2026,metformin 500 mg,60,30",
      '06/02/2026,"glipizide, 5 mg",30,30',
      "07/01/2026,metformin 500 mg,60,30",
    ];
    expect(dispensed(...rows)).toEqual([
      "metformin 2026-05-03 30",
      "glipizide 2026-06-02 30",
      "metformin 2026-07-01 30",
    ]);
  });
  test("bars with a rule below the headings part cells as well", () => {
    const rows = ["| Filled | Drug | Days |", "|---|---|---|", "| 05/03/2026 | metformin 500 mg | 30 |"];
    expect(dispensed(...rows)).toEqual(["metformin 2026-05-03 30"]);
  });
  test("a sentence with commas is no table", () => {
    expect(dispensed("On 05/03/2026 she took metformin, which helped, and was well.")).toEqual([
      "metformin 2026-05-03 undefined",
    ]);
  });
});

describe("a date in brackets", () => {
  test("is of the drug before it, not of the next one", () => {
    const starts = factsIn(
      "Visit date 10/27/2026",
      "Meds: carvedilol 25 mg BID (since 02/02/2026), losartan 50 mg daily (since 03/10/2026), aspirin 81 mg daily.",
    ).map(({ concept, course, noted }) => `${concept} ${course?.start} ${noted}`);
    expect(starts).toEqual([
      "carvedilol 2026-02-02 2026-10-27",
      "losartan 2026-03-10 2026-10-27",
      "aspirin undefined undefined",
    ]);
  });
});
