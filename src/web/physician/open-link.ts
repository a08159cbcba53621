import { createHash } from "node:crypto";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import type { Issue } from "#base";
import {
  type CaseFile,
  type CaseLog,
  type CaseState,
  checkLink,
  fold,
  type OpenedLink,
  type PhysicianReview,
  physicianDraft,
  type ReviewLink,
  statementsIn,
} from "#case";
import type { Letter } from "#letter";
import { lettersNow } from "../letters-now.ts";
import { caseFileOf } from "../open-case.ts";
import type { Ctx, Workbench } from "../workbench.ts";

const COOKIE = "redress-review";
const HOURS = 2;

/** A case as the physician's link opens it: the letter and nothing else of the case. */
export type OpenReview = {
  token: string;
  link: ReviewLink;
  log: CaseLog;
  state: CaseState;
  file: CaseFile;
  letter: Letter;
};

export const instant = (bench: Workbench): Date => bench.now?.() ?? new Date();

/** Why a link does not open, or the link. A link that was used still opens for who signed, until the cookie ends. */
export async function findLink(bench: Workbench, token: string): Promise<OpenedLink | Issue[]> {
  const found = await bench.store.links.find(token);
  const issues = checkLink(found?.link ?? null, instant(bench).toISOString());
  return issues.length > 0 || !found ? issues : found;
}

/** The case behind a link that opens; issues when the letter is not there to review. */
export async function openReview(
  bench: Workbench,
  token: string,
  found: OpenedLink,
): Promise<OpenReview | Issue[]> {
  const log = await bench.store.cases.open(found.owner, found.caseId);
  if (!log) return checkLink(null, "");
  const state = fold(await log.events());
  const file = state.draft ? await caseFileOf(log, state.draft) : null;
  const letter = physicianDraft(lettersNow(file, state));
  if (!file || !letter)
    return [
      {
        severity: "error",
        code: "letter-missing",
        text: "The letter is being drafted again. Reload this page in a minute; what you marked is kept.",
      },
    ];
  return { token, link: found.link, log, state, file, letter };
}

/** A name for a statement in forms and addresses that is of its words and does not tell them. */
export function keyOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/**
 * What is marked so far. A physician who was sent a new link finds what they marked under the one before, as far as the
 * words are still the same; another person's marks are nobody's.
 */
export function reviewSoFar({ state, link, letter }: OpenReview): PhysicianReview {
  const { reviews, links } = state.afterwards;
  const own = reviews[link.id];
  if (own) return own;
  const name = links.find((one) => one.link === link.id)?.name ?? "";
  const before = links.findLast((one) => one.name === name && reviews[one.link]);
  if (before) return { ...reviews[before.link]!, certified: false };
  const npi = /\bNPI (\d{10})\b/.exec(
    letter.passages
      .filter(({ role }) => role === "signature")
      .map(({ text }) => text)
      .join("\n"),
  );
  const whole = name.trim().split(/\s+/).length > 1 && !/^dr\.?\s+\S+$/i.test(name.trim());
  return {
    marks: [],
    answers: [],
    certified: false,
    signer: { name: whole ? name : "", npi: npi?.[1] ?? "" },
  };
}

export function keyedStatements(letter: Letter) {
  return statementsIn(letter).map((statement) => ({ ...statement, key: keyOf(statement.text) }));
}

/** Remembers on this device, below this link only, that the code was right. */
export async function rememberCode(c: Ctx, bench: Workbench, token: string, link: string): Promise<void> {
  const ends = instant(bench).getTime() + HOURS * 3_600_000;
  await setSignedCookie(c, COOKIE, `${link}.${ends}`, secret(bench), {
    httpOnly: true,
    sameSite: "Lax",
    secure: bench.secure,
    path: `/physician/${token}`,
    maxAge: HOURS * 3600,
  });
}

export async function codeIsRemembered(c: Ctx, bench: Workbench, link: string): Promise<boolean> {
  const value = await getSignedCookie(c, secret(bench), COOKIE);
  if (!value) return false;
  const [id, ends] = value.split(".");
  return id === link && Number(ends) > instant(bench).getTime();
}

/** Another secret than that of sessions, so that one cookie can never stand for the other. */
const secret = (bench: Workbench) => `${Buffer.from(bench.store.cookieKey).toString("base64")}:review`;
