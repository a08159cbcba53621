/** Where a step stands between its beginning and its decision. */
import { type Case, told } from "./case.ts";
import type { Counted, Step } from "./step.ts";

/** `pending` until the last day that any possible rule gives; `overdue` after it without a decision. */
export type Phase = "not-begun" | "pending" | "overdue" | "over";

export function phaseOf(c: Case, begun: string[], ended: string[], due: () => Counted | null): Phase {
  if (told(c, ...ended)) return "over";
  if (!told(c, ...begun)) return "not-begun";
  const outer = due()?.outer ?? null;
  return outer !== null && c.asOf > outer ? "overdue" : "pending";
}

/** A decision-only right that is listed when its event is told. */
export function duty(
  kind: string,
  decidedBy: Step["decidedBy"],
  events: string[],
  more: Partial<Step> = {},
): Step {
  return { kind, decidedBy, file: null, listed: (c) => told(c, ...events), ...more };
}
