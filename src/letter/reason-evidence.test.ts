import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { at, crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";

const knowledge = await loadLetters();

/** The summary of the appeal where the notice and one line of the clinic's note read like this. */
function summary(reason: string, line: string): string {
  const plain = JSON.stringify({ ...crohnCase(), policy: null, findings: null, facts: [] });
  const ground = at(
    "denial.txt",
    "The records do not show that a thiopurine or methotrexate was tried for three months, and do not show an inadequate response to a corticosteroid.",
  );
  const note = "Moderately to severely active ileocolonic Crohn's disease. CDAI 312.";
  const input = JSON.parse(plain);
  for (const source of input.documents)
    for (const page of source.pages)
      page.text = page.text
        .replace(ground.quote, reason.padEnd(ground.quote.length))
        .replace(note, line.padEnd(note.length).slice(0, note.length));
  input.denial.grounds = [
    {
      id: "medical-necessity",
      codes: [],
      from: [{ ...ground, end: ground.start + reason.length, quote: reason }],
    },
  ];
  const [appeal] = draftLetters(input, knowledge);
  return appeal!.passages
    .filter(({ section }) => section === "Summary")
    .map(({ text }) => text)
    .join("\n");
}

describe("what the plan writes that it did not find", () => {
  const reason = "The histology report does not meet criteria for severe ileitis.";

  test("is answered first with the page that says it", () => {
    const text = summary(reason, "Histology report 03/01/2026: severe ulcerating ileitis.");
    expect(text).toContain("“Histology report 03/01/2026: severe ulcerating ileitis.”");
  });

  test("is not answered with a page that denies it too", () => {
    const text = summary(reason, "Histology report 03/01/2026: no severe ileitis was seen.");
    expect(text).not.toContain("no severe ileitis");
  });

  test("a reason that only asserts something calls for no such page", () => {
    const text = summary(
      "The histology report shows a mild ileitis.",
      "Histology report 03/01/2026: severe ulcerating ileitis.",
    );
    expect(text).not.toContain("“Histology report 03/01/2026");
  });
});
