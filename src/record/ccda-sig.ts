import { XmlElement } from "@rgrove/parse-xml";
import { bareFrequency, dosesIn } from "./doses.ts";
import { kid, localName, textsIn } from "./xml.ts";

/**
 * The instruction that people read beside a drug in the narrative table of a C-CDA section ("2 puffs QID PRN"): the
 * coded quantity is often the product's strength or a placeholder. `null` where the table gives none.
 */
export function sigOf(
  administration: XmlElement,
  narrative: XmlElement | undefined,
  ids: Map<string, XmlElement>,
  product: string,
): { amount: string | null; often: string | null } | null {
  const row = rowOf(administration, ids) ?? rowNamed(narrative, product);
  if (!row) return null;
  for (const text of cellsOf(row)) {
    if (isNameOf(text, product)) continue;
    const doses = dosesIn(text);
    const dose = doses.find((one) => /puff|tab|cap|spray|drop|patch|unit/i.test(one.text)) ?? doses[0];
    if (dose && isOften.test(dose.text)) return { amount: dose.text, often: null };
    const often = bareFrequency(text);
    if (often) return { amount: null, often: often.text };
  }
  return null;
}

/** An instruction says how often; a strength alone is the product's. */
const isOften =
  /daily|day|week|month|hour|\bh\b|\b[btq]\.?i\.?d\b|\bq\.?\s?\d|\bq\.?d\b|\bqhs\b|night|bedtime|\bprn\b|needed|morning|evening|once|twice|times/i;

/** The table row or list item that an entry's text points into. */
function rowOf(administration: XmlElement, ids: Map<string, XmlElement>): XmlElement | null {
  const material = kid(administration, "consumable", "manufacturedProduct", "manufacturedMaterial", "code");
  for (const text of [kid(administration, "text"), kid(material, "originalText")]) {
    const target = kid(text, "reference")?.attributes["value"]?.replace(/^#/, "");
    let at: unknown = target ? ids.get(target) : undefined;
    while (at instanceof XmlElement) {
      if (localName(at) === "tr") return at;
      at = at.parent;
    }
  }
  return null;
}

/** Without a reference: the only row that names the product. */
function rowNamed(narrative: XmlElement | undefined, product: string): XmlElement | null {
  const rows = narrative ? below(narrative, "tr") : [];
  const named = rows.filter((row) => cellsOf(row).some((text) => isNameOf(text, product)));
  return named.length === 1 ? named[0]! : null;
}

const cellsOf = (row: XmlElement): string[] =>
  row.children
    .filter((child): child is XmlElement => child instanceof XmlElement && localName(child) === "td")
    .map((cell) =>
      textsIn(cell)
        .map(({ text }) => text)
        .join(" ")
        .replace(/\s+/g, " ")
        .trim(),
    );

function isNameOf(text: string, product: string): boolean {
  const first = /[a-z]{4,}/i.exec(product)?.[0].toLowerCase();
  return first !== undefined && text.toLowerCase().slice(0, 60).includes(first);
}

const below = (element: XmlElement, name: string): XmlElement[] =>
  element.children.flatMap((child) =>
    child instanceof XmlElement ? (localName(child) === name ? [child] : below(child, name)) : [],
  );
