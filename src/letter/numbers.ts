import { spelledDates } from "./spelled-dates.ts";

const numberWords: Record<string, string> = {
  zero: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  twelve: "12",
  once: "1",
  twice: "2",
  first: "1",
  second: "2",
  third: "3",
  single: "1",
  both: "2",
};

/** The numbers of a text as figures, without thousands separators. */
export function numbersOf(text: string): string[] {
  const plain = text.replace(/(\d),(?=\d{3}\b)/g, "$1");
  return [...plain.matchAll(/\d+(?:\.\d+)?|(?<!\d)\.\d+/g)].map((match) => String(Number(match[0])));
}

/** Every number of the supports, in figures or words, and the parts of their dates. */
export function numbersHeld(support: string): Set<string> {
  const held = new Set(numbersOf(support));
  for (const word of support.toLowerCase().match(/[a-z]+/g) ?? []) {
    const number = numberWords[word];
    if (number) held.add(number);
  }
  for (const { date } of spelledDates(support))
    for (const part of date.split("-")) held.add(String(Number(part)));
  return held;
}
