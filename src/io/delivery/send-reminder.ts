import type { Remind } from "#case";
import { type MailServer, openMailer } from "./send-mail.ts";

/** A reminder by e-mail. The words come from the case module and name nobody; `key` lets a server drop a repetition. */
export function sendReminder(server: MailServer): Remind {
  return async ({ to, key, subject, text }) => {
    const mailer = openMailer(server);
    try {
      await mailer.sendMail({ from: server.from, to, subject, text, messageId: `<${key}@redress>` });
    } finally {
      mailer.close();
    }
  };
}
