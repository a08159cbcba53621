import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { spanAt } from "#source";
import { at, crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";
import type { NamedDrug } from "./input.ts";

const knowledge = await loadLetters();
const named = (ingredient: string, quote: string, classes: string[] = []): NamedDrug => ({
  ingredient,
  from: at("denial.txt", quote),
  names: [ingredient],
  classes,
});

/** The appeal of the case without a policy, where the notice names these drugs. */
function appealAgainst(...alternatives: NamedDrug[]) {
  const input = { ...crohnCase(), policy: null, findings: null, alternatives };
  const [appeal] = draftLetters(input, knowledge);
  const text = appeal!.passages.map((passage) => passage.text).join("\n");
  return { text, issues: appeal!.issues.filter(({ code }) => code === "alternative-unanswered") };
}

describe("the drugs that a notice names", () => {
  test("one that the record tells of is answered by its own sentence", () => {
    const { text, issues } = appealAgainst(named("azathioprine", "thiopurine"));
    expect(text).toMatch(/“Azathioprine 100 mg daily .*pancreatitis/);
    expect(issues).toEqual([]);
  });

  test("one that the record does not name is answered by what it says of the class, under the notice's word", () => {
    const { text, issues } = appealAgainst(named("mercaptopurine", "thiopurine", ["azathioprine"]));
    expect(text).toMatch(/Thiopurine: .*pancreatitis/);
    expect(issues).toEqual([]);
  });

  test("one that no page answers is told to the user, and nothing is claimed of it", () => {
    const { text, issues } = appealAgainst(named("methotrexate", "methotrexate"));
    expect(text).not.toMatch(/Methotrexate:/);
    expect(issues).toHaveLength(1);
    expect(issues[0]!.text).toMatch(/^The notice names methotrexate, and no enclosed page says why/);
  });

  test("one that was only left for its cost is not answered by that", () => {
    const { text, issues } = appealAgainst(named("adalimumab", "methotrexate"));
    expect(text).not.toContain("copay $640");
    expect(issues).toHaveLength(1);
  });
});

test("a drug is called by its name, not by the way in which it is given", () => {
  const input = { ...crohnCase(), policy: null, findings: null, alternatives: [] };
  const page = input.documents[2]!.pages[1]!;
  const said = "Intravenous immune globulin 2 g/kg monthly from 02/2026 to 06/2026: no response.";
  const start = page.text.length + 1;
  page.text += `\n${said}`;
  input.facts = [
    {
      id: "f1",
      type: "medication",
      concept: "immune-globulin-iv",
      text: "Intravenous immune globulin 2 g/kg",
      assertion: "historical",
      course: { outcome: "inadequate-response" },
      from: [spanAt("clinic.txt", page, start, start + 34)],
    },
  ] as typeof input.facts;
  input.denial!.grounds[0]!.id = "step-therapy";
  const text = draftLetters(input, knowledge)[0]!
    .passages.map((passage) => passage.text)
    .join("\n");
  expect(text).toMatch(/^Immune globulin · .*“Intravenous immune globulin 2 g\/kg/m);
  expect(text).not.toMatch(/^Intravenous · /m);
});
