/**
 * Sending a packet and proving it: where to, in how many parts, how often to try, and the receipt that is kept. The
 * transports themselves (SMTP, a fax provider's HTTP interface) are in `#io`; clock and sleep are passed in.
 */
import type { Issue, Span } from "#base";
import type { SendTo } from "#denial";
import type { ExpeditedFax } from "./expedited-fax.ts";

export const channels = ["fax-http", "fax-email", "email", "mail", "portal"] as const;
export type Channel = (typeof channels)[number];

/** One file to send. */
export type SentPaper = { name: string; bytes: Uint8Array; sha256: string; pages: number };

/** What goes out in one piece. The same key is never delivered twice, however often sending is asked for. */
export type Parcel = {
  key: string;
  channel: Channel;
  /** Fax number, e-mail address, street address or web address. */
  to: string;
  /** Who receives it, as the notice names them. */
  recipient: string;
  /** Carries no health fact: subjects and cover lines are seen by machines on the way. */
  subject: string;
  part: { number: number; of: number };
  papers: SentPaper[];
  /** From 2 where the other side took it before and then told that it failed: this is a new sending, not a repetition. */
  round?: number;
};

/** Proof kept with the case. `number` is the other side's own confirmation, where it gives one. */
export type Receipt = {
  key: string;
  channel: Channel;
  to: string;
  status: "accepted" | "delivered" | "by-hand";
  number: string | null;
  /** Instant, ISO 8601 with zone. */
  at: string;
  pages: number;
  sha256: string[];
  attempts: number;
};

/**
 * A transport gave up. `final`: trying again cannot help. `taken`: the other side had taken it and then told that it
 * failed. `after`: milliseconds that it asks to be left alone. The code picks the words the user reads.
 */
export class SendRefused extends Error {
  override readonly name = "SendRefused";
  readonly code: string;
  readonly final: boolean;
  readonly taken: boolean;
  readonly after: number;
  constructor(code: string, final: boolean, more: { taken?: boolean; after?: number } = {}) {
    super(code);
    this.code = code;
    this.final = final;
    this.taken = more.taken ?? false;
    this.after = more.after ?? 0;
  }
}

/** What tells the receiver that two tries are one sending: the parcel's key, and its round from the second on. */
export const sendingKey = ({ key, round = 1 }: Pick<Parcel, "key" | "round">): string =>
  round > 1 ? `${key}-${round}` : key;

/** How a sending that was taken came out. */
export type SendOutcome = { status: "waiting" | "delivered" } | { status: "failed"; code: string };

/** Asks for the outcome by the number that was given when it was taken. */
export type AskOutcome = (number: string, signal: AbortSignal) => Promise<SendOutcome>;

/**
 * Delivers one parcel or throws {@link SendRefused}; its {@link sendingKey} goes along so that the receiver can drop a
 * repetition. `accepted`: taken, with an outcome that is not known yet or never told.
 */
export type Transport = (
  parcel: Parcel,
  signal: AbortSignal,
) => Promise<{ number: string | null; status: Receipt["status"] }>;

/** An e-mail that reminds of a day; its words name nobody. Rejects when it could not be handed over. */
export type Remind = (reminder: { to: string; key: string; subject: string; text: string }) => Promise<void>;

/** The ways to send that are set up where this runs. */
export type Delivery = {
  transports: Partial<Record<Channel, Transport>>;
  /** Of the ways that tell how it came out after they took it. */
  outcomes?: Partial<Record<Channel, AskOutcome>>;
  remind?: Remind;
};

/** The outside, passed in at the edge. */
export type SendTools = {
  transport: Transport;
  /** Receipts already kept for this case. */
  kept: readonly Receipt[];
  now: () => string;
  sleep: (milliseconds: number) => Promise<void>;
  /** A signal that fires after so many milliseconds. */
  deadline: (milliseconds: number) => AbortSignal;
};

/** Waits between tries, in milliseconds: a busy line or a restarting server is over within a few minutes. */
export const retryDelays = [2_000, 15_000, 60_000, 180_000] as const;
const patience = 120_000;
/** Longer than this nobody is kept waiting, whatever the other side asks for. */
const longestWait = 900_000;

/**
 * Sends a parcel at most once. A receipt kept under the same key is the answer without sending; a passing failure is
 * tried again after {@link retryDelays}; what cannot be sent is an issue with the next best step, and nothing is kept.
 */
export async function send(
  parcel: Parcel,
  tools: SendTools,
): Promise<{ receipt: Receipt | null; issues: Issue[] }> {
  const before = tools.kept.find(({ key }) => key === parcel.key);
  if (before) return { receipt: before, issues: [] };
  const wrong = checkParcel(parcel);
  if (wrong.length > 0) return { receipt: null, issues: wrong };
  let round = parcel.round ?? 1;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await tools.transport({ ...parcel, round }, tools.deadline(patience));
      return { receipt: receiptOf(parcel, answer, attempt, tools.now()), issues: [] };
    } catch (cause) {
      const refused = cause instanceof SendRefused ? cause : new SendRefused("send-unclear", false);
      const wait = retryDelays[attempt - 1];
      if (refused.final || wait === undefined)
        return { receipt: null, issues: [refusal(refused.code, parcel)] };
      if (refused.taken) round++;
      await tools.sleep(Math.max(wait, Math.min(refused.after, longestWait)));
    }
  }
}

function receiptOf(
  parcel: Parcel,
  answer: Awaited<ReturnType<Transport>>,
  attempts: number,
  at: string,
): Receipt {
  const { key, channel, to, papers } = parcel;
  return {
    key,
    channel,
    to,
    ...answer,
    at,
    attempts,
    pages: pagesOf(papers),
    sha256: papers.map((paper) => paper.sha256),
  };
}

function pagesOf(papers: readonly SentPaper[]): number {
  return papers.reduce((sum, { pages }) => sum + pages, 0);
}

/** What one piece may hold. Fax gateways and mail servers cut off beyond this; paper and portals are left to a person. */
export const channelLimits: Record<Channel, { pages?: number; bytes?: number }> = {
  "fax-http": { pages: 200, bytes: 20_000_000 },
  "fax-email": { pages: 100, bytes: 20_000_000 },
  email: { bytes: 20_000_000 },
  mail: {},
  portal: { bytes: 50_000_000 },
};

/** Problems that would make sending useless; nothing goes out while there is one. */
export function checkParcel(parcel: Parcel): Issue[] {
  const limit = channelLimits[parcel.channel];
  const pages = pagesOf(parcel.papers);
  const bytes = parcel.papers.reduce((sum, paper) => sum + paper.bytes.length, 0);
  if (parcel.papers.length === 0) return [refusal("parcel-empty", parcel)];
  if ((limit.pages ?? Infinity) < pages || (limit.bytes ?? Infinity) < bytes)
    return [refusal("packet-over-limit", parcel)];
  const fax = parcel.channel.startsWith("fax");
  if (fax && !/^\+?1?\D*(?:\d\D*){10}$/.test(parcel.to)) return [refusal("fax-number-invalid", parcel)];
  if (parcel.channel === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(parcel.to))
    return [refusal("email-invalid", parcel)];
  return [];
}

/** The next best step for each way in which sending fails. */
const refusals: Record<string, string> = {
  "parcel-empty": "There is nothing in the packet yet. Draft and sign the letter first.",
  "packet-over-limit":
    'The packet is larger than this way of sending takes. Send it in parts: each says "part 1 of n" on its first page.',
  "fax-number-invalid":
    "The fax number does not have ten digits. Check it against the notice, or send by mail with tracking.",
  "email-invalid": "The e-mail address is not complete. Check it against the notice.",
  "fax-is-voice-line":
    "A person or a voice menu answered at this number: it is not a fax line. Call it and ask for the appeals fax, or send by mail with tracking.",
  "fax-busy":
    "The fax line stayed busy. Try again in an hour; if the last day is near, send by mail with tracking today as well.",
  "fax-failed":
    "The fax service took it, but it did not go through. Try again in an hour, or send by mail with tracking.",
  "mail-bounced":
    "The mail server says that this address does not exist. Call the number on the notice for the right one, or use its fax or postal address.",
  "mail-not-secure":
    "The mail server offers no encrypted connection, and health records are not sent without one. Use fax or post.",
  "mail-certificate":
    "The mail server could not prove who it is, and health records are not sent to a stranger. Whoever runs this installation must check the server's name and certificate. Use fax or post meanwhile.",
  "mail-box-full":
    "The mailbox at this address is full. Use the fax number or postal address of the notice, and do not wait for the mailbox.",
  "mail-refused":
    "The mail server refused the message. Nothing was sent. Use the fax number or postal address of the notice.",
  "login-refused":
    "The sending account was refused. Whoever runs this installation must check its name and password.",
  "send-failed":
    "The other side could not be reached after several tries. Nothing was sent. Try another way that the notice names.",
  "send-unclear":
    "The other side gave no clear answer, so it may or may not have arrived. Call and ask, or send it by another way that the notice names; twice does no harm, not at all does.",
};

/** Refusals after which the other side had taken the parcel: what is sent then is a new sending. */
const takenCodes = new Set([
  "fax-busy",
  "fax-failed",
  "fax-is-voice-line",
  "fax-number-invalid",
  "mail-bounced",
  "mail-box-full",
]);

/** The round of a parcel that is sent after these failures of it. */
export const roundAfter = (codes: readonly string[]): number =>
  1 + codes.filter((code) => takenCodes.has(code)).length;

/** Every way in which sending can fail. */
export const refusalCodes = Object.keys(refusals);

/** The next best step, in words, for what went wrong. */
export function refusalText(code: string): string {
  return refusals[code] ?? refusals["send-failed"]!;
}

function refusal(code: string, parcel: Parcel): Issue {
  const part = parcel.part.of > 1 ? ` (part ${parcel.part.number} of ${parcel.part.of})` : "";
  return { severity: "error", code, text: `${refusalText(code)}${part}` };
}

/**
 * A way to send that the notice itself gives, with the place where it says so; quickest provable way first. `expedited`:
 * the notice keeps it for requests that cannot wait.
 */
export type Destination = { channel: Channel; to: string; from: Span[]; expedited?: true };

/**
 * Where the notice says the appeal may go. Empty when it names no address: then the plan's member services must say. A
 * number for expedited requests comes first where this one cannot wait, and after the others where it can.
 */
export function destinationsOf(
  sendTo: SendTo,
  expedited: { faxes: readonly ExpeditedFax[]; urgent: boolean } = { faxes: [], urgent: false },
): Destination[] {
  const ways: [Channel, SendTo[keyof SendTo]][] = [
    ["fax-http", sendTo.fax],
    ["portal", sendTo.portal],
    ["email", sendTo.email],
    ["mail", sendTo.address],
  ];
  const digits = (words: string) => words.replace(/\D/g, "").slice(-10);
  const quick = expedited.faxes.map((fax): Destination => ({ channel: "fax-http", ...fax, expedited: true }));
  const isQuick = (to: string) => quick.some((one) => digits(one.to) === digits(to));
  const named = ways
    .flatMap(([channel, at]): Destination[] => (at ? [{ channel, to: at.value, from: at.from }] : []))
    .filter(({ channel, to }) => channel !== "fax-http" || !isQuick(to));
  return expedited.urgent ? [...quick, ...named] : [...named, ...quick];
}
