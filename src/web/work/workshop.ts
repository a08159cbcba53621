import {
  answersOf,
  type CaseLog,
  type CaseState,
  type EventBody,
  fold,
  type Paper,
  signedDocument,
  withHappened,
} from "#case";
import type { PaperFile, ReadPapers } from "#source";
import { defectLine } from "../request-log.ts";
import type { WorkbenchOptions } from "../workbench.ts";

/** What is being done for a case right now. */
export type Status =
  | { stage: "waiting" }
  | { stage: "reading"; document: string; done: number; total: number; papersLeft: number }
  | { stage: "drafting" };

/** Reads papers and drafts letters behind the pages, one case at a time. The log of each case says what is to do. */
export type Workshop = {
  /** Looks at the case and does what waits. Called after every change; calling twice does no harm. */
  request(log: CaseLog): void;
  statusOf(id: string): Status | null;
  /** Calls back on every change of the status, `null` at the end; answers the function that stops it. */
  watch(id: string, listener: (status: Status | null) => void): () => void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

type Tools = Pick<WorkbenchOptions, "readFiles" | "prepare" | "today" | "log">;

export function openWorkshop(tools: Tools): Workshop {
  const line: CaseLog[] = [];
  const statuses = new Map<string, Status>();
  const listeners = new Map<string, Set<(status: Status | null) => void>>();
  const stopping = new AbortController();
  let running: Promise<void> | null = null;

  const tell = (id: string, status: Status | null) => {
    if (status) statuses.set(id, status);
    else statuses.delete(id);
    for (const listener of listeners.get(id) ?? []) listener(status);
  };

  async function run(): Promise<void> {
    for (let log = line.shift(); log !== undefined && !stopping.signal.aborted; log = line.shift()) {
      const { id } = log;
      try {
        await workOn(log, tools, (status) => tell(id, status), stopping.signal);
      } catch (cause) {
        if (!stopping.signal.aborted) await failed(log, tools, cause).catch(() => {});
      }
      if (!line.some((other) => other.id === id)) tell(id, null);
    }
    running = null;
  }

  return {
    request(log) {
      if (stopping.signal.aborted || line.some((other) => other.id === log.id)) return;
      line.push(log);
      if (!statuses.has(log.id)) tell(log.id, { stage: "waiting" });
      running ??= run();
    },
    statusOf: (id) => statuses.get(id) ?? null,
    watch(id, listener) {
      const all = listeners.get(id) ?? new Set();
      listeners.set(id, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0) listeners.delete(id);
      };
    },
    idle: async () => {
      while (running) await running;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Reads what is unread, then drafts; looks again afterwards, because people go on while we work. */
async function workOn(
  log: CaseLog,
  tools: Tools,
  tell: (status: Status) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const state = fold(await log.events());
    const unread = state.papers.filter((paper) => paper.reading === null);
    const first = unread[0];
    if (first) {
      await readPaper(log, first, unread.length - 1, tools, tell, signal);
      continue;
    }
    if (!waits(state)) return;
    tell({ stage: "drafting" });
    await log.append([await draft(log, state, tools, signal)]);
  }
}

/** True when something changed that the letters do not know of yet, and there are papers to draft from. */
export function waits(state: CaseState): boolean {
  if (state.papers.length === 0) return false;
  if (state.papers.some((paper) => paper.reading === null)) return true;
  return Math.max(state.draft?.upTo ?? 0, state.failedAt ?? 0) < state.changedAt;
}

async function readPaper(
  log: CaseLog,
  paper: Paper,
  papersLeft: number,
  tools: Tools,
  tell: (status: Status) => void,
  signal: AbortSignal,
): Promise<void> {
  tell({ stage: "reading", document: paper.name, done: 0, total: 0, papersLeft });
  const bytes = await log.get(paper.blob);
  const read = await tools.readFiles([{ name: paper.name, bytes }], {
    signal,
    progress: ({ document, done, total }) => tell({ stage: "reading", document, done, total, papersLeft }),
  });
  const { blob } = await log.put(Buffer.from(JSON.stringify(read)));
  const documents = read.documents.map((document) => document.document);
  const pages = read.documents.reduce((sum, document) => sum + document.pages.length, 0);
  await log.append([{ kind: "paper-read", paper: paper.id, reading: blob, documents, pages }]);
}

async function draft(log: CaseLog, state: CaseState, tools: Tools, signal: AbortSignal): Promise<EventBody> {
  const asOf = state.asOf ?? tools.today();
  const papers: PaperFile[] = [];
  const read: ReadPapers = { documents: [], issues: [] };
  for (const paper of state.papers) {
    papers.push({ name: paper.name, bytes: await log.get(paper.blob) });
    const reading = JSON.parse(
      Buffer.from(await log.get(paper.reading!.blob)).toString("utf8"),
    ) as ReadPapers;
    read.documents.push(...reading.documents);
    read.issues.push(...reading.issues);
  }
  const answers = withHappened(answersOf(state.answers), state.afterwards);
  const { calls, word } = state.afterwards;
  const signed = await signedOf(log, state, tools, signal);
  const chosen = state.chosen ? { chosen: state.chosen } : {};
  const { levels } = state.afterwards;
  const since = levels.at(-1)?.at;
  const later = since ? state.papers.filter(({ addedAt }) => addedAt > since) : [];
  const handedIn = later.flatMap(({ reading }) => reading?.documents ?? []);
  const given = {
    papers,
    read,
    answers,
    review: state.review,
    asOf,
    calls,
    levels,
    handedIn,
    ...chosen,
    ...signed,
    ...(word ? { word } : {}),
  };
  // A stop that came while the papers were fetched: nobody would tell the preparation of it any more.
  signal.throwIfAborted();
  const made = await tools.prepare(given, { signal });
  const parts = [];
  for (const { name, mediaType, bytes } of made.parts) {
    const { blob, sha256, bytes: size } = await log.put(bytes);
    parts.push({ name, mediaType, blob, sha256, bytes: size });
  }
  const { blob: file } = await log.put(Buffer.from(JSON.stringify(made.file)));
  const { situation, issues } = made.file;
  const glance = { situation, over: issues.some(({ code }) => code === "reviews-over") };
  return { kind: "drafted", file, parts, upTo: state.changedAt, asOf, glance };
}

/** The signed letter as bytes and as read, so that other letters can quote it by its pages. */
async function signedOf(log: CaseLog, state: CaseState, tools: Tools, signal: AbortSignal) {
  const { signed: letter } = state.afterwards;
  if (!letter) return {};
  const bytes = await log.get(letter.blob);
  const { documents } = await tools.readFiles([{ name: signedDocument, bytes }], { signal });
  return { signed: { letter, bytes, read: documents } };
}

/** A defect of ours stops this draft, not the case: it is said on the page, and the next change tries again. */
async function failed(log: CaseLog, tools: Tools, cause: unknown): Promise<void> {
  const { changedAt } = fold(await log.events());
  // An empty log means that the case was deleted meanwhile: what this work has stored for it goes the same way.
  if (changedAt === 0) return log.destroy();
  tools.log(defectLine(cause, "draft"));
  await log.append([{ kind: "draft-failed", upTo: changedAt }]);
}
