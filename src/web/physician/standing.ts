import { type CaseFile, type CaseState, letterHolds } from "#case";
import { lettersNow } from "../letters-now.ts";
import { html, icon, type Markup } from "../pages/markup.ts";
import { type Say, spokenDate } from "../texts.ts";

/**
 * Whether the physician's signature stands for the letter as it is at this moment, with changes that were made a second
 * ago: `null` when nothing is signed.
 */
export function signatureNow(state: CaseState, file: CaseFile | null): "holds" | "void" | null {
  const { signed } = state.afterwards;
  if (!signed) return null;
  return file !== null && letterHolds(signed, lettersNow(file, state)) ? "holds" : "void";
}

/** The standing of the signature in a line, with the way to its page; empty where nothing is signed. */
export function signatureNote(id: string, state: CaseState, file: CaseFile | null, say: Say): Markup {
  const now = signatureNow(state, file);
  if (now === null) return html``;
  const { signer, at } = state.afterwards.signed!;
  const by = { name: signer.name, npi: signer.npi, date: spokenDate(at, say.language) };
  const holds = now === "holds";
  return html`<div class="issue ${holds ? "" : "issue-warning"} signature-note">${icon(holds ? "met" : "warning")}<p><strong>${say(holds ? "physician.own.signed" : "physician.own.void", by)}</strong> ${say(holds ? "physician.own.signed.text" : "physician.own.void.text")} <a href="/cases/${id}/physician">${say("physician.own.title")}</a></p></div>`;
}
