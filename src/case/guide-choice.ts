/** What a person chose before any paper was there: the guide they came from. It fills gaps; the notice itself always counts more. */
import type { GroundId, Issue } from "#base";
import type { Denial } from "#denial";
import type { Payer, Treatment } from "#knowledge";

/** Ids of knowledge: the plan, the treatment and the reason of the guide a case was begun from. */
export type GuideChoice = { payer?: string; treatment?: string; reason?: GroundId };

export type ChoiceNames = { payers: readonly Payer[]; treatments: readonly Treatment[] };

/**
 * The notice with its gaps filled from the guide: what it does not say is the person's own word and said to be that, what
 * it says otherwise stands and is said too. Nothing is added to a letter that was read whole.
 */
export function withChoice(denial: Denial, choice: GuideChoice, names: ChoiceNames): Denial {
  const filled: Denial = { ...denial, issues: [...denial.issues] };
  const payer = names.payers.find(({ id }) => id === choice.payer);
  const treatment = names.treatments.find(({ id }) => id === choice.treatment);
  if (payer) choosePayer(filled, payer, names);
  if (treatment) chooseTreatment(filled, treatment);
  if (choice.reason) chooseReason(filled, choice.reason);
  return filled;
}

function choosePayer(denial: Denial, payer: Payer, { payers }: ChoiceNames): void {
  const name = payer.names[0]!;
  if (denial.payer === null) {
    denial.payer = { value: name, from: [], by: "person" };
    denial.payerId = payer.id;
    denial.issues.push(used(`the health plan; you chose ${name}`));
    return;
  }
  // A manager or reviewer writes for the plan, and companies of one house write for each other.
  const read = payers.find(({ id }) => id === denial.payerId);
  const other = read && read.id !== payer.id && read.kind === payer.kind && read.parent !== payer.parent;
  if (other) denial.issues.push(differs("health plan", denial.payer.value, name));
}

function chooseTreatment(denial: Denial, treatment: Treatment): void {
  const { id, name } = treatment;
  const first = denial.services[0];
  if (!first) {
    const description = { value: name, from: [], by: "person" as const };
    denial.services = [{ description, codes: [], treatmentId: id }];
    denial.issues.push(used(`what was denied; you chose ${name}`));
    return;
  }
  const known = denial.services.some(({ treatmentId }) => treatmentId !== null);
  if (known && denial.services.every(({ treatmentId }) => treatmentId !== id))
    denial.issues.push(differs("treatment", first.description.value, name));
}

function chooseReason(denial: Denial, reason: GroundId): void {
  const words = reason.replaceAll("-", " ");
  if (denial.grounds.length === 0) {
    denial.grounds = [{ id: reason, from: [], codes: [] }];
    denial.issues.push(used(`a reason; you chose “${words}”`));
  } else if (denial.grounds.every(({ id }) => id !== reason)) {
    const read = denial.grounds.map(({ id }) => id.replaceAll("-", " ")).join(", ");
    denial.issues.push(differs("reason", read, words));
  }
}

function used(what: string): Issue {
  return {
    severity: "warning",
    code: "guide-used",
    text: `The letter as we read it does not name ${what} when you came from the guide, and that is used. Check it against the letter.`,
  };
}

function differs(what: string, read: string, chosen: string): Issue {
  return {
    severity: "warning",
    code: "guide-differs",
    text: `The ${what} in the letter is “${read}”; the guide you came from is about “${chosen}”. The letter counts. If it was read wrongly, correct it.`,
  };
}
