import { randomUUID } from "node:crypto";
import { applyPayment, type Order, type PaymentEvent, type Pricing, priceOf } from "#case";
import { message } from "../pages/message.ts";
import { defectLine } from "../request-log.ts";
import { show, showCase } from "../routes/shell.ts";
import type { App, Ctx, Workbench } from "../workbench.ts";
import { isToPay, paidOrder } from "./gate.ts";
import type { OrderBook } from "./order-book.ts";
import { orderPage, ordersPage, payPage } from "./pages.ts";

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
    if (Number(c.req.header("content-length") ?? 0) > mostBytes) return c.text("too long", 413);
    const body = await c.req.text();
    const signature = c.req.header("stripe-signature");
    if (!signature || body.length > mostBytes) return c.text("no signature", 400);
    const event = await payments.read(body, signature).catch((cause: Error) => {
      if (cause.name === "PaymentMessageRefused") return "refused" as const;
      throw cause;
    });
    if (event === "refused") return c.text("the signature does not fit", 400);
    const line = event ? orders.get(event.order) : null;
    // What is not about an order of ours is taken and forgotten, so that the provider does not send it for days.
    if (event && line) {
      const order = applyPayment(line.order, event);
      if (order !== line.order) await orders.put({ ...line, order });
    }
    return c.text("taken");
  });
}

/** A person's orders and receipts. They carry no case in their address: the payment company sees where people return to. */
export function orderRoutes(app: App, bench: Workbench): void {
  const { charges } = bench;
  if (!charges) return;
  const { pricing, payments, orders } = charges;
  const own = (c: Ctx) => {
    const line = orders.get(c.req.param("order") ?? "");
    return line && line.account === c.get("account")?.id ? line : null;
  };

  app.get("/pay", (c) => {
    const account = c.get("account");
    if (!account) return c.redirect("/sign-in");
    const say = c.get("say");
    return show(c, say("pay.orders"), ordersPage(orders.ofAccount(account.id), pricing, say));
  });

  app.get("/pay/:order", (c) => {
    const say = c.get("say");
    const line = own(c);
    if (line) return show(c, say("pay.receipt"), orderPage(line, say));
    if (c.get("account")) return c.notFound();
    // Who comes back from the payment company's site comes without the session's cookie; one step from a page of ours
    // brings it along again.
    if (c.req.query("again") !== undefined) return c.redirect("/sign-in");
    c.header("Refresh", `1; url=${c.req.path}?again`);
    return show(c, say("pay.receipt"), message(say("pay.returning"), say("pay.returning.text"), say));
  });

  app.get("/pay/:order/checkout", async (c) => {
    const line = own(c);
    if (!line) return c.notFound();
    const { id, status } = line.order;
    const here = `/pay/${id}`;
    if (status !== "open") return c.redirect(here);
    const origin = `${bench.secure ? "https" : "http"}://${c.req.header("host") ?? "localhost"}`;
    try {
      const back = { done: origin + here, cancelled: origin + here };
      return c.redirect(await payments.checkout(line.order, back));
    } catch (cause) {
      bench.log(defectLine(cause, "checkout"));
      const say = c.get("say");
      c.status(503);
      return show(c, say("pay.title"), message(say("pay.unreachable"), say("pay.unreachable.text"), say));
    }
  });
}

/** Asking the price of a case's letters, and ordering them. */
export function payRoutes(app: App, bench: Workbench): void {
  const { charges } = bench;
  if (!charges) return;
  const { pricing, orders } = charges;

  const form = (c: Ctx, problem: string | null = null) => {
    const say = c.get("say");
    if (problem) c.status(400);
    const { log } = c.get("current");
    return showCase(c, "packet", say("pay.title"), payPage(log.id, pricing, problem, say));
  };

  app.get("/cases/:id/pay", (c) => {
    const current = c.get("current");
    const paid = paidOrder(bench, current.log.id);
    if (paid) return c.redirect(`/pay/${paid.id}`);
    return isToPay(bench, current) ? form(c) : c.redirect(`/cases/${current.log.id}/packet`);
  });

  app.post("/cases/:id/pay", async (c) => {
    const current = c.get("current");
    const { id: forCase } = current.log;
    if (!isToPay(bench, current)) return c.redirect(`/cases/${forCase}/pay`, 303);
    const account = current.log.owner;
    const { code, hardship } = await c.req.parseBody();
    const given = typeof code === "string" ? code.trim().slice(0, 40) : "";
    const { price, issues } = priceOf(
      "internal-appeal",
      {
        lettersPaid: orders.boughtBy(account),
        hardship: hardship === "yes",
        ...(given === "" ? {} : { code: given }),
      },
      pricing,
      orders.used(forCase),
      bench.today(),
    );
    const issue = issues[0];
    if (issue) return form(c, c.get("say").word("pay.problem", issue.code));
    // Asked twice at the same price it is one order, and so one payment.
    const open = orders.ofCase(forCase).find(({ status }) => status === "open");
    if (open && open.price.cents === price.cents && price.cents > 0)
      return c.redirect(`/pay/${open.id}`, 303);
    if (open) await orders.put({ order: { ...open, status: "failed" }, account, forCase });
    const order: Order = {
      id: randomUUID(),
      letter: "appeal-letter",
      price,
      status: price.cents === 0 ? "paid" : "open",
      applied: [],
      openedOn: bench.today(),
    };
    await orders.put({ order, account, forCase });
    return c.redirect(`/pay/${order.id}`, 303);
  });
}
