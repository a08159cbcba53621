import { datesIn } from "#source";
import { claimHead, isRefused, isSummaryNotice } from "./medicare-summary.ts";
import { codesIn, type FoundCode } from "./read-codes.ts";
import type { Decided, Draft } from "./read-services.ts";
import type { Sheet } from "./sheet.ts";
import { amountsIn } from "./written.ts";

/** What a line says of its own service. */
const decision =
  /\b(?:denied|disapproved|approved|not (?:approved|covered|certified|authorized)|certified|non-?certified)\b/i;

/** Rows with a code and a price, a date or a decision: tables of services, whichever way their cells were joined. */
export function tableRows(sheet: Sheet, decided: Decided): Draft[] {
  const drafts: Draft[] = [];
  const summary = isSummaryNotice(sheet);
  const refusedOnly = summary && sheet.rows.some((row) => row.cells.length > 2 && isRefused(sheet, row));
  for (const [index, row] of sheet.rows.entries()) {
    if (!decided(row.start) || row.cells.length < 2) continue;
    if (refusedOnly && !isRefused(sheet, row)) continue;
    const line = sheet.flat.slice(row.start, row.end);
    const codes = codesIn(sheet, row.start, row.end);
    const money = amountsIn(line);
    const dates = datesIn(line);
    const said = row.cells.length > 2 && decision.test(line);
    if (codes.length === 0 || (money.length === 0 && dates.length === 0 && !said)) continue;
    if (/^\s*total/i.test(line) || (/:\s/.test(line) && money.length === 0)) continue;
    const words = description(sheet, row, codes) ?? codes[0]!;
    const first = money[0];
    drafts.push({
      ...words,
      codes,
      dates:
        dates.length === 0 && summary
          ? (claimHead(sheet, index)?.dates ?? [])
          : dates.slice(0, 2).map(({ value }) => value),
      amount: first
        ? { value: first.value, start: row.start + first.start, end: row.start + first.end }
        : null,
    });
  }
  return drafts;
}

/** The longest run of words of the row that is neither date, code, price nor the provider's name. */
function description(
  sheet: Sheet,
  row: Sheet["rows"][number],
  codes: FoundCode[],
): { start: number; end: number } | null {
  const cells = row.cells.flatMap(({ start, end }) => {
    const text = sheet.flat.slice(start, end);
    return [
      ...text.matchAll(
        /[A-Za-z][A-Za-z][^\t$]*?(?=\s*(?:\$|\t|\(?\b(?:[A-Z]\d{4}|\d{4}[0-9A-Z])\b|$)|\s+\d{1,2}\/\d)/g,
      ),
    ].map((match) => ({
      start: start + match.index,
      end: start + match.index + match[0].length,
    }));
  });
  const usable = cells.filter(({ start, end }) => {
    const text = sheet.flat.slice(start, end);
    if (datesIn(text).length > 0 && text.replace(/\d/g, "").length < 22) return false;
    return (
      end - start > 3 &&
      !/^(?:not )?(?:(?:you|we|plan|patient|member)(?: may| will)? (?:owe|paid|pays?)|approved|denied|paid|covered|allowed|billed|amount|charged?)\b|^(?:CPT|HCPCS|DOS|dates?|yes|no|units?)\b|\b(?:clinic|hospital|inc|llc|pc|p\.a|md|associates|center|physical therapy$)\b/i.test(
        text,
      ) &&
      !codes.some((code) => code.start === start)
    );
  });
  const behind = usable.filter(({ start }) => codes[0] && Math.abs(start - codes[0].start) < 120);
  return (behind.length > 0 ? behind : usable).sort((a, b) => b.end - b.start - (a.end - a.start))[0] ?? null;
}

/** "CPT 70553 - MRI Brain …" and "MRI Lumbar Spine (CPT 72148)" as lines of a list. */
export function codedLines(sheet: Sheet, decided: Decided): Draft[] {
  const line =
    /(?:CPT|HCPCS|CDT|Code)\s*(?:code\s*)?[:#]?\s*(?<code>[A-Z]?\d{4}[0-9A-Z]?)\s*(?:-{1,2}|:|,)\s+(?<words>[A-Za-z][^\n\t]*)/g;
  const drafts: Draft[] = [];
  for (const match of sheet.flat.matchAll(line)) {
    if (
      !decided(match.index) ||
      /\b(?:without|if|supports?|with|revision|billed?|should)\b[^.\n]{0,30}$/.test(
        sheet.flat.slice(Math.max(0, match.index - 30), match.index),
      )
    )
      continue;
    const start = match.index + match[0].length - match.groups!["words"]!.length;
    const words = match.groups!["words"]!;
    if (/^(?:for|from|on|to|at|by|with|and|or|is|was|were|in|which|that)\b/.test(words)) continue;
    const stop = words.search(
      /\s+(?:CPT|HCPCS)\s+[A-Z]?\d{4}|\s+Dates? of Service|\s+(?:Total|Billed|Amount)\b[^:]*:|\.\s+[A-Z]/,
    );
    const codes = codesIn(sheet, match.index, start);
    if (codes.length === 0) continue;
    if (drafts.some((draft) => draft.codes[0]?.value === codes[0]!.value)) continue;
    drafts.push({
      start: start + lead(words),
      end: start + (stop < 0 ? words.length : stop),
      codes,
      dates: [],
      amount: null,
    });
  }
  return drafts;
}

const lead = (words: string): number => /^(?:Category (?:I{1,3}) code:\s*)?/i.exec(words)![0].length;

/** "Claim: 7733019, St. Alban Cardiology, June 3, 2026, echocardiogram 93306, $1,480.00": the parts of a claim between commas. */
export function claimLines(sheet: Sheet, decided: Decided): Draft[] {
  const line =
    /^\s*(?:re:?\s+)?claims?\b[^\n]*?,\s+(?<words>[A-Za-z][A-Za-z /-]{3,70}?)[\s(,]+(?=[A-Z]?\d{4}[0-9TFU]?\)?(?:,|\s*$))/i;
  return sheet.rows.flatMap((row) => {
    const words = sheet.flat.slice(row.start, row.end);
    const match = decided(row.start) ? line.exec(words) : null;
    const dates = datesIn(words);
    if (!match || words.length > 220 || dates.length === 0) return [];
    const end = row.start + match[0].replace(/[\s(,]+$/, "").length;
    const codes = codesIn(sheet, end, row.end, true);
    const price = amountsIn(words).find((one) => words[one.start] === "$");
    if (codes.length === 0) return [];
    return [
      {
        start: end - match.groups!["words"]!.length,
        end,
        codes,
        dates: [dates[0]!.value],
        amount: price
          ? { value: price.value, start: row.start + price.start, end: row.start + price.end }
          : null,
      },
    ];
  });
}

/** "1. MRI of the left knee (CPT 73721)": several numbered lines that end with their code, each with its decision behind. */
export function numberedLines(sheet: Sheet, decided: Decided): Draft[] {
  const line =
    /^\s*(?:\(?\d{1,2}[.)]|[a-e][.)]|[•*-])\s+(?<words>[A-Z][^\n:(]{3,100}?)\s*\((?:CPT|HCPCS|CDT|codes?|procedure)?\s*(?:codes?)?:?\s*(?=[A-Z]?\d{4})(?<codes>[^)\n]{5,60})\)[.:;,]?(?=\s*$|\s+(?:decision|status|outcome|result|determination|we|this|it|approved|denied|not)\b|\s*[-:])/i;
  // "3. Inpatient stay, 2 days - Not approved." stands among lines with codes.
  const bare =
    /^\s*(?:\(?\d{1,2}[.)])\s+(?<words>[A-Z][^\n:(]{3,80}?)\s*[-:]{1,2}\s*(?:not |denied|approved|partially|certified|non-?certified)/i;
  const drafts = sheet.rows.flatMap((row) => {
    if (!decided(row.start)) return [];
    const text = sheet.flat.slice(row.start, row.end);
    const coded = line.exec(text);
    const match = coded ?? bare.exec(text);
    if (!match) return [];
    const start = row.start + match[0].indexOf(match.groups!["words"]!);
    const end = start + match.groups!["words"]!.length;
    const codes = coded ? codesIn(sheet, end, row.start + match[0].length, true) : [];
    if (coded && codes.length === 0) return [];
    return [{ start, end, codes, dates: [], amount: null }];
  });
  return drafts.filter(({ codes }) => codes.length > 0).length > 1 ? drafts : [];
}

/** "2) Hereditary cancer panel, 47 genes (81432) - DENIED: …": lines of a list that each carry their decision. */
export function decidedLines(sheet: Sheet, decided: Decided): Draft[] {
  const line =
    /^\s*(?:\(?\d{1,2}[.)]|[-*•]|[a-z][.)])?\s*(?<words>[A-Z][^\n:]{3,90}?)\s*[,(]\s*(?:CPT|HCPCS|CDT|code)?\s*(?:codes?)?\s*(?=[A-Z]?\d{4})(?<codes>[^)\n:]{5,40}?)\)?\s*[-:,]+\s*(?:is |was |were )?(?:denied|approved|not |partially|certified|non-?certified)/i;
  return sheet.rows.flatMap((row) => {
    if (!decided(row.start)) return [];
    const match = line.exec(sheet.flat.slice(row.start, row.end));
    if (!match) return [];
    const start = row.start + match[0].indexOf(match.groups!["words"]!);
    const end = start + match.groups!["words"]!.length;
    const codes = codesIn(sheet, end, row.start + match[0].length, true);
    return codes.length === 0 ? [] : [{ start, end, codes, dates: [], amount: null }];
  });
}
