import type { Desk } from "./appeal.ts";
import { type CriterionRow, criterionWords } from "./criteria.ts";
import { showsNone } from "./criteria-answers.ts";
import { isEmergencyBill } from "./grounds.ts";
import type { Letter } from "./types.ts";

/** What the member should know of the rest of an emergency's bill. */
export const emergencyIssues = (desk: Desk): Letter["issues"] =>
  isEmergencyBill(desk) && desk.law.has("emergency-billing")
    ? [
        {
          severity: "warning",
          code: "emergency-balance-bill",
          text: "For emergency care the provider may not bill you more than your share as in the network. Do not pay the rest of the bill before the plan has answered, and send the provider a copy of this appeal.",
        },
      ]
    : [];

/** What the user should settle before sending: a notice that names no criterion, criteria that no page settles. */
export function openPoints(rows: CriterionRow[], named: boolean): Letter["issues"] {
  const unspecific: Letter["issues"] =
    rows.length > 0 && !named && !rows.some((row) => row.contested)
      ? [
          {
            severity: "warning",
            code: "notice-reason-unspecific",
            text: "The notice gives no specific reason: it does not say which criterion is not met. The letter says so and answers every criterion.",
          },
        ]
      : [];
  const open = rows
    .filter((row) => !row.group && row.missing && (row.status === "unknown" || row.status === "conflicting"))
    .map((row) => ({
      severity: "warning" as const,
      code: row.status === "unknown" ? "criterion-evidence-missing" : "criterion-evidence-conflicting",
      text: `“${criterionWords(row.criterion)}”: the papers do not settle this criterion. Ask for ${row.missing}.`,
    }));
  const none: Letter["issues"] = showsNone(rows)
    ? [
        {
          severity: "warning",
          code: "no-criterion-met",
          text: "These papers show no criterion of the policy as met. The letter claims none: it asks for the criteria, a reviewer of the field and a call with the physician. If the deadline leaves time, get the papers still wanted first; a letter without them is weak.",
        },
      ]
    : [];
  return [...unspecific, ...none, ...open];
}
