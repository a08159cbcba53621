import type { Sentence } from "./sentences.ts";
import type { Row, Sheet } from "./sheet.ts";
import { amountsIn } from "./written.ts";

/** Keys that a payer makes for itself: "G7", "A12", "(1)", "*", "B". A bare figure is no key: it may count units or steps. */
const key = "(?:\\([A-Z0-9]{1,3}\\)|\\*{1,4}|[†‡§]|[A-Z]{1,3}\\d{1,3}|[A-Z]{1,2}(?![a-z]))";
const keysOfCell = new RegExp(`^\\s*(?:(?:see|note|notes|code)s?:?\\s+)?(?:${key}[\\s,;/&]*)+$`, "i");
const oneKey = new RegExp(key, "g");
/** The key, a mark or a wide space, and words that explain it. */
const explains = new RegExp(
  `^\\s*(?<key>${key})(?:\\s*[:.)=]\\s*|\\s*-{1,2}\\s+|\\t\\s*|\\s{2,}|(?<=[)*†‡§])\\s*)(?=["(]?[A-Z])(?<words>.{12,})`,
);

type Explained = { key: string; row: number };

/**
 * Where a table of lines carries keys that are explained elsewhere, the explanation is the reason of those lines, and what
 * explains a key that no line carries is a legend of the form. Changes the zones of those sentences.
 */
export function withRemarkKeys(sheet: Sheet, sentences: Sentence[]): Sentence[] {
  const explained = explanations(sheet);
  if (explained.length === 0) return sentences;
  const used = usedKeys(sheet);
  const rows = new Map(explained.map(({ key: name, row }) => [row, used.has(name)]));
  if (![...rows.values()].includes(true)) return sentences;
  return sentences.map((sentence) => {
    const carried = rows.get(sentence.row);
    if (carried === undefined) return sentence;
    return carried ? { ...sentence, zone: "reason", carried } : { ...sentence, zone: "generic" };
  });
}

function explanations(sheet: Sheet): Explained[] {
  return sheet.rows.flatMap((row, index) => {
    const match = explains.exec(lineOf(sheet, row));
    if (!match || isPriced(sheet, row)) return [];
    return [{ key: bare(match.groups!["key"]!), row: index }];
  });
}

/** The keys in the cells of priced rows. */
function usedKeys(sheet: Sheet): Set<string> {
  const used = new Set<string>();
  for (const row of sheet.rows) {
    if (row.cells.length < 3 || !isPriced(sheet, row)) continue;
    for (const { start, end } of row.cells) {
      const text = sheet.flat.slice(start, end);
      if (!keysOfCell.test(text)) continue;
      for (const [name] of text.replace(/^\s*(?:see|notes?|codes?):?\s+/i, "").matchAll(oneKey))
        used.add(bare(name));
    }
  }
  return used;
}

const isPriced = (sheet: Sheet, row: Row): boolean =>
  amountsIn(lineOf(sheet, row)).length > 0 && row.cells.length > 2;
const lineOf = (sheet: Sheet, row: Row): string =>
  sheet.flat.slice(row.start, row.end).replaceAll("\n", "\t");
const bare = (name: string): string => name.replace(/[()]/g, "").toUpperCase();
