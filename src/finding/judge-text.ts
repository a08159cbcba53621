import type { Chart } from "./chart.ts";
import { unknown, type Verdict } from "./evaluate/verdict.ts";

/** A cautious answer from the words of the record alone. */
export function judgeText(_text: string, _chart: Chart): Verdict {
  return unknown();
}
