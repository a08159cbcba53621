import { createHash } from "node:crypto";
import { PDFDocument } from "@cantoo/pdf-lib";
import { type Issue, longDate, parseDate } from "#base";
import { type CaseFile, calendarFor, physicianLetterFile, type SignedLetter, signedDocument } from "#case";
import { caseNumber, exhibitLabel, type Letter, type Passage } from "#letter";
import { blackenedText, type Manifest, type ManifestEntry, type PacketPlan, wordsToBlacken } from "#packet";
import { assemblePacket } from "./assemble-packet.ts";
import { type MadeExhibit, withMade, withoutWords } from "./made-exhibits.ts";
import { renderLetterDocx } from "./render-docx.ts";
import { renderLetterPdf } from "./render-letter.ts";
import { timelineExhibit, timelineName, timelinePdf } from "./timeline-exhibit.ts";
import { wordsOnPages } from "./words-on-pages.ts";

export type OutputFile = { name: string; bytes: Uint8Array; pages?: number };
export type RenderedCase = { outputs: OutputFile[]; packet: PacketPlan | null; issues: CaseFile["issues"] };

/** The same for the same denial however often it is drafted, another for every other, and nothing that can be read. */
function calendarId({ denial }: CaseFile): string {
  const told = [
    denial?.memberId,
    ...(denial?.references ?? []),
    ...(denial?.services ?? []).map((one) => one.description),
  ];
  return createHash("sha256")
    .update(told.map((one) => one?.value ?? "").join("\n"))
    .digest("hex")
    .slice(0, 16);
}

/**
 * Every file of the outcome but the JSON ones of the pipeline: each letter as PDF and DOCX, the packet, the calendar, and the
 * manifest with the fingerprint of each.
 */
export async function renderCase(
  file: CaseFile,
  papers: ReadonlyMap<string, Uint8Array>,
  signed?: { letter: SignedLetter; bytes: Uint8Array },
): Promise<RenderedCase> {
  const head = headOf(file);
  const createdAt = Date.parse(`${file.asOf}T00:00:00Z`) / 1000;
  const outputs: OutputFile[] = [];
  const appeal = file.letters.find((letter) => letter.file === "appeal-letter") ?? file.letters[0];
  const annex = await supplyAnnex(file, head, createdAt);
  const redact = file.answers.redact ?? [];
  const all = [timelineExhibit(file.timeline), annex?.exhibit ?? null].filter((one) => one !== null);
  const { made, issues: leftOut } = withoutWords(all, redact);
  const whole =
    appeal && file.packet
      ? withBlackTitles(
          made.reduce(withMade, { letter: appeal, plan: file.packet, documents: file.documents }),
          redact,
        )
      : null;
  const drawn = file.timeline ? await timelinePdf(file.timeline, createdAt) : null;
  if (file.timeline) outputs.push({ name: timelineName, bytes: new TextEncoder().encode(file.timeline) });
  for (const drafted of file.letters) {
    const letter = drafted === appeal && whole ? whole.letter : drafted;
    if (signed && letter.file === physicianLetterFile) {
      outputs.push({ name: `${letter.file}.pdf`, bytes: signed.bytes, pages: signed.letter.pages });
      continue;
    }
    outputs.push({ name: `${letter.file}.pdf`, bytes: await renderLetterPdf(letter, { head, createdAt }) });
    if (drafted === appeal)
      outputs.push({
        name: `${letter.file}-archive.pdf`,
        bytes: await renderLetterPdf(letter, { head, createdAt, standard: "a-2a" }),
      });
    outputs.push({ name: `${letter.file}.docx`, bytes: await renderLetterDocx(letter, { head, createdAt }) });
  }
  // A fixed stamp, so that the same case gives the same bytes.
  const calendar = calendarFor(file.rights.rights, {
    madeAt: `${file.asOf}T00:00:00Z`,
    uid: calendarId(file),
  });
  outputs.push({ name: "deadlines.ics", bytes: new TextEncoder().encode(calendar) });
  const black = whole ? wordsToBlacken(redact, whole.plan, whole.documents, [whole.letter]) : null;
  const signedSays = signed && redact.length > 0 ? await wordsOnPages(signed.bytes, redact) : [];
  const packet =
    appeal && whole
      ? await assemblePacket({
          ...enclosed(whole, signed?.letter),
          bytesOf: (document) =>
            document === signedDocument
              ? (signed?.bytes ?? null)
              : document === timelineName
                ? drawn
                : document === annexName
                  ? (annex?.bytes ?? null)
                  : (papers.get(document) ?? null),
          head,
          redact: black?.spans ?? [],
          words: redact,
          cover: coverOf(file, appeal),
          createdAt,
          // The signed file cannot be blackened without breaking its signature.
          ...(signed && signedSays.length === 0 ? { attachments: [signedFile(signed.bytes)] } : {}),
        })
      : null;
  if (packet) outputs.push({ name: "packet.pdf", bytes: packet.pdf, pages: packet.pages });
  const manifest = JSON.stringify(manifestOf(head, outputs), null, 1);
  outputs.push({ name: "manifest.json", bytes: new TextEncoder().encode(`${manifest}\n`) });
  const known = new Set(file.issues.map((issue) => issue.text));
  const elsewhere = packet?.blackened ?? [];
  const notFound = ({ code, text }: Issue) =>
    code === "blacken-not-found" && elsewhere.some((word) => text.startsWith(`“${word}”`));
  const issues = [
    ...(packet?.issues ?? []),
    ...(black?.issues ?? []).filter((issue) => !notFound(issue)),
    ...[...new Set(signedSays.map(({ word }) => word))].map(saidInSigned),
    ...leftOut,
  ].filter((issue) => !known.has(issue.text));
  return { outputs, packet: packet?.plan ?? null, issues };
}

type Whole = { letter: Letter; plan: PacketPlan; documents: CaseFile["documents"] };

/** Titles of papers are words of those papers: in the lists of exhibits they are blackened like the papers. */
function withBlackTitles({ letter, plan, documents }: Whole, words: readonly string[]): Whole {
  if (words.length === 0) return { letter, plan, documents };
  const black = (text: string) => blackenedText(text, words);
  const exhibits = plan.exhibits.map((one) => ({
    ...one,
    title: black(one.title),
    usedFor: black(one.usedFor),
  }));
  const passages = letter.passages.map((one) =>
    one.role === "exhibit"
      ? { ...one, text: black(one.text), ...(one.cells ? { cells: one.cells.map(black) } : {}) }
      : one,
  );
  return { letter: { ...letter, passages }, plan: { ...plan, exhibits }, documents };
}

/** What a physician signed stays as it was signed. */
const saidInSigned = (word: string): Issue => ({
  severity: "warning",
  code: "blacken-in-signed",
  text: `“${word}” stands in the letter that the physician signed. It is blackened on the page in the packet, and the signed file does not go along, so its signature cannot be checked. Leave the word readable, or change the letter and ask for a new signature.`,
});

const annexName = "days-and-supply.pdf";

/** The count of days and supply, where the case has one, as an exhibit made from the pharmacy's rows. */
async function supplyAnnex(
  file: CaseFile,
  head: string,
  createdAt: number,
): Promise<{ exhibit: MadeExhibit; bytes: Uint8Array } | null> {
  const letter = file.letters.find(({ kind }) => kind === "supply-annex");
  if (!letter) return null;
  const bytes = await renderLetterPdf(letter, { head, createdAt });
  const pages = (await PDFDocument.load(bytes)).getPageCount();
  const exhibit = {
    document: annexName,
    title: "Days and supply, counted from the pharmacy's rows",
    usedFor: "count, made from the exhibits",
    pages,
    words: letter.passages.flatMap(({ text, cells = [] }) => [text, ...cells]).join("\n"),
    sentence: (place: string) => `The pharmacy's fills are counted day by day in ${place}.`,
    section: /^Drug by drug/,
  };
  return { exhibit, bytes };
}

/** Copied pages lose their signature; the signed file itself goes along, so that anyone can check it. */
const signedFile = (bytes: Uint8Array) => ({
  name: signedDocument,
  bytes,
  description: "The physician's letter as signed; its digital signature can be verified.",
});

/** The letter the physician signed as the last exhibit, listed where the appeal lists its exhibits. */
function enclosed(given: Whole, signed: SignedLetter | undefined) {
  const { letter, plan, documents } = given;
  // Where the letters quote it, it is planned among the exhibits already.
  if (!signed || plan.exhibits.some(({ document }) => document === signedDocument)) return given;
  const exhibit = {
    label: exhibitLabel(plan.exhibits.length),
    title: `Letter of medical necessity, signed by ${signed.signer.name}`,
    dates: "",
    document: signedDocument,
    pages: Array.from({ length: signed.pages }, (_, index) => index + 1),
    firstPage: 0,
    usedFor: signed.certified
      ? "Statement of the treating physician; certification for an expedited decision. The signed file is attached to this PDF"
      : "Statement of the treating physician. The signed file is attached to this PDF",
  };
  const cells = [exhibit.label, exhibit.title, exhibit.dates, exhibit.usedFor];
  const row: Passage = {
    id: "signed-letter",
    role: "exhibit",
    text: cells.filter(Boolean).join(" · "),
    cells,
    rests: [{ person: signed.signer.name }],
  };
  const at = letter.passages.findLastIndex(({ role }) => role === "exhibit") + 1;
  const passages = at > 0 ? letter.passages.toSpliced(at, 0, row) : letter.passages;
  const source = {
    document: signedDocument,
    mediaType: "application/pdf",
    sha256: signed.sha256,
    pages: exhibit.pages.map((page) => ({ page, text: "", lines: [], ocr: false })),
  };
  return {
    letter: { ...letter, passages },
    plan: { ...plan, exhibits: [...plan.exhibits, exhibit] },
    documents: [...documents, source],
  };
}

/** Name and case number, as they run in page heads. */
export function headOf(file: CaseFile): string {
  const name = file.denial?.memberName?.value ?? file.sorted.patient.name?.value ?? "";
  return [name, caseNumber(file)].filter(Boolean).join(" · ");
}

/** What the cover says: to whom, about whom, which case, which notice. */
function coverOf(file: CaseFile, appeal: Letter): [string, string][] {
  const row = (role: string) => appeal.passages.find((passage) => passage.role === role)?.text ?? "";
  const noticeDay = parseDate(file.denial?.noticeDate?.value ?? "");
  const facts: [string, string][] = [
    ["To", row("recipient")],
    ["Sent", row("delivery")],
    ["Member", file.denial?.memberName?.value ?? ""],
    ["Member ID", file.denial?.memberId?.value ?? ""],
    ["Reference", file.denial?.references.map((reference) => reference.value).join(", ") ?? ""],
    ["Notice appealed", noticeDay ? longDate(noticeDay) : ""],
  ];
  return facts.filter(([, value]) => value);
}

/** Fingerprints of all files of a case. */
export function manifestOf(createdFor: string, files: OutputFile[]): Manifest {
  const parts = files.map(
    (file): ManifestEntry => ({
      name: file.name,
      sha256: createHash("sha256").update(file.bytes).digest("hex"),
      bytes: file.bytes.length,
      ...(file.pages ? { pages: file.pages } : {}),
    }),
  );
  return { createdFor, parts };
}
