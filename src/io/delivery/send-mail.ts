import { createTransport } from "nodemailer";
import { type Parcel, SendRefused, sendingKey, type Transport } from "#case";

/** How to reach the outgoing mail server. The connection must be encrypted, unless `plain` says it is a local test. */
export type MailServer = {
  host: string;
  port: number;
  from: string;
  user?: string;
  password?: string;
  plain?: boolean;
  /** Certificates (PEM) of the authority that vouches for the server, where it is not a public one. */
  ca?: string;
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
    ...(server.ca ? { tls: { ca: server.ca } } : {}),
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
      throw refusalOf(cause as MailProblem);
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
    messageId: `<${sendingKey(parcel)}@redress>`,
    subject: `${parcel.subject}${part}`,
    text: `To: ${parcel.recipient}\n\nThe attached documents are confidential. If they reached you by mistake, please delete them and tell the sender.\n`,
    attachments: parcel.papers.map(({ name, bytes }) => ({
      filename: name,
      content: Buffer.from(bytes),
      contentType: "application/pdf",
    })),
  };
}

type MailProblem = { code?: string; responseCode?: number; response?: string; message?: string };

/** SMTP 4xx passes, 5xx does not (RFC 5321 section 4.2.1); what exactly is wrong stands in the code after it (RFC 3463). */
function refusalOf(cause: MailProblem): SendRefused {
  if (cause instanceof SendRefused) return cause;
  const said = `${cause.message ?? ""} ${cause.response ?? ""}`;
  if (/certificate|self.signed|altname|unable to verify/i.test(said))
    return new SendRefused("mail-certificate", true);
  if (cause.code === "EAUTH") return new SendRefused("login-refused", true);
  if (cause.code === "ETLS") return new SendRefused("mail-not-secure", true);
  const reply = cause.responseCode ?? 0;
  if (reply >= 400) return new SendRefused(replyCode(reply, said), reply >= 500);
  // Where no connection came about nothing left; once it stands, silence does not say what was taken.
  const unreached =
    cause.code === "EDNS" || /ECONNREFUSED|ENOTFOUND|Connection timeout|Greeting never/i.test(said);
  return new SendRefused(unreached ? "send-failed" : "send-unclear", false);
}

function replyCode(reply: number, said: string): string {
  const detail = /\b[45]\.(\d{1,3})\.(\d{1,3})\b/.exec(said);
  const [subject, about] = detail ? [Number(detail[1]), Number(detail[2])] : [0, 0];
  if ((subject === 5 && about === 3) || (subject === 3 && about === 4) || (subject === 2 && about === 3))
    return "packet-over-limit";
  if (subject === 2 && about === 2) return "mail-box-full";
  if (subject === 1 || (!detail && (reply === 550 || reply === 551 || reply === 553))) return "mail-bounced";
  if (!detail && reply === 552) return "packet-over-limit";
  return reply >= 500 ? "mail-refused" : "send-failed";
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new SendRefused("send-unclear", false)), { once: true });
  });
}
