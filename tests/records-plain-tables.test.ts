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
