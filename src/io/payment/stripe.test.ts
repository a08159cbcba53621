import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Order } from "#case";
import { PaymentMessageRefused, stripePayments } from "./stripe.ts";

/** A stand-in for the provider's interface on this machine: remembers what it was sent, answers repeats alike. */
const asked: { path: string; body: string; key: string }[] = [];
const provider = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    asked.push({ path: request.url ?? "", body, key: String(request.headers["idempotency-key"]) });
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ id: "cs_1", object: "checkout.session", url: "https://pay.example/cs_1" }));
  });
});
beforeAll(() => new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise<void>((resolve) => void provider.close(() => resolve())));

const secret = "whsec_test_invented";
const payments = () =>
  stripePayments({
    secretKey: "sk_test_invented",
    webhookSecret: secret,
    api: { host: "127.0.0.1", port: (provider.address() as AddressInfo).port, protocol: "http" },
  });
const order: Order = {
  id: "o-7f3a",
  letter: "internal-appeal",
  price: { cents: 4000, why: "list" },
  status: "open",
  applied: [],
};

const message = (type: string, object: object) =>
  JSON.stringify({ id: "evt_1", object: "event", type, data: { object } });
const signed = (payload: string, at?: number) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(at ? { timestamp: at } : {}) });

describe("checkout", () => {
  test("the provider learns a number, two words and an amount, under a key that makes a repeat harmless", async () => {
    const url = await payments().checkout(order, {
      done: "https://r.example/done",
      cancelled: "https://r.example/back",
    });
    expect(url).toBe("https://pay.example/cs_1");
    const { body, key, path } = asked.at(-1)!;
    const sent = new URLSearchParams(body);
    expect([path, key]).toEqual(["/v1/checkout/sessions", "checkout-o-7f3a"]);
    expect(sent.get("line_items[0][price_data][unit_amount]")).toBe("4000");
    expect(sent.get("line_items[0][price_data][product_data][name]")).toBe("Appeal letter");
    expect(body).not.toContain("internal-appeal");
  });
});

describe("what the provider tells us", () => {
  test("a paid session pays its order", async () => {
    const body = message("checkout.session.completed", {
      object: "checkout.session",
      client_reference_id: "o-7f3a",
      payment_status: "paid",
      amount_total: 4000,
    });
    expect(await payments().read(body, signed(body))).toEqual({
      id: "evt_1",
      order: "o-7f3a",
      kind: "paid",
      cents: 4000,
    });
  });
  test("a completed session that is not paid yet pays nothing", async () => {
    const body = message("checkout.session.completed", {
      object: "checkout.session",
      client_reference_id: "o-7f3a",
      payment_status: "unpaid",
    });
    expect(await payments().read(body, signed(body))).toBeNull();
  });
  test("a changed amount, another secret and an old message are refused", async () => {
    const body = message("charge.refunded", {
      object: "charge",
      metadata: { order: "o-7f3a" },
      amount_refunded: 4000,
    });
    await expect(payments().read(body.replace("4000", "9000"), signed(body))).rejects.toBeInstanceOf(
      PaymentMessageRefused,
    );
    await expect(payments().read(body, "t=1,v1=00")).rejects.toBeInstanceOf(PaymentMessageRefused);
    const longAgo = Math.floor(Date.now() / 1000) - 3600;
    await expect(payments().read(body, signed(body, longAgo))).rejects.toBeInstanceOf(PaymentMessageRefused);
  });
});
