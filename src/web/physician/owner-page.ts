import { type LinkState, physicianDraft, statementsIn } from "#case";
import { lettersNow } from "../letters-now.ts";
import { each, html, icon, type Markup, when } from "../pages/markup.ts";
import { type Say, spokenDate } from "../texts.ts";
import type { OpenCase, Workbench } from "../workbench.ts";
import { signatureNow } from "./standing.ts";

export type OwnerView = {
  bench: Workbench;
  current: OpenCase;
  now: string;
  /** The link that was just made; its address and code are shown this once. */
  made: { name: string; address: string; code: string; expiresAt: string } | null;
};

/** The physician's letter from the side of the case: where it stands, the links, a new link. */
export function ownerPage(view: OwnerView, say: Say, problem: string | null = null): Markup {
  const { bench, current, now, made } = view;
  const { log, state, file } = current;
  const { signed, links } = state.afterwards;
  const letter = physicianDraft(lettersNow(file, state));
  const holds = signatureNow(state, file) === "holds";
  const known = made ? links.filter(({ expiresAt }) => expiresAt !== made.expiresAt) : links;
  return html`<h1>${say("physician.own.title")}</h1>
<p class="lead">${say("physician.own.lead")}</p>
${when(signed, () => signature(view, holds, say))}
${when(made, () => madeLink(made!, bench.mode === "local", say))}
${when(
  letter && !made && !holds,
  () => html`<section aria-labelledby="new-link"><h2 id="new-link">${say("physician.own.new")}</h2>
<p>${say("physician.own.new.text", { n: statementsIn(letter!).length })}</p>
${when(problem, () => html`<p class="issue issue-error">${icon("not-met")} <span>${problem}</span></p>`)}
<form method="post" action="/cases/${log.id}/physician" class="stack">
<label for="name">${say("physician.own.name")}</label><input id="name" name="name" maxlength="80" required autocomplete="off" value="${file?.denial?.provider?.value ?? ""}">
<label for="days">${say("physician.own.days")}</label><select id="days" name="days">${each([1, 3, 7, 14], (n) => html`<option value="${String(n)}"${n === 7 ? " selected" : ""}>${n === 1 ? say("physician.own.one-day") : say("physician.own.n-days", { n })}</option>`)}</select>
<button class="primary">${say("physician.own.make")}</button></form></section>`,
)}
${when(!letter, () => html`<p class="empty">${say("physician.own.none")}</p>`)}
${when(
  known.length > 0,
  () =>
    html`<section aria-labelledby="links"><h2 id="links">${say("physician.own.links")}</h2><ul class="parts">${each(known, (link) => linkLine(log.id, link, now, say))}</ul></section>`,
)}
<p class="case-foot"><a href="/cases/${log.id}/packet">${say("step.packet")}</a>${when(letter, () => html` · <a href="/cases/${log.id}/letter?which=physician-letter">${say("physician.own.draft")}</a>`)}</p>`;
}

/** A signature that holds, or one that a later change has voided: said in words, never only in colour. */
function signature({ current }: OwnerView, holds: boolean, say: Say): Markup {
  const { log, state } = current;
  const signed = state.afterwards.signed!;
  const by = { name: signed.signer.name, npi: signed.signer.npi, date: spokenDate(signed.at, say.language) };
  return html`<div class="issue ${holds ? "" : "issue-warning"}">${icon(holds ? "met" : "warning")}<p><strong>${say(holds ? "physician.own.signed" : "physician.own.void", by)}</strong> ${say(holds ? "physician.own.signed.text" : "physician.own.void.text")}
${when(signed.certified && holds, () => html`${say("physician.own.certified")} `)}<a href="/cases/${log.id}/physician/signed.pdf">${say(holds ? "physician.own.copy" : "physician.own.copy-void")}</a></p></div>
${when(!holds, () => html`<form method="post" action="/cases/${log.id}/physician/set-aside" class="row"><button class="small plain">${say("physician.own.set-aside")}</button> <span class="hint">${say("physician.own.set-aside.hint")}</span></form>`)}`;
}

function madeLink(made: NonNullable<OwnerView["made"]>, local: boolean, say: Say): Markup {
  return html`<section class="made-link" aria-labelledby="made"><h2 id="made">${say("physician.own.made", { name: made.name })}</h2>
<p>${say("physician.own.once")}</p>
<h3>${say("physician.own.address")}</h3><p><code class="break">${made.address}</code></p>
<h3>${say("physician.own.code")}</h3><p class="code"><code>${made.code.slice(0, 3)} ${made.code.slice(3)}</code></p>
<p>${say("physician.own.until", { date: spokenDate(made.expiresAt, say.language) })}</p>
${when(local, () => html`<p class="issue issue-warning">${icon("warning")} <span>${say("physician.own.local")}</span></p>`)}</section>`;
}

function linkLine(id: string, link: LinkState, now: string, say: Say): Markup {
  const expired = link.expiresAt <= now && (link.state === "sent" || link.state === "opened");
  const state = expired ? "expired" : link.state;
  return html`<li><span class="part-title">${link.name}</span> <span class="hint">${say(`physician.link.${state}`, { date: spokenDate(link.expiresAt, say.language) })}</span>
${when(state === "sent" || state === "opened", () => html`<form method="post" action="/cases/${id}/physician/${link.link}/revoke"><button class="small plain">${say("physician.own.revoke")}<span class="sr">: ${link.name}</span></button></form>`)}</li>`;
}
