import { createHash } from "node:crypto";
import type { Issue, Span } from "#base";
import {
  type AuditLine,
  attestationIn,
  basisOf,
  type CaseFile,
  checkReview,
  fold,
  type PhysicianReview,
  physicianDraft,
  type Signature,
  settledLetter,
  wordOf,
} from "#case";
import { headOf, renderLetterPdf, signingIdentity, signPdf, splitPacket } from "#io";
import { lettersNow } from "../letters-now.ts";
import { caseFileOf } from "../open-case.ts";
import type { Workbench } from "../workbench.ts";
import { instant, type OpenReview } from "./open-link.ts";

/** The largest drawn name that is taken, in bytes of PNG. */
const DRAWING_LIMIT = 300_000;

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * The bytes that are on the screen: set once from the marks as they stand, kept, and shown again until something
 * changes. These and no others can be signed.
 */
export async function shownLetter(open: OpenReview, review: PhysicianReview) {
  const { log, link, letter, state, file } = open;
  const basis = basisOf(letter);
  const before = state.afterwards.shown[link.id];
  if (before && before.basis === basis) return before;
  const bytes = await renderLetterPdf(settledLetter(letter, review, titleIn(file)), {
    head: await headOf(file),
    createdAt: Date.parse(`${file.asOf}T00:00:00Z`) / 1000,
  });
  const { parts } = await splitPacket(bytes, {}, "");
  const { blob } = await log.put(bytes);
  const shown = {
    kind: "letter-shown" as const,
    link: link.id,
    blob,
    sha256: sha256(bytes),
    pages: parts[0]?.pages ?? 0,
    basis,
  };
  await log.append([shown]);
  return shown;
}

/** Names of papers as the packet lists them. */
export const titleIn =
  (file: CaseFile) =>
  (span: Span): string | null =>
    file.packet?.exhibits.find(
      ({ document, pages }) => document === span.document && pages.includes(span.page),
    )?.title ?? null;

/** Signs what was shown, or says why not; nothing is kept then. */
export async function sign(
  open: OpenReview,
  bench: Workbench,
  body: Record<string, unknown>,
): Promise<Issue[]> {
  const { log, link, letter, state } = open;
  const review = state.afterwards.reviews[link.id];
  const shown = state.afterwards.shown[link.id];
  const say = (code: string, text: string): Issue[] => [{ severity: "error", code, text }];
  const changed = say(
    "letter-changed",
    "The letter is not the one you looked at any more. Nothing was signed. Read it again as it stands below, then sign.",
  );
  if (!review || !shown || shown.basis !== basisOf(letter) || body.seen !== shown.sha256) return changed;
  const bytes = await log.get(shown.blob);
  if (sha256(bytes) !== shown.sha256) return changed;
  const wrong = checkReview(letter, review);
  if (wrong.length > 0) return wrong;
  if (body.attest !== "yes")
    return say("attestation-missing", "Tick the attestation: without it there is no signature.");
  const typed = typeof body.typed === "string" ? body.typed.trim() : "";
  const drawn = drawing(body.drawn);
  if (drawn === "refused")
    return say(
      "drawing-unreadable",
      "The drawn name could not be read. Draw it again, or sign with the typed name.",
    );
  // A drawn name signs by itself; what was typed beside it must still be that name.
  if (typed === "" ? !drawn : plainName(typed) !== plainName(review.signer.name))
    return say("name-differs", `Type your name as you gave it before: ${review.signer.name}.`);
  const now = instant(bench);
  const signature: Signature = {
    signer: { ...review.signer, role: "physician" },
    seen: shown.sha256,
    pages: shown.pages,
    attestation: attestationIn(letter),
    at: now.toISOString(),
    given: drawn ? { drawn } : { typed },
    means: [
      "A private link to this one case, sent by the person whose case it is, that expires and opens for one signature.",
      "A six-digit code, told apart from the link; five wrong codes close it.",
    ],
    audit: [
      ...(await auditOf(open)),
      { at: now.toISOString(), what: "Name and attestation given, letter signed" },
    ],
  };
  const signed = await signPdf(bytes, signature, await signingIdentity(bench.store, now));
  // Everything slow is done before the link is used up: a stop from here on loses at most one line of the log.
  const kept = await log.put(signed);
  const { pages } = (await splitPacket(signed, {}, "")).parts[0]!;
  if (!(await isStill(open, shown.basis))) return changed;
  if (!(await bench.store.links.use(link.id)))
    return say(
      "link-used",
      "This letter was signed or the link withdrawn meanwhile. Nothing was signed twice.",
    );
  const { signer, certified } = review;
  await log.append([
    {
      kind: "letter-signed",
      signed: {
        link: link.id,
        signer,
        seen: shown.sha256,
        shown: shown.blob,
        basis: shown.basis,
        ...kept,
        pages,
        certified,
        word: wordOf(letter, review, now.toISOString()),
      },
    },
  ]);
  return [];
}

/** Whether the letter is still the one that was looked at: signing takes a moment, in which its owner may change it. */
async function isStill({ log }: OpenReview, basis: string): Promise<boolean> {
  const state = fold(await log.events());
  const file = state.draft ? await caseFileOf(log, state.draft) : null;
  const letter = physicianDraft(lettersNow(file, state));
  return letter !== null && basisOf(letter) === basis;
}

/** What happened with this link, for the audit page; no health fact in it. */
async function auditOf({ log, link }: OpenReview): Promise<AuditLine[]> {
  return (await log.events()).flatMap((event): AuditLine[] => {
    if (event.kind === "link-made" && event.link === link.id)
      return [
        {
          at: event.at,
          what: `Private link made for ${event.name}, valid until ${event.expiresAt.slice(0, 16).replace("T", " ")} UTC`,
        },
      ];
    if (event.kind === "link-opened" && event.link === link.id)
      return [{ at: event.at, what: "Link opened with the code told apart from it" }];
    if (event.kind === "evidence-opened" && event.link === link.id)
      return [{ at: event.at, what: `Page of the record opened: ${event.document}, page ${event.page}` }];
    if (event.kind === "statements-marked" && event.link === link.id) {
      const count = (mark: string) => event.review.marks.filter((one) => one.mark === mark).length;
      const counts = `${count("confirmed")} confirmed, ${count("corrected")} corrected, ${count("struck")} struck`;
      return [{ at: event.at, what: `Statements marked: ${counts}` }];
    }
    if (event.kind === "letter-shown" && event.link === link.id)
      return [
        {
          at: event.at,
          what: `Letter shown, ${event.pages} ${event.pages === 1 ? "page" : "pages"}, SHA-256 begins ${event.sha256.slice(0, 16)}`,
        },
      ];
    return [];
  });
}

/** The PNG of a drawn name; `null` when none was drawn. */
function drawing(given: unknown): Uint8Array | null | "refused" {
  if (typeof given !== "string" || given === "") return null;
  const found = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(given);
  const bytes = found ? Buffer.from(found[1]!, "base64") : Buffer.alloc(0);
  const isPng = bytes.subarray(0, 8).toString("hex") === "89504e470d0a1a0a";
  return isPng && bytes.length <= DRAWING_LIMIT ? bytes : "refused";
}

function plainName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s.,]+/g, " ")
    .trim();
}
