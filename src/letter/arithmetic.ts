import { addDays, type PlainDate } from "#base";
import { spelledDates } from "./spelled-dates.ts";

/** What a passage works out by itself, from operands that its supports hold. */
export type Reckoned = { numbers: Set<string>; dates: Set<string> };

const number = "(\\d[\\d,]*(?:\\.\\d+)?)";
const unit = "(?:\\s?(?:[a-zA-Z%/]+))?";
const sum = new RegExp(
  `${number}${unit}((?:\\s*[×÷+−]\\s*\\d[\\d,]*(?:\\.\\d+)?${unit})+)\\s*=\\s*${number}`,
  "g",
);
const amountOf = (digits: string) => Number(digits.replaceAll(",", ""));
const tolerance = 0.005;

/**
 * The results of sums that a text prints with their operands: "400 mg ÷ 10 mg = 40", "05/21/2026 + 30 days = 06/20/2026",
 * "05/21/2026 to 09/10/2026 is 112 days". A result counts only where every operand is held and the sum is right.
 */
export function reckonedIn(text: string, numbers: ReadonlySet<string>, dates: ReadonlySet<string>): Reckoned {
  const found: Reckoned = { numbers: new Set(), dates: new Set() };
  const holds = (value: number) => numbers.has(String(value)) || found.numbers.has(String(value));
  const knows = (date: string) => dates.has(date) || found.dates.has(date);
  for (const { from, days, to } of daySums(text)) {
    if (from && days !== null && to && knows(from) && holds(days) && addDays(from, days) === to)
      found.dates.add(to);
  }
  for (const { from, to, days } of daySpans(text))
    if (knows(from) && knows(to) && addDays(from, days) === to) found.numbers.add(String(days));
  for (const match of text.matchAll(sum)) {
    const operands = [
      match[1]!,
      ...[...match[2]!.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([digits]) => digits),
    ].map(amountOf);
    const signs = [...match[2]!.matchAll(/[×÷+−]/g)].map(([sign]) => sign);
    const result = amountOf(match[3]!);
    if (operands.every(holds) && Math.abs(worked(operands, signs) - result) < tolerance)
      found.numbers.add(String(result));
  }
  return found;
}

/** From left to right; mixed sums are not printed. */
function worked(operands: number[], signs: string[]): number {
  return operands.slice(1).reduce((value, operand, index) => {
    const sign = signs[index];
    if (sign === "×") return value * operand;
    if (sign === "÷") return value / operand;
    return sign === "+" ? value + operand : value - operand;
  }, operands[0]!);
}

/** "DATE + 30 days = DATE". */
function daySums(text: string): { from: PlainDate | null; days: number | null; to: PlainDate | null }[] {
  const dates = spelledDates(text);
  return dates.slice(0, -1).flatMap((date, index) => {
    const next = dates[index + 1]!;
    const between = /^\s*\+\s*(\d+) days?\s*=\s*$/.exec(text.slice(date.end, next.start));
    return between ? [{ from: date.date, days: Number(between[1]), to: next.date }] : [];
  });
}

/** "DATE to DATE is 112 days". */
function daySpans(text: string): { from: PlainDate; to: PlainDate; days: number }[] {
  const dates = spelledDates(text);
  return dates.slice(0, -1).flatMap((date, index) => {
    const next = dates[index + 1]!;
    if (!/^\s*to\s*$/.test(text.slice(date.end, next.start))) return [];
    const after = /^\s*is (\d+) days?\b/.exec(text.slice(next.end));
    return after ? [{ from: date.date, to: next.date, days: Number(after[1]) }] : [];
  });
}
