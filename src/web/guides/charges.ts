import { randomUUID } from "node:crypto";
import { applyPayment, type Order, type PaymentEvent, type Pricing, priceOf } from "#case";
import { escapeHtml } from "#guide";
import type { App, Env, WorkbenchOptions } from "../workbench.ts";
import { framed, placeOf } from "./frame.ts";
import type { OrderBook } from "./order-book.ts";

/** The payment provider, as the adapter of `#io` offers it. */
export type Payments = {
  checkout: (order: Order, back: { done: string; cancelled: string }) => Promise<string>;
  refund: (order: Order, payment: string) => Promise<void>;
  read: (body: string, signature: string) => Promise<PaymentEvent | null>;
};

/** Set by operators who charge; without it there is no price anywhere. */
export type Charges = { pricing: Pricing; payments: Payments; orders: OrderBook };

/** Bytes of a message of the provider; its own are a few kilobytes. */
const mostBytes = 100_000;

/** The provider's messages carry a signature instead of a browser's headers: mounted before the check for own pages. */
export function paymentMessages(app: App, { payments, orders }: Charges): void {
  app.post("/payments/webhook", async (c) => {
    const body = await c.req.text();
    const signature = c.req.header("stripe-signature");
    if (!signature || body.length > mostBytes) return c.text("no signature", 400);
    const event = await payments.read(body, signature).catch((cause: Error) => {
      if (cause.name === "PaymentMessageRefused") return "refused" as const;
      throw cause;
    });
    if (event === "refused") return c.text("the signature does not fit", 400);
    const order = event ? orders.get(event.order) : null;
    // What is not about an order of ours is taken and forgotten, so that the provider does not send it for days.
    if (event && order) await orders.put(applyPayment(order.order, event), order.account);
    return c.text("taken");
  });
}

/** Price, checkout, where it stands, refund. Only the finished letter costs; what is a right stays free. */
export function chargeRoutes(
  app: App,
  { pricing, payments, orders }: Charges,
  options: Pick<WorkbenchOptions, "today" | "secure">,
): void {
  const accountOf = (c: { get: (name: "account") => Env["Variables"]["account"] }) =>
    c.get("account")?.id ?? null;

  app.get("/pay", (c) => {
    const main = payForm(pricing);
    return c.html(framed(placeOf(c, options), { ...page, main }));
  });

  app.post("/pay", async (c) => {
    const account = accountOf(c);
    if (account === null) return c.redirect("/sign-in", 303);
    const { code, hardship, letter } = await c.req.parseBody();
    const { price, issues } = priceOf(
      typeof letter === "string" ? letter.slice(0, 60) : "internal-appeal",
      {
        lettersPaid: orders.paidBy(account),
        hardship: hardship === "yes",
        ...(typeof code === "string" && code.trim() !== "" ? { code: code.slice(0, 40) } : {}),
      },
      pricing,
      orders.used(),
      options.today(),
    );
    if (issues.length > 0) {
      const main = `<p class="note note-due">${escapeHtml(issues[0]!.text)}</p>${payForm(pricing)}`;
      return c.html(framed(placeOf(c, options), { ...page, main }), 400);
    }
    const status = price.cents === 0 ? "paid" : "open";
    const order: Order = { id: randomUUID(), letter: "appeal-letter", price, status, applied: [] };
    await orders.put(order, account);
    const { origin } = placeOf(c, options);
    const back = { done: `${origin}/pay/${order.id}`, cancelled: `${origin}/pay` };
    return c.redirect(price.cents === 0 ? back.done : await payments.checkout(order, back), 303);
  });

  app.get("/pay/:order", (c) => {
    const found = orders.get(c.req.param("order"));
    if (!found || found.account !== accountOf(c)) return c.notFound();
    return c.html(framed(placeOf(c, options), { ...page, main: receipt(found.order) }));
  });
}

const page = {
  title: "Pay for a letter",
  description: "What a finished appeal letter costs here.",
  path: "/pay",
  listed: false,
};

const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`;

function payForm({ list, hardship, codes }: Pricing): string {
  const code =
    codes.length > 0
      ? `<p><label for="code">Code, if you have one</label><br><input id="code" name="code" maxlength="40" autocomplete="off"></p>`
      : "";
  const free = hardship
    ? `<p><label><input type="checkbox" name="hardship" value="yes"> Paying is a hardship for me. The letter is then free.</label></p>`
    : "";
  return `<h1>Pay for a letter</h1><p>A finished appeal letter costs ${dollars(list)}. Reading, dates, checklists and requests for papers are free, always. The payment company learns the amount and nothing about your health.</p>
<form method="post" action="/pay" class="stack">${code}${free}<button class="primary">Go on</button></form>`;
}

function receipt({ id, price, status }: Order): string {
  const words = {
    open: "Waiting for the payment. Reload this page in a minute.",
    paid: price.cents === 0 ? "Nothing to pay." : "Paid. Thank you.",
    refunded: "Refunded.",
    failed: "The payment did not go through. You were not charged.",
  }[status];
  return `<h1>Receipt</h1><dl><dt>Number</dt><dd>${escapeHtml(id)}</dd><dt>For</dt><dd>Appeal letter</dd><dt>Amount</dt><dd>${dollars(price.cents)}</dd><dt>Standing</dt><dd>${words}</dd></dl><p><a href="/">Back to my cases</a></p>`;
}
