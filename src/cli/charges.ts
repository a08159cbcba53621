import { readFileSync } from "node:fs";
import path from "node:path";
import type { Pricing } from "#case";
import { openStripe } from "#io";
import { type Charges, openOrderBook } from "#web";
import { UsageError } from "./command.ts";

/**
 * Prices, for operators who charge: `REDRESS_PRICING` names a JSON file with `{ list, codes, hardship }` (US cents), the keys
 * come from `STRIPE_SECRET_KEY` and `STRIPE_WEBHOOK_SECRET`, orders go to `REDRESS_ORDERS`. `STRIPE_API` names another address of the
 * provider, for trials. Without the first: free, `undefined`.
 */
export async function openCharges(env: NodeJS.ProcessEnv): Promise<Charges | undefined> {
  if (!env.REDRESS_PRICING) return undefined;
  const secretKey = env.STRIPE_SECRET_KEY;
  const webhookSecret = env.STRIPE_WEBHOOK_SECRET;
  if (!secretKey || !webhookSecret)
    throw new UsageError("REDRESS_PRICING also wants STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET");
  const file = path.resolve(env.REDRESS_PRICING);
  return {
    pricing: pricingFrom(readFileSync(file, "utf8")),
    payments: await openStripe({ secretKey, webhookSecret, ...apiFrom(env.STRIPE_API) }),
    orders: openOrderBook(path.resolve(env.REDRESS_ORDERS ?? `${file}.orders.jsonl`)),
  };
}

function apiFrom(address: string | undefined) {
  if (!address) return {};
  const { hostname, port, protocol } = new URL(address);
  const secure = protocol === "https:";
  return {
    api: {
      host: hostname,
      port: Number(port) || (secure ? 443 : 80),
      protocol: secure ? ("https" as const) : ("http" as const),
    },
  };
}

function pricingFrom(text: string): Pricing {
  const read = JSON.parse(text) as Partial<Pricing>;
  const cents = (value: unknown) => Number.isInteger(value) && (value as number) >= 0;
  const codes = read.codes ?? [];
  if (!cents(read.list) || codes.some(({ code, firstLetter }) => !code || !cents(firstLetter)))
    throw new UsageError(
      'REDRESS_PRICING wants { "list": 4000, "codes": [{ "code": "…", "firstLetter": 3000 }], "hardship": true }',
    );
  return { list: read.list!, codes, hardship: read.hardship ?? true };
}
