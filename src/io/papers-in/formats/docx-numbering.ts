/** Automatic numbers of a Word file, which are nowhere in its text. */
import type { XmlElement } from "@rgrove/parse-xml";
import { child, children } from "./read-docx.ts";
import { numeral } from "./read-html.ts";

export type Numbering = {
  /** The number of the next paragraph, counting it; `null` when the paragraph has none. */
  next: (properties: XmlElement | undefined) => { label: string; level: number } | null;
};

type Level = { format: string; text: string; start: number };

/** Counters over `numbering.xml`; styles may carry a number too. */
export function numberingOf(numbering: XmlElement | null, styles: XmlElement | null): Numbering {
  const abstracts = new Map<string, Level[]>();
  const lists = new Map<string, { abstract: string; levels: Level[] }>();
  for (const abstract of numbering ? children(numbering, "w:abstractNum") : [])
    abstracts.set(abstract.attributes["w:abstractNumId"] ?? "", levelsOf(abstract));
  for (const list of numbering ? children(numbering, "w:num") : []) {
    const abstract = child(list, "w:abstractNumId")?.attributes["w:val"] ?? "";
    lists.set(list.attributes["w:numId"] ?? "", { abstract, levels: abstracts.get(abstract) ?? [] });
  }
  const styled = new Map<string, XmlElement>();
  for (const style of styles ? children(styles, "w:style") : []) {
    const number = child(child(style, "w:pPr"), "w:numPr");
    if (number) styled.set(style.attributes["w:styleId"] ?? "", number);
  }
  const counters = new Map<string, number[]>();
  return {
    next: (properties) => {
      const style = child(properties, "w:pStyle")?.attributes["w:val"] ?? "";
      const number = child(properties, "w:numPr") ?? styled.get(style);
      const list = lists.get(child(number, "w:numId")?.attributes["w:val"] ?? "");
      if (!list) return null;
      const level = Number(child(number, "w:ilvl")?.attributes["w:val"] ?? 0);
      return { label: count(counters, list, level), level };
    },
  };
}

function levelsOf(abstract: XmlElement): Level[] {
  const levels: Level[] = [];
  for (const level of children(abstract, "w:lvl"))
    levels[Number(level.attributes["w:ilvl"] ?? 0)] = {
      format: child(level, "w:numFmt")?.attributes["w:val"] ?? "decimal",
      text: child(level, "w:lvlText")?.attributes["w:val"] ?? "",
      start: Number(child(level, "w:start")?.attributes["w:val"] ?? 1),
    };
  return levels;
}

function count(
  counters: Map<string, number[]>,
  list: { abstract: string; levels: Level[] },
  level: number,
): string {
  const numbers = counters.get(list.abstract) ?? [];
  counters.set(list.abstract, numbers);
  numbers[level] = numbers[level] === undefined ? (list.levels[level]?.start ?? 1) : numbers[level] + 1;
  numbers.length = level + 1;
  const own = list.levels[level];
  if (!own || own.format === "bullet") return "•";
  return own.text.replace(/%(\d)/g, (_, digit: string) => {
    const at = Number(digit) - 1;
    return formatNumber(numbers[at] ?? list.levels[at]?.start ?? 1, list.levels[at]?.format ?? "decimal");
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
