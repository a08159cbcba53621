/** The example's case with a physician's letter to review and papers that are real PDFs. */
import { PDFDocument } from "@cantoo/pdf-lib";
import { renderLetterPdf } from "#io";
import type { Situation } from "#law";
import type { Letter, Passage } from "#letter";
import { findQuote, type SourceDocument } from "#source";
import type { Prepare } from "#web";
import { prepareExample } from "./case-file.ts";

export const statementTexts = [
  "Severe atopic dermatitis, uncontrolled on topical therapy and phototherapy.",
  "The notes of the visit say: BSA 22%.",
  "The notes of the visit say: EASI 21.4.",
];
const quotes = [
  "Assessment: severe atopic dermatitis, uncontrolled on topical therapy and phototherapy.",
  "BSA 22%",
  "EASI 21.4",
];

/** As {@link prepareExample}; a judgement changes the first statement, as a new reading would. */
export const preparePhysicianExample: Prepare = async (given) => {
  const made = await prepareExample(given);
  if (made.file.letters.length === 0) return made;
  const judged = given.review.judgements[0]?.why;
  const letter = physicianLetter(made.file.documents, judged);
  const pdf = await renderLetterPdf(letter, { head: "Marsh", createdAt: 0 });
  const parts = made.parts.map((part) =>
    part.mediaType === "application/pdf" ? { ...part, bytes: pdf } : part,
  );
  const situation: Situation = {
    plan: "erisa-insured",
    state: "OH",
    timing: "pre-service",
    urgent: false,
    levels: 1,
    events: { "notice-dated": "2026-09-28", "notice-received": "2026-10-01" },
    asOf: given.asOf,
  };
  return { file: { ...made.file, situation, letters: [...made.file.letters, letter] }, parts };
};

function physicianLetter(documents: SourceDocument[], judged: string | undefined): Letter {
  const notes = documents.find(({ document }) => document.includes("dermatology-notes"))!;
  const form: Passage["rests"] = [{ form: true }];
  const passages: Passage[] = [
    { id: "p1", role: "title", text: "Letter of medical necessity", rests: form },
    { id: "p2", role: "date", text: "October 12, 2026", rests: form },
    { id: "p3", role: "note", text: "Draft to confirm.", rests: form },
    { id: "p4", role: "heading", text: "Statements from the record", rests: form },
    row("p5", ["Statement", "Rests on", "Mark"], form),
    ...statementTexts.map((text, index) =>
      row(
        `p${6 + index}`,
        [index === 0 && judged ? `${text} ${judged}` : text, "Exhibit C, page 3", "T ☐  C ☐  X ☐"],
        [{ evidence: findQuote(notes, quotes[index]!)! }],
      ),
    ),
    { id: "p9", role: "heading", text: "Not in the record: write or leave blank", rests: form },
    {
      id: "p10",
      role: "request",
      text: "Has anything changed since the last note? ____________________",
      rests: form,
    },
    {
      id: "p11",
      role: "request",
      text: "☐ I determine that the time for a standard decision could seriously jeopardize the patient's health. Mark only if it is so.",
      rests: form,
    },
    {
      id: "p12",
      role: "attestation",
      text: "I am the treating physician. The statements I marked T, and those I corrected, are true to the best of my knowledge.",
      rests: [{ person: "Naomi T. Whitlock, MD, not yet signed" }],
    },
    {
      id: "p13",
      role: "signature",
      text: "Naomi T. Whitlock, MD ______ NPI 1234567893 Date ______",
      rests: form,
    },
  ];
  return {
    kind: "physician-letter",
    file: "physician-letter",
    title: "Letter of medical necessity",
    language: "en",
    passages,
    issues: [],
  };
}

function row(id: string, cells: string[], rests: Passage["rests"]): Passage {
  return { id, role: "row", text: cells.join(" · "), cells, rests };
}

/** The same case with a packet of so many empty pages. */
export const withPacketOf =
  (pages: number): Prepare =>
  async (given) => {
    const made = await preparePhysicianExample(given);
    const document = await PDFDocument.create();
    for (let page = 0; page < pages; page++) document.addPage([612, 792]);
    const bytes = await document.save();
    const parts = made.parts.map((part) => (part.name === "packet.pdf" ? { ...part, bytes } : part));
    return { ...made, parts };
  };
