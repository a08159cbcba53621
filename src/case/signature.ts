/**
 * A physician's review and signature: what each statement became, what was seen, and what a signature covers. Signed
 * means frozen: the signature is of the hash of the exact bytes shown; any other bytes are a new, unsigned version.
 */
import type { Issue } from "#base";
import { isNpi } from "./npi.ts";

/** T, C and X of the physician's draft: true as written, corrected in the physician's own words, struck. */
export type StatementMark =
  | { statement: string; mark: "confirmed" }
  | { statement: string; mark: "corrected"; words: string }
  | { statement: string; mark: "struck" };

/** Who signs. The NPI is asked of physicians and other prescribers, not of members. */
export type Signer = { name: string; role: "physician" | "member" | "representative"; npi?: string };

/** One line of the audit page: an instant and what happened, in words without health facts. */
export type AuditLine = { at: string; what: string };

/** What was signed, by whom, when, and the way the name was given. */
export type Signature = {
  signer: Signer;
  /** Hex SHA-256 of the exact bytes that were on the screen. */
  seen: string;
  pages: number;
  attestation: string;
  at: string;
  given: { typed: string } | { drawn: Uint8Array };
  /** How the person was checked, in sentences. */
  means?: string[];
  audit: AuditLine[];
};

/** Why this person cannot sign this yet; empty when they can. */
export function checkSigner(
  signer: Signer,
  marks: readonly StatementMark[],
  statements: readonly string[],
): Issue[] {
  const issues: Issue[] = [];
  const say = (code: string, text: string) => issues.push({ severity: "error", code, text });
  if (signer.name.trim().split(/\s+/).length < 2)
    say("signer-name-incomplete", "Give first and last name, as on the license.");
  if (signer.role === "physician" && !isNpi(signer.npi ?? "")) {
    say(
      "npi-invalid",
      "This is not a valid NPI: it has ten digits and a check digit. Look it up in the NPPES registry and type it again.",
    );
  }
  const marked = new Set(marks.map(({ statement }) => statement));
  const open = statements.filter((statement) => !marked.has(statement));
  if (open.length > 0) {
    say(
      "statements-open",
      `${open.length} of ${statements.length} statements are not marked yet. Confirm, correct or strike each; what is struck is not printed.`,
    );
  }
  if (marks.some((mark) => mark.mark === "corrected" && mark.words.trim() === "")) {
    say("correction-empty", "A corrected statement needs its new words; to leave it out, strike it.");
  }
  return issues;
}

/** The statements to print: confirmed as drafted, corrected in the physician's words, struck left out; order is kept. */
export function settledStatements<T extends { id: string; text: string }>(
  drafted: readonly T[],
  marks: readonly StatementMark[],
): (T & { corrected: boolean })[] {
  const by = new Map(marks.map((mark) => [mark.statement, mark]));
  return drafted.flatMap((statement): (T & { corrected: boolean })[] => {
    const mark = by.get(statement.id);
    if (!mark || mark.mark === "struck") return [];
    if (mark.mark === "confirmed") return [{ ...statement, corrected: false }];
    return [{ ...statement, text: mark.words, corrected: true }];
  });
}

/** A signature holds for these bytes only; anything else on the screen is a new version and says so. */
export function signatureHolds(signature: Pick<Signature, "seen">, sha256: string): boolean {
  return signature.seen === sha256;
}

/** A private link for one case and one person: what is kept of it. Neither token nor code is kept, only their hashes. */
export type ReviewLink = {
  id: string;
  tokenHash: string;
  codeHash: string;
  expiresAt: string;
  revokedAt: string | null;
  signedAt: string | null;
  wrongCodes: number;
};

/** Five wrong codes close the link: ten digits of guessing would need a billion tries. */
export const mostWrongCodes = 5;

/** Whether a link still opens, and if not, what the person should do. */
export function checkLink(link: ReviewLink | null, now: string): Issue[] {
  const closed = (code: string, text: string): Issue[] => [{ severity: "error", code, text }];
  if (!link)
    return closed(
      "link-unknown",
      "This link is not one of ours, or its case was deleted. Ask the person who sent it for a new one.",
    );
  if (link.revokedAt)
    return closed("link-revoked", "This link was withdrawn by the person who sent it. Ask for a new one.");
  if (link.signedAt)
    return closed(
      "link-used",
      "This letter is signed already; the link opens only once. A copy went to the person who asked.",
    );
  if (link.expiresAt <= now)
    return closed(
      "link-expired",
      "This link has expired. Ask the person who sent it for a new one; nothing you marked is lost.",
    );
  if (link.wrongCodes >= mostWrongCodes)
    return closed("code-wrong-too-often", "The code was wrong too often. Ask for a new link.");
  return [];
}
