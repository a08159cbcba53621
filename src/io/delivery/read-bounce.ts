import PostalMime, { type Attachment } from "postal-mime";

/**
 * What a returned message says (RFC 3464): of which sending, and how it stands. `delayed` is not the end: the server goes
 * on trying.
 */
export type Bounce = { key: string | null; action: "failed" | "delayed" | "other"; code: string };

/** Reads a message about a message that could not be delivered; `null` where it is none. */
export async function readBounce(bytes: Uint8Array): Promise<Bounce | null> {
  const mail = await PostalMime.parse(bytes, { attachmentEncoding: "arraybuffer" }).catch(() => null);
  if (!mail) return null;
  const parts = mail.attachments.map(wordsOf);
  const report = mail.attachments.findIndex(({ mimeType }) => /delivery-status/i.test(mimeType));
  const all = [mail.text ?? "", mail.inReplyTo ?? "", mail.references ?? "", ...parts].join("\n");
  const status = report >= 0 ? parts[report]! : (mail.text ?? "");
  if (report < 0 && !/undeliver|delivery.{0,20}(fail|status)|returned mail/i.test(mail.subject ?? ""))
    return null;
  const action = /^Action:\s*(\w+)/im.exec(status)?.[1]?.toLowerCase();
  const code = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(/^Status:.*$/im.exec(status)?.[0] ?? status)?.[1] ?? "";
  return {
    key: /<([0-9a-f]{40})(?:-\d+)?@redress>/.exec(all)?.[1] ?? null,
    action:
      action === "delayed" || action === "failed"
        ? action
        : action
          ? "other"
          : code.startsWith("4")
            ? "delayed"
            : "failed",
    code: codeOf(code),
  };
}

/** Enhanced status codes (RFC 3463) as our own. */
function codeOf(status: string): string {
  if (/^\d\.2\.2$/.test(status)) return "mail-box-full";
  if (/^\d\.(5\.3|3\.4|2\.3)$/.test(status)) return "packet-over-limit";
  return /^\d\.7\./.test(status) ? "mail-refused" : "mail-bounced";
}

const wordsOf = ({ content }: Attachment): string =>
  typeof content === "string" ? content : Buffer.from(new Uint8Array(content)).toString("latin1");
