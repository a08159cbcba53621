import { describe, expect, test } from "vitest";
import { loadLetters } from "#knowledge";
import { at, crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { right } from "../../tests/fixtures/made-rights.ts";
import { draftLetters } from "./draft-letters.ts";
import type { LetterInput } from "./input.ts";
import type { Letter } from "./types.ts";

const knowledge = await loadLetters();
const draft = (change: (input: LetterInput) => void) => {
  const input = crohnCase();
  change(input);
  return draftLetters(input, knowledge);
};
const section = (letter: Letter | undefined, name: string) =>
  (letter?.passages ?? []).filter((passage) => passage.section === name).map(({ text }) => text);
const textOf = (letter: Letter | undefined) => letter?.passages.map(({ text }) => text).join("\n") ?? "";
const staged = (input: LetterInput, value: "internal-appeal" | "final-internal") => {
  input.denial!.stage = { value, from: [], by: "person" };
};

describe("a second-level appeal is written anew", () => {
  const [letter] = draft((input) => staged(input, "internal-appeal"));

  test("names the pages that the decision does not mention, and asks both decisions to be reversed", () => {
    const left = section(letter, "What your decision leaves out");
    expect(left[1]).toBe("I find no word in the decision about these pages of the record:");
    expect(left[2]).toMatch(/03\/09\/2026 \(Exhibit C, p\. 1\), on which criterion 2 rests\.$/);
    expect(textOf(letter)).toContain("Please reverse both decisions");
  });

  test("a page whose words the decision does mention is not called unmentioned", () => {
    const [other] = draft((input) => {
      staged(input, "internal-appeal");
      const notice = input.documents[0]!.pages[0]!;
      notice.text += "\nThe reviewer weighed azathioprine and the pancreatitis.";
    });
    expect(textOf(other)).not.toMatch(/on which criterion 3 rests/);
  });

  test("a paper later than the notice is called new", () => {
    const [other] = draft((input) => {
      staged(input, "internal-appeal");
      input.denial!.noticeDate!.value = "2026-05-01";
    });
    expect(textOf(other)).toContain("New: Miami Valley Digestive Care of 06/15/2026 (Exhibit C) is later");
  });
});

describe("a State's review", () => {
  const letters = draft((input) => {
    staged(input, "final-internal");
    const cite = [{ id: "state-external-review#OH", label: "R.C. 3922.02(B)" }];
    const decidedBy = "Health plan issuer receives the request; Ohio DOI";
    input.rights = { rights: [right("external-review", { cite, decidedBy })], issues: [] };
  });

  test("rests on the State's law alone", () => {
    expect(section(letters[0], "The law of this review")[1]).toBe(
      "This review is asked for under R.C. 3922.02(B).",
    );
    expect(textOf(letters[0])).not.toContain("45 CFR 147.136");
  });

  test("goes where that State lets it go, with release and certification", () => {
    const request = letters.find(({ kind }) => kind === "state-external-review-request");
    expect(request?.passages.find(({ role }) => role === "recipient")?.text).toBe(
      "Harbor Mutual Health Plan, external review; copy to Ohio DOI",
    );
    expect(section(request, "Release of records")).toHaveLength(2);
    expect(textOf(request)).not.toContain("experimental or investigational treatment\n☐");
  });
});

describe("an appeal after the last day", () => {
  const [letter] = draft((input) => {
    const file = { lastDay: "2026-10-01", safeDay: "2026-10-01", steps: [] };
    input.rights = { rights: [right("internal-appeal", { status: "expired", file })], issues: [] };
  });

  test("says so, and leaves the reason to the member", () => {
    const late = section(letter, "Why this comes after the last day");
    expect(late[1]).toContain("October 1, 2026 (1 CFR 2.3(a))");
    expect(late.at(-1)).toMatch(/What kept me from filing in time .*____/);
    expect(letter!.issues).toContainEqual(
      expect.objectContaining({ code: "deadline-passed", severity: "error" }),
    );
  });

  test("where only the safe day is over, the day of receipt is asked for, and nothing is conceded", () => {
    const unknown = (safeDay: string) =>
      draft((input) => {
        const file = { lastDay: null, safeDay, steps: [] };
        input.rights = { rights: [right("internal-appeal", { status: "unknown", file })], issues: [] };
      })[0]!;
    const codes = (one: typeof letter) => one!.issues.map(({ code }) => code);
    const late = unknown("2026-10-11");
    expect(codes(late)).toContain("safe-day-passed");
    expect(section(late, "Why this comes after the last day")).toEqual([]);
    expect(codes(unknown("2026-10-12"))).not.toContain("safe-day-passed");
  });

  test("an appeal in time has no such section", () => {
    const [inTime] = draft(() => {});
    expect(section(inTime, "Why this comes after the last day")).toEqual([]);
  });
});

describe("records that differ", () => {
  const older = at("clinic.txt", "no response after 12 weeks, eight stools a day");
  const newer = at("clinic.txt", "symptoms recur below 20 mg. Steroid dependent");
  const conflict = (forSpan: typeof older, against: typeof older) =>
    draft((input) => {
      const finding = input.findings!.findings.find(({ criterion }) => criterion === "c2")!;
      finding.status = "conflicting";
      finding.for = [{ fact: null, from: [forSpan], why: "" }];
      finding.against = [{ fact: null, from: [against], why: "" }];
    })[0];

  test("both are quoted, and the reason for preferring one is given", () => {
    const text = section(conflict(newer, older), "Summary").join("\n");
    expect(text).toContain("Criterion 2: the records differ.");
    expect(text).toContain("I rely on Exhibit C, p. 2");
  });

  test("where the orders speak against us none is claimed", () => {
    expect(textOf(conflict(older, newer))).not.toContain("I rely on");
  });
});

describe("what the papers print of people", () => {
  test("the member's address below the name on the notice", () => {
    const [letter] = draft(() => {});
    expect(letter!.passages[0]!.text).toBe("Nora B. Castellan, 14 Quarry Lane, Dayton, OH 45402");
  });

  test("the physician's NPI beside the name; none where two numbers stand there", () => {
    const npi = (line: string) => {
      const [letter] = draft((input) => {
        input.documents[2]!.pages[1]!.text += `\n${line}`;
      });
      return letter!.passages.filter(({ role }) => role === "signature").at(-1)!.text;
    };
    expect(npi("Leon Abara, MD, NPI 1555010015")).toContain("NPI 1555010015");
    expect(npi("Leon Abara, MD, NPI 1555010015 or NPI 1555010023")).toContain("NPI __________");
  });
});

test("units are worked out from what one unit is and what was given", () => {
  const letters = draft((input) => {
    input.denial!.timing = { value: "post-service", from: [], by: "person" };
    input.denial!.grounds[0]!.id = "coding";
    input.documents[1]!.pages[0]!.text += "\nJ1745 injection, 10 mg";
    input.documents[2]!.pages[1]!.text += "\nInfused 400 mg over two hours.";
  });
  const request = letters.find(({ kind }) => kind === "billing-correction-request");
  expect(section(request, "What the papers show")[1]).toMatch(
    /^Units of J1745 by the record: 400 mg ÷ 10 mg = 40\. The page says “Infused 400 mg over two hours\.” \(Exhibit C, p\. 2\)/,
  );
});
