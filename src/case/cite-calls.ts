import { longDate, parseDate } from "#base";
import type { Letter, Passage } from "#letter";
import type { CallNote } from "./tracking.ts";

/**
 * The appeal with what was said on the telephone, each call in one sentence that rests on the person who noted it. It
 * stands before the first request, or at the end of the text.
 */
export function citeCalls(letters: readonly Letter[], calls: readonly CallNote[]): Letter[] {
  if (calls.length === 0) return [...letters];
  return letters.map((letter) => {
    if (letter.file !== "appeal-letter") return letter;
    const cited = calls.map((call, index): Passage => {
      const text = callSentence(call);
      return { id: `call-${index + 1}`, role: "text", text, rests: [{ person: text }] };
    });
    const before = letter.passages.findIndex(({ role }) =>
      ["exhibit", "attestation", "signature"].includes(role),
    );
    const at = before < 0 ? letter.passages.length : headingBefore(letter.passages, before);
    return { ...letter, passages: letter.passages.toSpliced(at, 0, ...cited) };
  });
}

/** A heading belongs to what follows it, so nothing is put between them. */
function headingBefore(passages: readonly Passage[], at: number): number {
  return passages[at - 1]?.role === "heading" ? at - 1 : at;
}

function callSentence(call: CallNote): string {
  const day = parseDate(call.at.slice(0, 10));
  const when = day ? longDate(day) : call.at;
  const reference = call.reference ? ` (call reference ${call.reference})` : "";
  return `On ${when} I spoke with ${call.with} by telephone${reference}. I was told: ${call.said.replace(/\.?$/, ".")}`;
}
