import type { Issue } from "#base";
import type { AppealKind } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import { addDelivery, departmentNamed, officeFor, officeName } from "./offices.ts";
import { type Draft, formal, joined, type Slot } from "./passages.ts";
import { memberAddress } from "./people.ts";
import { type PrintedPlace, printedFor, printedPlace } from "./printed-address.ts";
import { senderName } from "./signatures.ts";

const blank = "______________________________";

/** Sender, date line, addressee, way of sending, and the title. */
export function addHead(
  draft: Draft,
  desk: Desk,
  title: string,
  kind?: AppealKind,
  issues: Issue[] = [],
): void {
  draft.add("sender", sender(desk));
  draft.add("date", formal("Date sent: ____________"));
  if (kind && isOutside(kind))
    addOutside(draft, desk, kind.step, kind.body ? formal(kind.body) : desk.slots.externalBody, issues);
  else addPlan(draft, printedPlace(desk), desk.slots.payer);
  draft.add("title", formal(title));
}

/** Who writes, and where an answer reaches them; a line to fill where the notice prints no address. */
export const sender = (desk: Desk): Slot | null =>
  joined([senderName(desk), memberAddress(desk) ?? formal(`${blank} (address and telephone)`)], ", ");

/**
 * To somebody outside the plan. The address that the notice prints for such a body wins; an address of the plan is not that of
 * the body. `kinds` are the rights that the body answers.
 */
export function addOutside(
  draft: Draft,
  desk: Desk,
  kinds: readonly string[],
  body: Slot | null,
  issues: Issue[],
): void {
  const { address: nextStep, fax, ofPlan } = printedPlace(desk);
  const address = (ofPlan ? null : nextStep) ?? printedFor(desk, kinds);
  const office = officeFor(desk, kinds) ?? departmentNamed(desk, body?.text ?? "");
  // An office of this State says more than what such bodies are called.
  const own = office?.onlyNamed || (office?.states && body?.rests.every((rest) => "form" in rest));
  const name = own && office ? officeName(office) : (body ?? (office && officeName(office)));
  if (address) {
    // An address that begins with a name says itself whose it is.
    const named = /^[A-Z]/.test(address.text) && !/^P\.?\s?O\.?\b/i.test(address.text);
    draft.add("recipient", named ? address : joined([name, address], ", "));
    if (!ofPlan) addFax(draft, fax, address);
    return;
  }
  draft.add("recipient", name);
  const printedFax = ofPlan ? null : fax;
  addDelivery(draft, desk, office && printedFax ? { ...office, fax: null } : office, issues);
  addFax(draft, printedFax, null);
}

/** To the plan. What the notice prints of a body outside it is no address of the plan. */
function addPlan(draft: Draft, { address, fax, ofPlan }: PrintedPlace, payer: Slot | null): void {
  if (!ofPlan) {
    draft.add("recipient", payer);
    draft.add("delivery", formal(`Address: ${blank}`));
    return;
  }
  const name = payer?.text.replace(/\s*\([^)]*\)\s*$/, "").toLowerCase();
  const named = address && name && address.text.toLowerCase().includes(name);
  draft.add("recipient", named ? address : joined([payer, address], ", "));
  addFax(draft, fax, address);
}

function addFax(draft: Draft, fax: Slot | null, address: Slot | null): void {
  if (!fax) return;
  const text = address ? `By fax to ${fax.text} and by mail` : `By fax to ${fax.text}`;
  draft.add("delivery", { text, rests: fax.rests });
}
