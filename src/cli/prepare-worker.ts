/** The pipeline over one case, in a thread: papers as read, answers and decisions in; case file, letters, packet out. */
import { parentPort, workerData } from "node:worker_threads";
import {
  afterPhysician,
  atLevel,
  attestedOf,
  type CaseFile,
  type CaseInput,
  citeCalls,
  correctDenial,
  editLetters,
  letterHolds,
  prepareCase,
  withChoice,
} from "#case";
import { renderCase } from "#io";
import type { Part, Preparation } from "#web";
import { loadCaseKnowledge } from "./case-knowledge.ts";
import { bytesByDocument } from "./paper-bytes.ts";

export type PrepareAnswer = { doing: string } | { file: CaseFile; parts: Part[] };

const mediaTypes: Record<string, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ics: "text/calendar; charset=utf-8",
  json: "application/json",
};

parentPort!.postMessage((await prepared(workerData as Preparation)) satisfies PrepareAnswer);

async function prepared(given: Preparation): Promise<PrepareAnswer> {
  const { papers, read, answers, review, asOf } = given;
  const { documents, issues } = read;
  const knowledge = await loadCaseKnowledge();
  const input: CaseInput = {
    documents,
    answers,
    asOf,
    issues,
    attested: attestedOf(review.judgements),
    handedIn: given.handedIn ?? [],
    correct: (denial) =>
      withChoice(
        correctDenial(atLevel(denial, { levels: given.levels ?? [] }), review.corrections, documents),
        given.chosen ?? {},
        knowledge.denial,
      ),
  };
  const first = prepareCase(input, knowledge);
  const holds =
    given.signed && letterHolds(given.signed.letter, editLetters(first.letters, review.edits))
      ? given.signed
      : undefined;
  const drafted = afterPhysician(first, given.word, holds?.read ?? null, (changed) =>
    prepareCase({ ...input, ...changed }, knowledge),
  );
  const letters = citeCalls(drafted.letters, given.calls ?? [], given.levels ?? []);
  const file: CaseFile = {
    ...drafted,
    letters: editLetters(letters, review.edits),
    ...(review.edits.length > 0 ? { drafted: letters } : {}),
  };
  if (file.denial === null || file.letters.length === 0) return { file, parts: [] };
  const rendered = await renderCase(file, await bytesByDocument(papers, read.documents), holds);
  const parts = rendered.outputs.map(({ name, bytes }) => ({
    name,
    bytes,
    mediaType: mediaTypes[name.split(".").at(-1)!] ?? "application/octet-stream",
  }));
  const packet = rendered.packet ?? file.packet;
  const open = [...file.issues, ...rendered.issues].filter(
    ({ code }) => !holds || code !== "physician-letter-unsigned",
  );
  return { file: { ...file, packet, issues: open }, parts };
}
