import PostalMime, { type Address } from "postal-mime";
import type { PaperFile } from "#source";

/** An e-mail as its text, and its attachments as files of their own. */
export type ReadEmail = { html: string | null; text: string; heading: string; attachments: PaperFile[] };

const MOST_ATTACHMENTS = 200;

/** Opens an e-mail: sender, recipients, date and subject come first, then the body. */
export async function readEmail(file: PaperFile): Promise<ReadEmail> {
  const mail = await PostalMime.parse(file.bytes, { maxNestingDepth: 20, maxHeadersSize: 1_000_000 });
  const people = (list: Address[] | undefined) =>
    (list ?? [])
      .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address))
      .join(", ");
  const date = mail.headers.find((header) => header.key === "date")?.value;
  const heading = [
    mail.from && `From: ${people([mail.from])}`,
    mail.to && `To: ${people(mail.to)}`,
    date && `Date: ${date}`,
    mail.subject && `Subject: ${mail.subject}`,
  ].filter(Boolean);
  const attachments = mail.attachments
    .slice(0, MOST_ATTACHMENTS)
    .flatMap((attachment, index): PaperFile[] => {
      if (attachment.related && /^image\//.test(attachment.mimeType)) return [];
      const name = (attachment.filename ?? `attachment-${index + 1}`).replace(/[/\\\0]/g, "_");
      const bytes =
        typeof attachment.content === "string"
          ? Buffer.from(attachment.content)
          : new Uint8Array(attachment.content);
      return [{ name: `${file.name}/${name}`, bytes }];
    });
  return { html: mail.html ?? null, text: mail.text ?? "", heading: heading.join("\n"), attachments };
}
