import type { Order, Pricing } from "#case";
import { each, html, icon, type Markup, when } from "../pages/markup.ts";
import { type Say, spokenDate } from "../texts.ts";
import type { OrderLine } from "./order-book.ts";

/** "$40.00" */
export function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}

/** What the letters of a case cost, what is free, and the ways to pay less or nothing. */
export function payPage(caseId: string, pricing: Pricing, problem: string | null, say: Say): Markup {
  const { list, codes, hardship } = pricing;
  return html`<h1>${say("pay.title")}</h1>
<p class="lead">${say("pay.lead", { price: dollars(list) })}</p>
<p>${say("pay.free")}</p>
${when(problem, () => html`<p class="issue issue-error" role="alert">${icon("not-met")} <span>${problem}</span></p>`)}
<form method="post" action="/cases/${caseId}/pay" class="stack">
${when(
  codes.length > 0,
  () =>
    html`<label for="code">${say("pay.code")}</label><input id="code" name="code" maxlength="40" autocomplete="off">`,
)}
${when(
  hardship,
  () =>
    html`<label class="choice" for="hardship"><input type="checkbox" id="hardship" name="hardship" value="yes"> <span>${say("pay.hardship")}</span></label>`,
)}
<p class="hint">${say("pay.private")}</p>
<button class="primary">${say("pay.go")}</button></form>
<p class="case-foot"><a href="/cases/${caseId}/packet">${say("step.packet")}</a></p>`;
}

/** One order: the way to the payment company while it is open, the receipt once it is settled. */
export function orderPage({ order, forCase }: OrderLine, say: Say): Markup {
  const { id, price, status, openedOn } = order;
  const free = status === "paid" && price.cents === 0;
  return html`<h1>${say(status === "paid" || status === "refunded" ? "pay.receipt" : "pay.title")}</h1>
<p class="issue" role="status">${icon(status === "paid" ? "met" : "information")} <span>${say(free ? "pay.status.nothing" : `pay.status.${status}`)}</span></p>
<dl class="facts-list"><dt>${say("pay.for")}</dt><dd>${say("pay.letter")}</dd>
<dt>${say("pay.amount")}</dt><dd>${dollars(price.cents)}${when(price.why !== "list", () => html` (${say.word("pay.why", price.why)})`)}</dd>
<dt>${say("pay.number")}</dt><dd><code>${id}</code></dd>
${when(openedOn, () => html`<dt>${say("pay.day")}</dt><dd>${spokenDate(openedOn!, say.language)}</dd>`)}</dl>
${when(
  status === "open",
  () =>
    html`<p class="no-print"><a class="button primary" href="/pay/${id}/checkout" rel="noreferrer">${say("pay.leave", { price: dollars(price.cents) })}</a></p><p class="hint no-print">${say("pay.leave.hint")}</p>`,
)}
${when(status === "failed", () => html`<p class="no-print"><a class="button" href="/cases/${forCase}/pay">${say("pay.again")}</a></p>`)}
<p class="no-print"><a class="button ${status === "paid" ? "primary" : ""}" href="/cases/${forCase}/packet">${say("pay.back")}</a></p>`;
}

/** All receipts of a person. */
export function ordersPage(lines: readonly OrderLine[], pricing: Pricing, say: Say): Markup {
  return html`<h1>${say("pay.orders")}</h1><p class="lead">${say("pay.lead", { price: dollars(pricing.list) })}</p><p>${say("pay.free")}</p>
${
  lines.length === 0
    ? html`<p class="empty">${say("pay.none")}</p>`
    : html`<ul class="parts">${each(lines, (line) => html`<li><a class="part-title" href="/pay/${line.order.id}">${orderName(line.order, say)}</a> <span class="hint">${say.word("pay.standing", line.order.status)}</span></li>`)}</ul>`
}`;
}

function orderName({ price, openedOn }: Order, say: Say): string {
  const day = openedOn ? `, ${spokenDate(openedOn, say.language)}` : "";
  return `${say("pay.letter")}, ${dollars(price.cents)}${day}`;
}

/** Before anything is taken home: that it costs, what, and what does not. */
export function payNotice(caseId: string, pricing: Pricing, say: Say): Markup {
  return html`<section class="todo no-print" aria-labelledby="to-pay"><h2 id="to-pay">${say("pay.notice", { price: dollars(pricing.list) })}</h2>
<p>${say("pay.notice.text")}</p><a class="button primary" href="/cases/${caseId}/pay">${say("pay.notice.go")}</a></section>`;
}
