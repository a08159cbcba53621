import type { Issue } from "#base";
import type { Denial } from "#denial";
import type { RightsAnswer } from "#law";
import { nextLevel } from "./what-next.ts";

/** The step that a decision of somebody outside the plan answers, by the event under which the law knows the decision. */
const answered: [decision: RegExp, steps: string[]][] = [
  [/^iro-decision/, ["internal-appeal", "external-review"]],
  [/^ire-decision/, ["reconsideration", "ire"]],
  [/^alj-decision/, ["ire", "alj"]],
  [/^council-decision/, ["alj", "council"]],
  [/^hearing-decision/, ["internal-appeal", "state-fair-hearing", "chip-review"]],
  [/^opm-decision/, ["reconsideration", "opm-review"]],
  [/^formal-review-dated/, ["tricare-reconsideration", "tricare-formal-review"]],
  [/^second-reconsideration/, ["tricare-reconsideration", "tricare-second-reconsideration"]],
];

/**
 * Says that the decision in hand is the last of its kind: it came from outside the plan, and the law opens no review above it.
 * `null` while there is one. An appeal written then would go to a body that does not decide again.
 */
export function reviewsOver(
  denial: Denial,
  { rights }: RightsAnswer,
  events: Readonly<Record<string, string>>,
): Issue | null {
  if (denial.stage?.value !== "external-review" || rights.length === 0) return null;
  const names = Object.keys(events);
  const used = answered.flatMap(([decision, steps]) =>
    names.some((name) => decision.test(name)) ? steps : [],
  );
  if (used.length === 0 || nextLevel(rights, used)) return null;
  const court = rights.find(({ kind, status }) => kind === "court" && status === "open");
  const left = court
    ? `What is left: ${court.decidedBy}. Ask a lawyer or legal aid soon, because the time for it may be short.`
    : "Read in the decision whether a court can look at it, and by when.";
  return {
    severity: "warning",
    code: "reviews-over",
    text: `This decision is the last of its kind, so no further appeal is written. ${left} A new request can be made when something is new.`,
  };
}
