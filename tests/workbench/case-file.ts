/**
 * A case file of the worked example, written by hand over the papers as they are read: the pages are tested on it
 * whatever the readers make of those papers today. Spans are found, so that every quote stands on its page.
 */
import type { Citation, Reading, Span } from "#base";
import type { CaseFile } from "#case";
import type { Finding } from "#finding";
import type { Letter, Passage } from "#letter";
import type { Criterion } from "#policy";
import { findQuote, type SourceDocument } from "#source";
import type { Prepare } from "#web";

const filing: Citation = {
  id: "29-cfr-2560.503-1#h-3-i",
  label: "29 CFR 2560.503-1(h)(3)(i)",
  quote:
    "Provide claimants at least 180 days following receipt of a notification of an adverse benefit determination within which to appeal the determination",
  url: "https://www.ecfr.gov/current/title-29/section-2560.503-1",
  verifiedOn: "2026-11-22",
};

/** The example's case file; papers other than the notice and the policy are records. */
export const prepareExample: Prepare = async ({ read, answers, review, asOf }) => {
  const { documents } = read;
  const notice = documents.find(({ document }) => document.startsWith("denial"));
  const policy = documents.find(({ document }) => document.startsWith("policy"));
  const file: CaseFile = {
    ...blank(documents, asOf, answers),
    issues: read.issues,
    ...(notice ? noticePart(notice, answers.events?.["notice-received"]) : {}),
    ...(policy && notice ? policyPart(policy, documents, review.judgements[0]?.status) : {}),
  };
  if (notice && policy) file.letters = [letter(documents, review.edits[0]?.text)];
  const bytes = new TextEncoder().encode("%PDF-1.7 the packet");
  const parts = file.letters.length
    ? [
        { name: "packet.pdf", mediaType: "application/pdf", bytes },
        { name: "appeal-letter.pdf", mediaType: "application/pdf", bytes },
        { name: "appeal-letter.docx", mediaType: "application/octet-stream", bytes },
        {
          name: "deadlines.ics",
          mediaType: "text/calendar",
          bytes: new TextEncoder().encode("BEGIN:VCALENDAR"),
        },
      ]
    : [];
  return { file, parts };
};

function blank(documents: SourceDocument[], asOf: string, answers: CaseFile["answers"]): CaseFile {
  return {
    asOf,
    answers,
    documents,
    sorted: {
      papers: documents.map(({ document, pages }) => ({
        document,
        pages: { from: 1, to: pages.length },
        kind: document.startsWith("denial") ? "denial" : document.startsWith("policy") ? "policy" : "record",
        title: null,
        date: null,
        from: [],
      })),
      patient: { name: null, birthDate: null, numbers: [] },
      foreign: [],
      issues: [],
    },
    denial: null,
    plan: { possible: ["erisa-insured"], settledBy: [], state: null, ask: [], issues: [] },
    situation: null,
    rights: { rights: [], issues: [] },
    policy: null,
    facts: [],
    findings: null,
    checklist: null,
    letters: [],
    packet: null,
    timeline: null,
    issues: [],
  };
}

function span(source: SourceDocument, quote: string): Span {
  const found = findQuote(source, quote);
  if (!found) throw new Error(`the example's papers have no such words: ${quote}`);
  return found;
}

function reading<T>(source: SourceDocument, value: T, quote: string): Reading<T> {
  return { value, from: [span(source, quote)], by: "rule" };
}

function noticePart(notice: SourceDocument, received: string | undefined): Partial<CaseFile> {
  const at = <T>(value: T, quote: string) => reading(notice, value, quote);
  return {
    denial: {
      payer: at("Juniper Ridge Health Plan, Inc.", "Juniper Ridge Health Plan, Inc."),
      payerId: null,
      memberName: at("Elena R. Marsh", "Elena R. Marsh"),
      memberId: at("JRH555031877", "JRH555031877"),
      groupNumber: at("60418", "60418"),
      references: [{ ...at("PA-26-0914-5527", "PA-26-0914-5527"), kind: "reference" }],
      noticeDate: at("2026-09-28", "September 28, 2026"),
      stage: at("initial", "NOTICE OF DENIAL OF PRIOR AUTHORIZATION"),
      timing: at("pre-service", "PRIOR AUTHORIZATION"),
      urgent: null,
      outcome: at("denied", "We cannot approve this request"),
      services: [
        {
          description: at(
            "Dupixent (dupilumab) 300 mg/2 mL, every 2 weeks",
            "Dupixent (dupilumab) 300 mg/2 mL, every 2 weeks",
          ),
          codes: [],
          treatmentId: "dupilumab",
        },
      ],
      diagnoses: [{ ...at("L20.9", "L20.9"), system: "icd-10-cm" }],
      provider: at("Naomi T. Whitlock, MD", "Naomi T. Whitlock, MD"),
      grounds: [
        {
          id: "step-therapy",
          from: [span(notice, "The step therapy requirement of our policy RX-218")],
          codes: [],
        },
      ],
      criteriaCited: [{ title: at("RX-218, Dupilumab", "RX-218, Dupilumab"), number: null }],
      rightsStated: {
        appealWithin: at({ n: 180, unit: "days" }, "within 180 days after you receive this notice"),
        appealBy: null,
        sendTo: {
          address: at("P.O. Box 55218, Columbus, OH 43216-5218", "P.O. Box 55218, Columbus, OH 43216-5218"),
          fax: at("(614) 555-0177", "(614) 555-0177"),
          phone: null,
          email: null,
          portal: null,
        },
        expedited: null,
        externalReview: null,
      },
      planHints: [],
      issues: [],
    },
    rights: {
      rights: [
        {
          kind: "internal-appeal",
          plan: "erisa-insured",
          status: "open",
          decidedBy: "the plan",
          cite: [filing],
          file: {
            lastDay: received ? "2027-03-30" : null,
            safeDay: received ? "2027-03-30" : "2027-03-27",
            steps: [
              { text: "The notice is dated.", date: "2026-09-28" },
              {
                text: "180 days, counted from the notice because the day of receipt is not known.",
                date: "2027-03-27",
                cite: filing,
              },
            ],
          },
          decision: {
            lastDay: null,
            safeDay: null,
            steps: [{ text: "30 days after the plan has it.", date: null, cite: filing }],
          },
          ask: received ? [] : ["On which day did the notice reach you?"],
        },
        {
          kind: "claim-file",
          plan: "erisa-insured",
          status: "open",
          decidedBy: "the plan",
          cite: [{ id: "29-cfr-2560.503-1#h-2-iii", label: "29 CFR 2560.503-1(h)(2)(iii)" }],
          file: null,
          decision: null,
          ask: [],
        },
        {
          kind: "external-review",
          plan: "erisa-insured",
          status: "not-yet",
          decidedBy: "an independent review organization",
          cite: [{ id: "45-cfr-147.136#d", label: "45 CFR 147.136(d)" }],
          file: null,
          decision: null,
          ask: [],
        },
      ],
      issues: [],
    },
  };
}

function policyPart(
  policy: SourceDocument,
  documents: SourceDocument[],
  judged?: Finding["status"],
): Partial<CaseFile> {
  const leaf = (id: string, label: string, text: string): Criterion => ({
    id,
    label,
    text,
    from: [span(policy, text)],
    judgment: true,
  });
  const group = (id: string, label: string, text: string, parts: Criterion[], any = false): Criterion => ({
    id,
    label,
    text,
    from: [],
    ...(any ? { any: parts } : { all: parts }),
  });
  const criteria = group("c", "", "", [
    leaf("c1", "1", "Diagnosis of moderate to severe atopic dermatitis."),
    leaf("c2", "2", "The member is 6 months of age or older."),
    group(
      "c4",
      "4",
      "ANY ONE of the following within the past 6 months:",
      [
        leaf("c4a", "a", "Body surface area involvement of at least 10%;"),
        leaf("c4b", "b", "Eczema Area and Severity Index (EASI) score of 16 or more;"),
      ],
      true,
    ),
    group(
      "c5",
      "5",
      "Inadequate response to, intolerance of, or contraindication to BOTH of the following:",
      [
        leaf("c5a", "a", "A medium- to very-high-potency topical corticosteroid for at least 4 weeks;"),
        leaf("c5b", "b", "A topical calcineurin inhibitor for at least 6 weeks."),
      ],
    ),
    leaf("c6", "6", "Dupilumab will not be used together with another biologic or a Janus kinase inhibitor."),
  ]);
  const notes = documents.find(({ document }) => document.includes("dermatology-notes"));
  const found = (
    id: string,
    status: Finding["status"],
    words: string[] = [],
    missing: string | null = null,
  ): Finding => ({
    criterion: id,
    status,
    for:
      notes && status === "met"
        ? words.map((quote) => ({
            fact: null,
            from: [span(notes, quote)],
            why: "The note states it, with its date.",
          }))
        : [],
    against: [],
    candidates:
      notes && status !== "met"
        ? words.map((quote) => ({
            fact: null,
            from: [span(notes, quote)],
            why: "The treatment was stopped for a side effect before six weeks.",
          }))
        : [],
    missing,
  });
  return {
    policy: {
      title: reading(
        policy,
        "Pharmacy Policy: Dupilumab (Dupixent)",
        "Pharmacy Policy: Dupilumab (Dupixent)",
      ),
      number: reading(policy, "RX-218", "RX-218"),
      payer: null,
      effective: null,
      treatmentIds: ["dupilumab"],
      criteria,
      exclusions: null,
      issues: [],
    },
    findings: {
      findings: [
        found("c", "unknown"),
        found("c1", "met", [
          "Assessment: severe atopic dermatitis, uncontrolled on topical therapy and phototherapy.",
        ]),
        found("c2", "met", ["DOB 02/11/1991"]),
        found("c4", "met"),
        found("c4a", "met", ["BSA 22%"]),
        found("c4b", "met", ["EASI 21.4"]),
        found("c5", "unknown"),
        found("c5a", "met", [
          "clobetasol 0.05% ointment twice daily from 03/02/2026 to 04/06/2026 (5 weeks): inadequate response",
        ]),
        found(
          "c5b",
          judged ?? "unknown",
          ["ointment stopped 03/11/2026 for burning and facial edema"],
          "A sentence of the dermatologist that the medicine cannot be tried again. Dr. Whitlock has it.",
        ),
        found("c6", "not-met", []),
      ],
      result: "unknown",
      routes: [],
      harms: notes
        ? [
            {
              criterion: "c4b",
              evidence: {
                fact: null,
                from: [span(notes, "EASI 9.2")],
                why: "An older score is below the threshold.",
              },
              why: "An older score is lower",
            },
          ]
        : [],
      issues: [],
    },
    packet: {
      title: "Appeal of Elena R. Marsh",
      exhibits: [
        {
          label: "A",
          title: "Notice of denial",
          dates: "September 28, 2026",
          document: "denial-letter.pdf",
          pages: [1],
          firstPage: 3,
          usedFor: "The decision under appeal",
        },
      ],
      issues: [],
    },
  };
}

function letter(documents: SourceDocument[], edited: string | undefined): Letter {
  const notes = documents.find(({ document }) => document.includes("dermatology-notes"));
  const passage = (
    id: string,
    role: Passage["role"],
    text: string,
    rests: Passage["rests"] = [{ form: true }],
  ): Passage => ({ id, role, text, rests });
  const row = (id: string, cells: string[], rests: Passage["rests"]): Passage => ({
    ...passage(id, "row", cells.join(" · "), rests),
    cells,
  });
  const evidence: Passage["rests"] = notes
    ? [{ evidence: span(notes, "EASI 21.4") }, { criterion: "c4b" }]
    : [{ criterion: "c4b" }];
  return {
    kind: "internal-appeal",
    file: "appeal-letter",
    title: "Appeal",
    language: "en",
    issues: [],
    passages: [
      passage("date", "date", "October 12, 2026"),
      passage(
        "to",
        "recipient",
        "Juniper Ridge Health Plan\nAttention: Member Appeals\nP.O. Box 55218, Columbus, OH 43216-5218",
      ),
      passage("re-1", "reference", "RE: Elena R. Marsh, member number JRH555031877"),
      passage("re-2", "reference", "Reference number PA-26-0914-5527"),
      passage("dear", "salutation", "To the appeals reviewer:"),
      passage("ask", "request", edited ?? "I appeal the denial of dupilumab and ask that you approve it.", [
        { law: filing },
      ]),
      passage("h1", "heading", "Your criteria and the record"),
      row("r0", ["Criterion", "Status", "Evidence"], [{ form: true }]),
      row(
        "r1",
        ["EASI score of 16 or more", "Met", "EASI 21.4 on August 3, 2026 (Exhibit C, page 3)"],
        evidence,
      ),
      passage("sign", "signature", "Elena R. Marsh"),
    ],
  };
}
