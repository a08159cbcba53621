import { describe, expect, test } from "vitest";
import type { Span } from "#base";
import type { Denial } from "#denial";
import { readDenial } from "#denial";
import { sortPapers } from "#intake";
import { loadPaperSorts } from "#knowledge";
import { allSpansProve } from "#source";
import { knowledge, paper, read } from "./denials-paper.ts";

const grounds = (denial: Denial): string[] => denial.grounds.map(({ id }) => id).sort();
const codes = (denial: Denial): string[] =>
  denial.services.flatMap((one) => one.codes.map(({ value }) => value));

const plain = `Larkfield Mutual Health Plan
PO Box 5550, Salem, OR 97301

August 21, 2025

Dear Theodora Winslade,

Thank you for being a member (ID 600 118 207 02, group 1000555). Dr. Emeric Falk asked us about a patch heart monitor, code 93243. Case 25-0812-4471.
I am sorry to tell you that we will not be paying for this. Our medical policy 2.02.510 covers long monitors for rare symptoms only, so the longer test isn't medically necessary for you.
You have a right to ask us to look again. Please do this within 180 days of the day you got this letter.
If we still say no, an outside reviewer can look at it.`;

describe("a plain letter without headings", () => {
  const denial = read(plain);
  test("refuses in its own words", () => {
    expect([denial.outcome?.value, grounds(denial)]).toEqual(["denied", ["medical-necessity"]]);
  });
  test("carries its numbers in running text", () => {
    expect([denial.memberId?.value, denial.groupNumber?.value, denial.references[0]?.value]).toEqual([
      "600 118 207 02",
      "1000555",
      "25-0812-4471",
    ]);
  });
  test("names its policy with a small letter, and the way out of the plan", () => {
    expect([denial.criteriaCited[0]?.number?.value, denial.rightsStated.externalReview?.value]).toEqual([
      "2.02.510",
      true,
    ]);
  });
});

describe("what was decided", () => {
  test("a letter that asks for papers decides nothing, and says so", () => {
    const denial = read(
      "Harborview Health Plan\nApril 2, 2026\nMember: Isolde Fennimore\nReference: 26092-118845\nWe are not able to make a decision yet because we need more information. Please send the notes by April 16, 2026. This is not a denial.",
    );
    expect([denial.outcome, grounds(denial), denial.issues.map(({ code }) => code)]).toEqual([
      null,
      [],
      ["not-decided"],
    ]);
  });
  test("too little information is a denial where the plan denies for it", () => {
    const denial = read(
      "Harborview Health Plan\nApril 2, 2026\nMember: Isolde Fennimore\nYour request was denied. We do not have enough information to make a decision.",
    );
    expect([denial.outcome?.value, grounds(denial)]).toEqual(["denied", ["insufficient-information"]]);
  });
  test("less approved than asked, with a reason against the rest, is a part denial", () => {
    const denial = read(
      "Harborview Health Plan\nMay 6, 2026\nMember: Isolde Fennimore\nDear Isolde Fennimore:\n30 hours a week is not medically or psychologically necessary. We have authorized 18 hours a week.",
    );
    expect(denial.outcome?.value).toBe("partly-denied");
  });
  test("a list that approves one line and refuses others gives the lines and a part denial", () => {
    const denial = read(
      "Harborview Health Plan\nMay 6, 2026\nMember: Isolde Fennimore\nWe reviewed these tests:\n1) BRCA sequencing (81162) - APPROVED\n2) Hereditary panel, 47 genes (81432) - DENIED: considered experimental.\n3) Whole exome (81415) - DENIED: Not a covered benefit.",
    );
    expect([denial.outcome?.value, grounds(denial), codes(denial)]).toEqual([
      "partly-denied",
      ["benefit-exclusion", "experimental"],
      ["81162", "81432", "81415"],
    ]);
  });
  test("what is given as the cause counts, though the sentence says what was not looked at", () => {
    const denial = read(
      "Harborview Health Plan\nMay 6, 2026\nMember: Isolde Fennimore\nWe uphold our denial. Because this is a plan exclusion, we did not consider whether the drug is medically necessary.",
    );
    expect(grounds(denial)).toEqual(["benefit-exclusion"]);
  });
  test("a notice in Spanish is read", () => {
    const denial = read(
      "Harborview Health Plan\n12 de febrero de 2026\nNúmero de identificación: 91827364A\nEsta solicitud fue denegada. La razón de la denegación es que no es médicamente necesaria.\nUsted puede apelar esta decisión dentro de 60 días calendario a partir de la fecha de este aviso.",
    );
    expect([
      denial.noticeDate?.value,
      denial.memberId?.value,
      denial.outcome?.value,
      grounds(denial),
      denial.rightsStated.appealWithin?.value,
    ]).toEqual(["2026-02-12", "91827364A", "denied", ["medical-necessity"], { n: 60, unit: "days" }]);
  });
});

describe("numbers, dates and prices as people print them", () => {
  const id = (words: string): string | undefined =>
    read(
      `Harborview Health Plan\nMay 6, 2026\nYour claim was denied.\nMember ID: ${words}\nDear Isolde Fennimore:`,
    ).memberId?.value;
  for (const words of [
    "00318 44271-02",
    "U55 4471 902-01",
    "MMO 300 44 7781",
    "XYB 900417286",
    "3XD9-KL2-RT77",
  ])
    test(words, () => expect(id(words)).toBe(words));
  test("a number ends before a day or a word", () => {
    expect([id("10037712 01/01/2026"), id("100377 and more")]).toEqual(["10037712", "100377"]);
  });
  test("a range without spaces is two days; a claim number is no drug code", () => {
    const denial = read(
      "Harborview Health Plan\nDate: 04/03/2026\nPatient: Barnaby Ellsworth\nClaim number: 26077-3301-00\nDates of service: 02/01/2026-02/19/2026\nService: Stool test, 81528, $681.00\nWe could not pay this claim.",
    );
    expect(denial.services).toMatchObject([
      {
        codes: [{ value: "81528", system: "cpt" }],
        from: "2026-02-01",
        to: "2026-02-19",
        amount: { value: 681 },
      },
    ]);
    expect(codes(denial)).toEqual(["81528"]);
  });
  test("a table without dollar signs still has its columns", () => {
    const denial = read(
      "PALMERSTON TPA INC\tREMITTANCE ADVICE\nPATIENT NAME\tMEMBER ID\tCLAIM NUMBER\tPROVIDER\nBLANCHE ROQUEFORT\tPRT4471002\t260850044710\tMARLOWE CENTER\nDOS\tPROC\tBILLED\tPAID\tADJ CODES\n031026\t45385\t3,150.00\t0.00\tCO-16 N517\nCO-16 CLAIM/SERVICE LACKS INFORMATION",
    );
    expect([denial.memberName?.value, denial.references[0]?.value, codes(denial)]).toEqual([
      "BLANCHE ROQUEFORT",
      "260850044710",
      ["45385"],
    ]);
    expect(denial.grounds).toMatchObject([
      { id: "insufficient-information", codes: ["CARC 16", "RARC N517"] },
    ]);
  });
});

/** The same mishaps every time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

describe("whatever a paper has been through", () => {
  const mishaps: ((text: string, next: () => number) => string)[] = [
    (text, next) => text.replace(/ /g, () => (next() < 0.08 ? "\n" : " ")),
    (text, next) => text.replace(/ /g, () => (next() < 0.1 ? "  " : " ")),
    (text, next) =>
      text.replace(/[a-z]{6,}/g, (word) => (next() < 0.2 ? `${word.slice(0, 3)}-\n${word.slice(3)}` : word)),
    (text, next) => text.replace(/[l1O0S5]/g, (figure) => (next() < 0.1 ? "I" : figure)),
    (text, next) => text.slice(Math.floor((next() * text.length) / 2)),
    (text, next) =>
      text
        .split("\n")
        .sort(() => next() - 0.5)
        .join("\n"),
    (text) => text.replaceAll(" ", "\t"),
    (text) => text.repeat(4).toUpperCase(),
  ];
  const spansIn = (value: unknown): Span[] => {
    if (value === null || typeof value !== "object") return [];
    if ("quote" in value && "start" in value) return [value as Span];
    return Object.values(value).flatMap(spansIn);
  };
  for (const [index, mishap] of mishaps.entries())
    test(`every quote still stands where it is said to stand (mishap ${index + 1})`, async () => {
      const sorts = await loadPaperSorts();
      for (let seed = 1; seed <= 12; seed++) {
        const source = paper(mishap(plain, chance(seed * 97 + index)));
        const found = [readDenial([source], knowledge), sortPapers([source], { sorts })];
        expect(allSpansProve(spansIn(found), [source])).toEqual([]);
      }
    });
  test("a code in two cells of one column does not break the reader", () => {
    expect(() => read("Harborview\nCode 1\t \t70450 \t$ \n70450\t\t\t70450   $5.00\t")).not.toThrow();
  });
  for (const unit of ["AA-", "A", "1-", "a@b.", "CO-", "Medical Policy ", "not ", "$1.00 ", "x\t", "Dr. A"])
    test(`a line of nothing but "${unit.trim()}" takes no long time`, async () => {
      const source = paper(`Dear Ada Byron\n${unit.repeat(Math.ceil(12_000 / unit.length))}`);
      const sorts = await loadPaperSorts();
      const start = performance.now();
      readDenial([source], knowledge);
      sortPapers([source], { sorts });
      expect(performance.now() - start).toBeLessThan(5000);
    });
});

describe("a notice of a State's Medicaid agency", () => {
  const kinds = (text: string) => read(text).planHints.map(({ kind }) => kind);
  const cut =
    "NOTICE OF ADVERSE ACTION\nNotice date: November 13, 2026\nMedicaid ID: 555-019934\nWe will reduce your personal care hours from 30 to 20 hours per week. You may ask for a fair hearing within 90 days.\n";
  test("is the agency's own decision where its head is the agency's and no plan is named", () => {
    expect(kinds(`State of Montana\nDepartment of Public Health and Human Services\n${cut}`)).toEqual([
      "medicaid-fee-for-service",
    ]);
  });
  test("also where it offers a hearing without calling it fair", () => {
    expect(
      kinds(
        "Oregon Health Authority\nMedical Assistance Programs\n\nNOTICE OF ACTION TAKEN: DENIAL\nOctober 30, 2026\nClient ID: OR5550198\nWe denied the request for a power wheelchair. You have the right to a hearing.\n",
      ),
    ).toEqual(["medicaid-fee-for-service"]);
  });
  test("is the plan's where a plan is named, whoever's name stands above it", () => {
    expect(
      kinds(
        `State of Ohio\nDepartment of Medicaid\nBuckeye Grove Health Plan\n${cut}First appeal to the plan.\n`,
      ),
    ).toEqual(["medicaid-managed-care"]);
  });
});
