import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import type { LetterInput } from "#letter";
import { at, crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { coursesIn } from "./courses.ts";
import { draftLetters, setDesk } from "./draft-letters.ts";
import { daysCovered, lastsLonger } from "./durations.ts";

const knowledge = await loadLetters();

/** The case with this reason in its notice and these lines in the clinic's notes, in place of two of theirs. */
function caseOf(reason: string, lines: string[] = [], ground = "medical-necessity"): LetterInput {
  const given = at(
    "denial.txt",
    "The records do not show that a thiopurine or methotrexate was tried for three months, and do not show an inadequate response to a corticosteroid.",
  );
  const notes = [
    "Moderately to severely active ileocolonic Crohn's disease. CDAI 312. Colonoscopy 02/26/2026 with deep ulcers in the ileum.",
    "Budesonide 9 mg daily started 12/01/2025: no response after 12 weeks, eight stools a day.",
  ];
  const input = JSON.parse(JSON.stringify({ ...crohnCase(), findings: null, facts: [] }));
  for (const source of input.documents)
    for (const page of source.pages) {
      page.text = page.text.replace(given.quote, reason.padEnd(given.quote.length));
      lines.forEach((line, index) => {
        page.text = page.text.replace(notes[index]!, line.padEnd(notes[index]!.length));
      });
    }
  input.denial.grounds = [
    {
      id: ground,
      codes: [],
      from: [{ ...given, end: given.start + reason.length, quote: reason }],
    },
  ];
  return input;
}
const summaryOf = (input: LetterInput): string =>
  draftLetters(input, knowledge)[0]!
    .passages.filter(({ section }) => section === "Summary")
    .map(({ text }) => text)
    .join("\n");

describe("what the notice says is not there", () => {
  const reason = "There is no documentation of a severe ulcerating ileitis.";

  test("is an error of fact where a page older than the decision has it, with both pages", () => {
    const text = summaryOf(caseOf(reason, ["Histology 03/01/2026: severe ulcerating ileitis."]));
    expect(text).toMatch(
      /Your letter says “There is no documentation of a severe ulcerating ileitis” \(Exhibit A, p\. 1\)\. That is an error of fact\. .*“Histology 03\/01\/2026: severe ulcerating ileitis\.” \(Exhibit/,
    );
  });

  test("is only answered where the page is newer than the decision", () => {
    const text = summaryOf(caseOf(reason, ["Histology 11/20/2026: severe ulcerating ileitis."]));
    expect(text).toContain("The record says:");
    expect(text).not.toContain("error of fact");
  });

  test("is not answered by a page that denies it", () => {
    const text = summaryOf(caseOf(reason, ["Histology 03/01/2026: no severe ulcerating ileitis."]));
    expect(text).not.toContain("no severe ulcerating");
  });

  test("a count is answered by a sentence that reaches it, not by a smaller one", () => {
    const asked = "The records do not show at least 15 liquid stools per day.";
    const text = (line: string) => summaryOf(caseOf(asked, [line]));
    expect(text("Diary 02/20/2026: 17 liquid stools a day.")).toContain("17 liquid stools");
    expect(text("Diary 02/20/2026: 9 liquid stools a day.")).not.toContain("9 liquid stools");
  });

  test("what studies show is not answered with one patient's record", () => {
    const text = summaryOf(
      caseOf("The evidence does not show a lasting histologic remission.", [
        "Histology 03/01/2026: histologic remission, lasting.",
      ]),
    );
    expect(text).not.toContain("The record says");
  });
});

describe("what the policy does not ask", () => {
  test("is said with the words that stand nowhere in it", () => {
    const text = summaryOf(caseOf("There is no documentation of smoking cessation."));
    expect(text).toContain("stands “smoking” or “cessation”; please show where it asks for this.");
  });

  test("is not said of what the plan had or did: that asks nothing of the patient", () => {
    const text = summaryOf(caseOf("We were not sent enough information to decide on the request."));
    expect(text).not.toContain("Nowhere in");
  });

  test("is not said of words that the policy has", () => {
    const text = summaryOf(caseOf("There is no documentation of tuberculosis screening."));
    expect(text).not.toContain("Nowhere in");
  });
});

describe("on days and counts", () => {
  const reason = "We received this claim on September 20, 2026.";

  test("an earlier day of filing stands beside the notice's own", () => {
    const line = "Clearinghouse report: claim accepted by payer 03/12/2026.";
    const text = summaryOf(caseOf(reason, [line], "timely-filing"));
    expect(text).toContain("Your letter says “We received this claim on September 20, 2026”");
    expect(text).toContain("claim accepted by payer 03/12/2026");
    expect(text).not.toContain("error of fact");
  });

  test("a later one answers nothing", () => {
    const line = "Clearinghouse report: claim accepted by payer 09/28/2026.";
    expect(summaryOf(caseOf(reason, [line], "timely-filing"))).not.toContain("Your letter says");
  });

  test("no physician is asked for a letter or a call", () => {
    const kinds = (ground: string) =>
      draftLetters(caseOf(reason, [], ground), knowledge).map(({ kind }) => kind);
    expect(kinds("timely-filing")).not.toContain("physician-letter");
    expect(kinds("timely-filing")).not.toContain("peer-to-peer");
    expect(kinds("medical-necessity")).toEqual(expect.arrayContaining(["physician-letter", "peer-to-peer"]));
  });
});

describe("the time of a trial", () => {
  test.each([
    ["from 09/02/2025 to 12/10/2025 (14 weeks)", "was tried for less than 8 weeks", true],
    ["from 09/02/2025 to 12/10/2025", "less than two months", true],
    ["for six weeks", "less than 8 weeks", false],
    ["stopped for cough", "less than 8 weeks", false],
  ])("%s against “%s”: %s", (record, notice, longer) => {
    expect(lastsLonger(record, notice)).toBe(longer);
  });

  test("days are counted where both are named and none is counted yet", () => {
    const span = (quote: string) => ({ document: "a.txt", page: 1, start: 0, end: quote.length, quote });
    expect(daysCovered(span("from 09/02/2025 to 12/10/2025"))?.text).toBe(
      "09/02/2025 to 12/10/2025 is 99 days",
    );
    expect(daysCovered(span("from 09/02/2025 to 12/10/2025 (14 weeks)"))).toBeNull();
    expect(daysCovered(span("on 09/02/2025 and 12/10/2025"))).toBeNull();
  });
});

describe("a table that follows a measure over time", () => {
  /** The case with a table on a page of the clinic: one line per cell. */
  function withTable(rows: string[][], reason = "There is no measurable progress."): LetterInput {
    const input = caseOf(reason);
    const page = input.documents.find(({ document }) => document === "clinic.txt")!.pages[0]!;
    for (const [row, cells] of rows.entries())
      for (const [column, cell] of cells.entries()) {
        const start = page.text.length + 1;
        page.text = `${page.text}\n${cell}`;
        page.lines.push({
          start,
          end: page.text.length,
          indent: 0,
          kind: "cell",
          cell: { table: 1, row, column },
        });
      }
    return input;
  }
  const scores = [
    ["Date", "CDAI", "Stools a day"],
    ["03/09/2026", "312", "8"],
    ["06/15/2026", "190", "3"],
  ];

  test("is told first and last on page one where progress is disputed, and in full behind the letter", () => {
    const input = withTable(scores);
    expect(summaryOf(input)).toContain("“CDAI”: 312 (03/09/2026), 190 (06/15/2026)");
    const cells = draftLetters(input, knowledge)[0]!.passages.flatMap(({ cells }) => (cells ? [cells] : []));
    expect(cells).toContainEqual(["06/15/2026", "190", "3"]);
  });

  test("is not told on page one where nobody disputes progress", () => {
    expect(summaryOf(withTable(scores, "There is no documentation of smoking cessation."))).not.toContain(
      "“CDAI”",
    );
  });

  test("a list of fills is none", () => {
    const fills = [
      ["Fill date", "Drug", "Qty"],
      ["03/09/2026", "azathioprine", "30"],
      ["04/09/2026", "azathioprine", "30"],
    ];
    expect(coursesIn(setDesk(withTable(fills), knowledge))).toEqual([]);
  });
});

describe("the reason as it is quoted", () => {
  test("leaves out the salutation and the row of the claim", () => {
    const reason = "10/02/2026 Infusion $310.00 $0.00 The service was not medically necessary for you.";
    expect(summaryOf(caseOf(reason))).toContain("“The service was not medically necessary for you.”");
    expect(summaryOf(caseOf(reason))).not.toContain("$310.00");
  });
});
