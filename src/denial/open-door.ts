import type { Sentence } from "./sentences.ts";

const time =
  /\bin \d{2,3} days (?:of|from|after)\b|\b(?:within|you have|you get)\b[^.]{0,30}\b(?:\d{2,3}|thirty|sixty|ninety|one hundred)\b[^.]{0,16}\bdays?\b|\b(?:\d{2,3}) (?:calendar )?days\b[^.]{0,20}\bto (?:write|object|answer|appeal|dispute)|\b(?:by|until|before|no later than|not later than) (?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2}\/\d{1,2}\/\d{4})/;
const way =
  /\b(?:appeal|object|dispute|writing|write|letter|send|call|tel|phone|fax|mail|bring|take it|take this|look (?:at it )?again|look at it|let us know|tell us)\b/i;
const reader =
  /\b(?:you|your|please)\b|^\s*(?:send|write|mail|call|reply|ask|tell|file|fax|disputes?|objections?|appeals?)\b/i;
const otherTime =
  /\b(?:records|notes|more (?:papers|information)|corrected|claim form|authorized|approved|valid|refill|premium|enroll\w*|appointment|peer|covered until)\b/i;

/**
 * A letter that does not speak of appeals still shows the way: the last sentence that gives the reader a time and a way to
 * write. From it on stands what the reader may do. Changes nothing where the passage on rights was found by its words.
 */
export function withOpenDoor(sentences: readonly Sentence[]): Sentence[] {
  if (sentences.some(({ zone }) => zone === "rights")) return [...sentences];
  const half = (sentences.at(-1)?.end ?? 0) * 0.45;
  const door = sentences.findLastIndex(
    ({ start, zone, text }) =>
      start > half &&
      (zone === "body" || zone === "reason") &&
      time.test(text) &&
      way.test(text) &&
      reader.test(text) &&
      !otherTime.test(text),
  );
  if (door < 0) return [...sentences];
  return sentences.map((sentence, index) =>
    index >= door && (sentence.zone === "body" || sentence.zone === "reason")
      ? { ...sentence, zone: "rights" }
      : sentence,
  );
}
