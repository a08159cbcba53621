/** What the law files cover, how sure, and looked at when: for the coverage table and page. */
import { addMonths, type Confidence, type PlainDate, type PlanKind, parseDate } from "#base";
import type { Law } from "#knowledge";

/** One row of the table. `stale`: looked at more than a year before the day asked about. */
export type Coverage = {
  what: string;
  label: string;
  right: string;
  plans: PlanKind[];
  state: string | null;
  confidence: Confidence;
  verifiedOn: string;
  cases: number;
  stale: boolean;
};

/** Every rule, duty and State row with how sure it is. Without `asOf` nothing is called stale. */
export function coverageOf(law: Law, asOf: PlainDate | null): Coverage[] {
  const stale = (verifiedOn: string | undefined) => {
    const day = parseDate(verifiedOn ?? "");
    return asOf !== null && (day === null || addMonths(day, 12, "last-of-month") < asOf);
  };
  const row = (
    what: string,
    cite: { label: string; verifiedOn?: string },
    right: string,
    confidence: Confidence,
    more: Partial<Coverage> = {},
  ): Coverage => ({
    what,
    label: cite.label,
    right,
    plans: [],
    state: null,
    confidence,
    verifiedOn: cite.verifiedOn ?? "",
    cases: 0,
    stale: stale(cite.verifiedOn),
    ...more,
  });
  return [
    ...law.rules.map((rule) =>
      row(rule.title, rule.cite, rule.right, rule.confidence, {
        plans: rule.plans,
        cases: rule.cases.length,
      }),
    ),
    ...law.duties.map((duty) => row(duty.text, duty.cite, "duty", duty.confidence, { plans: duty.plans })),
    ...law.states.flatMap((state) => [
      row(
        `${state.name}: external review`,
        state.externalReview.cite,
        "external-review",
        state.externalReview.confidence,
        { state: state.code },
      ),
      ...(state.stepTherapy
        ? [
            row(
              `${state.name}: step therapy`,
              state.stepTherapy.cite,
              "step-therapy-exception",
              state.stepTherapy.standard ? state.stepTherapy.confidence : "D",
              { state: state.code },
            ),
          ]
        : []),
    ]),
  ];
}
