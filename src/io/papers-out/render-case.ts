import { createHash } from "node:crypto";
import { longDate, parseDate } from "#base";
import type { CaseFile } from "#case";
import { caseNumber, type Letter } from "#letter";
import type { Manifest, ManifestEntry, PacketPlan } from "#packet";
import { assemblePacket } from "./assemble-packet.ts";
import { deadlineCalendar } from "./deadline-calendar.ts";
import { renderLetterDocx } from "./render-docx.ts";
import { renderLetterPdf } from "./render-letter.ts";

export type OutputFile = { name: string; bytes: Uint8Array; pages?: number };
export type RenderedCase = { outputs: OutputFile[]; packet: PacketPlan | null; issues: CaseFile["issues"] };

/**
 * Every file of the outcome but the JSON ones of the pipeline: each letter as PDF and DOCX, the packet, the calendar, and the
 * manifest with the fingerprint of each.
 */
export async function renderCase(
  file: CaseFile,
  papers: ReadonlyMap<string, Uint8Array>,
): Promise<RenderedCase> {
  const head = headOf(file);
  const createdAt = Date.parse(`${file.asOf}T00:00:00Z`) / 1000;
  const outputs: OutputFile[] = [];
  for (const letter of file.letters) {
    outputs.push({ name: `${letter.file}.pdf`, bytes: await renderLetterPdf(letter, { head, createdAt }) });
    outputs.push({ name: `${letter.file}.docx`, bytes: await renderLetterDocx(letter, { head }) });
  }
  const calendar = await deadlineCalendar(file);
  outputs.push({ name: "deadlines.ics", bytes: new TextEncoder().encode(calendar) });
  const appeal = file.letters.find((letter) => letter.file === "appeal-letter") ?? file.letters[0];
  const packet =
    appeal && file.packet
      ? await assemblePacket({
          letter: appeal,
          plan: file.packet,
          documents: file.documents,
          bytesOf: (document) => papers.get(document) ?? null,
          head,
          cover: coverOf(file, appeal),
          createdAt,
        })
      : null;
  if (packet) outputs.push({ name: "packet.pdf", bytes: packet.pdf, pages: packet.pages });
  const manifest = JSON.stringify(manifestOf(head, outputs), null, 1);
  outputs.push({ name: "manifest.json", bytes: new TextEncoder().encode(`${manifest}\n`) });
  const known = new Set(file.issues.map((issue) => issue.text));
  const issues = (packet?.issues ?? []).filter((issue) => !known.has(issue.text));
  return { outputs, packet: packet?.plan ?? null, issues };
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
