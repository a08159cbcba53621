/** What the payment company tells us, and what `redress refund` asks of it. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { openOrderBook } from "#web";
import { chargingDesk, webhookSecret } from "./workbench/charging-desk.ts";
import { exampleCase } from "./workbench/open-bench.ts";

const desk = chargingDesk();

describe("what the provider tells us", () => {
  test("without a signature, or with another's, it changes nothing", async () => {
    const id = await desk.order();
    const bare = { method: "POST", body: "{}", headers: { host: "localhost" } };
    expect((await desk.bench.app.request("http://localhost/payments/webhook", bare)).status).toBe(400);
    expect((await desk.paid(id, 4000, { secret: "whsec_wrong" })).status).toBe(400);
    expect(desk.status(id)).toBe("open");
    expect((await desk.paid("nobody's")).status).toBe(200);
  });

  test("the same message twice counts once", async () => {
    const id = await desk.order();
    await desk.paid(id, 4000, { id: "evt_same" });
    await desk.refunded(id);
    await desk.paid(id, 4000, { id: "evt_same" });
    expect(desk.status(id)).toBe("refunded");
  });

  test("less than the price pays nothing", async () => {
    const id = await desk.order();
    await desk.paid(id, 3999);
    expect(desk.status(id)).toBe("open");
    await desk.paid(id, 4000);
    expect(desk.status(id)).toBe("paid");
  });

  test("a refund closes the letters again, a part of it does not, and a payment told late does not undo it", async () => {
    const id = await desk.order();
    await desk.paid(id);
    await desk.refunded(id, 1000);
    expect((await desk.bench.get(desk.at("/parts/packet.pdf"))).status).toBe(200);
    await desk.refunded(id, 4000);
    expect(await desk.text(`/pay/${id}`)).toContain("Your money was given back.");
    expect((await desk.bench.get(desk.at("/parts/packet.pdf"))).status).toBe(303);
    await desk.paid(id);
    expect(desk.status(id)).toBe("refunded");
  });

  test("told in another order than it happened, it comes out the same", async () => {
    const [first, second] = [await desk.order(), await exampleCase(desk.store, desk.bench)];
    await desk.refunded(first);
    await desk.paid(first);
    expect(desk.status(first)).toBe("refunded");
    const other = await desk.order({}, second);
    await desk.paid(other);
    await desk.expired(other);
    expect(desk.status(other)).toBe("paid");
  });

  test("orders are there again after a stop, and a line that was cut off is passed over", async () => {
    const id = await desk.order();
    await desk.paid(id);
    const file = desk.book();
    writeFileSync(file, '{"order":{"id":"cut', { flag: "a" });
    expect(openOrderBook(file).get(id)!.order).toMatchObject({ status: "paid", payment: "pi_1" });
  });
});

describe("redress refund", () => {
  const run = (id: string) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const pricing = path.join(desk.folder, "pricing.json");
      writeFileSync(pricing, JSON.stringify(desk.charges.pricing));
      const child = spawn(process.execPath, ["src/cli/main.ts", "refund", id], {
        cwd: path.resolve(import.meta.dirname, ".."),
        env: {
          ...process.env,
          REDRESS_PRICING: pricing,
          REDRESS_ORDERS: desk.book(),
          STRIPE_SECRET_KEY: "sk_test_invented",
          STRIPE_WEBHOOK_SECRET: webhookSecret,
          STRIPE_API: `http://127.0.0.1:${desk.port}`,
        },
      });
      let said = "";
      child.stderr.on("data", (chunk) => {
        said += chunk;
      });
      child.on("close", (code) => resolve({ code, said }));
    });

  test("asks for the payment of that order and for no other", async () => {
    const id = await desk.order();
    expect(await run(id)).toMatchObject({ code: 2, said: expect.stringContaining("nothing was paid") });
    await desk.paid(id);
    expect(await run(id)).toMatchObject({ code: 0 });
    const { path: asks, bytes } = desk.asked.at(-1)!;
    expect(asks).toBe("/v1/refunds");
    expect(bytes).toContain("payment_intent=pi_1");
    expect(bytes).toContain(`refund-${id}`);
    expect(await run("no-such-order")).toMatchObject({ code: 2 });
  }, 60_000);
});
