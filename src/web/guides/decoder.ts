import { createHash } from "node:crypto";
import type { GroundId } from "#base";
import { readDenial } from "#denial";
import { escapeHtml, type Library, pathOf } from "#guide";
import { type DenialCode, loadCodes, loadDenialPhrases, loadPayers, loadTreatments } from "#knowledge";
import type { SourceDocument } from "#source";
import { openShelf } from "./shelf.ts";

/** What a letter or a typed code says, in plain words, and what to do. Nothing is kept. */
export async function decoderResult(typed: string, papers: readonly SourceDocument[]): Promise<string> {
  const read = papers.flatMap(({ pages }) => pages.map(({ text }) => text)).join("\n");
  const codes = await codesIn(typed.trim() === "" ? read : typed);
  const pasted = typed.trim().split(/\s+/).length > fewestWords ? [asDocument(typed)] : [];
  const letter = pasted.length + papers.length > 0 ? await letterResult([...pasted, ...papers]) : "";
  if (codes.length === 0 && letter === "")
    return `<p class="note">We could not find a reason or a code in these words. Paste the part that says why the plan decided so.</p>`;
  const list = codes.map(
    ({ system, row }) =>
      `<dt>${escapeHtml(`${system} ${row.code}`)}</dt><dd>${escapeHtml(row.meaning)}${row.hint ? ` <b>${escapeHtml(row.hint)}</b>` : ""}</dd>`,
  );
  return `${letter}${list.length > 0 ? `<h2>The codes</h2><dl>${list.join("")}</dl>` : ""}`;
}

/** Fewer words are a code or a name, and no letter. */
const fewestWords = 12;

/** The care whose brand or generic name stands in the text; names of fewer letters are also other words. */
function treatmentNamed(papers: readonly SourceDocument[], { treatments }: Library): string | undefined {
  const text = papers.flatMap(({ pages }) => pages.map((page) => page.text.toLowerCase())).join(" ");
  const named = (names: readonly string[]) =>
    names.some((name) => name.length >= 6 && text.includes(name.toLowerCase()));
  return [...treatments.values()].find(
    ({ name, names, drugs }) =>
      named([name, ...names]) || drugs?.some(({ generic, brands }) => named([generic, ...(brands ?? [])])),
  )?.id;
}

type Said = { id: GroundId; from: { quote: string }[] };

/** Words of a retold or cut-off letter that name a ground, where the reader of whole letters finds none. */
function groundsSaid(papers: readonly SourceDocument[], { words }: Library): Said[] {
  const text = papers.flatMap(({ pages }) => pages.map((page) => page.text)).join(" ");
  const lower = text.toLowerCase();
  return Object.entries(words.typed.reasons).flatMap(([id, phrases]): Said[] => {
    const phrase = phrases.find((one) => one.includes(" ") && lower.includes(one));
    if (!phrase) return [];
    const at = lower.indexOf(phrase);
    return [{ id: id as GroundId, from: [{ quote: text.slice(at, at + phrase.length) }] }];
  });
}

type Found = { system: string; row: DenialCode & { hint?: string } };

async function codesIn(typed: string): Promise<Found[]> {
  const { carc, rarc, ncpdp } = await loadCodes();
  const found: Found[] = [];
  const add = (system: string, rows: readonly DenialCode[], code: string) => {
    const row = rows.find((one) => one.code.toUpperCase() === code.toUpperCase());
    if (row && !found.some((one) => one.system === system && one.row.code === row.code))
      found.push({ system, row });
  };
  for (const [, code] of typed.matchAll(/\b(?:CARC|CO|PR|OA|PI|reason code)[\s-]*([A-Z]?\d{1,3})\b/gi))
    add("CARC", carc, code!);
  for (const [, code] of typed.matchAll(/\b(?:RARC[\s-]*)?((?:MA|M|N)\d{1,3})\b/g)) add("RARC", rarc, code!);
  for (const [, code] of typed.matchAll(/\b(?:NCPDP|reject(?: code)?)[\s:-]*(\d{2,3})\b/gi))
    add("NCPDP", ncpdp, code!);
  if (/^\s*[A-Z]?\d{1,3}\s*$/i.test(typed)) {
    add("CARC", carc, typed.trim());
    add("RARC", rarc, typed.trim());
    add("NCPDP", ncpdp, typed.trim());
  }
  return found;
}

function asDocument(typed: string): SourceDocument {
  const lines = [...typed.matchAll(/[^\n]+/g)].map((line) => ({
    start: line.index,
    end: line.index + line[0].length,
    indent: 0,
  }));
  return {
    document: "letter",
    mediaType: "text/plain",
    sha256: createHash("sha256").update(typed).digest("hex"),
    pages: [{ page: 1, text: typed, lines, ocr: false }],
  };
}

async function letterResult(papers: SourceDocument[]): Promise<string> {
  const [payers, treatments, codes, phrases] = await Promise.all([
    loadPayers(),
    loadTreatments(),
    loadCodes(),
    loadDenialPhrases(),
  ]);
  const denial = readDenial(papers, { payers, treatments, codes, phrases });
  const { library } = await openShelf();
  const grounds = denial.grounds.length > 0 ? denial.grounds : groundsSaid(papers, library);
  if (grounds.length === 0) return "";
  const treatment =
    denial.services.find(({ treatmentId }) => treatmentId !== null)?.treatmentId ??
    treatmentNamed(papers, library);
  const items = grounds.map(({ id, from }) => {
    const reason = library.reasons.get(id)!;
    const key = treatment
      ? ({ kind: "treatment-reason", treatment, reason: id } as const)
      : ({ kind: "reason", reason: id } as const);
    const said = from[0] ? `<blockquote>${escapeHtml(from[0].quote)}</blockquote>` : "";
    return `<h3>Denied ${escapeHtml(reason.phrase)}</h3>${said}<p>${escapeHtml(reason.means)} <b>${escapeHtml(reason.first)}</b></p><p><a href="${escapeHtml(pathOf(key, library))}">Read the guide</a></p>`;
  });
  return `<h2>What the letter says</h2>${items.join("")}<p>It is not a full reading. <a href="/tools/deadline">Work out your dates</a>, or <a href="/start">start an appeal</a>.</p>`;
}
