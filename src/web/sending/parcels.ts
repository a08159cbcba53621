import { createHash } from "node:crypto";
import type { Issue } from "#base";
import {
  type CaseFile,
  type CaseLog,
  type CaseState,
  type Channel,
  channelLimits,
  checkParcel,
  type Destination,
  type Draft,
  destinationsOf,
  expeditedFaxes,
  type Parcel,
  type SentPaper,
} from "#case";
import { headOf, splitPacket } from "#io";
import { signatureNow } from "../physician/standing.ts";
import type { Workbench } from "../workbench.ts";
import { coverSheet } from "./cover-sheet.ts";

/** One way to send: how it is done here, and where the notice names it. `index` stands for it in addresses. */
export type Way = Destination & { index: number; byHand: boolean; recipient: string };

/** The ways that the notice names. A fax goes through the provider, else through the gateway, else by hand. */
export function waysOf(file: CaseFile, bench: Workbench): Way[] {
  const sendTo = file.denial?.rightsStated.sendTo;
  if (!sendTo) return [];
  const transports = bench.delivery?.transports ?? {};
  const recipient = file.denial?.payer?.value ?? "The plan";
  return destinationsOf(sendTo, expeditedOf(file)).map((way, index) => {
    const gateway = way.channel === "fax-http" && !transports["fax-http"] && transports["fax-email"];
    const channel: Channel = gateway ? "fax-email" : way.channel;
    return { ...way, channel, index, recipient, byHand: transports[channel] === undefined };
  });
}

/** The fax numbers that the notice keeps for requests that cannot wait, and whether this one cannot. */
function expeditedOf(file: CaseFile) {
  const { sendTo } = file.denial!.rightsStated;
  const names = Object.values(sendTo).flatMap((place) => place?.from[0]?.document ?? []);
  const notice = file.documents.find(({ document }) => names.includes(document));
  const urgent = file.answers.urgent === true || file.denial?.urgent?.value === true;
  return { faxes: notice ? expeditedFaxes(notice) : [], urgent };
}

/** True when the fax number is the number that the notice gives for calls. */
export function isVoiceLine(way: Way, file: CaseFile): boolean {
  const phone = file.denial?.rightsStated.sendTo.phone?.value.replace(/\D/g, "") ?? "";
  return (
    way.channel.startsWith("fax") &&
    phone.length >= 10 &&
    way.to.replace(/\D/g, "").endsWith(phone.slice(-10))
  );
}

/** `signed`: the signed letter by itself, where its signature holds. */
export type Bundle = {
  parcels: Parcel[];
  packet: SentPaper;
  cover: SentPaper;
  signed: SentPaper[];
  issues: Issue[];
};

/**
 * What would go out by this way: the packet in as many parts as the way needs, each with its cover sheet. The key of a
 * parcel is made of the case, the way and the bytes of the packet, so the same packet is one parcel however often it
 * is asked for. Nothing is complete unless every part passes.
 */
export async function bundleFor(
  log: CaseLog,
  state: CaseState & { draft: Draft },
  file: CaseFile,
  way: Way,
  today: string,
): Promise<Bundle | Issue[]> {
  const part = state.draft.parts.find((one) => one.name === "packet.pdf");
  if (!part) return [missing];
  const bytes = await log.get(part.blob);
  const { pages = 0, bytes: most } = channelLimits[way.channel];
  const head = await headOf(file);
  const limit = {
    // One page of each part is its cover sheet.
    ...(pages > 0 ? { maxPages: pages - 1 } : {}),
    ...(most ? { maxBytes: Math.floor(most * 0.7) } : {}),
  };
  const split = await splitPacket(bytes, limit, head).catch(() => null);
  const whole = await splitPacket(bytes, {}, "").catch(() => null);
  if (!split || !whole) return [missing];
  const packet = paper("packet.pdf", bytes, whole.parts[0]!.pages);
  const of = split.parts.length;
  const from = file.answers.signer?.name ?? file.denial?.memberName?.value ?? "";
  const sheet = async (part: { number: number; of: number; pages: number }) => {
    const made = await coverSheet(way, { head, from, part, today });
    return paper("cover-sheet.pdf", made.bytes, made.pages);
  };
  const parcels: Parcel[] = [];
  for (const [index, one] of split.parts.entries()) {
    const number = index + 1;
    const name = of > 1 ? `packet-part-${number}-of-${of}.pdf` : "packet.pdf";
    const main = paper(name, one.bytes, one.pages);
    const cover = await sheet({ number, of, pages: one.pages });
    parcels.push({
      key: sha256(Buffer.from([log.id, way.channel, way.to, packet.sha256, number, of].join("\n"))).slice(
        0,
        40,
      ),
      channel: way.channel,
      to: way.to,
      recipient: way.recipient,
      subject: "Documents for the appeals department",
      part: { number, of },
      papers: way.channel === "email" ? [main, ...(await original(log, state, file, number))] : [cover, main],
    });
  }
  const issues = [
    ...(signatureNow(state, file) === "void" ? [signatureVoid] : []),
    ...split.issues,
    ...parcels.flatMap((parcel) => (way.byHand ? [] : checkParcel(parcel))),
  ];
  const cover = await sheet({ number: 1, of: 1, pages: packet.pages });
  const signed = await original(log, state, file, 1);
  return { parcels, packet, cover, signed, issues };
}

/** True while the packet holds a signature that no longer stands: then it goes out in no way, and none is written down. */
export const isHeld = ({ issues }: Bundle): boolean => issues.some(({ code }) => code === "signature-void");

/** What one prints or uploads oneself: where the way takes only so much at once, the parts. A portal wants no cover sheet. */
export function bundleFiles({ parcels, packet, cover, signed }: Bundle, { channel }: Way): SentPaper[] {
  const parts = parcels.flatMap(({ papers }) => papers.filter(({ name }) => name.startsWith("packet")));
  const whole = parcels.length > 1 ? parts : [packet];
  // What is uploaded can be checked; what is printed cannot.
  return channel === "portal" ? [...whole, ...signed] : [cover, ...whole];
}

/** The signed letter itself goes with e-mail and to a portal: inside the packet its pages can be read, but not its signature checked. */
async function original(
  log: CaseLog,
  state: CaseState,
  file: CaseFile,
  number: number,
): Promise<SentPaper[]> {
  const { signed } = state.afterwards;
  // What is blackened in the packet must not stand readable in a file beside it.
  const isBlack = file.issues.some(({ code }) => code === "blacken-in-signed");
  if (!signed || number > 1 || isBlack || signatureNow(state, file) !== "holds") return [];
  return [paper("physician-letter-signed.pdf", await log.get(signed.blob), signed.pages)];
}

const signatureVoid: Issue = {
  severity: "error",
  code: "signature-void",
  text: "The physician's letter changed after it was signed: the signature no longer holds, and nothing goes out under it. On the page of the physician's letter, ask for a new signature or go on without one.",
};

const missing: Issue = {
  severity: "error",
  code: "parcel-empty",
  text: "There is no packet that could be sent yet. Hand in the notice, look through the letter, and come back.",
};

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function paper(name: string, bytes: Uint8Array, pages: number): SentPaper {
  return { name, bytes, sha256: sha256(bytes), pages };
}
