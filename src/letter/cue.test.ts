import { expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { cueExpression } from "./cue.ts";

test("a cue is found across the end of a line, and only where its words stand", () => {
  expect(cueExpression("do(es)? not show").test("Our records do\nnot show that you tried it.")).toBe(true);
  expect(cueExpression("do(es)? not show").test("Our records do show that you tried it.")).toBe(false);
});

test("an optional blank stays optional, and a blank in a class stays one", () => {
  expect(cueExpression("\\d ?mL").test("5mL")).toBe(true);
  expect(cueExpression("FDA[- ]approved").test("FDA-approved")).toBe(true);
});

const { cues } = await loadLetters();
const cue = (id: string) => cueExpression(cues.find((row) => row.id === id)!.cue);

test.each([
  "Skilled nursing facility suggested by\nplan; physician sees patients once every 30 days.",
  "The insurer recommends home health instead.",
  "Case manager suggests subacute rehab.",
  "She could be managed at a lower level of care.",
  "Patient is medically ready for discharge to home.",
])("what the plan wished or what says that less would do is no support: %s", (words) => {
  expect(cue("against-us").test(words)).toBe(true);
});

test.each([
  "Plan: request MRI of the lumbar spine.",
  "He cannot be managed at a lower level of care.",
  "Not medically stable for discharge.",
  "She is not yet ready for discharge.",
  "I recommend acute inpatient rehabilitation.",
])("what a clinician asks for, or says would not do, may be quoted: %s", (words) => {
  expect(cue("against-us").test(words)).toBe(false);
});

test("a relative in the family history is not the patient; one at whose home the patient will live is no reason to leave a sentence out", () => {
  expect(cue("not-a-fact").test("Patient's sister has psoriasis treated with secukinumab.")).toBe(true);
  expect(cue("not-a-fact").test("Expected to be discharged home with his daughter.")).toBe(false);
});

const { grounds } = await loadLetters();
const argument = (ground: string, id: string) =>
  cueExpression(
    grounds
      .find((row) => row.id === ground)!
      .argue.find((row) => row.id === id)!
      .cue.replaceAll("{service}", "\\b(privigen)\\b"),
  );

test.each([
  ["When hours fell to 16 per week, self-injury rose to 31 per day.", true],
  ["Privigen stopped when coverage ended in August; in September she can no longer climb stairs.", true],
  ["When therapy hours rose to 30 per week, tantrums fell.", false],
  ["No visits were missed after she was admitted.", false],
])(
  "what happened when there was less of the service is told by a change for the worse: %s",
  (words, told) => {
    expect(argument("medical-necessity", "worse-without").test(words)).toBe(told);
  },
);

test("a drug that brought no change is a step; one that is merely dispensed or begun is none", () => {
  expect(cue("steps").test("Propranolol 80 mg, 01/2024 to 06/2024: no reduction in headache days")).toBe(
    true,
  );
  expect(cue("steps").test("08/26/2024 topiramate 25 mg 60 30")).toBe(false);
});

test("a clinician's advice against a drug is no family history, though it names one among its grounds", () => {
  expect(cue("not-a-fact").test("Avoid lacosamide; AV block with PR 236 ms and family history of it.")).toBe(
    false,
  );
  expect(cue("not-a-fact").test("Family history: AV block.")).toBe(true);
});
