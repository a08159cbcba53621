import { longDate, parseDate } from "#base";
import type { Right } from "#law";
import type { Desk } from "./appeal.ts";
import { type Draft, fill, lawSupport } from "./passages.ts";

/** Kinds of right by which a first request to the plan is made, in every regime. */
const planSteps = new Set([
  "internal-appeal",
  "internal-appeal-2",
  "reconsideration",
  "redetermination",
  "tricare-reconsideration",
]);

/** The plan's next step: the open one, else the one that comes. With several possible plans the earliest safe day. */
export function nextStep(rights: Right[]): Right | null {
  const steps = rights.filter((right) => planSteps.has(right.kind));
  const open = steps.filter((right) => right.status === "open");
  return [...open, ...steps].sort((a, b) => rank(a) - rank(b) || day(a).localeCompare(day(b)))[0] ?? null;
}
const rank = (right: Right) =>
  right.status === "open" ? 0 : right.status === "unknown" ? 1 : right.status === "not-yet" ? 2 : 3;
const day = (right: Right) => right.file?.safeDay ?? right.file?.lastDay ?? "9999";

/** In time even on the shortest count; a last day only where the receipt is known. Rule 14. */
export function addTimeliness(draft: Draft, desk: Desk): void {
  const right = nextStep(desk.input.rights.rights);
  const date = parseDate(right?.file?.safeDay ?? "");
  const cited = right?.cite[0];
  if (!right || !date || !cited || right.status !== "open") return;
  draft.open("Timeliness");
  draft.add(
    "text",
    fill("This appeal is sent on or before {day}, which is in time even on the shortest count ({law}).", {
      day: { text: longDate(date), rests: [lawSupport(cited)] },
      law: { text: cited.label, rests: [lawSupport(cited)] },
    }),
  );
}
