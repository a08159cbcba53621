import type { Reading } from "#base";
import { type SourceDocument, spanAt } from "#source";

/** As far down the first page as a letterhead or the opening sentence goes, in characters. */
const head = 700;

/**
 * The payer by a name that we know, for policies that no letterhead or copyright line signs: "Aetna considers …". The
 * first name in the head of the document, the longest where several begin there.
 */
export function knownPayer(document: SourceDocument, names: readonly string[]): Reading<string> | null {
  const page = document.pages[0];
  if (!page) return null;
  const text = page.text.slice(0, head);
  const found = names
    .filter((name) => name.length > 3)
    .map((name) => ({ name, at: wholeWord(text, name) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
  if (!found) return null;
  const { name, at } = found;
  return { value: name, from: [spanAt(document.document, page, at, at + name.length)], by: "rule" };
}

/** Where a name stands by itself, in its own capitals: "Ambetter", and not "ambetter" of an address. */
function wholeWord(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const around = `${text[at - 1] ?? " "}${text[at + name.length] ?? " "}`;
    if (!/[\w@.]/.test(around.replace(/\.$/, ""))) return at;
  }
  return -1;
}
