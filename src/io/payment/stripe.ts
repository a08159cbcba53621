import Stripe from "stripe";
import type { Order, PaymentEvent } from "#case";

export type StripeSettings = {
  secretKey: string;
  webhookSecret: string;
  api?: { host: string; port: number; protocol: "http" | "https" };
};

/** Something is wrong with a message that claims to come from the payment provider; it is dropped. */
export class PaymentMessageRefused extends Error {
  override readonly name = "PaymentMessageRefused";
}

/**
 * Checkout through Stripe. What goes out: an opaque order number, "Appeal letter", the amount. Nothing about the person's
 * health, plan or papers. Asking twice for the same order answers the same checkout page.
 */
export function stripePayments(settings: StripeSettings) {
  const stripe = new Stripe(settings.secretKey, { ...settings.api, maxNetworkRetries: 2, telemetry: false });
  return {
    /** Where to send the person to pay. */
    async checkout(order: Order, back: { done: string; cancelled: string }): Promise<string> {
      const session = await stripe.checkout.sessions.create(
        {
          mode: "payment",
          client_reference_id: order.id,
          metadata: { order: order.id },
          payment_intent_data: { metadata: { order: order.id } },
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: "usd",
                unit_amount: order.price.cents,
                product_data: { name: "Appeal letter" },
              },
            },
          ],
          success_url: back.done,
          cancel_url: back.cancelled,
        },
        { idempotencyKey: `checkout-${order.id}` },
      );
      if (!session.url) throw new Error("the payment provider gave no page");
      return session.url;
    },

    /** Gives the money back; asking twice refunds once. */
    async refund(order: Order, paymentIntent: string): Promise<void> {
      await stripe.refunds.create(
        { payment_intent: paymentIntent, metadata: { order: order.id } },
        { idempotencyKey: `refund-${order.id}` },
      );
    },

    /** Reads a webhook. `null`: genuine, but not about a payment. Throws {@link PaymentMessageRefused} on a wrong signature. */
    async read(body: string, signature: string): Promise<PaymentEvent | null> {
      const event = await stripe.webhooks
        .constructEventAsync(body, signature, settings.webhookSecret)
        .catch(() => {
          throw new PaymentMessageRefused("the signature does not fit");
        });
      return paymentEvent(event);
    },
  };
}

function paymentEvent(event: Stripe.Event): PaymentEvent | null {
  const { id } = event;
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded": {
      const session = event.data.object;
      if (session.payment_status !== "paid" || !session.client_reference_id) return null;
      return {
        id,
        order: session.client_reference_id,
        kind: "paid",
        cents: session.amount_total ?? 0,
        ...paymentOf(session.payment_intent),
      };
    }
    case "checkout.session.async_payment_failed":
    case "checkout.session.expired": {
      const session = event.data.object;
      return session.client_reference_id
        ? { id, order: session.client_reference_id, kind: "failed", cents: 0 }
        : null;
    }
    case "charge.refunded": {
      const charge = event.data.object;
      const order = charge.metadata.order;
      return order
        ? { id, order, kind: "refunded", cents: charge.amount_refunded, ...paymentOf(charge.payment_intent) }
        : null;
    }
    default:
      return null;
  }
}

function paymentOf(intent: string | { id: string } | null | undefined): { payment?: string } {
  const payment = typeof intent === "string" ? intent : intent?.id;
  return payment ? { payment } : {};
}
