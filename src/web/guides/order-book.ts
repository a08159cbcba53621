import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Order } from "#case";

/** Orders and whose they are. An account is an opaque id; no name, no health fact. */
export type OrderBook = {
  get: (id: string) => { order: Order; account: string } | null;
  put: (order: Order, account: string) => Promise<void>;
  /** How many letters this account has paid for. */
  paidBy: (account: string) => number;
  /** How often each code was used in orders that were paid. */
  used: () => ReadonlyMap<string, number>;
};

type Line = { order: Order; account: string };

/** A file of lines, the newest of an order counting; `null` keeps the orders in memory only. */
export function openOrderBook(file: string | null): OrderBook {
  const orders = new Map<string, Line>();
  if (file && existsSync(file)) {
    for (const text of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
      const line = JSON.parse(text) as Line;
      orders.set(line.order.id, line);
    }
  }
  const paid = () => [...orders.values()].filter(({ order }) => order.status === "paid");
  return {
    get: (id) => orders.get(id) ?? null,
    put: async (order, account) => {
      orders.set(order.id, { order, account });
      if (file) appendFileSync(file, `${JSON.stringify({ order, account })}\n`, { mode: 0o600 });
    },
    paidBy: (account) =>
      paid().filter((line) => line.account === account && line.order.price.cents > 0).length,
    used: () => {
      const counts = new Map<string, number>();
      for (const { order } of paid()) {
        if (order.price.code) counts.set(order.price.code, (counts.get(order.price.code) ?? 0) + 1);
      }
      return counts;
    },
  };
}
