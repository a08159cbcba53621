import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { CaseLog, Store } from "#case";
import { openStripe } from "#io";
import { type Charges, openOrderBook } from "#web";
import { benchOver, exampleCase, form, openTestStore } from "./open-bench.ts";
import { preparePhysicianExample } from "./physician-case.ts";

export const webhookSecret = "whsec_test_invented";

/** A workbench that charges, and a stand-in for the payment company on this machine; before each test a new case. */
export class ChargingDesk {
  store!: Store;
  bench!: ReturnType<typeof benchOver>;
  charges!: Charges;
  log!: CaseLog;
  folder!: string;
  port!: number;
  today = "2026-10-12";
  /** Every byte that reached the company. */
  asked: { path: string; bytes: string }[] = [];
  down = false;
  private books = 0;
  private events = 0;
  private close!: () => Promise<void>;

  private readonly provider = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const bytes = `${request.url}\n${request.rawHeaders.join("\n")}\n${body}`;
      this.asked.push({ path: request.url ?? "", bytes });
      response.writeHead(this.down ? 400 : 200, { "content-type": "application/json" });
      const answer = { id: "cs_1", object: "checkout.session", url: "https://pay.example/cs_1" };
      response.end(JSON.stringify(this.down ? { error: { message: "no" } } : answer));
    });
  });

  async open(): Promise<void> {
    ({ store: this.store, close: this.close } = await openTestStore());
    this.folder = mkdtempSync(path.join(tmpdir(), "redress-charging-"));
    await new Promise<void>((resolve) => this.provider.listen(0, "127.0.0.1", resolve));
    this.port = (this.provider.address() as AddressInfo).port;
  }

  async clear(): Promise<void> {
    [this.asked.length, this.down, this.today, this.books] = [0, false, "2026-10-12", this.books + 1];
    this.charges = {
      pricing: {
        list: 4000,
        codes: [{ code: "FIRST", firstLetter: 3000, limit: 1, lastDay: "2026-12-31" }],
        hardship: true,
      },
      payments: await openStripe({
        secretKey: "sk_test_invented",
        webhookSecret,
        api: { host: "127.0.0.1", port: this.port, protocol: "http" },
      }),
      orders: openOrderBook(this.book()),
    };
    this.bench = benchOver(this.store, {
      charges: this.charges,
      prepare: preparePhysicianExample,
      today: () => this.today,
    });
    this.log = await exampleCase(this.store, this.bench);
  }

  async end(): Promise<void> {
    await this.bench.workshop.stop();
    await this.close();
    await new Promise<void>((resolve) => void this.provider.close(() => resolve()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The file in which the orders of this test are kept. */
  book(): string {
    return path.join(this.folder, `orders-${this.books}.jsonl`);
  }

  at(address: string): string {
    return `/cases/${this.log.id}${address}`;
  }

  async text(address: string): Promise<string> {
    return (await this.bench.get(address)).text();
  }

  async order(fields: Record<string, string> = {}, of = this.log): Promise<string> {
    const answer = await this.bench.post(`/cases/${of.id}/pay`, form(fields));
    return answer.headers.get("location")!.replace("/pay/", "");
  }

  status(id: string) {
    return this.charges.orders.get(id)!.order.status;
  }

  /** A message as the provider sends it: signed, and without any header of a browser. */
  private told(
    type: string,
    object: Record<string, unknown>,
    { id = `evt_${++this.events}`, secret = webhookSecret } = {},
  ) {
    const body = JSON.stringify({ id, object: "event", type, data: { object } });
    const signature = Stripe.webhooks.generateTestHeaderString({ payload: body, secret });
    return this.bench.app.request("http://localhost/payments/webhook", {
      method: "POST",
      body,
      headers: { host: "localhost", "stripe-signature": signature },
    });
  }

  paid(id: string, cents?: number, as = {}) {
    return this.told("checkout.session.completed", session(id, cents), as);
  }

  refunded(id: string, cents = 4000) {
    return this.told("charge.refunded", {
      object: "charge",
      metadata: { order: id },
      payment_intent: "pi_1",
      amount_refunded: cents,
    });
  }

  expired(id: string) {
    return this.told("checkout.session.expired", session(id));
  }
}

const session = (id: string, cents = 4000) => ({
  object: "checkout.session",
  client_reference_id: id,
  payment_status: "paid",
  payment_intent: "pi_1",
  amount_total: cents,
});

/** A desk that is opened before the tests of a file and cleared before each of them. */
export function chargingDesk(): ChargingDesk {
  const desk = new ChargingDesk();
  beforeAll(() => desk.open(), 180_000);
  beforeEach(() => desk.clear(), 120_000);
  afterAll(() => desk.end());
  return desk;
}
