import { openCharges } from "./charges.ts";
import { type Command, parseArguments, UsageError } from "./command.ts";

/**
 * `redress refund`: gives the money for one order back, by the number on its receipt. The order itself changes when the
 * payment provider tells the workbench so; asking twice refunds once.
 */
export const command: Command = {
  help: "refund ORDER",
  run: async (argv) => {
    const { rest } = parseArguments(argv, { values: [], flags: [] });
    const [id] = rest;
    if (!id || rest.length !== 1) throw new UsageError(`usage: redress ${command.help}`);
    const charges = await openCharges(process.env);
    if (!charges) throw new UsageError("nothing is charged here: REDRESS_PRICING is not set");
    const line = charges.orders.get(id);
    if (!line) throw new UsageError("there is no such order; its number stands on the receipt");
    const { status, payment } = line.order;
    if (status === "refunded") return tell("this order was refunded before");
    if (status !== "paid" || !payment)
      throw new UsageError("nothing was paid for this order: there is nothing to give back");
    await charges.payments.refund(line.order, payment);
    return tell("asked for; the receipt changes when the payment provider confirms it");
  },
};

function tell(text: string): number {
  process.stderr.write(`redress: ${text}\n`);
  return 0;
}
