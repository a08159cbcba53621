/**
 * What a letter costs, for operators who charge. Off by default: without a `Pricing` everything is free. Reading,
 * deadlines, checklists and claim-file requests are free always; only the finished appeal letter has a price.
 */
import type { Issue } from "#base";

/** A code that lowers the price of somebody's first letter. */
export type PriceCode = {
  code: string;
  /** US cents for the first letter with this code. */
  firstLetter: number;
  /** How often it may be used in all; absent: no limit. */
  limit?: number;
  /** Last day on which it is taken, `YYYY-MM-DD`. */
  lastDay?: string;
};

export type Pricing = {
  /** US cents. */
  list: number;
  codes: PriceCode[];
  /** Whether a person may ask for a free letter by saying that paying is a hardship. */
  hardship: boolean;
};

/** What we know of the person's earlier letters and of the code's use. */
export type Buyer = { lettersPaid: number; code?: string; hardship?: boolean };

/** The price in US cents, with the words for the receipt; 0 is free. */
export type Price = { cents: number; why: "free" | "hardship" | "code" | "list"; code?: string };

/** Letters that cost nothing whatever the operator charges: they are rights, not products. */
const alwaysFree = new Set([
  "claim-file-request",
  "policy-request",
  "plan-documents-request",
  "records-request",
  "deadline-sheet",
  "representative-authorization",
]);

/** True for the kinds of letter that cost nothing whatever the operator charges. */
export function isFreeLetter(kind: string): boolean {
  return alwaysFree.has(kind);
}

/**
 * The price of one letter on a day. A code that does not apply is an issue and the list price stands; nobody is charged
 * more because a code failed.
 */
export function priceOf(
  letter: string,
  buyer: Buyer,
  pricing: Pricing | null,
  used: ReadonlyMap<string, number>,
  today: string,
): { price: Price; issues: Issue[] } {
  if (pricing === null || isFreeLetter(letter)) return { price: { cents: 0, why: "free" }, issues: [] };
  if (buyer.hardship && pricing.hardship) return { price: { cents: 0, why: "hardship" }, issues: [] };
  const list: Price = { cents: pricing.list, why: "list" };
  if (!buyer.code) return { price: list, issues: [] };
  const code = pricing.codes.find((known) => known.code.toLowerCase() === buyer.code?.trim().toLowerCase());
  const problem = problemOf(code, buyer, used, today);
  if (!code || problem)
    return {
      price: list,
      issues: [problem ?? issue("code-unknown", "We do not know this code. Check its spelling.")],
    };
  return {
    price: { cents: Math.min(code.firstLetter, pricing.list), why: "code", code: code.code },
    issues: [],
  };
}

function problemOf(
  code: PriceCode | undefined,
  buyer: Buyer,
  used: ReadonlyMap<string, number>,
  today: string,
): Issue | null {
  if (!code) return issue("code-unknown", "We do not know this code. Check its spelling.");
  if (code.lastDay && today > code.lastDay)
    return issue("code-expired", `This code could be used until ${code.lastDay}.`);
  if (code.limit !== undefined && (used.get(code.code) ?? 0) >= code.limit)
    return issue("code-used-up", "This code has been used as often as it may be.");
  if (buyer.lettersPaid > 0) return issue("code-first-letter-only", "This code is for a first letter.");
  return null;
}

function issue(code: string, text: string): Issue {
  return { severity: "warning", code, text };
}

/** What happened to a payment, as the payment provider told it; applied at most once per `id`. */
export type PaymentEvent = {
  id: string;
  order: string;
  kind: "paid" | "refunded" | "failed";
  cents: number;
  /** The provider's own name of the payment; a refund asks for it. */
  payment?: string;
};

/** An order and where it stands. It names a letter by its kind and an opaque id: no health fact. */
export type Order = {
  id: string;
  letter: string;
  price: Price;
  status: "open" | "paid" | "refunded" | "failed";
  applied: string[];
  /** The day of the order, `YYYY-MM-DD`. */
  openedOn?: string;
  /** The provider's own name of the payment, once there is one. */
  payment?: string;
};

/**
 * Applies an event to its order. A repeated event changes nothing; neither does one that comes late: what was given back
 * stays given back, and a payment page that expires after another one was paid takes nothing away. Less than the price
 * pays nothing, and less than the price given back leaves the letter paid.
 */
export function applyPayment(order: Order, event: PaymentEvent): Order {
  if (event.order !== order.id || order.applied.includes(event.id)) return order;
  const next = {
    ...order,
    applied: [...order.applied, event.id],
    ...(event.payment ? { payment: event.payment } : {}),
  };
  if (order.status === "refunded") return next;
  if (event.kind === "failed") return order.status === "paid" ? next : { ...next, status: "failed" };
  return event.cents < order.price.cents ? next : { ...next, status: event.kind };
}
