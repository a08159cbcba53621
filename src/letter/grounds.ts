import { parseDate } from "#base";
import type { AppealKind, ArgumentRow, GroundRow } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import { leavesOf } from "./criteria.ts";
import { meet } from "./exhibits.ts";
import type { Hit, Query } from "./search.ts";

/** Rows of argument that give way where each paper asked for stands with its page. */
export const saidByPapers = new Set(["now-enclosed", "sent-before"]);

/** A criterion of the policy stands in the table with its answer; by itself it is no argument. */
export const isCriterion = ({ span, exhibit }: Hit, desk: Desk): boolean =>
  exhibit.kind === "policy" &&
  onSteps(desk) &&
  desk.input.policy !== null &&
  leavesOf(desk.input.policy.criteria).some(({ from }) => meet(from, [span]));

/** The rows of knowledge for the grounds of this notice, in its order. */
export function groundRows(desk: Desk): GroundRow[] {
  return (desk.input.denial?.grounds ?? []).flatMap(
    (ground) => desk.knowledge.grounds.find((row) => row.id === ground.id) ?? [],
  );
}

/** Grounds on which the drugs taken before decide. */
const drugGrounds = new Set([
  "step-therapy",
  "formulary-exclusion",
  "preferred-product",
  "medical-necessity",
  "off-label",
  "experimental",
]);
/** Those of them on which each drug is answered by name. */
const stepGrounds = new Set(["step-therapy", "formulary-exclusion", "preferred-product"]);
const onOneOf = (desk: Desk, ids: Set<string>) =>
  desk.input.denial?.grounds.some((ground) => ids.has(ground.id)) ?? false;
export const onDrugs = (desk: Desk) => onOneOf(desk, drugGrounds);
export const onSteps = (desk: Desk) => onOneOf(desk, stepGrounds);

/** Grounds on which an exception to a drug plan's rules is asked for. */
export const onException = (desk: Desk) => onSteps(desk) || onOneOf(desk, new Set(["quantity-limit"]));

/** Grounds that an earlier approval of the same code answers. */
export const onAuthorization = (desk: Desk) =>
  onOneOf(
    desk,
    new Set([
      "quantity-limit",
      "coding",
      "prior-authorization",
      "benefit-maximum",
      "medical-necessity",
      "concurrent-stay",
    ]),
  );

/** Grounds on which days and quantities are counted. */
export const isCounted = (desk: Desk) => onOneOf(desk, new Set(["quantity-limit", "benefit-maximum"]));

/** Grounds on which Medicare's own rules on the place and level of care decide. */
export const onLevel = (desk: Desk) => onOneOf(desk, new Set(["level-of-care", "concurrent-stay"]));

/** A bill of a provider outside the network for emergency services, which the record shows as such. */
export const isEmergencyBill = (desk: Desk): boolean =>
  desk.input.denial?.timing?.value === "post-service" &&
  isEmergencyService(desk) &&
  groundRows(desk).some(
    ({ id, argue }) =>
      id === "out-of-network" &&
      argue.some((row) => row.id === "emergency" && desk.search.find(argued(row, desk)).length > 0),
  );

/** Visits to an emergency department, by their level. */
const emergencyVisit = /^9928[1-5]$/;

/** The law on surprise bills does not reach ambulances on the ground. */
const groundTransport = /\b(ambulance|transport)/i;

/** By the notice's own words or code, or because the record of that day is the emergency department's. */
const isEmergencyService = (desk: Desk): boolean =>
  (desk.input.denial?.services ?? []).some(
    ({ description, codes, from }) =>
      (/\bemergency\b/i.test(description.value) && !groundTransport.test(description.value)) ||
      codes.some(({ value }) => emergencyVisit.test(value)) ||
      desk.cite.exhibits.some(
        ({ title, date }) =>
          /\bemergency (department|room)\b/i.test(title.text) &&
          from !== undefined &&
          parseDate(date?.value ?? "") === from,
      ),
  );

/** Grounds of bookkeeping; on these a duty that presumes a medical judgment is not cited. */
const withoutMedicine = new Set([
  "coding",
  "duplicate",
  "timely-filing",
  "coordination-of-benefits",
  "eligibility",
  "benefit-maximum",
  "appeal-dismissed",
]);

/** True where the decision turns on medicine. A count of units refused after the service does not. */
export function isMedical(desk: Desk): boolean {
  const paid = desk.input.denial?.timing?.value === "post-service";
  const grounds = desk.input.denial?.grounds ?? [];
  const plain = ({ id }: { id: string }) => withoutMedicine.has(id) || (paid && id === "quantity-limit");
  return grounds.length === 0 || !grounds.every(plain);
}

/** On drugs, what ended for cost or convenience is a weak point and never an argument. */
export function argued(row: ArgumentRow, desk: Desk): Query {
  const { find, cue, most } = row;
  const not = desk.knowledge.cues.find((entry) => entry.id === "no-step")?.cue;
  return onDrugs(desk) && find !== "policy" && not ? { find, cue, most, not } : { find, cue, most };
}

/** Where each drug has its row, sentences on drugs in general would say it again: these rows of argument are left out. */
export const isSaidByDrug = (row: ArgumentRow, ground: GroundRow): boolean =>
  stepGrounds.has(ground.id) && row.find === "record" && row.id !== "works-now";

export type GroundHit = { pattern: string; hit: Hit };

/** The sentences that answer the grounds, ground by ground in the order of the notice. */
export function strongestHits(
  desk: Desk,
  which: (row: ArgumentRow, ground: GroundRow) => boolean = () => true,
): GroundHit[] {
  const found: GroundHit[] = [];
  for (const ground of groundRows(desk))
    for (const row of ground.argue.filter((entry) => which(entry, ground)))
      for (const hit of desk.search.find(
        argued(row, desk),
        found.map((entry) => entry.hit.span),
      ))
        found.push({ pattern: row.text, hit });
  return found;
}

/** A pattern in the words for its reader: the plan is spoken to, and spoken of to anybody else. */
export const spokenTo = (pattern: string, kind: AppealKind): string =>
  isOutside(kind)
    ? pattern
        .replace(/^Your letter says/, "The decision says")
        .replace(/\bthat you cite\b/, "that the decision cites")
    : pattern;

/** A pattern says what its sentences show only before the first of them: "The steps are recorded: …" once. */
export function leadOnce(): (pattern: string) => string {
  const said = new Set<string>();
  return (pattern) => {
    const lead = /^[^{]*/.exec(pattern)![0];
    if (lead === "" || said.has(lead)) return pattern.slice(lead.length);
    said.add(lead);
    return pattern;
  };
}
