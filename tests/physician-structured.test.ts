/** A physician's strikes and corrections of what stands in exports of a health record: they reach every letter. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  afterPhysician,
  type CaseFile,
  type CaseInput,
  type PhysicianReview,
  physicianDraft,
  prepareCase,
  statementsIn,
  wordOf,
} from "#case";
import { readFiles } from "#io";
import { loadCaseKnowledge } from "../src/cli/case-knowledge.ts";

const folder = path.resolve(import.meta.dirname, "../cases/dupilumab-step/in");
const paper = (name: string) => ({ name, bytes: new Uint8Array(readFileSync(path.join(folder, name))) });

const fhir = JSON.stringify(
  {
    resourceType: "Bundle",
    type: "collection",
    entry: [
      {
        resourceType: "Patient",
        name: [{ family: "Marsh", given: ["Elena", "R."] }],
        birthDate: "1991-02-11",
      },
      {
        resourceType: "Condition",
        code: {
          coding: [{ system: "http://hl7.org/fhir/sid/icd-10-cm", code: "L20.9" }],
          text: "Severe atopic dermatitis",
        },
        recordedDate: "2026-02-02",
      },
      observation("EASI score", 21.4, "score"),
      observation("Body surface area affected", 22, "%"),
      {
        resourceType: "MedicationStatement",
        status: "stopped",
        medicationCodeableConcept: { text: "clobetasol 0.05% ointment" },
        effectivePeriod: { start: "2026-03-02", end: "2026-04-06" },
        note: [{ text: "Clobetasol for 5 weeks: inadequate response." }],
      },
    ].map((resource) => ({ resource })),
  },
  null,
  1,
);

function observation(text: string, value: number, unit: string) {
  const when = { effectiveDateTime: "2026-08-03" };
  return {
    resourceType: "Observation",
    status: "final",
    code: { text },
    ...when,
    valueQuantity: { value, unit },
  };
}

const section = (code: string, title: string, text: string) =>
  `<component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1"/><title>${title}</title><text>${text}</text></section></component>`;
const ccda = `<?xml version="1.0"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><effectiveTime value="20260803"/>
<recordTarget><patientRole><patient><name><given>Elena R.</given><family>Marsh</family></name><birthTime value="19910211"/></patient></patientRole></recordTarget>
<component><structuredBody>
${section("11450-4", "Problems", "<paragraph>Severe atopic dermatitis, uncontrolled on topical therapy.</paragraph>")}
${section("30954-2", "Results", "<table><tbody><tr><td>08/03/2026</td><td>EASI 21.4</td></tr><tr><td>08/03/2026</td><td>BSA 22%</td></tr></tbody></table>")}
${section("10160-0", "Medications", "<paragraph>Clobetasol 0.05% ointment twice daily from 03/02/2026 to 04/06/2026: inadequate response.</paragraph>")}
</structuredBody></component></ClinicalDocument>`;

describe.each([
  { name: "export.json", words: fhir },
  { name: "export.xml", words: ccda },
])("evidence in $name", ({ name, words }) => {
  let first: CaseFile;
  let prepare: (marks: PhysicianReview["marks"]) => CaseFile;
  const statements = () =>
    statementsIn(physicianDraft(first.letters)!).filter(({ from }) =>
      from.some((one) => one.document === name),
    );
  const said = (file: CaseFile) =>
    file.letters.filter(({ file: stem }) => stem !== "physician-letter").flatMap(({ passages }) => passages);
  /** Passages other than who the letter is about that rest on these words. */
  const resting = (file: CaseFile, statement: ReturnType<typeof statements>[number]) =>
    said(file).filter(
      ({ role, text, rests }) =>
        !(role === "reference" || /^Patient and member/.test(text)) &&
        rests.some(
          (rest) =>
            "evidence" in rest &&
            statement.from.some(
              (span) =>
                span.document === rest.evidence.document &&
                span.start < rest.evidence.end &&
                rest.evidence.start < span.end,
            ),
        ),
    );

  beforeAll(async () => {
    const knowledge = await loadCaseKnowledge();
    const bytes = new TextEncoder().encode(words);
    const read = await readFiles([paper("denial-letter.pdf"), paper("policy-RX-218.pdf"), { name, bytes }]);
    const input: CaseInput = { documents: read.documents, answers: {}, asOf: "2026-10-12", issues: [] };
    first = prepareCase(input, knowledge);
    const draft = physicianDraft(first.letters)!;
    prepare = (marks) => {
      const signer = { name: "Naomi T. Whitlock, MD", npi: "1234567893" };
      const word = wordOf(draft, { marks, answers: [], certified: false, signer }, "2026-10-12T15:00:00Z");
      return afterPhysician(first, word, null, (changed) => prepareCase({ ...input, ...changed }, knowledge));
    };
  }, 120_000);

  const marks = (text: string, mark: PhysicianReview["marks"][number]) =>
    statements().map((one) => (one.text === text ? mark : { text: one.text, mark: "confirmed" as const }));

  test("is what the physician's letter states, each from its own place", () => {
    expect(statements().length).toBeGreaterThanOrEqual(2);
  });

  test("struck, no letter rests on it any more; what was confirmed stays", () => {
    for (const one of statements()) {
      const after = prepare(marks(one.text, { text: one.text, mark: "struck" }));
      expect([one.text, resting(after, one).map(({ text }) => text)]).toEqual([one.text, []]);
    }
    const [one, other] = statements();
    const after = prepare(marks(one!.text, { text: one!.text, mark: "struck" }));
    expect(resting(first, other!).length).toBeGreaterThan(0);
    expect(resting(after, other!).length).toBeGreaterThan(0);
  });

  test("corrected, no letter rests on the words as they were", () => {
    for (const one of statements()) {
      const corrected = { text: one.text, mark: "corrected" as const, words: "It was otherwise." };
      expect([one.text, resting(prepare(marks(one.text, corrected)), one).map(({ text }) => text)]).toEqual([
        one.text,
        [],
      ]);
    }
  });

  test("confirmed, the letters stay as they were", () => {
    const after = prepare(statements().map(({ text }) => ({ text, mark: "confirmed" as const })));
    expect(after.letters).toEqual(first.letters);
  });
});
