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

  const letters: [string, string, string][] = [
    [
      "denial",
      "a plain letter that refuses and says how to appeal",
      "Larkfield Mutual\nAugust 21, 2025\nDear Theodora Winslade,\nYour doctor asked us about an MRI, case 25-0812-4471. I am sorry to tell you that we will not be paying for this; the test isn't medically necessary.\nYou have a right to ask us to look again. Please do this within 180 days of the day you got this letter.",
    ],
    [
      "denial",
      "a part approval",
      "Larkfield Mutual\nDear Ms. Holt:\nRe: Authorization: TW-5520-998\nSo many hours are not medically necessary. We have authorized 18 hours a week.\nIf you do not agree you may file a reconsideration.",
    ],
    [
      "denial",
      "a refusal to a member whose number has a blank, without a salutation",
      "Larkfield Mutual\nMember number: LSR 7715 2201\nWe will not be paying for the MRI; it is not medically necessary.\nYou have a right to ask us to look again within 180 days.",
    ],
    [
      "approval",
      "an approval with fine print",
      "Larkfield Mutual\nMember ID: 800447120\nDear Octavia:\nGood news! We have approved your request from 05/01/2026 through 04/30/2027.\nServices that are not covered may still be denied. You can appeal decisions you disagree with.",
    ],
    [
      "approval",
      "a denial that was overturned",
      "Larkfield Mutual\nDear Mr. Grange:\nAppeal number 2026-0611. On May 12 we denied them as not medically necessary. We have overturned that denial. The drug is approved for 12 months.",
    ],
    [
      "record",
      "a letter that asks for papers",
      "Larkfield Mutual\nDear Dr. Kowal:\nReference: 26092-118845\nWe are not able to make a decision yet because we need more information. Please send the notes. This is not a denial.",
    ],
    [
      "support-letter",
      "a doctor's answer to a denial",
      "March 20, 2026\nRe: Isadora Fennick, ID 4471820100\nTo Whom It May Concern:\nI am writing on behalf of my patient to appeal your denial. You denied the drug as not medically necessary. Please reconsider.",
    ],
    [
      "record",
      "a note that mentions a denial",
      `${head}Visit date: 03/03/2026\nHPI: migraine. The drug was denied by her insurance; we may appeal. Exam: normal. Assessment: G43.709. Plan: continue.`,
    ],
    [
      "denial",
      "an explanation of benefits that refuses a line",
      "Larkfield Dental\nEXPLANATION OF BENEFITS\nPatient: Odette Haverkamp\tClaim no.: 20260317005\nCrown\t$1,380.00\t$0.00\nThe plan limits crowns to one per tooth every 84 months.",
    ],
    [
      "record",
      "an explanation of benefits that pays",
      "Larkfield Dental\nEXPLANATION OF BENEFITS\nPatient: Odette Haverkamp\tClaim no.: 20260317005\nCleaning\t$98.00\tPlan paid $98.00",
    ],
    [
      "noise",
      "a bill",
      "Cascade Hospital\nSTATEMENT OF ACCOUNT\nAmount due: $430.00. Pay by 06/01/2026. Your insurance has paid its part.",
    ],
    [
      "noise",
      "an appointment",
      "Heron Clinic\nAppointment reminder\nDear Saskia,\nYour appointment is on June 9. Please arrive 15 minutes early.",
    ],
    [
      "record",
      "a page of no heading that speaks as records do",
      "The patient was prepared and draped in the usual sterile manner. An incision was made and carried through the fascia. The specimen was sent.",
    ],
  ];
  for (const [kind, name, text] of letters)
    test(`${name}: ${kind}`, () => expect(sort(paper("a.pdf", text)).papers[0]?.kind).toBe(kind));

  test("a fax cover, a plain denial and a note in one scan are three papers", () => {
    const found = sort(
      paper(
        "scan.pdf",
        "FAX TRANSMITTAL\nPages incl. cover: 3",
        letters[0]![2],
        `${head}Clinic note\nHPI: well.`,
      ),
    );
    expect(found.papers.map(({ kind, pages }) => [kind, pages.from])).toEqual([
      ["noise", 1],
      ["denial", 2],
      ["record", 3],
    ]);
  });

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
  test("the mail stop of an office is no patient", () => {
    const notice = paper(
      "notice.pdf",
      "NOTICE OF DISMISSAL\nSend the request to OMHA Central Operations, Attn. Beneficiary Mail Stop, 1001 Lakeside Ave., Cleveland, OH 44114.",
    );
    expect(sort(notice, note).foreign).toEqual([]);
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
  test("a claim form that names the insured beside the patient is the patient's", () => {
    expect(
      sort(
        note,
        paper(
          "form.pdf",
          "Patient: Walter Odegaard DOB: 02/17/1965\nMember: Signe Odegaard DOB: 05/05/1940\nCLAIM FORM",
        ),
      ).foreign,
    ).toEqual([]);
  });
  test("a name that was read badly from a scan is still the patient's", () => {
    const scan = paper("scan.pdf", "PATIENT: ODEGAAPD, WALTEB J DOB: 02/17/1965\nEcho");
    scan.pages[0]!.ocr = true;
    expect(sort(note, scan).foreign).toEqual([]);
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

describe("papers without a name of their own", () => {
  const rules =
    "Dupilumab\nCovered when all of the following are met:\n- the patient has moderate to severe atopic dermatitis\n- members must have tried a topical steroid\nInitial approval: 6 months. HCPCS J3590.\nLimitations: not with another biologic.\nRevision history: 03/01/2026";
  test("rules of coverage for everybody are a policy, whatever the file is called", () => {
    expect(sort(paper("upload-7.pdf", rules)).papers[0]?.kind).toBe("policy");
  });
  test("words of coverage in a chart make no policy of it", () => {
    const words =
      "Criteria for coverage gone over with the patient who has eczema. Indications and limitations of the drug explained; prior authorization sent. Policy read. CPT 99214.";
    expect(sort(paper("upload-7.pdf", `${head}Visit note\n${words}`)).papers[0]?.kind).toBe("record");
    expect(sort(paper("upload-7.pdf", `Coverage of dupilumab\n${words}`)).papers[0]?.kind).toBe("policy");
  });
  test("a letter in words of its own that gives a time to write is a denial", () => {
    const text =
      "Fernhollow Trust\nDear Orla,\nMember number: 5520118\nThe gene test stays with you; the doctor who advises us read the papers.\nIf you want to go further put it in writing to the Board by May 2, 2027.";
    expect(sort(paper("scan.pdf", text)).papers[0]?.kind).toBe("denial");
    const receipt = text.replace("The gene test stays with you", "We received your appeal");
    expect(sort(paper("scan.pdf", receipt)).papers[0]?.kind).not.toBe("denial");
  });
  test("a member number with a figure mistyped sets no page aside; another number does", () => {
    const page = (number: string) =>
      paper("note.pdf", `Patient: Ode Walters\nMRN: ${number}\nVisit note. Pain in the knee.`);
    const first = paper("a.pdf", "Patient: Odegaard, Walter   DOB: 02/17/1965   MRN: 004487190\nVisit note.");
    const same = paper(
      "b.pdf",
      "Walter J Odegaard 03/01/2026\nMRN: 004487910\nVisit note. Pain in the knee.",
    );
    expect(sort(first, same).foreign).toEqual([]);
    expect(sort(first, page("771002345")).foreign).toHaveLength(1);
  });
});
