import { longDate, parseDate } from "#base";
import type { Letter, Passage } from "#letter";
import type { ParcelState, PastLevel } from "./later-events.ts";
import { stepOf } from "./level-events.ts";
import type { CallNote } from "./tracking.ts";

/**
 * The appeal with what went before it: what was sent at each earlier level, when and with which number, and what was said on
 * the telephone. Each in one sentence that rests on the person who sent it or noted it, before the first request or at the
 * end of the text.
 */
export function citeCalls(
  letters: readonly Letter[],
  calls: readonly CallNote[],
  levels: readonly PastLevel[] = [],
): Letter[] {
  const sent = levels.flatMap((level, index) => {
    const text = levelSentence(level);
    return text ? [personal(`level-${index + 1}`, text)] : [];
  });
  const cited = [...sent, ...calls.map((call, index) => personal(`call-${index + 1}`, callSentence(call)))];
  if (cited.length === 0) return [...letters];
  return letters.map((letter) => {
    if (letter.file !== "appeal-letter") return letter;
    const before = letter.passages.findIndex(({ role }) =>
      ["exhibit", "attestation", "signature"].includes(role),
    );
    const at = before < 0 ? letter.passages.length : headingBefore(letter.passages, before);
    return { ...letter, passages: letter.passages.toSpliced(at, 0, ...cited) };
  });
}

const personal = (id: string, text: string): Passage => ({
  id,
  role: "text",
  text,
  rests: [{ person: text }],
});

/** A heading belongs to what follows it, so nothing is put between them. */
function headingBefore(passages: readonly Passage[], at: number): number {
  return passages[at - 1]?.role === "heading" ? at - 1 : at;
}

function callSentence(call: CallNote): string {
  const reference = call.reference ? ` (call reference ${call.reference})` : "";
  return `On ${spoken(call.at)} I spoke with ${call.with} by telephone${reference}. I was told: ${call.said.replace(/\.?$/, ".")}`;
}

const asked: Record<string, string> = {
  "external-review": "my request for external review",
  "expedited-external-review": "my request for external review",
  "state-fair-hearing": "my request for a fair hearing",
  "chip-review": "my request for review",
  "opm-review": "my request for review",
  alj: "my request for a hearing",
  council: "my request for review",
};

const by: Record<string, string> = {
  "fax-http": "by fax to",
  "fax-email": "by fax to",
  email: "by e-mail to",
  mail: "by mail to",
};

/** What was sent at a level, and when the answer came; `null` where no receipt proves that anything was sent. */
function levelSentence({ parcels, answeredOn }: PastLevel): string | null {
  const parcel = parcels.find(({ receipt }) => receipt !== null);
  if (!parcel?.receipt) return null;
  const { channel, to, at, number } = parcel.receipt;
  const way = by[channel] ? ` ${by[channel]} ${to}` : "";
  const proof = number ? ` (confirmation ${number})` : "";
  const answer = answeredOn ? ` The answer reached me on ${spoken(answeredOn)}.` : "";
  return `I sent ${asked[stepOf(parcels) ?? ""] ?? "my appeal"} on ${spoken(at)}${way}${proof}${delivered(parcel)}.${answer}`;
}

/** Only a confirmed delivery is called one. */
function delivered({ receipt }: ParcelState): string {
  return receipt?.status === "delivered" ? ", and its delivery was confirmed" : "";
}

function spoken(at: string): string {
  const day = parseDate(at.slice(0, 10));
  return day ? longDate(day) : at;
}
