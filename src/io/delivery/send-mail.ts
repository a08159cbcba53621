import { createTransport } from "nodemailer";
import { type Parcel, SendRefused, type Transport } from "#case";

/** How to reach the outgoing mail server. The connection must be encrypted, unless `plain` says it is a local test. */
export type MailServer = {
  host: string;
  port: number;
  from: string;
  user?: string;
  password?: string;
  plain?: boolean;
  /** For fax over e-mail: the gateway's domain; the number becomes the address, as such gateways expect. */
  faxGateway?: string;
};

/** A connection to the outgoing server: encrypted, and given up when it stalls. Close it after use. */
export const openMailer = (server: MailServer) =>
  createTransport({
    host: server.host,
    port: server.port,
    secure: server.port === 465,
    requireTLS: !server.plain,
    ignoreTLS: server.plain === true,
    connectionTimeout: 15_000,
    socketTimeout: 60_000,
    ...(server.user ? { auth: { user: server.user, pass: server.password ?? "" } } : {}),
  });

/**
 * E-mail, and fax through an e-mail gateway. The parcel's key is the Message-ID, so that a server which has taken the
 * message once can recognise it; subject and text carry no health fact.
 */
export function mailTransport(server: MailServer): Transport {
  return async (parcel, signal) => {
    const mailer = openMailer(server);
    const stop = () => mailer.close();
    signal.addEventListener("abort", stop);
    try {
      const sent = await Promise.race([mailer.sendMail(messageOf(parcel, server)), aborted(signal)]);
      const number = /\b(?:queued as|id=)\s*([\w.-]+)/i.exec(sent.response)?.[1] ?? sent.messageId;
      return { number, status: "accepted" };
    } catch (cause) {
      throw refusalOf(cause as { code?: string; responseCode?: number });
    } finally {
      signal.removeEventListener("abort", stop);
      mailer.close();
    }
  };
}

function messageOf(parcel: Parcel, server: MailServer) {
  const part = parcel.part.of > 1 ? `, part ${parcel.part.number} of ${parcel.part.of}` : "";
  const to =
    parcel.channel === "fax-email"
      ? `${parcel.to.replace(/\D/g, "")}@${server.faxGateway ?? server.host}`
      : parcel.to;
  return {
    from: server.from,
    to,
    messageId: `<${parcel.key}@redress>`,
    subject: `${parcel.subject}${part}`,
    text: `To: ${parcel.recipient}\n\nThe attached documents are confidential. If they reached you by mistake, please delete them and tell the sender.\n`,
    attachments: parcel.papers.map(({ name, bytes }) => ({
      filename: name,
      content: Buffer.from(bytes),
      contentType: "application/pdf",
    })),
  };
}

/** SMTP 4xx passes, 5xx does not (RFC 5321 section 4.2.1). */
function refusalOf(cause: { code?: string; responseCode?: number }): SendRefused {
  if (cause instanceof SendRefused) return cause;
  if (cause.code === "EAUTH") return new SendRefused("login-refused", true);
  if (cause.code === "ETLS") return new SendRefused("mail-not-secure", true);
  const reply = cause.responseCode ?? 0;
  if (reply >= 550 && reply <= 553) return new SendRefused("mail-bounced", true);
  return new SendRefused("send-failed", reply >= 500);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new SendRefused("send-failed", false)), { once: true });
  });
}
