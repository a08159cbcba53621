import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
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
