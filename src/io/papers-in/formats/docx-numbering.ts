/** Automatic numbers of a Word file, which are nowhere in its text. */
import type { XmlElement } from "@rgrove/parse-xml";
import { attribute, child, children, value } from "./docx-parts.ts";
import { numeral } from "./numerals.ts";

export type ListNumber = { label: string; level: number };
export type Numbering = {
  /** The number of the next paragraph with this `numPr`, counting it; `null` when it has none. */
  next: (number: XmlElement | undefined, fromStyle: XmlElement | undefined) => ListNumber | null;
};

type Level = { format: string; text: string; start: number };
type List = { counters: string; levels: Level[] };

/** Counters over `numbering.xml`. Lists of one abstract list count on together unless one starts anew. */
export function numberingOf(numbering: XmlElement | null): Numbering {
  const lists = listsOf(numbering);
  const counters = new Map<string, number[]>();
  return {
    next: (own, fromStyle) => {
      const list = lists.get(value(own, "w:numId") ?? value(fromStyle, "w:numId") ?? "");
      if (!list) return null;
      const level = Number(value(own, "w:ilvl") ?? value(fromStyle, "w:ilvl") ?? 0);
      const numbers = counters.get(list.counters) ?? [];
      counters.set(list.counters, numbers);
      return { label: count(numbers, list.levels, level), level };
    },
  };
}

function listsOf(numbering: XmlElement | null): Map<string, List> {
  const abstracts = new Map<string, Level[]>();
  for (const abstract of numbering ? children(numbering, "w:abstractNum") : [])
    abstracts.set(attribute(abstract, "w:abstractNumId"), levelsOf(children(abstract, "w:lvl")));
  const lists = new Map<string, List>();
  for (const list of numbering ? children(numbering, "w:num") : []) {
    const id = attribute(list, "w:numId");
    const abstract = value(list, "w:abstractNumId") ?? "";
    const levels = [...(abstracts.get(abstract) ?? [])];
    const overrides = children(list, "w:lvlOverride");
    for (const override of overrides) {
      const at = Number(attribute(override, "w:ilvl"));
      const own = levelsOf(children(override, "w:lvl"))[at];
      const start = value(override, "w:startOverride");
      const level = own ?? levels[at];
      if (level) levels[at] = start === undefined ? level : { ...level, start: Number(start) };
    }
    lists.set(id, { counters: overrides.length > 0 ? `own ${id}` : abstract, levels });
  }
  return lists;
}

function levelsOf(elements: XmlElement[]): Level[] {
  const levels: Level[] = [];
  for (const element of elements)
    levels[Number(attribute(element, "w:ilvl") || 0)] = {
      format: formatOf(element),
      text: value(element, "w:lvlText") ?? "",
      start: Number(value(element, "w:start") ?? 1),
    };
  return levels;
}

/** Newer formats stand in an alternative with the older one as fallback. */
function formatOf(level: XmlElement): string {
  const alternative = child(child(level, "mc:AlternateContent"), "mc:Fallback");
  return value(level, "w:numFmt") ?? value(alternative, "w:numFmt") ?? "decimal";
}

function count(numbers: number[], levels: Level[], level: number): string {
  const own = levels[level];
  const before = numbers[level];
  numbers[level] = before === undefined ? (own?.start ?? 1) : before + 1;
  numbers.length = level + 1;
  if (!own || own.format === "bullet") return "•";
  if (own.format === "none") return "";
  return own.text.replace(/%(\d)/g, (_, digit: string) => {
    const at = Number(digit) - 1;
    return formatNumber(numbers[at] ?? levels[at]?.start ?? 1, levels[at]?.format ?? "decimal");
  });
}

const types: Record<string, string> = {
  lowerLetter: "a",
  upperLetter: "A",
  lowerRoman: "i",
  upperRoman: "I",
};

function formatNumber(number: number, format: string): string {
  return format === "decimalZero" ? String(number).padStart(2, "0") : numeral(number, types[format] ?? "1");
}
