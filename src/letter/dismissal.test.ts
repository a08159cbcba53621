import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { findQuote } from "#source";
import { inputOf, type Way, ways } from "../../tests/fixtures/every-kind.ts";
import { draftLetters } from "./draft-letters.ts";

const knowledge = await loadLetters();

/** The first letter on a notice that dismisses the appeal for the cause that these words give. */
function answered(way: Way, words: string, record = "") {
  const input = inputOf({ ...way, policy: false });
  const notice = input.documents[0]!;
  notice.pages[0]!.text += `\n\n${words}`;
  input.documents[2]!.pages[0]!.text += `\n\n${record}`;
  const from = [findQuote(notice, words)!];
  input.denial!.grounds = [{ id: "appeal-dismissed", from, codes: [] }];
  const [letter] = draftLetters(input, knowledge);
  return { letter: letter!, text: letter!.passages.map(({ text }) => text).join("\n") };
}

const late = "We dismissed your request because it was not filed within 120 days.";
const absent = "The request for hearing is dismissed because you did not appear at the hearing.";

describe("an appeal that was refused unread", () => {
  test.each([
    ["its independent entity", "send the case back to the plan"],
    ["original Medicare's contractor", "send the case back, so that my request for a redetermination"],
    ["a judge", "send the case back, so that my request for reconsideration"],
    ["the council", "send the case back to the judge"],
    ["a second level", "decide my appeal about"],
    ["a fair hearing", "hear the case, or send it back"],
  ])("%s is asked to set the dismissal aside, and not to cover anything", (name, words) => {
    const { text } = answered(ways[name]!, late);
    expect(text).toContain(words);
    expect(text).toMatch(/set the dismissal aside/);
    expect(text).not.toMatch(/Reverse the decision|approve the care|Attestation of the treating/);
  });

  test("a decision on the care is answered as before", () => {
    const [letter] = draftLetters(inputOf(ways["its independent entity"]!), knowledge);
    const text = letter!.passages.map(({ text }) => text).join("\n");
    expect(text).toContain("Reverse the decision on");
    expect(text).not.toContain("dismissal");
  });

  test("a late request asks for good cause, with the line that only the member can fill; an absence asks for its own", () => {
    const first = answered(ways["original Medicare's contractor"]!, late).text;
    expect(first).toContain("find good cause for the delay and accept it (42 CFR 405.942(b))");
    expect(first).toContain("what kept me from filing in time");
    const second = answered(ways["the council"]!, absent).text;
    expect(second).toContain("Find good cause for the absence.");
    expect(second).not.toContain("good cause for the delay");
  });

  test("what stood in the way is quoted from the record; a signature is not", () => {
    const record =
      "She could not open her mail from March to June. Electronically signed: A. Doe, MD 03/05/2026";
    const { text } = answered(ways["original Medicare's contractor"]!, late, record);
    expect(text).toContain("could not open her mail");
    expect(text).not.toContain("Electronically signed");
  });
});
