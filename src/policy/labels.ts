/** How a list numbers its items: the sign around the number, and the kind of number. */
export type LabelStyle = "decimal" | "lower" | "upper" | "roman" | "ROMAN" | "bullet" | "dotted";

/** One way to read a printed label; "i." can be the ninth letter or the first roman number. */
export type LabelReading = { series: string; style: LabelStyle; value: number };
/** A printed list label, e.g. "(a)", and the ways it can be read. */
export type Label = { text: string; readings: LabelReading[] };

const bullet = /^(?:[•▪■◦●·‣∙◆◇□☐❑❖➢►○\uf0b7\uf0a7\uf0d8\uf06f–—*-]|o(?=\s+\S)|§(?=\s+[A-Z]))\s*/u;
const numbered =
  /^(\()?(\d{1,2}|[a-zA-Z]|[ivx]{1,5}|[IVX]{1,5})([.)]|\.\))(?:(?=\s|$)|(?<=^\(\w{1,4}\))(?=[A-Z]))\s*/;
const dotted =
  /^((?:[A-Z]|\d{1,2})(?:\.\d{1,2}){1,4})[.)]?\s+(?=[A-Z(“"]|\d+\s+(?:or more|or fewer|to \d|months?|years?|weeks?|days?)\b)/;
/** A scan can lose an item's number and keep its stop, sometimes behind scraps of ink. */
const lost = /^(?:[\w—&[\]|$@]{1,5}\s+){0,9}\.\s+(?=[A-Z][a-z])/;
const wordy = /^(?:Section|Part|Step|Criterion|Group|Tier)\s+(\d{1,2}|[A-Z]|[IVX]{1,4})\s*[.:–—-]\s*/;

const romanValues: Record<string, number> = { i: 1, v: 5, x: 10 };
function romanValue(text: string): number {
  const digits = [...text.toLowerCase()].map((letter) => romanValues[letter] ?? 0);
  return digits.reduce((sum, digit, index) => sum + (digit < (digits[index + 1] ?? 0) ? -digit : digit), 0);
}

/** A box to tick, drawn in characters. */
const box = /^(?:\[[ xX_]?\]|_{2,5}|[☐☑☒□❑❏])\s+/;

/** "☐ 120 Finding": checklists number their points through. */
const pointNumber = /^\d{2,4}\s+(?=[A-Z])/;

/** The list label that a line begins with, and how long it is with the blanks after it. A box may stand before it. */
export function labelAtStart(text: string, scanned = false): { label: Label; length: number } | null {
  const boxed = box.exec(text)?.[0].length ?? 0;
  const ticked = boxed === 0 ? 0 : boxed + (pointNumber.exec(text.slice(boxed))?.[0].length ?? 0);
  if (ticked === 0) return labelHere(text, scanned);
  const behind = labelHere(text.slice(ticked), scanned);
  if (behind && behind.label.readings[0]?.style !== "bullet")
    return { label: behind.label, length: ticked + behind.length };
  return ticked === text.length
    ? null
    : { label: { text: "☐", readings: [{ series: "bullet ☐", style: "bullet", value: 0 }] }, length: ticked };
}

function labelHere(text: string, scanned: boolean): { label: Label; length: number } | null {
  const scrap = scanned ? lost.exec(text) : null;
  if (scrap)
    return {
      label: { text: "?", readings: [{ series: "#. decimal", style: "decimal", value: Number.NaN }] },
      length: scrap[0].length,
    };
  const outline = dotted.exec(text);
  if (outline && !/^\d{1,2}\.\d+\s*(?:mg|mL|kg|mmol|%|g\b|cm|mm)/i.test(text)) {
    const value = Number(/\d+$/.exec(outline[1]!)![0]);
    const stem = outline[1]!.slice(0, outline[1]!.lastIndexOf("."));
    return {
      label: { text: outline[1]!, readings: [{ series: `${stem}.`, style: "dotted", value }] },
      length: outline[0].length,
    };
  }
  const dashed = /^(\d{1,2})\s+[-–—]\s+(?=[A-Z])/.exec(text);
  if (dashed)
    return {
      label: {
        text: dashed[1]!,
        readings: [{ series: "# – decimal", style: "decimal", value: Number(dashed[1]) }],
      },
      length: dashed[0].length,
    };
  const number = numbered.exec(text);
  if (number && !(number[1] === undefined && number[3] === "." && /^[A-Z]\.\s[A-Z]\./.test(text)))
    return { label: numberLabel(number), length: number[0].length };
  const named = wordy.exec(text);
  if (named) {
    const word = /^\w+/.exec(text)![0];
    const readings = readingsOf(named[1]!).map((one) => ({ ...one, series: `${word} ${one.style}` }));
    return { label: { text: `${word} ${named[1]}`, readings }, length: named[0].length };
  }
  const point = bullet.exec(text);
  if (!point || point[0].length === text.length || /^[-–—]\s*\d/.test(text)) return null;
  const sign = text[0]!;
  if (/[-–—*]/.test(sign) && !/^[-–—*]\s+\S/.test(text)) return null;
  return {
    label: { text: sign, readings: [{ series: `bullet ${sign}`, style: "bullet", value: 0 }] },
    length: point[0].length,
  };
}

/** A label that the format counts by itself and that is not in the text (Word numbering, HTML lists). */
export function automaticLabel(text: string): Label {
  const found = labelAtStart(`${text.trim()} X`);
  if (found) return found.label;
  return { text: text.trim(), readings: [{ series: `bullet ${text.trim()}`, style: "bullet", value: 0 }] };
}

function numberLabel(found: RegExpExecArray): Label {
  const shape = `${found[1] ?? ""}#${found[3]}`;
  return {
    text: found[0].trim(),
    readings: readingsOf(found[2]!).map((one) => ({ ...one, series: `${shape} ${one.style}` })),
  };
}

function readingsOf(text: string): LabelReading[] {
  const readings: LabelReading[] = [];
  const add = (style: LabelStyle, value: number) => readings.push({ series: style, style, value });
  if (/^\d+$/.test(text)) add("decimal", Number(text));
  if (/^[ivx]+$/.test(text)) add("roman", romanValue(text));
  if (/^[IVX]+$/.test(text)) add("ROMAN", romanValue(text));
  if (/^[a-z]$/.test(text)) add("lower", text.charCodeAt(0) - 96);
  if (/^[A-Z]$/.test(text)) add("upper", text.charCodeAt(0) - 64);
  return readings;
}

/** The reading of `next` that goes on with the list in which `last` stood, if there is one. */
export function continues(last: LabelReading, next: Label): LabelReading | null {
  for (const reading of next.readings) {
    if (reading.series !== last.series) continue;
    if (reading.style === "bullet" || reading.value === last.value + 1) return reading;
    if (Number.isNaN(reading.value) || Number.isNaN(last.value)) return reading;
  }
  return null;
}

/** The reading of a label as the first of a new list; a list that does not begin at one is read as it stands. */
export function opens(label: Label): LabelReading {
  return label.readings.find(({ style, value }) => style === "bullet" || value === 1) ?? label.readings[0]!;
}

/** A label as people cite it: "1.", "(a)" and "Section C" as "1", "a" and "C"; signs and lost numbers are none. */
export function citedAs(label: Label | null): string | null {
  if (!label || label.readings[0]?.style === "bullet") return null;
  const bare = label.text
    .replace(/^(?:Section|Part|Step|Criterion|Group|Tier)\s+/i, "")
    .replace(/[().\s]+$|^[(\s]+/g, "");
  return /^[\w.]+$/.test(bare) ? bare : null;
}
