import { describe, expect, test } from "vitest";
import { timesIn } from "./times.ts";

const read = (text: string, near: string | null = "2025-06-18") =>
  timesIn(text, near).map(({ earliest, latest, kind }) => `${kind} ${earliest}..${latest}`);

describe("days", () => {
  test.each([
    ["Cataract surgery 06/03/2025", "date 2025-06-03..2025-06-03"],
    ["Seen 6-3-25 in clinic", "date 2025-06-03..2025-06-03"],
    ["Biopsy on June 3rd, 2025.", "date 2025-06-03..2025-06-03"],
    ["Biopsy on the 3rd of June 2025", "date 2025-06-03..2025-06-03"],
    ["Biopsy 3-Jun-2025", "date 2025-06-03..2025-06-03"],
    ["TSH drawn 2025-06-03", "date 2025-06-03..2025-06-03"],
    ["Fell on March 3", "date 2025-03-03..2025-03-03"],
    ["Arthroscopy on 11/20.", "date 2024-11-20..2024-11-20"],
    ["Vomited yesterday", "date 2025-06-17..2025-06-17"],
    ["Seizure this morning", "date 2025-06-18..2025-06-18"],
  ])("%s", (text, said) => expect(read(text)).toEqual([said]));

  test.each([
    "BP 138/84, pain 4/10, 2/6 murmur",
    "may 2 tablets daily",
    "March 30 mg",
    "eosinophils 2010 cells",
    "strength 5/5",
    "pupils decreasing to 2/2 on light",
    "a few days ago",
  ])("no day in “%s”", (text) => expect(read(text)).toEqual([]));
});

describe("months and years, also at the end of a sentence", () => {
  test.each([
    ["Appendectomy in 1999.", "date 1999-01-01..1999-12-31"],
    ["ACL repair 2012, stroke", "date 2012-01-01..2012-12-31"],
    ["- 2021: dapsone, rash", "date 2021-01-01..2021-12-31"],
    ["Diagnosed (2016)", "date 2016-01-01..2016-12-31"],
    ["on insulin since 2013. Stable", "since 2013-01-01..2013-12-31"],
    ["DXA in Mar 2024", "date 2024-03-01..2024-03-31"],
    ["Myeloma since June of 2006.", "since 2006-06-01..2006-06-30"],
    ["DXA Mar '24", "date 2024-03-01..2024-03-31"],
    ["DXA in 3/24", "date 2024-03-01..2024-03-31"],
    ["DXA 03/2024", "date 2024-03-01..2024-03-31"],
    ["DXA 2024-03", "date 2024-03-01..2024-03-31"],
    ["flare in early March", "date 2025-03-01..2025-03-31"],
    ["flare in October", "date 2024-10-01..2024-10-31"],
    ["MRI in Q2 2024", "range 2024-04-01..2024-06-30"],
    ["two flares last year", "date 2024-01-01..2024-12-31"],
    ["one flare last winter", "range 2024-12-01..2025-02-28".replace("range", "date")],
  ])("%s", (text, said) => expect(read(text)).toEqual([said]));
});

describe("ranges", () => {
  test.each([
    ["CBT 01/2025-07/2025", "range 2025-01-01..2025-07-31"],
    ["interferon 2017-2019", "range 2017-01-01..2019-12-31"],
    ["from June 2014 to February 2019", "range 2014-06-01..2019-02-28"],
    ["January - March 2025", "range 2025-01-01..2025-03-31"],
    ["PT 2/2 – 4/13/25", "range 2025-02-02..2025-04-13"],
    ["PT 09/12/2024-03/08/2025", "range 2024-09-12..2025-03-08"],
    ["between May 2023 and June 2024", "range 2023-05-01..2024-06-30"],
    ["12/2021 until 01/2025", "range 2021-12-01..2025-01-31"],
  ])("%s", (text, said) => expect(read(text)).toEqual([said]));

  test("until now is since then", () =>
    expect(read("risperidone 03/2024-present")).toEqual(["since 2024-03-01..2024-03-31"]));
  test("two dates with other words between are two", () =>
    expect(read("seen 03/2024, again 05/2024")).toHaveLength(2));
});

describe("counted from the paper's date", () => {
  test.each([
    ["three weeks ago", "ago 2025-05-25..2025-05-31"],
    ["a couple of weeks ago", "ago 2025-06-01..2025-06-07"],
    ["two months prior to admission", "ago 2025-04-01..2025-04-30"],
    ["2-3 years ago", "ago 2022-01-01..2023-12-31"],
    ["a year and a half ago", "ago 2023-12-01..2023-12-31"],
    ["5 hours ago", "ago 2025-06-18..2025-06-18"],
    ["in the past 12 months", "within 2024-06-18..2025-06-18"],
    ["over the last three weeks", "within 2025-05-28..2025-06-18"],
    ["earlier this year", "date 2025-01-01..2025-06-18"],
  ])("%s", (text, said) => expect(read(text)).toEqual([said]));

  test("without that date they are left out, and dates that stand alone are not", () => {
    expect(read("three weeks ago", null)).toEqual([]);
    expect(read("in the past 12 months", null)).toEqual([]);
    expect(read("in 2019.", null)).toHaveLength(1);
  });
});
