import { createHash } from "node:crypto";
import { type Issue, longDate, parseDate } from "#base";
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
import { headOf, renderLetterPdf, splitPacket } from "#io";
import type { Letter, Passage } from "#letter";
import { signatureNow } from "../physician/standing.ts";
import type { Workbench } from "../workbench.ts";

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

export type Bundle = { parcels: Parcel[]; packet: SentPaper; cover: SentPaper; issues: Issue[] };

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
  const parcels: Parcel[] = [];
  for (const [index, one] of split.parts.entries()) {
    const number = index + 1;
    const name = of > 1 ? `packet-part-${number}-of-${of}.pdf` : "packet.pdf";
    const main = paper(name, one.bytes, one.pages);
    const cover = await coverSheet(way, head, { number, of, pages: one.pages }, today);
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
  const cover = await coverSheet(way, head, { number: 1, of: 1, pages: packet.pages }, today);
  return { parcels, packet, cover, issues };
}

/** The signed letter itself goes with e-mail: inside the packet its pages can be read, but not its signature checked. */
async function original(
  log: CaseLog,
  state: CaseState,
  file: CaseFile,
  number: number,
): Promise<SentPaper[]> {
  const { signed } = state.afterwards;
  if (!signed || number > 1 || signatureNow(state, file) !== "holds") return [];
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

/** The first sheet of a fax or an envelope: to whom, how many pages, which part; no health fact. */
async function coverSheet(
  way: Way,
  head: string,
  part: { number: number; of: number; pages: number },
  today: string,
): Promise<SentPaper> {
  const day = parseDate(today);
  const row = (name: string, value: string): Passage => ({
    id: name,
    role: "row",
    text: `${name}: ${value}`,
    cells: [name, value],
    rests: [{ form: true }],
  });
  const said = (id: string, role: Passage["role"], text: string): Passage => ({
    id,
    role,
    text,
    rests: [{ form: true }],
  });
  const letter: Letter = {
    kind: "cover-sheet",
    file: "cover-sheet",
    title: "Cover sheet",
    language: "en",
    issues: [],
    passages: [
      said("title", "title", way.channel.startsWith("fax") ? "Fax cover sheet" : "Cover sheet"),
      row("To", `${way.recipient}, Appeals`),
      row(way.channel.startsWith("fax") ? "Fax" : "Address", way.to),
      row("About", head),
      row("Date", day ? longDate(day) : today),
      row("Pages", `${part.pages + 1} with this sheet`),
      ...(part.of > 1 ? [row("Part", `${part.number} of ${part.of}; the parts are one submission`)] : []),
      said(
        "what",
        "text",
        "Documents for an appeal. Please put them with the appeal and confirm that you have every page.",
      ),
      said(
        "private",
        "text",
        "Confidential. If this reached you by mistake, please destroy it and tell the sender; do not copy or pass it on.",
      ),
    ],
  };
  const bytes = await renderLetterPdf(letter, { head, createdAt: Date.parse(`${today}T00:00:00Z`) / 1000 });
  return paper("cover-sheet.pdf", bytes, 1);
}

/** What to write on the slip of certified mail, and what to keep. */
export function mailSlip(way: Way): string {
  return [
    "CERTIFIED MAIL WITH RETURN RECEIPT",
    "",
    "Article addressed to:",
    way.recipient,
    "Attention: Appeals",
    ...way.to.split(/,\s*/),
    "",
    "1. Print cover-sheet.pdf and packet.pdf, one-sided. Count the pages against the cover sheet.",
    "2. Sign the letter by hand where your name stands.",
    "3. At the post office ask for certified mail and a return receipt. Keep the slip with its number.",
    "4. Mail it days before the last day: some plans count the day they receive it.",
    '5. Open your case, choose "I sent it myself", and write down the day and the number.',
    "",
  ].join("\r\n");
}
