import type { CodeSystem } from "#base";
import type { Sheet } from "./sheet.ts";

/** A procedure, drug or revenue code that stands in the notice. */
export type FoundCode = { value: string; system: CodeSystem; start: number; end: number };

const named: { system: CodeSystem; pattern: RegExp }[] = [
  { system: "ndc", pattern: /\bNDC[\s:#]*(\d{4,5}-\d{3,4}-\d{1,2}|\d{11})\b/g },
  {
    system: "ndc",
    pattern: /(?<![\d-])(\d{5}-\d{4}-\d{2}|\d{4}-\d{4}-\d{2}|\d{5}-\d{3}-\d{2}|\d{5}-\d{4}-\d)(?![\d-])/g,
  },
  { system: "rev", pattern: /\brev(?:enue)?\.?\s*(?:code)?s?[\s:#]*(0?\d{3,4})\b/gi },
  { system: "drg", pattern: /\b(?:MS-?)?DRG[\s:#]*(\d{3})\b/g },
  { system: "cdt", pattern: /\b(D\d{4})\b(?!-)/g },
  { system: "icd-10-pcs", pattern: /\bICD-10-PCS[\s:#]*([0-9A-HJ-NP-Z]{7})\b/g },
];
/** A text with more codes than these is a list of codes; the rest of them is left. */
const MOST_CODES = 300;
const cptWord = /\b(?:CPT|procedure|HCPCS|codes?|service code|billing code)\b[^.\n]{0,25}$/i;
const cpt = /(?<![\w$.#/-])(\d{4}[0-9TFU])(?:-(?:\d{2}|[A-Z]{2}|[A-Z]\d))?(?![\w/]|-\d|\.\d)/g;
const hcpcs = /(?<![\w$.#/-]|[)] )([ABCEGHJKLMPQRSTV]\d{4})(?:-(?:\d{2}|[A-Z]{2}))?(?![\w/]|-\d|\.\d)/g;
const postal =
  /\b(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\.?[ ,]+$/;

/**
 * Codes between two places of the text, in reading order. A bare five-digit number needs a sign that it is a code; where
 * codes are expected (behind "Service:"), standing between commas is enough.
 */
export function codesIn(sheet: Sheet, from: number, to: number, expected = false): FoundCode[] {
  const text = sheet.flat.slice(from, to);
  const found: FoundCode[] = [];
  const add = (system: CodeSystem, value: string, start: number): void => {
    if (
      found.length >= MOST_CODES ||
      found.some((code) => code.start < from + start + value.length && from + start < code.end)
    )
      return;
    found.push({ system, value, start: from + start, end: from + start + value.length });
  };
  for (const { system, pattern } of named)
    for (const match of text.matchAll(pattern))
      add(system, match[1]!, match.index + match[0].lastIndexOf(match[1]!));
  for (const match of text.matchAll(hcpcs)) add("hcpcs", match[1]!, match.index);
  for (const match of text.matchAll(cpt)) {
    const before = text.slice(Math.max(0, match.index - 45), match.index);
    if (postal.test(before) || /(?:box|suite|ste|#|no\.?|number|id|group|ref\w*)\s*:?\s*$/i.test(before))
      continue;
    if (
      /[TFU]$/.test(match[1]!) ||
      cptWord.test(before) ||
      listMember(before) ||
      (expected && betweenCommas(text, match)) ||
      inTable(sheet, from + match.index, text, match)
    )
      add("cpt", match[1]!, match.index);
  }
  return found.sort((a, b) => a.start - b.start);
}

const betweenCommas = (text: string, match: RegExpExecArray | RegExpMatchArray): boolean =>
  (/(?:^|[,;(:-])\s*$/.test(text.slice(0, match.index)) &&
    /^\s*(?:[,;):(]|-{1,2}\s|$)/.test(text.slice(match.index! + match[0].length))) ||
  // "New patient visit 99205" as the whole of a field.
  (/[a-z)] $/.test(text.slice(0, match.index)) &&
    !/\b(?:suite|box|ste|apt|zip|[A-Z]{2}) $/.test(text.slice(0, match.index)) &&
    /^\s*$/.test(text.slice(match.index! + match[0].length))) ||
  // "colonoscopy with biopsy 45380 on 04/17/2026".
  (/[a-z)] $/.test(text.slice(0, match.index)) &&
    /^ (?:on|of|for) \d/.test(text.slice(match.index! + match[0].length))) ||
  // "78452 Myocardial perfusion imaging".
  (/^\s*$/.test(text.slice(0, match.index)) &&
    /^ [A-Z][a-z]/.test(text.slice(match.index! + match[0].length)));

/** "CPT 90867, 90868, 90869": one after another. */
function listMember(before: string): boolean {
  return (
    /(?:CPT|HCPCS|procedure codes?|codes?)[\s:#()]*(?:\d{4}[0-9TFU]\s*(?:,|;|\/|and|&|or)\s*)+$/i.test(
      before,
    ) || /(?:\d{4}[0-9TFU]|[A-V]\d{4}),\s*(?:and\s*)?$/.test(before)
  );
}

/** A cell of its own, in brackets, or beside a price. */
function inTable(
  sheet: Sheet,
  start: number,
  text: string,
  match: RegExpExecArray | RegExpMatchArray,
): boolean {
  const at = match.index!;
  if (text[at - 1] === "(" && /^[),;]/.test(text.slice(at + match[0].length))) return true;
  const row = sheet.rows.find((one) => one.start <= start && one.end >= start);
  if (!row || row.cells.length < 2) return false;
  const line = sheet.flat.slice(row.start, row.end);
  // Two cells of one column may leave the code between them.
  const cell = row.cells.find((one) => one.start <= start && one.end >= start);
  if (!cell) return false;
  if (opensPricedCell(sheet, cell, start, start + match[0].length, line)) return true;
  const alone = cell.end - cell.start < match[0].length + 12;
  return alone && (/\$|\d\/\d/.test(line) || headedByCode(sheet, row.start));
}

/** "99285 Emergency visit high   $2,480.00", also behind the date: code, words, price. */
function opensPricedCell(
  sheet: Sheet,
  cell: { start: number; end: number },
  start: number,
  end: number,
  line: string,
): boolean {
  const before = sheet.flat.slice(cell.start, start);
  const after = sheet.flat.slice(end, cell.end);
  if (!/\$\s?\d|\d\.\d{2}(?!\d)/.test(line)) return false;
  // "CT abdomen with contrast 74160": the code closes the words of its cell.
  if (/^\s*$/.test(after) && /^\s*[A-Z][^$:]{5,70}\s$/.test(before)) return true;
  return /^[\s\d/.-]*$/.test(before) && /^(?:\s*[-:,]|)\s+[A-Za-z]{2}/.test(after);
}

function headedByCode(sheet: Sheet, rowStart: number): boolean {
  const above = sheet.flat.slice(Math.max(0, rowStart - 700), rowStart);
  return /\b(?:code|cpt|proc|procedure|hcpcs|type of service)\b/i.test(above);
}

const icd = /(?<![\w.$#/-])([A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?![\w]|-\d|\.\d)/g;
const icdMisread = /(?<![\w.$#/-])([12580]\d{2}\.\d{3})(?![\w])/g;
const letter: Record<string, string> = { "2": "Z", "5": "S", "1": "I", "8": "B", "0": "O" };

/** Diagnosis codes. Without a point they need the word beside them; a misread first letter is mended on scans. */
export function diagnosisCodesIn(sheet: Sheet, from: number, to: number, expected: boolean): FoundCode[] {
  const text = sheet.flat.slice(from, to);
  const found: FoundCode[] = [];
  for (const match of text.matchAll(icd)) {
    const before = text.slice(Math.max(0, match.index - 60), match.index);
    const dotted = match[1]!.includes(".");
    if (/(?:policy|section|mcg|guideline|no\.?|number|r9-|title|article|form|chapter)\s*$/i.test(before))
      continue;
    const inBrackets =
      /[a-z] \($/.test(before) &&
      text[match.index + match[0].length] === ")" &&
      /^[A-Z]\d\d$/.test(match[1]!);
    if (
      !dotted &&
      !expected &&
      !inBrackets &&
      !/\b(?:diagnos\w*|icd|dx)\b/i.test(before) &&
      !/^\s*\(/.test(text.slice(match.index + match[0].length))
    )
      continue;
    if (!dotted && !/\d$/.test(match[1]!)) continue;
    if (!dotted && !expected && !inBrackets && !/\b(?:diagnos\w*|icd|dx)\b/i.test(text)) continue;
    found.push({
      system: "icd-10-cm",
      value: match[1]!,
      start: from + match.index,
      end: from + match.index + match[0].length,
    });
  }
  if (sheet.ocr)
    for (const match of text.matchAll(icdMisread)) {
      const value = (letter[match[1]![0]!] ?? "") + match[1]!.slice(1);
      found.push({
        system: "icd-10-cm",
        value,
        start: from + match.index,
        end: from + match.index + match[0].length,
      });
    }
  return found;
}
