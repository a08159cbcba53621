import { createTransport } from "nodemailer";
import type { Remind } from "#case";
import type { MailServer } from "./send-mail.ts";

/** A reminder by e-mail. The words come from the case module and name nobody; `key` lets a server drop a repetition. */
export function sendReminder(server: MailServer): Remind {
  return async ({ to, key, subject, text }) => {
    const mailer = createTransport({
      host: server.host,
      port: server.port,
      secure: server.port === 465,
      requireTLS: !server.plain,
      ignoreTLS: server.plain === true,
      connectionTimeout: 15_000,
      socketTimeout: 60_000,
      ...(server.user ? { auth: { user: server.user, pass: server.password ?? "" } } : {}),
    });
    try {
      await mailer.sendMail({ from: server.from, to, subject, text, messageId: `<${key}@redress>` });
    } finally {
      mailer.close();
    }
  };
}
