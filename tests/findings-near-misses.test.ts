import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { answer } from "./fixtures/made-charts.ts";

type Row = { criterion: string; met?: string; not: string[] };

const rows = parse(readFileSync(new URL("./fixtures/near-misses.yaml", import.meta.url), "utf8")) as Row[];
const visit = (note: string) => [`Visit 05/12/2026\n${note}`];

describe("a note that only comes near to what is asked proves nothing", () => {
  for (const { criterion, met, not } of rows)
    describe(criterion, () => {
      if (met) test(`met: ${met}`, () => expect(answer(criterion, visit(met))).toBe("met"));
      for (const note of not)
        test(`not: ${note}`, () => expect(answer(criterion, visit(note))).not.toBe("met"));
    });
});

/** What takes a statement back or says it of nobody, put before or behind it. */
const frames: [string, (note: string) => string][] = [
  ["a box not ticked", (note) => `[ ] ${note}`],
  ["a question", (note) => `${note.replace(/\.$/, "")}?`],
  ["an answer left open", (note) => `${note.replace(/\.$/, "")}: Yes / No`],
  ["the plan's words", (note) => `Per the medical policy, the following must be documented: ${note}`],
  ["the plan's refusal", (note) => `Denied because the records do not show: ${note}`],
  ["what is missing", (note) => `There is no documentation that ${note}`],
  ["another patient", (note) => `Another patient on the ward: ${note}`],
  ["an example", (note) => `For example, ${note}`],
  ["a mistake", (note) => `The earlier note is incorrect in stating: ${note}`],
  ["what is to be found out", (note) => `It is unclear whether ${note}`],
];
const proofs: [string, string][] = [
  ["LVEF of 35% or less", "LVEF 30%."],
  ["Diagnosis of rheumatoid arthritis", "Rheumatoid arthritis, seropositive."],
  ["The member is confined to the home", "Patient is homebound due to dyspnea."],
  ["No active infection", "No signs of active infection today."],
  ["PHQ-9 score of 20 or higher", "PHQ-9 23 today."],
  ["Will not be used in combination with another biologic", "Not on any other biologic."],
  ["CPAP intolerance or failure", "Could not tolerate CPAP despite three masks over 4 months."],
  ["BRAF V600E mutation positive", "BRAF V600E mutation detected."],
  ["Life expectancy of at least 6 months", "Life expectancy is greater than 6 months."],
  ["The member uses a continuous glucose monitor", "Wears a Dexcom G7."],
];

describe("a proof that is taken back is none", () => {
  for (const [criterion, note] of proofs) {
    test(`${criterion}: ${note}`, () => expect(answer(criterion, visit(note))).toBe("met"));
    for (const [name, frame] of frames)
      test(`${criterion}, but ${name}`, () => expect(answer(criterion, visit(frame(note)))).not.toBe("met"));
  }
});
