import type { GroundId } from "#base";
import type { DenialCode, DenialCodes } from "#knowledge";
import type { Sheet } from "./sheet.ts";

/** A code of a public list that the notice prints: "CARC 50", "RARC N115", "NCPDP 75". */
export type PrintedCode = { code: string; row: DenialCode; start: number; end: number; grounds: GroundId[] };

type List = "carc" | "rarc" | "ncpdp";
const label: Record<List, string> = { carc: "CARC", rarc: "RARC", ncpdp: "NCPDP" };

/** With their own mark: CARC 29, CO-50, PR96, RARC N4, claim adjustment reason code 50. */
const marked: { list: List; pattern: RegExp }[] = [
  { list: "carc", pattern: /\bCARC[\s:#-]*([AB]?\d{1,3})\b/g },
  {
    list: "carc",
    pattern: /\b(?:CO|C0|co|PR|OA|0A|PI)[\s-]?(?!0\d\b)([AB]?\d{1,3})\b(?![-/\d])(?! (?:Box|St|Ave))/g,
  },
  { list: "carc", pattern: /\b(?:claim )?adjustment (?:reason )?codes?[\s:#-]*([AB]?\d{1,3})\b/gi },
  { list: "carc", pattern: /\bCARC ?\/ ?RARC[\s:#-]*([AB]?\d{1,3})\b/g },
  { list: "rarc", pattern: /\bCARC ?\/ ?RARC[\s:#-]*[AB]?\d{1,3} ?[/,;] ?((?:MA|M|N)\d{1,3})\b/g },
  { list: "rarc", pattern: /\bRARC[\s:#-]*((?:MA|M|N)\d{1,3})\b/g },
  { list: "rarc", pattern: /\bremarks? codes?[\s:#-]*((?:MA|M|N)\d{1,3})\b/gi },
  { list: "ncpdp", pattern: /\bNCPDP(?:\s+reject)?(?:\s+codes?)?[\s:#-]*([0-9A-Z]{2,3})\b/g },
  { list: "ncpdp", pattern: /\breject(?:ion)? codes?[\s:#-]*([0-9A-Z]{2,3})\b/gi },
];
/** A list behind the words: "Reject codes: 70, 608", "Denial codes 50 and 197", "Reason code 27". */
const listed =
  /\b(reject(?:ion)?|denial|reason|adjustment|remarks?|adj\.?|claim adjustment reason|denial reason) (?:codes?|reason codes?|code and meaning)(?: and meanings?)?[\s:#-]*((?:(?:CO|PR|OA|PI)?-?[AB]?\d{1,3}|(?:MA|M|N)\d{1,3}|MR|9G)(?:(?:\s*[,;/&]\s*|\s+and\s+)(?:(?:CO|PR|OA|PI)?-?[AB]?\d{1,3}|(?:MA|M|N)\d{1,3}|MR|9G))*)(?![-\d%])/gi;

/** Every public code that stands in the notice. Codes that a payer made for itself are left out. */
export function readPrintedCodes(sheet: Sheet, codes: DenialCodes): PrintedCode[] {
  const text = sheet.flat;
  const pharmacy = /\b(pharmac|drug|prescri|medication|tablet|formulary)/i.test(text);
  const found = new Map<string, PrintedCode>();
  const add = (list: List, code: string, start: number, end: number, named = false): void => {
    const bare = code
      .toUpperCase()
      .replace(/^(?:CO|PR|OA|PI)-?/, "")
      .replace(/^0+(?=\d)/, "");
    const row = codes[list].find((entry) => entry.code === bare) ?? (named ? unlisted(bare) : undefined);
    if (!row || found.has(`${list} ${bare}`)) return;
    found.set(`${list} ${bare}`, { code: `${label[list]} ${bare}`, row, start, end, grounds: row.grounds });
  };
  for (const { list, pattern } of marked)
    for (const match of text.matchAll(pattern))
      add(list, match[1]!, match.index, match.index + match[0].length, list !== "ncpdp");
  for (const match of text.matchAll(listed)) {
    const at = match.index + match[0].length - match[2]!.length;
    for (const item of match[2]!.matchAll(/(?:CO|PR|OA|PI)?-?[A-Z]{0,2}\d{1,3}[A-Z]?|MR|9G/gi)) {
      const list = listOf(item[0], match[1]!.toLowerCase(), pharmacy);
      if (list === "carc" && /^remark/i.test(match[1]!)) continue;
      add(list, item[0], at + item.index, at + item.index + item[0].length, list === "rarc");
    }
  }
  for (const match of text.matchAll(/\bcode (\d{2,3})\b/gi))
    if (pharmacy && /pharmac|reject/i.test(text.slice(Math.max(0, match.index - 80), match.index)))
      add("ncpdp", match[1]!, match.index, match.index + match[0].length);
  for (const match of text.matchAll(/\(code:? ([AB]?\d{1,3})\)/gi))
    add(pharmacy ? "ncpdp" : "carc", match[1]!, match.index, match.index + match[0].length);
  // "Code 29" at the end of a line with prices.
  for (const match of text.matchAll(/\$[\d,.]+[ \t]+(?:reason |remark |denial )?code ([AB]?\d{1,3})\b/gi))
    add("carc", match[1]!, match.index + match[0].search(/code/i), match.index + match[0].length);
  // "CARC 252, N706", "CO-97 M80": a remark behind its adjustment code.
  for (const match of text.matchAll(
    /\b(?:CARC|CO|PR|OA|PI)[\s-]?[AB]?\d{1,3}(?:,| and| \/)? ?((?:MA|M|N)\d{1,3})\b/g,
  ))
    add(
      "rarc",
      match[1]!,
      match.index + match[0].length - match[1]!.length,
      match.index + match[0].length,
      true,
    );
  readColumn(sheet, add);
  return [...found.values()];
}

/** A number printed as an adjustment code that our lists do not know: it stays with the ground that the words give. */
const unlisted = (code: string): DenialCode => ({
  code,
  meaning: "not in our lists",
  grounds: [],
  broad: true,
  confidence: "D",
});

function listOf(code: string, word: string, pharmacy: boolean): List {
  if (/^(?:MA|M|N)\d/i.test(code) && !/^MR$/i.test(code)) return "rarc";
  if (
    word.startsWith("reject") ||
    (pharmacy && /^(?:70|75|76|79|608|569|MR|9G)$/.test(code) && !/adjust|remark/.test(word))
  )
    return "ncpdp";
  return "carc";
}

/** The cells of a table under "Reason", "CARC", "Adj code": bare numbers. */
function readColumn(sheet: Sheet, add: (list: List, code: string, start: number, end: number) => void): void {
  sheet.rows.forEach((row, index) => {
    const column = row.cells.findIndex(({ start, end }) =>
      /^\s*(?:reason|carc|adj\.?(?:ustment)?|denial|reason\/remark|remark|rarc)(?:\s*(?:codes?|reason|group))*\s*$/i.test(
        sheet.flat.slice(start, end),
      ),
    );
    if (column < 0 || row.cells.length < 3) return;
    for (const below of sheet.rows.slice(index + 1, index + 40)) {
      if (below.cells.length < 3) break;
      const cell = below.cells.length === row.cells.length ? below.cells[column] : below.cells.at(-1);
      if (
        !cell ||
        !/^[\s,;/]*(?:(?:(?:CO|PR|OA|PI)[\s-]?)?(?:[AB]?\d{1,3}|(?:MA|M|N)\d{1,3})[\s,;/&]*)+$/.test(
          sheet.flat.slice(cell.start, cell.end),
        )
      )
        continue;
      for (const match of sheet.flat
        .slice(cell.start, cell.end)
        .matchAll(/\b(?:(?:CO|PR|OA|PI)-?)?([AB]?\d{1,3}|(?:MA|M|N)\d{1,3})\b/g)) {
        const list = /^[MN]/.test(match[1]!) ? "rarc" : "carc";
        if (list === "carc" && /^[AB]/.test(match[1]!) && !/^(?:CO|PR|OA|PI)/.test(match[0])) continue;
        add(list, match[1]!, cell.start + match.index, cell.start + match.index + match[0].length);
      }
    }
  });
}
