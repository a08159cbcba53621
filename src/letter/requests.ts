import type { AppealKind } from "#knowledge";
import type { Desk } from "./appeal.ts";
import type { CriterionRow } from "./criteria.ts";
import { groundRows, isMedical } from "./grounds.ts";
import { type Draft, fill, formal, joined, type Slot } from "./passages.ts";

/** Numbered requests: "must" only with law, "I ask" otherwise. */
export function addRequests(draft: Draft, desk: Desk, kind: AppealKind, rows: CriterionRow[]): void {
  const { slots, law } = desk;
  draft.open("Requests");
  if (kind.level === "external") {
    addExternalRequests(draft, desk);
    return;
  }
  const ask = (text: string, purpose: string) => joined([formal(text), law.cited(purpose)])!;
  const requests: (Slot | null)[] = [
    fill("Reverse the decision, approve {service}, and state how long the approval is valid.", slots),
    law.sentences("decision")[0] ?? null,
    isMedical(desk)
      ? ask(
          "Let a professional in the treating physician's field decide, who took no part in the denial",
          "reviewer",
        )
      : formal("Let somebody decide who took no part in the denial."),
    ...groundRows(desk).flatMap((ground) => ground.requests.map((request) => formal(request))),
    ask(
      "Please send me, free of charge, the criteria applied and my claim file, with every page the reviewer had",
      "records",
    ),
    law.has("experts") ? ask("Name each person whose advice was obtained for the denial", "experts") : null,
    fill("Before any decision against me, call {provider}.", slots),
    rows.length > 0
      ? ask(
          "If you uphold any part, name each criterion found unmet and the page on which that rests",
          "decision-content",
        )
      : ask("If you uphold any part, quote the provision on which you rely", "decision-content"),
  ];
  for (const request of requests) draft.add("request", request ? stopped(request) : null);
  draft.close();
}

/** What an independent reviewer can do: decide on the record, be of the field, and say on what the decision rests. */
function addExternalRequests(draft: Draft, desk: Desk): void {
  const requests = [
    fill("Reverse the plan's decision on {service}.", desk.slots),
    formal("Let a physician of the treating physician's specialty decide."),
    formal("Obtain the plan's whole file, with the criteria applied and every page its reviewers had."),
    formal("If any part is upheld, name the page and the published evidence on which that rests."),
  ];
  for (const request of requests) draft.add("request", request);
  draft.close();
}

/** Ends a request with a full stop. */
const stopped = (slot: Slot): Slot => (/[.!?]$/.test(slot.text) ? slot : { ...slot, text: `${slot.text}.` });
