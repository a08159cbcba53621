import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CaseLog, fold, type Store } from "#case";
import { openStripe } from "#io";
import { type Charges, openOrderBook } from "#web";
import { benchOver, exampleCase, form, openTestStore } from "./workbench/open-bench.ts";
import { preparePhysicianExample } from "./workbench/physician-case.ts";

let store: Store;
let close: () => Promise<void>;
let folder: string;
let port: number;
let bench: ReturnType<typeof benchOver>;
let charges: Charges;
let log: CaseLog;
let today = "2026-10-12";
let books = 0;

/** A stand-in for the payment company on this machine; keeps every byte that reaches it. */
const asked: { path: string; bytes: string }[] = [];
let down = false;
const provider = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    asked.push({
      path: request.url ?? "",
      bytes: `${request.url}\n${request.rawHeaders.join("\n")}\n${body}`,
    });
    response.writeHead(down ? 400 : 200, { "content-type": "application/json" });
    const answer = { id: "cs_1", object: "checkout.session", url: "https://pay.example/cs_1" };
    response.end(JSON.stringify(down ? { error: { message: "no" } } : answer));
  });
});
const webhookSecret = "whsec_test_invented";

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  folder = mkdtempSync(path.join(tmpdir(), "redress-charging-"));
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  port = (provider.address() as AddressInfo).port;
}, 120_000);

beforeEach(async () => {
  [asked.length, down, today] = [0, false, "2026-10-12"];
  charges = {
    pricing: {
      list: 4000,
      codes: [{ code: "FIRST", firstLetter: 3000, limit: 1, lastDay: "2026-12-31" }],
      hardship: true,
    },
    payments: await openStripe({
      secretKey: "sk_test_invented",
      webhookSecret,
      api: { host: "127.0.0.1", port, protocol: "http" },
    }),
    orders: openOrderBook(path.join(folder, `orders-${++books}.jsonl`)),
  };
  bench = benchOver(store, { charges, prepare: preparePhysicianExample, today: () => today });
  log = await exampleCase(store, bench);
}, 60_000);

afterAll(async () => {
  await bench.workshop.stop();
  await close();
  await new Promise<void>((resolve) => void provider.close(() => resolve()));
  rmSync(folder, { recursive: true, force: true });
});

const at = (address: string) => `/cases/${log.id}${address}`;
const text = async (address: string) => (await bench.get(address)).text();
const order = async (fields: Record<string, string> = {}, of = log) =>
  (await bench.post(`/cases/${of.id}/pay`, form(fields))).headers.get("location")!.replace("/pay/", "");
const status = (id: string) => charges.orders.get(id)!.order.status;

let events = 0;
/** A message as the provider sends it: signed, and without any header of a browser. */
function told(
  type: string,
  object: Record<string, unknown>,
  { id = `evt_${++events}`, secret = webhookSecret } = {},
) {
  const body = JSON.stringify({ id, object: "event", type, data: { object } });
  const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
  return bench.app.request("http://localhost/payments/webhook", {
    method: "POST",
    body,
    headers: { host: "localhost", "stripe-signature": signature },
  });
}
const session = (id: string, cents = 4000) => ({
  object: "checkout.session",
  client_reference_id: id,
  payment_status: "paid",
  payment_intent: "pi_1",
  amount_total: cents,
});
const paid = (id: string, cents?: number, as = {}) =>
  told("checkout.session.completed", session(id, cents), as);
const refunded = (id: string, cents = 4000) =>
  told("charge.refunded", {
    object: "charge",
    metadata: { order: id },
    payment_intent: "pi_1",
    amount_refunded: cents,
  });
const expired = (id: string) => told("checkout.session.expired", session(id));

const forSale = ["/parts/packet.pdf", "/parts/appeal-letter.docx"];

describe("where nobody charges", () => {
  test("no page speaks of a price, and everything is handed out", async () => {
    const free = benchOver(store, { prepare: preparePhysicianExample, today: () => today });
    for (const page of ["/packet", "/send?to=0", "/letter"])
      expect(await (await free.get(at(page))).text()).not.toMatch(/\$\d|\/pay/);
    expect((await free.get("/pay")).status).toBe(404);
    expect((await free.get(at("/pay"))).status).toBe(404);
    expect((await free.get(at("/parts/packet.pdf"))).status).toBe(200);
  });
});

describe("before it is paid", () => {
  test("letters, packet and sending lead to the price; nothing is handed out or sent", async () => {
    for (const way of [...forSale, "/parts.zip", "/send/bundle.zip?to=0"]) {
      const answer = await bench.get(at(way));
      expect([way, answer.status, answer.headers.get("location")]).toEqual([way, 303, at("/pay")]);
    }
    const sent = await bench.post(at("/send"), form({ to: "0", consent: "yes" }));
    expect(sent.headers.get("location")).toBe(at("/pay"));
    expect((await log.events()).filter(({ kind }) => kind === "downloaded" || kind === "sent")).toEqual([]);
    expect(await text(at("/packet"))).toContain("The finished letters cost $40.00");
    expect(await text(at("/send?to=0"))).not.toContain('name="seen"');
  });

  test("a receipt that one writes oneself is kept, and hands out nothing", async () => {
    const fields = { to: "1", on: "2026-10-12", number: "9407 5550", consent: "yes" };
    expect((await bench.post(at("/send/by-hand"), form(fields))).headers.get("location")).toBe(at("/send"));
    const [parcel] = fold(await log.events()).afterwards.parcels;
    expect([parcel!.receipt!.number, parcel!.papers]).toEqual(["9407 5550", undefined]);
    await paid(await order());
    await bench.post(at("/send/by-hand"), form({ ...fields, on: "2026-10-11" }));
    const sent = fold(await log.events()).afterwards.parcels.at(-1)!;
    const address = at(`/sent/${sent.key}/packet.pdf`);
    expect((await bench.get(address)).status).toBe(200);
    await refunded(charges.orders.ofCase(log.id)[0]!.id);
    expect((await bench.get(address)).status).toBe(303);
  });

  test("reading, the day, the evidence, the letter on the screen and the calendar are free", async () => {
    for (const page of ["/papers", "/denial", "/deadline", "/evidence", "/letter", "/packet", "/history"])
      expect([page, (await bench.get(at(page))).status]).toEqual([page, 200]);
    expect((await bench.get(at("/deadlines.ics"))).status).toBe(200);
    expect((await bench.get(at("/parts/deadlines.ics"))).status).toBe(200);
  });

  test("the worked example is free: it is nobody's case", async () => {
    const { id: owner } = await store.accounts.local();
    const example = await store.cases.create(owner, { title: "Example", example: "dupilumab-step" });
    expect((await bench.get(`/cases/${example.id}/pay`)).headers.get("location")).toContain("/packet");
  });
});

describe("paying", () => {
  test("list price without a code; once the provider says so, everything of this case is open", async () => {
    const id = await order();
    expect(await text(`/pay/${id}`)).toContain("Not paid yet");
    const away = await bench.get(`/pay/${id}/checkout`);
    expect([away.status, away.headers.get("location")]).toEqual([302, "https://pay.example/cs_1"]);
    expect((await bench.get(at("/parts/packet.pdf"))).status).toBe(303);
    expect((await paid(id)).status).toBe(200);
    expect(await text(`/pay/${id}`)).toContain("Paid. Thank you.");
    for (const way of [...forSale, "/parts.zip"]) expect((await bench.get(at(way))).status, way).toBe(200);
    const other = await exampleCase(store, bench);
    expect((await bench.get(`/cases/${other.id}/parts/packet.pdf`)).status).toBe(303);
  });

  test("asking twice at one price is one order", async () => {
    expect(await order()).toBe(await order());
  });

  test("a code lowers the first letter's price, within its number and its last day", async () => {
    const id = await order({ code: " first " });
    expect(charges.orders.get(id)!.order.price).toEqual({ cents: 3000, why: "code", code: "FIRST" });
    const other = await exampleCase(store, bench);
    const again = await bench.post(`/cases/${other.id}/pay`, form({ code: "FIRST" }));
    expect([again.status, await again.text()]).toEqual([
      400,
      expect.stringContaining("as often as it may be"),
    ]);
    await expired(id);
    today = "2027-01-01";
    const late = await bench.post(at("/pay"), form({ code: "FIRST" }));
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining("no longer be used")]);
    today = "2026-12-31";
    expect(charges.orders.get(await order({ code: "FIRST" }))!.order.price.cents).toBe(3000);
  });

  test("hardship makes it free at once, and the provider never hears of it", async () => {
    const id = await order({ hardship: "yes" });
    expect(await text(`/pay/${id}`)).toContain("Nothing to pay.");
    expect((await bench.get(at("/parts/packet.pdf"))).status).toBe(200);
    expect(asked).toEqual([]);
  });

  test("a payment company that does not answer is said; nothing is charged and nothing lost", async () => {
    const id = await order();
    down = true;
    const answer = await bench.get(`/pay/${id}/checkout`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining("You were not charged"),
    ]);
    down = false;
    expect((await bench.get(`/pay/${id}/checkout`)).status).toBe(302);
  });

  test("an order of somebody else is not there, and cannot be paid for them", async () => {
    const id = await order();
    const { order: mine, forCase } = charges.orders.get(id)!;
    await charges.orders.put({ order: mine, forCase, account: "somebody else" });
    for (const way of ["", "/checkout"]) expect((await bench.get(`/pay/${id}${way}`)).status).toBe(404);
  });

  test("who returns from the payment company without the session's cookie is led on, not turned away", async () => {
    const hosted = benchOver(store, { charges, mode: "hosted" });
    const answer = await hosted.get("/pay/any-order");
    expect([answer.status, answer.headers.get("refresh")]).toEqual([200, "1; url=/pay/any-order?again"]);
    expect((await hosted.get("/pay/any-order?again")).headers.get("location")).toBe("/sign-in");
  });
});

describe("what the provider is told", () => {
  test("an order number, two words, an amount and where to return: not one word of the case", async () => {
    await bench.get(`/pay/${await order({ code: "FIRST" })}/checkout`);
    const { bytes } = asked.at(-1)!;
    const sent = new URLSearchParams(bytes.split("\n").at(-1));
    expect([...sent.keys()].sort()).toEqual([
      "cancel_url",
      "client_reference_id",
      "line_items[0][price_data][currency]",
      "line_items[0][price_data][product_data][name]",
      "line_items[0][price_data][unit_amount]",
      "line_items[0][quantity]",
      "metadata[order]",
      "mode",
      "payment_intent_data[metadata][order]",
      "success_url",
    ]);
    expect(sent.get("line_items[0][price_data][unit_amount]")).toBe("3000");
    const events = await log.events();
    const opened = events.find((event) => event.kind === "opened")!;
    const words = ["dupi", "dermat", "eczema", "marsh", "elena", "juniper", "step", "denial", log.id];
    for (const word of [...words, opened.kind === "opened" ? opened.title : ""])
      expect(bytes.toLowerCase()).not.toContain(word.toLowerCase());
  });
});

describe("what the provider tells us", () => {
  test("without a signature, or with another's, it changes nothing", async () => {
    const id = await order();
    const bare = { method: "POST", body: "{}", headers: { host: "localhost" } };
    expect((await bench.app.request("http://localhost/payments/webhook", bare)).status).toBe(400);
    expect((await paid(id, 4000, { secret: "whsec_wrong" })).status).toBe(400);
    expect(status(id)).toBe("open");
    expect((await paid("nobody's")).status).toBe(200);
  });

  test("the same message twice counts once", async () => {
    const id = await order();
    await paid(id, 4000, { id: "evt_same" });
    await refunded(id);
    await paid(id, 4000, { id: "evt_same" });
    expect(status(id)).toBe("refunded");
  });

  test("less than the price pays nothing", async () => {
    const id = await order();
    await paid(id, 3999);
    expect(status(id)).toBe("open");
    await paid(id, 4000);
    expect(status(id)).toBe("paid");
  });

  test("a refund closes the letters again, a part of it does not, and a payment told late does not undo it", async () => {
    const id = await order();
    await paid(id);
    await refunded(id, 1000);
    expect((await bench.get(at("/parts/packet.pdf"))).status).toBe(200);
    await refunded(id, 4000);
    expect(await text(`/pay/${id}`)).toContain("Your money was given back.");
    expect((await bench.get(at("/parts/packet.pdf"))).status).toBe(303);
    await paid(id);
    expect(status(id)).toBe("refunded");
  });

  test("told in another order than it happened, it comes out the same", async () => {
    const [first, second] = [await order(), await exampleCase(store, bench)];
    await refunded(first);
    await paid(first);
    expect(status(first)).toBe("refunded");
    const other = await order({}, second);
    await paid(other);
    await expired(other);
    expect(status(other)).toBe("paid");
  });

  test("orders are there again after a stop, and a line that was cut off is passed over", async () => {
    const id = await order();
    await paid(id);
    const file = path.join(folder, `orders-${books}.jsonl`);
    writeFileSync(file, '{"order":{"id":"cut', { flag: "a" });
    expect(openOrderBook(file).get(id)!.order).toMatchObject({ status: "paid", payment: "pi_1" });
  });
});

describe("redress refund", () => {
  const run = (id: string) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const pricing = path.join(folder, "pricing.json");
      writeFileSync(pricing, JSON.stringify(charges.pricing));
      const child = spawn(process.execPath, ["src/cli/main.ts", "refund", id], {
        cwd: path.resolve(import.meta.dirname, ".."),
        env: {
          ...process.env,
          REDRESS_PRICING: pricing,
          REDRESS_ORDERS: path.join(folder, `orders-${books}.jsonl`),
          STRIPE_SECRET_KEY: "sk_test_invented",
          STRIPE_WEBHOOK_SECRET: webhookSecret,
          STRIPE_API: `http://127.0.0.1:${port}`,
        },
      });
      let said = "";
      child.stderr.on("data", (chunk) => {
        said += chunk;
      });
      child.on("close", (code) => resolve({ code, said }));
    });

  test("asks for the payment of that order and for no other", async () => {
    const id = await order();
    expect(await run(id)).toMatchObject({ code: 2, said: expect.stringContaining("nothing was paid") });
    await paid(id);
    expect(await run(id)).toMatchObject({ code: 0 });
    const { path: asks, bytes } = asked.at(-1)!;
    expect(asks).toBe("/v1/refunds");
    expect(bytes).toContain("payment_intent=pi_1");
    expect(bytes).toContain(`refund-${id}`);
    expect(await run("no-such-order")).toMatchObject({ code: 2 });
  }, 60_000);
});
