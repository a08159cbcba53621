import { XmlElement } from "@rgrove/parse-xml";
import { dosesIn } from "./doses.ts";
import { type Coding, daysOf, type Entry, systemName } from "./entries.ts";
import { timesIn } from "./times.ts";
import { all, attributePlace, kid, kids, localName, textPlace } from "./xml.ts";

/** The words of a coded element, where they stand, and its codes. */
export type Named = { text: string; start: number; end: number; codings: Coding[] };

/** Display name, else original text (in place or by reference into the narrative), else a translation's display name. */
export function nameOf(
  code: XmlElement | undefined,
  owner: XmlElement,
  raw: string,
  ids: Map<string, XmlElement>,
): Named | null {
  if (!code) return null;
  const codings = [code, ...kids(code, "translation")]
    .filter(({ attributes }) => attributes["code"])
    .map(({ attributes }) => ({
      system: systemName(attributes["codeSystem"] ?? attributes["codeSystemName"] ?? ""),
      code: attributes["code"]!,
      display: attributes["displayName"] ?? "",
    }));
  for (const one of [code, ...kids(code, "translation")]) {
    const place = attributePlace(one, "displayName", raw);
    if (place) return { text: one.attributes["displayName"]!, ...place, codings };
  }
  const words =
    referred(kid(code, "originalText"), ids) ??
    (code.name.endsWith("name") ? textPlace(code) : null) ??
    (code.attributes["nullFlavor"] || codings.length > 0 ? referred(kid(owner, "text"), ids) : null);
  if (words && words.text.length < 200) return { ...words, codings };
  const bare = attributePlace(code, "code", raw);
  return bare && codings.length > 0 ? { text: code.attributes["code"]!, ...bare, codings } : null;
}

/** Text of an element, or of the narrative it points at. */
function referred(
  element: XmlElement | undefined,
  ids: Map<string, XmlElement>,
): { text: string; start: number; end: number } | null {
  if (!element) return null;
  const target = kid(element, "reference")?.attributes["value"];
  const pointed = target ? ids.get(target.replace(/^#/, "")) : undefined;
  return (pointed ? textPlace(pointed) : null) ?? textPlace(element);
}

/** effectiveTime as a range of days: a point is one day, an interval without end is open. */
export function timesOf(element: XmlElement): Entry["when"] {
  for (const time of kids(element, "effectiveTime")) {
    const point = daysOf(time.attributes["value"] ?? kid(time, "center")?.attributes["value"]);
    if (point) return point;
    const low = daysOf(kid(time, "low")?.attributes["value"]);
    const high = daysOf(kid(time, "high")?.attributes["value"]);
    if (low || high) return { earliest: low?.earliest ?? null, latest: high?.latest ?? null };
  }
  return { earliest: null, latest: null };
}

/** The one date of the narrative's row that an undated entry points at: "Chest X-ray | Performed: 2013-12-18". */
export function rowDate(element: XmlElement, ids: Map<string, XmlElement>): Entry["when"] {
  const target = kid(element, "text", "reference")?.attributes["value"];
  const row = target ? ids.get(target.replace(/^#/, "")) : undefined;
  const times = row && localName(row) === "tr" ? timesIn(row.text, null) : [];
  return times.length === 1
    ? { earliest: times[0]!.earliest, latest: times[0]!.latest }
    : { earliest: null, latest: null };
}

/** When a device was supplied: its day, or its interval; an end without a beginning is the day of supply. */
export function suppliedOn(element: XmlElement): Entry["when"] {
  const { earliest, latest } = timesOf(element);
  if (earliest !== null || latest === null) return { earliest, latest };
  const high = all(element, "effectiveTime", "high")[0]?.attributes["value"];
  return daysOf(high) ?? { earliest, latest };
}

/** A result's value: quantity, range, integer, coded or plain text. */
export function resultOf(
  value: XmlElement | undefined,
  element: XmlElement,
  raw: string,
  ids: Map<string, XmlElement>,
): (Pick<Entry, "value" | "valueCodings"> & { named: Named | null }) | null {
  const named = nameOf(kid(element, "code"), element, raw, ids);
  if (!value || value.attributes["nullFlavor"]) return null;
  const number = Number(value.attributes["value"]);
  const unit = value.attributes["unit"];
  if (value.attributes["value"] !== undefined && Number.isFinite(number))
    return { value: { low: number, high: number, ...(unit && unit !== "1" ? { unit } : {}) }, named };
  const [low, high] = ["low", "high"].map((end) => kid(value, end)?.attributes["value"]);
  if (low !== undefined || high !== undefined)
    return {
      value: {
        ...(low === undefined ? {} : { low: Number(low) }),
        ...(high === undefined ? {} : { high: Number(high) }),
      },
      named,
    };
  const coded = nameOf(value, value, raw, ids);
  const words = coded ?? referred(value, ids);
  if (!words) return null;
  const figure = /^\s*(\d+(?:\.\d+)?)\s*([%A-Za-z/]*)\s*$/.exec(words.text);
  if (figure && !coded?.codings.length)
    return {
      value: { low: Number(figure[1]), high: Number(figure[1]), ...(figure[2] ? { unit: figure[2] } : {}) },
      named,
    };
  return { value: { text: words.text }, ...(coded ? { valueCodings: coded.codings } : {}), named };
}

/** Dose and frequency of an administration, in words; the strength in the product's name stands in for a missing quantity. */
export function doseOfAdministration(
  element: XmlElement,
  product: string,
  sig: { amount: string | null; often: string | null } | null,
): string | null {
  if (sig?.amount) return sig.amount;
  const quantity = kid(element, "doseQuantity");
  const amount = quantity?.attributes["value"] ?? kid(quantity, "low")?.attributes["value"];
  const unit = quantity?.attributes["unit"] ?? kid(quantity, "low")?.attributes["unit"] ?? "";
  const period = all(element, "effectiveTime", "period")[0];
  const often = period
    ? frequencyOf(Number(period.attributes["value"]), period.attributes["unit"] ?? "h")
    : eventOf(element);
  const needed = kids(element, "precondition").length > 0 ? "as needed" : "";
  const strength =
    amount && unit && unit !== "1" && !/^\{|TABLET|tablet|capsule|puff/.test(unit)
      ? `${amount} ${unit}`
      : /puff/i.test(unit)
        ? `${amount} puffs`
        : (dosesIn(product)[0]?.text ?? "");
  if (sig?.often) return [strength, sig.often].filter(Boolean).join(" ");
  const text = [strength, often, needed].filter(Boolean).join(" ");
  return text === "" ? null : text;
}

function frequencyOf(value: number, unit: string): string {
  const hours = unit === "d" ? value * 24 : unit === "wk" ? value * 168 : unit === "mo" ? value * 720 : value;
  const names: Record<number, string> = {
    24: "daily",
    12: "twice daily",
    8: "three times daily",
    6: "four times daily",
    168: "weekly",
    720: "monthly",
  };
  return names[hours] ?? `every ${value} ${unit === "h" ? "hours" : unit}`;
}

function eventOf(element: XmlElement): string {
  const event = all(element, "effectiveTime", "event")[0]?.attributes["code"];
  return event === "HS" ? "at bedtime" : event === "ACM" ? "daily" : "";
}

/** Every section of a document, nested ones too. */
export function sectionsBelow(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child) => {
    if (!(child instanceof XmlElement)) return [];
    const below = sectionsBelow(child);
    return localName(child) === "section" ? [child, ...below] : below;
  });
}
