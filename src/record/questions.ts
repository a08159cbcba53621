import type { Draft } from "./drafts.ts";

/** The answer a form gives to its question; `null` where it gives none. */
export type Answer = "yes" | "no" | null;

const asked =
  /^\s*(?:\(?\d{1,3}[a-z]?[.)]\s*|[-•*·▪]\s*|[a-z][.)]\s+)?(?:if [^,?]*,\s*)?(?:does|do|did|is|are|was|were|has|have|had|will|can|could|any)\b[^?]*\?\s*$/i;

/** "Does the patient have asthma?": a question of a form or a talk. By itself it states nothing. */
export const isQuestion = (text: string) =>
  asked.test(text) || (/\?\s*$/.test(text) && /\b(?:you|your)\b/i.test(text));

/** The question asks what was done or taken before. */
export const asksOfPast = (text: string) =>
  /\b(?:tried|failed|had|received|undergone|completed|previous(?:ly)?|prior|past|ever|history of|used)\b/i.test(
    text,
  );

/** What the words behind a question answer: "Yes - …", "No", "☐ Yes ☒ No". */
export function answerIn(text: string): Answer {
  const mark = "(?:\\[\\s?[xX✓✔]\\s?\\]|\\([xX]\\)|[☒☑✓✔])";
  const boxesFirst = /^[\s:–-]*(?:[☐□☒☑✓✔]|\[.?.?.?\]|\(.?\))/.test(text);
  const marked = new RegExp(boxesFirst ? `${mark}\\s*(yes|no)\\b` : `\\b(yes|no)\\s*${mark}`, "i").exec(text);
  if (marked) return marked[1]!.toLowerCase() as Answer;
  if (/[☐□]|\[\s?\]|\(\s\)/.test(text)) return null;
  const plain = /^\s*[-–:]*\s*(?<said>yes|no|y|n|none)\b(?!\.?\s*\d)/i.exec(text)?.groups?.["said"];
  return plain === undefined ? null : /^y/i.test(plain) ? "yes" : "no";
}

/** The facts of a question by its answer: without one none; with "no" their written absence. */
export function answered(drafts: Draft[], question: string, answer: Answer): Draft[] {
  if (answer === null) return [];
  return drafts.map((draft) => {
    const { course: _, value: __, ...rest } = draft;
    if (answer === "no") return { ...rest, assertion: "absent" as const };
    if (draft.assertion === "family") return draft;
    const past = asksOfPast(question);
    if (draft.type === "medication")
      return {
        ...rest,
        assertion: past ? ("historical" as const) : ("present" as const),
        course: { status: past ? ("stopped" as const) : ("active" as const) },
      };
    return { ...draft, assertion: past && draft.type === "procedure" ? "historical" : "present" };
  });
}
