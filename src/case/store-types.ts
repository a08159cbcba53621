import type { CaseEvent, EventBody } from "./events.ts";
import type { ReviewLink } from "./signature.ts";

/** Whose cases these are: an account id. */
export type Owner = string;

/** What a stored blob is known by; `sha256` is of the plain bytes. */
export type StoredBlob = { blob: string; sha256: string; bytes: number };

/** One case, already checked to belong to the person who asks. Everything kept for it is encrypted with its own key. */
export type CaseLog = {
  id: string;
  owner: Owner;
  events(): Promise<CaseEvent[]>;
  /** Appends in one transaction; answers the events as numbered. Nothing is acknowledged before it is on disk. */
  append(bodies: EventBody[]): Promise<CaseEvent[]>;
  put(bytes: Uint8Array): Promise<StoredBlob>;
  /** Stores a stream as it comes in; rejects with `TooLargeError` beyond `limit` bytes and keeps nothing then. */
  putStream(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<StoredBlob>;
  get(blob: string): Promise<Uint8Array>;
  /** Destroys the key, then what it locked. There is no way back. */
  destroy(): Promise<void>;
};

export type Opening = Omit<EventBody & { kind: "opened" }, "kind">;

/** The cases of everyone; `open` is the one place where ownership is decided. */
export type CaseStore = {
  create(owner: Owner, opening: Opening): Promise<CaseLog>;
  /** `null` for a case that does not exist and for a case of somebody else, without a difference. */
  open(owner: Owner, id: string): Promise<CaseLog | null>;
  list(owner: Owner): Promise<CaseLog[]>;
  /** True when the person has, or has ever had, a case. */
  hasHad(owner: Owner): Promise<boolean>;
  /** Cases whose papers or letters wait for work, after a restart. */
  waiting(): Promise<CaseLog[]>;
  /** The cases of all people, for what is done without anyone asking: reminders. */
  everyones(): Promise<CaseLog[]>;
};

export type Account = { id: Owner; name: string };

/** People who sign in, and their sessions. */
export type Accounts = {
  /** The single person of a workbench on one's own machine; made when missing. */
  local(): Promise<Account>;
  /** `null` when the name is taken. */
  register(name: string, password: string): Promise<Account | null>;
  /** `null` when name or password are wrong; takes the same time for both. */
  signIn(name: string, password: string): Promise<Account | null>;
  /** A new session: the token goes into the cookie, only its hash is kept. */
  openSession(account: Owner): Promise<string>;
  accountOf(token: string): Promise<Account | null>;
  closeSession(token: string): Promise<void>;
};

/** A link as found by its token, and the case it opens. */
export type OpenedLink = { link: ReviewLink; caseId: string; owner: Owner };

/** Private links of physicians. */
export type ReviewLinks = {
  /** The token goes into the address, the code over the telephone; both are shown once and kept as hashes. */
  make(caseId: string, expiresAt: string): Promise<{ id: string; token: string; code: string }>;
  find(token: string): Promise<OpenedLink | null>;
  /** Counts the try; false too when there were too many. */
  tryCode(id: string, code: string): Promise<boolean>;
  revoke(caseId: string, id: string): Promise<boolean>;
  /** Marks the link as used by a signature; false when it was used or withdrawn meanwhile. */
  use(id: string): Promise<boolean>;
};

export type Store = {
  cases: CaseStore;
  accounts: Accounts;
  links: ReviewLinks;
  /** A secret of the installation, made on first use and kept locked. */
  secret(name: string, make: () => Uint8Array): Promise<Uint8Array>;
  /** Signs cookies; the same after every start. */
  cookieKey: Uint8Array;
  close(): Promise<void>;
};

/** The stream went beyond what one file may have; nothing of it was kept. */
export class TooLargeError extends Error {
  override readonly name = "TooLargeError";
}

/** The case was deleted meanwhile: nothing can be added to it any more. */
export class CaseGoneError extends Error {
  override readonly name = "CaseGoneError";
}
