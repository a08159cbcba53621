import { readFileSync } from "node:fs";
import type { Delivery } from "#case";
import { faxOutcome, faxTransport } from "./send-fax.ts";
import { mailTransport } from "./send-mail.ts";
import { sendReminder } from "./send-reminder.ts";

/**
 * The ways to send that the environment sets up; a way that is not set up is simply not there.
 *
 * - `REDRESS_SMTP_HOST`, `REDRESS_SMTP_PORT` (587), `REDRESS_SMTP_FROM`, `REDRESS_SMTP_USER`, `REDRESS_SMTP_PASSWORD`:
 *   e-mail and reminders. `REDRESS_SMTP_CA`: file with the certificates of a private
 *   authority. `REDRESS_FAX_GATEWAY`: domain of a fax-by-e-mail gateway.
 * - `REDRESS_FAX_URL`, `REDRESS_FAX_TOKEN`: a fax provider's HTTP interface.
 */
export function deliveryFrom(environment: Record<string, string | undefined>): Delivery {
  const host = environment.REDRESS_SMTP_HOST;
  const from = environment.REDRESS_SMTP_FROM;
  const gateway = environment.REDRESS_FAX_GATEWAY;
  const url = environment.REDRESS_FAX_URL;
  const delivery: Delivery = { transports: {} };
  if (host && from) {
    const server = {
      host,
      from,
      port: Number(environment.REDRESS_SMTP_PORT ?? 587),
      ...(environment.REDRESS_SMTP_USER ? { user: environment.REDRESS_SMTP_USER } : {}),
      ...(environment.REDRESS_SMTP_PASSWORD ? { password: environment.REDRESS_SMTP_PASSWORD } : {}),
      ...(gateway ? { faxGateway: gateway } : {}),
      ...(environment.REDRESS_SMTP_CA ? { ca: readFileSync(environment.REDRESS_SMTP_CA, "utf8") } : {}),
    };
    delivery.transports.email = mailTransport(server);
    if (gateway) delivery.transports["fax-email"] = mailTransport(server);
    delivery.remind = sendReminder(server);
  }
  if (url) {
    const provider = { url, token: environment.REDRESS_FAX_TOKEN ?? "" };
    delivery.transports["fax-http"] = faxTransport(provider);
    delivery.outcomes = { "fax-http": faxOutcome(provider) };
  }
  return delivery;
}
