import { outcomeOf } from "./course-outcomes.ts";
import type { Draft } from "./drafts.ts";
import type { Sentence } from "./sentence.ts";

const goesOnAbout =
  /^\s*(?:(?:but |however,? |unfortunately,? )?(?:it|this|that|these|he|she|the (?:drug|medication|medicine|patient))\s+(?:did(?:n't| not)|does(?:n't| not)|has(?:n't| not)|was not|wasn't|was (?:ineffective|not|poorly|discontinued|stopped)|caused|made|gave|helped|worked|failed|provided|had (?:no|a good|an excellent|minimal|little))|no (?:benefit|relief|response|improvement|effect)\b|without (?:benefit|relief|response|improvement)\b|minimal (?:benefit|relief|response|improvement)\b|little (?:benefit|relief|response|improvement)\b)/i;

/**
 * "Propranolol was tried for three months. No benefit.": what the next sentence says of the one drug of the sentence before.
 * Nothing is taken where that sentence named several drugs, told an outcome itself, or the new one names anything else.
 */
export function withLaterOutcome(before: Draft[], sentence: Sentence): void {
  if (!goesOnAbout.test(sentence.text)) return;
  if (sentence.mentions.some(({ meanings }) => meanings.some(({ drugs }) => drugs))) return;
  const courses = before.filter(({ type }) => type === "medication");
  const [only] = courses;
  if (!only || courses.length > 1 || only.course?.outcome) return;
  if (only.assertion !== "present" && only.assertion !== "historical") return;
  const said = outcomeOf("", sentence.text, only.course?.status === "stopped");
  if (!said?.outcome || said.outcome === "unspecified" || said.outcome === "contraindicated") return;
  const failed = said.outcome !== "adequate-response";
  only.course = { ...only.course, ...said, ...(failed ? { status: "stopped" as const } : {}) };
  if (only.course.reason === "") delete only.course.reason;
  if (failed) only.assertion = "historical";
  only.from = [...only.from, ...sentence.spans(0, sentence.text.length)];
}
