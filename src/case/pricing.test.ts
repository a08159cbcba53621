import { describe, expect, test } from "vitest";
import { applyPayment, type Order, type Pricing, priceOf } from "./index.ts";

const pricing: Pricing = {
  list: 4000,
  hardship: true,
  codes: [{ code: "FIRST30", firstLetter: 3000, limit: 100, lastDay: "2026-12-31" }],
};
const none = new Map<string, number>();
const price = (buyer: Parameters<typeof priceOf>[1], used = none, today = "2026-12-31") =>
  priceOf("internal-appeal", buyer, pricing, used, today);

describe("the price of a letter", () => {
  test("an operator who charges nothing charges nothing", () => {
    expect(priceOf("internal-appeal", { lettersPaid: 0 }, null, none, "2026-11-22").price.cents).toBe(0);
  });
  test("list price without a code, the first-letter price with one", () => {
    expect(price({ lettersPaid: 0 }).price.cents).toBe(4000);
    expect(price({ lettersPaid: 0, code: " first30 " }).price).toEqual({
      cents: 3000,
      why: "code",
      code: "FIRST30",
    });
  });
  test("a claim-file request is free whatever the operator charges, and so is a letter in hardship", () => {
    expect(priceOf("claim-file-request", { lettersPaid: 0 }, pricing, none, "2026-11-22").price.why).toBe(
      "free",
    );
    expect(price({ lettersPaid: 3, hardship: true }).price).toEqual({ cents: 0, why: "hardship" });
  });
  test.each([
    ["the day after its last day", { lettersPaid: 0, code: "FIRST30" }, none, "2027-01-01", "code-expired"],
    [
      "used a hundred times",
      { lettersPaid: 0, code: "FIRST30" },
      new Map([["FIRST30", 100]]),
      "2026-12-01",
      "code-used-up",
    ],
    [
      "for a second letter",
      { lettersPaid: 1, code: "FIRST30" },
      none,
      "2026-12-01",
      "code-first-letter-only",
    ],
    ["misspelt", { lettersPaid: 0, code: "FRIST30" }, none, "2026-12-01", "code-unknown"],
  ])("a code %s leaves the list price and says why", (_name, buyer, used, today, code) => {
    const { price: asked, issues } = price(buyer, used, today);
    expect([asked.cents, issues[0]?.code]).toEqual([4000, code]);
  });
  test("the ninety-ninth use leaves one", () => {
    expect(price({ lettersPaid: 0, code: "FIRST30" }, new Map([["FIRST30", 99]])).price.cents).toBe(3000);
  });
});

describe("payments are applied once", () => {
  const order: Order = {
    id: "o",
    letter: "internal-appeal",
    price: { cents: 4000, why: "list" },
    status: "open",
    applied: [],
  };
  const paid = { id: "evt_1", order: "o", kind: "paid" as const, cents: 4000 };
  test("the same message twice is one payment", () => {
    const once = applyPayment(order, paid);
    expect(once.status).toBe("paid");
    expect(applyPayment(once, paid)).toBe(once);
  });
  test("a failure told after the payment does not undo it, a refund does, and nothing undoes the refund", () => {
    const once = applyPayment(order, paid);
    expect(applyPayment(once, { ...paid, id: "evt_2", kind: "failed" }).status).toBe("paid");
    const back = applyPayment(once, { ...paid, id: "evt_3", kind: "refunded" });
    expect(applyPayment(back, { ...paid, id: "evt_4" }).status).toBe("refunded");
  });
  test("a message about another order changes nothing", () => {
    expect(applyPayment(order, { ...paid, order: "p" })).toBe(order);
  });
});
