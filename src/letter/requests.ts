import type { AppealKind } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { askedQuantity } from "./asked-quantity.ts";
import { isOutside, isUrgent } from "./choose.ts";
import type { CriterionRow } from "./criteria.ts";
import { causesOf } from "./dismissal.ts";
import { groundRows, isEmergencyBill, isMedical } from "./grounds.ts";
import { type Draft, fill, formal, joined, type Slot } from "./passages.ts";
import { withCare } from "./reference-block.ts";
import { physicianName } from "./signatures.ts";

/** Numbered requests: "must" only with law, "I ask" otherwise. */
export function addRequests(draft: Draft, desk: Desk, kind: AppealKind, rows: CriterionRow[]): void {
  draft.open("Requests");
  const requests = isOutside(kind) ? outsideRequests(desk, kind) : planRequests(desk, kind, rows);
  for (const request of requests) draft.add("request", request ? stopped(request) : null);
  draft.close();
}

/** A clinic or a supplier is no one to speak with about the medicine. */
const isPerson = ({ slots }: Desk): boolean =>
  /\b(?:M\.?D|D\.?O|N\.?P|P\.?A|DNP|APRN|FNP|DPM|PhD|PsyD|DDS|DMD|RN|PT|OT|SLP|BCBA|LCSW)\b\.?|\bDr\.? /.test(
    slots.provider?.text ?? "",
  );

/** Instead of a provider in the network, whom nobody chooses in an emergency. */
const asEmergency =
  "Process the claim as emergency services, count my share as it would be with a provider in the network, and send me a corrected statement.";

/** Purposes of law that stand at a request, and so need not stand in the section on the law as well. */
const atRequests = ["decision", "reviewer", "records", "experts", "decision-content"];

/** The paragraphs that the requests cite. */
export function citedInRequests(desk: Desk, kind: AppealKind): Set<string> {
  const requests = isOutside(kind) ? [] : atRequests.flatMap((purpose) => desk.law.cited(purpose) ?? []);
  return new Set(
    requests.flatMap(({ rests }) => rests.flatMap((rest) => ("law" in rest ? rest.law.label : []))),
  );
}

function planRequests(desk: Desk, kind: AppealKind, rows: CriterionRow[]): (Slot | null)[] {
  const { slots, law } = desk;
  const ask = (text: string, purpose: string) => joined([formal(text), law.cited(purpose)])!;
  const paid = desk.input.denial?.timing?.value === "post-service";
  const grounds = groundRows(desk);
  const earlier =
    kind.level === "second" ? "the denial or in the decision on the first appeal" : "the denial";
  if (kind.reverse) return dismissalRequests(desk, kind);
  return [
    paid
      ? fill("Reverse the decision and process {service} for payment.", withCare(slots))
      : fill(
          "Reverse the decision, approve {service}, and state how long the approval is valid.",
          withCare(slots),
        ),
    askedQuantity(desk),
    law.sentences("decision")[0] ?? null,
    isUrgent(desk)
      ? joined([
          formal(
            "Because the record speaks of urgency I ask for an expedited decision; my separate request holds the certification.",
          ),
          law.sentences("decision-urgent")[0],
        ])
      : null,
    isMedical(desk)
      ? ask(
          `Let a professional in the treating physician's field decide, who took no part in ${earlier}`,
          "reviewer",
        )
      : formal(`Let somebody decide who took no part in ${earlier}.`),
    ...(isEmergencyBill(desk)
      ? [formal(asEmergency)]
      : grounds.flatMap((ground) => ground.requests.map((request) => formal(request)))),
    ...(kind.level === "second" ? grounds.map((ground) => formal(ground.again)) : []),
    ask(
      "Please send me, free of charge, the criteria applied and my claim file, with every page the reviewer had",
      "records",
    ),
    law.has("experts") && isMedical(desk)
      ? ask("Name each person whose advice was obtained for the denial", "experts")
      : null,
    isMedical(desk)
      ? (fill("Before any decision against me, call {provider}.", {
          provider: physicianName(desk) ?? (isPerson(desk) ? slots.provider : null),
        }) ?? formal("Before any decision against me, speak with the treating physician."))
      : null,
    rows.length > 0
      ? ask(
          "If you uphold any part, name each criterion found unmet and the page on which that rests",
          "decision-content",
        )
      : ask("If you uphold any part, quote the provision on which you rely", "decision-content"),
  ];
}

/** What somebody outside the plan can do: reverse, and what the patterns of this letter ask of that body. */
const outsideRequests = (desk: Desk, kind: AppealKind): (Slot | null)[] =>
  kind.reverse !== undefined
    ? dismissalRequests(desk, kind)
    : [
        fill("Reverse the decision on {service}.", withCare(desk.slots)),
        kind.urgent && isUrgent(desk) ? fill(kind.urgent, desk.slots) : null,
        ...askedOf(desk, kind),
      ];

/** What the patterns of this letter ask, each with its law where a paragraph gives the right to it. */
const askedOf = (desk: Desk, { requests }: AppealKind): (Slot | null)[] =>
  requests.map(({ ask, law }) => {
    const filled = fill(ask, desk.slots);
    return filled && joined([filled, law ? desk.law.cited(law) : null]);
  });

/** That the dismissal be set aside, what its cause calls for, and what the body can do then. */
const dismissalRequests = (desk: Desk, kind: AppealKind): (Slot | null)[] => [
  fill(kind.reverse ?? "", desk.slots),
  ...causesOf(desk).map(({ ask, law }) => joined([formal(ask), law ? desk.law.cited(law) : null])),
  ...askedOf(desk, kind),
];

/** Ends a request with a full stop. */
const stopped = (slot: Slot): Slot => (/[.!?]$/.test(slot.text) ? slot : { ...slot, text: `${slot.text}.` });
