import type { Context, Hono } from "hono";
import type {
  Account,
  Afterwards,
  Answers,
  CallNote,
  CaseFile,
  CaseLog,
  CaseState,
  Delivery,
  GuideChoice,
  PhysicianWord,
  Review,
  SignedLetter,
  Store,
} from "#case";
import type { Precedent } from "#precedent";
import type { PaperFile, ReadFiles, ReadPapers, SourceDocument } from "#source";
import type { Charges } from "./charging/routes.ts";
import type { Say } from "./texts.ts";
import type { Workshop } from "./work/workshop.ts";

/** One output as bytes: a letter, the packet, the calendar file. */
export type Part = { name: string; mediaType: string; bytes: Uint8Array };

/** Everything the pipeline needs to know of a case at one moment. */
export type Preparation = {
  papers: PaperFile[];
  read: ReadPapers;
  answers: Answers;
  review: Review;
  asOf: string;
  /** Telephone calls that somebody noted; the appeal cites them as that person's statement. */
  calls?: CallNote[];
  /** The levels behind this one, with what was sent at each. */
  levels?: Afterwards["levels"];
  /** Documents that were handed in since the last level was over. */
  handedIn?: string[];
  /** What the person chose in the guide they came from. */
  chosen?: GuideChoice;
  /** The letter that the physician signed, as bytes and as read; it takes the draft's place while it still says the same. */
  signed?: { letter: SignedLetter; bytes: Uint8Array; read: SourceDocument[] };
  /** What the physician struck and corrected; no letter quotes it, whether the signature still holds or not. */
  word?: PhysicianWord;
};

/** Papers, answers and decisions → the case file and what can be taken home. Runs outside the server's own thread. */
export type Prepare = (
  input: Preparation,
  options?: { progress?: (doing: string) => void; signal?: AbortSignal },
) => Promise<{ file: CaseFile; parts: Part[] }>;

/** A picture (PNG) of one page; `document` names a file inside an archive. `null` where there is nothing to draw. */
export type PagePicture = (
  paper: PaperFile,
  document: string,
  page: number,
  dpi: number,
) => Promise<Uint8Array | null>;

export type WorkbenchOptions = {
  store: Store;
  readFiles: ReadFiles;
  prepare: Prepare;
  pagePicture: PagePicture;
  /** `local`: one person on their own machine, no sign-in. `hosted`: accounts. */
  mode: "local" | "hosted";
  /** Host names that may be asked for; anything else is another site that points its name at this machine. */
  hosts: string[];
  /** Cookies only over HTTPS: true wherever the workbench is served to others. */
  secure: boolean;
  today: () => string;
  /** The instant, for signatures, links and receipts. */
  now?: () => Date;
  /** Ways to send; without one, papers are printed and receipts written down by hand. */
  delivery?: Delivery;
  /** Waits between tries to send. */
  sleep?: (milliseconds: number) => Promise<void>;
  /** Published decisions of independent reviewers, where some were imported. */
  precedents?: () => Precedent[];
  /** Set by operators who charge for letters; without it everything is free. */
  charges?: Charges;
  /** Milliseconds, for the request log. */
  clock: () => number;
  log: (line: string) => void;
};

export type Workbench = WorkbenchOptions & { workshop: Workshop };

/** The case a request is about, already checked to belong to the person who asks. */
export type OpenCase = { log: CaseLog; state: CaseState; file: CaseFile | null };

export type Env = {
  Variables: { account: Account | null; say: Say; current: OpenCase; hosted: boolean };
};
export type App = Hono<Env>;
export type Ctx = Context<Env>;
