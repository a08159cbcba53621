import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";

const knowledge = await loadLetters();

/** Who the appeal says signs, for a patient born on this day; without a signer named unless one is given. */
function signed(born: string, signer?: { name: string; role: string }) {
  const input = crohnCase();
  input.answers = signer ? { signer } : {};
  const read = input.sorted.patient.birthDate!;
  input.sorted.patient.birthDate = { ...read, value: born };
  const [appeal] = draftLetters(input, knowledge);
  return {
    line: appeal!.passages.find(({ role }) => role === "signature")!.text,
    asked: appeal!.issues.some(({ code }) => code === "signer-unknown"),
  };
}

describe("who signs", () => {
  test("for a child it is a parent or guardian, and the user is asked who", () => {
    const { line, asked } = signed("2010-10-13");
    expect(line).toMatch(/^Parent or guardian of Nora B\. Castellan: _/);
    expect(asked).toBe(true);
  });

  test("from the eighteenth birthday on it is the member", () => {
    const { line, asked } = signed("2008-10-12");
    expect(line).toMatch(/^Nora B\. Castellan, member _/);
    expect(asked).toBe(false);
  });

  test("a signer who was named signs for the child", () => {
    const { line, asked } = signed("2010-10-13", { name: "Ada Castellan", role: "mother" });
    expect(line).toMatch(/^Ada Castellan, mother _/);
    expect(asked).toBe(false);
  });
});
