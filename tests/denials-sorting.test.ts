import { describe, expect, test } from "vitest";
import { sortPapers } from "#intake";
import { loadPaperSorts } from "#knowledge";
import type { SourceDocument } from "#source";

const sorts = await loadPaperSorts();
const head = "Lakemont Heart Institute\tODEGAARD, WALTER J   DOB 02/17/1965   MRN 0044871\n";

function paper(document: string, ...pages: string[]): SourceDocument {
  return {
    document,
    mediaType: "text/plain",
    sha256: "",
    pages: pages.map((text, index) => ({ page: index + 1, text, lines: [], ocr: false })),
  };
}
const sort = (...documents: SourceDocument[]) => sortPapers(documents, { sorts });

describe("what a paper is", () => {
  const said: [string, string, string][] = [
    [
      "denial",
      "a.pdf",
      "Notice of Adverse Benefit Determination\nYour request was denied.\nYou have the right to appeal within 180 days.",
    ],
    [
      "approval",
      "a.pdf",
      "Approval letter\nWe have approved the service below.\nThis approval is not a guarantee of payment.",
    ],
    [
      "policy",
      "a.pdf",
      "Medical Policy: Mitral Valve Repair\nPolicy number MP-561. Effective date 01/01/2026.\nIs considered medically necessary when all of the following criteria are met.",
    ],
    [
      "plan-document",
      "a.pdf",
      "Summary Plan Description\nCovered services, exclusions and limitations, deductible, plan administrator.",
    ],
    [
      "support-letter",
      "a.pdf",
      "Letter of Medical Necessity\nTo whom it may concern: I am writing on behalf of my patient.",
    ],
    [
      "noise",
      "a.pdf",
      "Notice of Privacy Practices\nWe may use and share your protected health information.",
    ],
    [
      "record",
      "a.pdf",
      `${head}Electrophysiology consultation\nDate of service: June 11, 2026\nImpression: sinus rhythm.`,
    ],
  ];
  for (const [kind, name, text] of said)
    test(kind, () => expect(sort(paper(name, text)).papers[0]?.kind).toBe(kind));

  test("a record has a title and a day that a person would know it by", () => {
    const [found] = sort(
      paper("b.pdf", `${head}Electrophysiology consultation\nDate of service: June 11, 2026`),
    ).papers;
    expect([found?.title?.value, found?.date?.value, found?.recordKind]).toEqual([
      "Electrophysiology consultation",
      "2026-06-11",
      "consultation",
    ]);
  });
  test("a combined scan is taken apart where another paper begins", () => {
    const found = sort(
      paper(
        "scan.pdf",
        `${head}Discharge summary\nHospital course: well.`,
        `${head}second page of the same`,
        "Notice of Privacy Practices\nHow we may use and share information.",
      ),
    );
    expect(found.papers.map(({ kind, pages }) => [kind, pages.from, pages.to])).toEqual([
      ["record", 1, 2],
      ["noise", 3, 3],
    ]);
  });
});

describe("whose page it is", () => {
  const note = paper(
    "note.pdf",
    `${head}Clinic note\nSeen with his wife Wanda.`,
    `${head}Clinic note\nStable.`,
  );

  test("the patient is the one whom most pages name", () => {
    expect(sort(note).patient).toMatchObject({
      name: { value: "ODEGAARD, WALTER J" },
      birthDate: { value: "1965-02-17" },
    });
  });
  test("a page with another given name, birth date and number is set aside with a warning", () => {
    const found = sort(
      note,
      paper("labs.pdf", "PATIENT: ODEGAARD, WANDA M DOB: 08/02/1959 MRN: 0077214\nNormal echocardiogram."),
    );
    expect(found.foreign.map(({ document, page }) => [document, page])).toEqual([["labs.pdf", 1]]);
    expect(found.issues.map(({ code, severity }) => [code, severity])).toContainEqual([
      "other-patient",
      "warning",
    ]);
  });
  test("the same person written otherwise is not a stranger", () => {
    expect(
      sort(
        note,
        paper("x.pdf", "Patient: Walter Odegaard\nDOB: 2/17/1965\nEcho"),
        paper("y.pdf", "Dear Mr. Odegaard,\nsee you soon"),
      ).foreign,
    ).toEqual([]);
  });
  test("relatives and doctors who are named in the text are not strangers", () => {
    expect(
      sort(
        note,
        paper(
          "z.pdf",
          `${head}Family history: mother Signe Odegaard had a stroke. Seen by Miriam Castellanos, MD.`,
        ),
      ).foreign,
    ).toEqual([]);
  });
  test("a letter to an appeals unit names no patient", () => {
    expect(
      sort(
        note,
        paper("denial.pdf", "Member: Walter J. Odegaard\nSend it to: Member Appeals, P.O. Box 5550, Salem"),
      ).foreign,
    ).toEqual([]);
  });
});
