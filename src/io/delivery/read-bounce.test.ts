import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readBounce } from "./read-bounce.ts";

const bytes = new TextEncoder().encode("%PDF-1.7 an invented packet");
const key = createHash("sha1").update("an invented case").digest("hex");

describe("a message that came back", () => {
  const bounce = (action: string, status: string, id = `${key}@redress`) =>
    new TextEncoder().encode(
      [
        "From: Mail Delivery System <mailer-daemon@mx.example>",
        "To: clinic@example.org",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "I could not deliver your message.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        "Final-Recipient: rfc822; appeals@plan.example",
        `Action: ${action}`,
        `Status: ${status}`,
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        `Message-ID: <${id}>`,
        "Subject: Documents for the appeals department",
        "--b--",
        "",
      ].join("\r\n"),
    );

  test.each([
    ["failed", "5.1.1", { key, action: "failed", code: "mail-bounced" }],
    ["failed", "5.2.2", { key, action: "failed", code: "mail-box-full" }],
    ["failed", "5.3.4", { key, action: "failed", code: "packet-over-limit" }],
    ["failed", "5.7.1", { key, action: "failed", code: "mail-refused" }],
    ["delayed", "4.4.1", { key, action: "delayed", code: "mail-bounced" }],
    ["delivered", "2.0.0", { key, action: "other", code: "mail-bounced" }],
  ])("%s %s says of which sending, how it stands and why", async (action, status, said) => {
    expect(await readBounce(bounce(action, status))).toEqual(said);
  });
  test("names the sending also in its second round, and none of ours where it is another's", async () => {
    expect((await readBounce(bounce("failed", "5.1.1", `${key}-2@redress`)))?.key).toBe(key);
    expect((await readBounce(bounce("failed", "5.1.1", "x@elsewhere.example")))?.key).toBeNull();
  });
  test("a letter that is no such report, and a file that is no letter, are none", async () => {
    const letter = new TextEncoder().encode(
      "From: a@b.example\r\nSubject: Your appeal\r\n\r\nWe received it.",
    );
    expect(await readBounce(letter)).toBeNull();
    expect(await readBounce(bytes)).toBeNull();
  });
});
