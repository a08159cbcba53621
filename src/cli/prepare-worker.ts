/** The pipeline over one case, in a thread: papers as read, answers and decisions in; case file, letters, packet out. */
import { parentPort, workerData } from "node:worker_threads";
import type { CaseFile } from "#case";
import type { Part, Preparation } from "#web";

export type PrepareAnswer = { doing: string } | { file: CaseFile; parts: Part[] };

const { read, answers, asOf } = workerData as Preparation;

const file: CaseFile = {
  asOf,
  answers,
  documents: read.documents,
  sorted: { papers: [], patient: { name: null, birthDate: null, numbers: [] }, foreign: [], issues: [] },
  denial: null,
  plan: { possible: [], settledBy: [], state: null, ask: [], issues: [] },
  situation: null,
  rights: { rights: [], issues: [] },
  policy: null,
  facts: [],
  findings: null,
  letters: [],
  packet: null,
  issues: read.issues,
};
parentPort!.postMessage({ file, parts: [] } satisfies PrepareAnswer);
