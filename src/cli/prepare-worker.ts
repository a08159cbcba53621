/** The pipeline over one case, in a thread: papers as read, answers and decisions in; case file, letters, packet out. */
import { parentPort, workerData } from "node:worker_threads";
import { attestedOf, type CaseFile, correctDenial, editLetters, prepareCase } from "#case";
import { renderCase } from "#io";
import type { Part, Preparation } from "#web";
import { loadCaseKnowledge } from "./case-knowledge.ts";

export type PrepareAnswer = { doing: string } | { file: CaseFile; parts: Part[] };

const mediaTypes: Record<string, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ics: "text/calendar; charset=utf-8",
  json: "application/json",
};

const say = (answer: PrepareAnswer) => parentPort!.postMessage(answer);

async function prepare({ papers, read, answers, review, asOf }: Preparation): Promise<PrepareAnswer> {
  say({ doing: "matching" });
  const { documents, issues } = read;
  const made = prepareCase(
    {
      documents,
      answers,
      asOf,
      issues,
      attested: attestedOf(review.judgements),
      correct: (denial) => correctDenial(denial, review.corrections, documents),
    },
    await loadCaseKnowledge(),
  );
  const file: CaseFile = { ...made, letters: editLetters(made.letters, review.edits) };
  if (file.letters.length === 0) return { file, parts: [] };
  say({ doing: "printing" });
  const rendered = await renderCase(file, new Map(papers.map(({ name, bytes }) => [name, bytes])));
  const parts = rendered.outputs.map(({ name, bytes }) => ({
    name,
    mediaType: mediaTypes[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
    bytes,
  }));
  return {
    file: { ...file, packet: rendered.packet ?? file.packet, issues: [...file.issues, ...rendered.issues] },
    parts,
  };
}

say(await prepare(workerData as Preparation));
