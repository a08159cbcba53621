import type { AppealKind } from "#knowledge";
import type { Desk } from "./appeal.ts";
import { isOutside } from "./choose.ts";
import { type Draft, formal, joined } from "./passages.ts";
import { memberAddress } from "./people.ts";
import { senderName } from "./signatures.ts";

const blank = "______________________________";

/** Sender, date line, addressee, way of sending, and the title. */
export function addHead(draft: Draft, desk: Desk, title: string, kind?: AppealKind): void {
  const { input, slots } = desk;
  const sendTo = input.denial?.rightsStated.sendTo;
  draft.add("sender", joined([senderName(desk), memberAddress(desk)], ", "));
  draft.add("date", formal("Date sent: ____________"));
  const address = sendTo?.address?.from.length
    ? {
        text: addressOf(sendTo.address.value),
        rests: sendTo.address.from.map((span) => ({ evidence: span })),
      }
    : null;
  const payer = slots.payer?.text.replace(/\s*\([^)]*\)\s*$/, "").toLowerCase();
  const named = address && payer && address.text.toLowerCase().includes(payer);
  const body = kind?.body ? formal(kind.body) : kind && isOutside(kind) ? slots.externalBody : null;
  draft.add("recipient", body ?? (named ? address : joined([slots.payer, address], ", ")));
  if (body)
    draft.add("delivery", joined([formal("Address printed on the notice:"), address ?? formal(blank)]));
  const fax = sendTo?.fax?.from.length ? sendTo.fax : null;
  if (fax)
    draft.add("delivery", {
      text: address ? `By fax to ${fax.value} and by mail` : `By fax to ${fax.value}`,
      rests: fax.from.map((span) => ({ evidence: span })),
    });
  draft.add("title", formal(title));
}

/** The address without the words that introduce it on the notice. */
const addressOf = (words: string): string =>
  words
    .replace(/\s*\n\s*/g, ", ")
    .replace(
      /^(?:please\s+)?(?:write|send|mail|fax)\b(?:\s+(?:it|your (?:written )?(?:appeal|request)))?\s*(?:to\b)?:?\s*/i,
      "",
    )
    .replace(/^the\s+(?=[A-Z])/, "");
