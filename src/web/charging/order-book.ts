import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Order } from "#case";

/** An order, whose it is, and the case whose letters it opens. Account and case are opaque ids; no name, no health fact. */
export type OrderLine = { order: Order; account: string; forCase: string };

export type OrderBook = {
  get: (id: string) => OrderLine | null;
  put: (line: OrderLine) => Promise<void>;
  /** The orders of one case, oldest first. */
  ofCase: (id: string) => Order[];
  /** Orders of this account, newest first. */
  ofAccount: (account: string) => OrderLine[];
  /** How many letters this account has bought; letters that were free for hardship do not count. */
  boughtBy: (account: string) => number;
  /** How often each code is taken by orders that are paid or may still be; those of `except` (a case) left out. */
  used: (except?: string) => ReadonlyMap<string, number>;
};

/** A file of lines, the newest of an order counting; `null` keeps the orders in memory only. */
export function openOrderBook(file: string | null): OrderBook {
  const orders = new Map<string, OrderLine>();
  if (file && existsSync(file)) {
    for (const text of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
      const line = lineOf(text);
      if (line) orders.set(line.order.id, line);
    }
  }
  const all = () => [...orders.values()];
  return {
    get: (id) => orders.get(id) ?? null,
    put: async (line) => {
      if (file) appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
      orders.set(line.order.id, line);
    },
    ofCase: (id) => all().flatMap(({ order, forCase }) => (forCase === id ? [order] : [])),
    ofAccount: (account) =>
      all()
        .filter((line) => line.account === account)
        .reverse(),
    boughtBy: (account) =>
      all().filter(
        ({ account: of, order }) =>
          of === account && order.status === "paid" && order.price.why !== "hardship",
      ).length,
    used: (except) => {
      const counts = new Map<string, number>();
      for (const { order, forCase } of all()) {
        const takes = order.status === "paid" || (order.status === "open" && forCase !== except);
        if (takes && order.price.code) counts.set(order.price.code, (counts.get(order.price.code) ?? 0) + 1);
      }
      return counts;
    },
  };
}

/** A line that was cut off when the machine stopped is passed over: what it said was not acknowledged. */
function lineOf(text: string): OrderLine | null {
  try {
    return JSON.parse(text) as OrderLine;
  } catch {
    return null;
  }
}
