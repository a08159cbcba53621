import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import {
  destinationsOf,
  type Parcel,
  type Receipt,
  retryDelays,
  type SendTools,
  send,
  type Transport,
} from "#case";
import { faxTransport } from "./send-fax.ts";
import { mailTransport } from "./send-mail.ts";

const bytes = new TextEncoder().encode("%PDF-1.7 an invented packet");
const sha256 = createHash("sha256").update(bytes).digest("hex");
const parcel = (change: Partial<Parcel> = {}): Parcel => ({
  key: "case-1-packet-1",
  channel: "email",
  to: "appeals@plan.example",
  recipient: "Member Appeals",
  subject: "Documents for the appeals department",
  part: { number: 1, of: 1 },
  papers: [{ name: "packet.pdf", bytes, sha256, pages: 12 }],
  ...change,
});

const slept: number[] = [];
const tools = (transport: Transport, kept: Receipt[] = []): SendTools => ({
  transport,
  kept,
  now: () => "2026-11-22T12:00:00Z",
  sleep: async (milliseconds) => void slept.push(milliseconds),
  deadline: () => AbortSignal.timeout(60_000),
});

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  slept.length = 0;
  for (const close of closing.splice(0)) await close();
});

/** A real SMTP server on this machine; `refuse` answers recipients, `messages` is what it took. */
async function mailbox(refuse: (() => Error | null) | null = null) {
  const messages: Buffer[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onRcptTo: (_address, _session, done) => done(refuse?.() ?? null),
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        messages.push(Buffer.concat(chunks));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve(null))));
  const { port } = server.server.address() as AddressInfo;
  return { messages, port };
}

const refused = (responseCode: number) => Object.assign(new Error("refused"), { responseCode });

describe("by e-mail", () => {
  test("the packet arrives byte for byte, and the receipt says number, pages and hash", async () => {
    const { messages, port } = await mailbox();
    const transport = mailTransport({ host: "127.0.0.1", port, from: "clinic@example.org", plain: true });
    const { receipt, issues } = await send(parcel(), tools(transport));
    expect(issues).toEqual([]);
    expect(receipt).toMatchObject({
      status: "accepted",
      pages: 12,
      sha256: [sha256],
      attempts: 1,
      at: "2026-11-22T12:00:00Z",
    });
    const mail = await PostalMime.parse(messages[0]!);
    expect(mail.attachments[0]!.content).toEqual(bytes.buffer);
    expect(mail.messageId).toContain("case-1-packet-1");
  });

  test("a server without encryption gets no health record", async () => {
    const { messages, port } = await mailbox();
    const transport = mailTransport({ host: "127.0.0.1", port, from: "clinic@example.org" });
    const { receipt, issues } = await send(parcel(), tools(transport));
    expect([receipt, issues[0]?.code, messages.length]).toEqual([null, "mail-not-secure", 0]);
  });

  test("a mailbox that does not exist is told once, without trying again", async () => {
    const { port } = await mailbox(() => refused(550));
    const transport = mailTransport({ host: "127.0.0.1", port, from: "clinic@example.org", plain: true });
    const { receipt, issues } = await send(parcel(), tools(transport));
    expect([receipt, issues[0]?.code, slept]).toEqual([null, "mail-bounced", []]);
  });

  test("a server that is busy twice takes it the third time", async () => {
    let busy = 2;
    const { messages, port } = await mailbox(() => (busy-- > 0 ? refused(451) : null));
    const transport = mailTransport({ host: "127.0.0.1", port, from: "clinic@example.org", plain: true });
    const { receipt } = await send(parcel(), tools(transport));
    expect(receipt?.attempts).toBe(3);
    expect([messages.length, slept]).toEqual([1, retryDelays.slice(0, 2)]);
  });

  test("fax over e-mail writes to the number at the gateway", async () => {
    const { messages, port } = await mailbox();
    const transport = mailTransport({
      host: "127.0.0.1",
      port,
      from: "clinic@example.org",
      plain: true,
      faxGateway: "fax.example",
    });
    await send(
      parcel({ channel: "fax-email", to: "(614) 555-0177", part: { number: 2, of: 3 } }),
      tools(transport),
    );
    const mail = await PostalMime.parse(messages[0]!);
    expect(mail.to?.[0]?.address).toBe("6145550177@fax.example");
    expect(mail.subject).toBe("Documents for the appeals department, part 2 of 3");
  });
});

/** A fax provider on this machine: answers POSTs and questions from a script, drops repetitions by their key. */
async function provider(script: {
  post?: number[];
  outcome: { status: string; reason?: string }[];
  stall?: boolean;
}) {
  const faxes = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (script.stall) return;
      if (request.method === "POST") {
        const failing = script.post?.shift();
        const key = String(request.headers["idempotency-key"]);
        if (!faxes.has(key)) faxes.set(key, `fax-${faxes.size + 1}`);
        response.writeHead(failing ?? 200, { "content-type": "application/json" });
        response.end(failing ? "{}" : JSON.stringify({ id: faxes.get(key), status: "queued" }));
        return;
      }
      const next = script.outcome.length > 1 ? script.outcome.shift() : script.outcome[0];
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(next));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve(null));
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { faxes, transport: faxTransport({ url: `http://127.0.0.1:${port}/faxes`, token: "t", poll: 5 }) };
}
const fax = parcel({ channel: "fax-http", to: "1-205-555-0139" });

describe("by a fax provider", () => {
  test("queued, sending, delivered: the provider's number is on the receipt", async () => {
    const { transport } = await provider({ outcome: [{ status: "sending" }, { status: "delivered" }] });
    const { receipt } = await send(fax, tools(transport));
    expect(receipt).toMatchObject({ status: "delivered", number: "fax-1", attempts: 1 });
  });

  test("an answer lost on the way is asked for again under the same key: one fax, not two", async () => {
    const { faxes, transport } = await provider({ post: [502], outcome: [{ status: "delivered" }] });
    const { receipt } = await send(fax, tools(transport));
    expect([receipt?.attempts, faxes.size]).toEqual([2, 1]);
  });

  test("a voice line is said at once, with what to do instead", async () => {
    const { transport } = await provider({ outcome: [{ status: "failed", reason: "voice answered" }] });
    const { receipt, issues } = await send(fax, tools(transport));
    expect([receipt, issues[0]?.code, slept]).toEqual([null, "fax-is-voice-line", []]);
    expect(issues[0]?.text).toMatch(/mail with tracking/);
  });

  test("a provider that never answers ends in an issue, and nothing is kept", async () => {
    const { transport } = await provider({ stall: true, outcome: [{ status: "sending" }] });
    const impatient = { ...tools(transport), deadline: () => AbortSignal.timeout(30) };
    const { receipt, issues } = await send(fax, impatient);
    expect([receipt, issues[0]?.code, slept.length]).toEqual([null, "send-unclear", retryDelays.length]);
    expect(issues[0]?.text).toMatch(/may or may not have arrived/);
  });
});

describe("before anything goes out", () => {
  const never: Transport = () => Promise.reject(new Error("must not be called"));
  test("what was sent is not sent again", async () => {
    const kept: Receipt = {
      key: fax.key,
      channel: "fax-http",
      to: fax.to,
      status: "delivered",
      number: "fax-9",
      at: "2026-11-20T09:00:00Z",
      pages: 12,
      sha256: [sha256],
      attempts: 1,
    };
    expect(await send(fax, tools(never, [kept]))).toEqual({ receipt: kept, issues: [] });
  });
  test("201 pages are too many for one fax, 200 are not", async () => {
    const long = (pages: number) =>
      parcel({ ...fax, papers: [{ name: "packet.pdf", bytes, sha256, pages }] });
    expect((await send(long(201), tools(never))).issues[0]?.code).toBe("packet-over-limit");
    const { transport } = await provider({ outcome: [{ status: "delivered" }] });
    expect((await send(long(200), tools(transport))).receipt?.pages).toBe(200);
  });
  test("nine digits are not a fax number, and half an address is not an address", async () => {
    expect((await send(parcel({ ...fax, to: "205-555-013" }), tools(never))).issues[0]?.code).toBe(
      "fax-number-invalid",
    );
    expect((await send(parcel({ to: "appeals@plan" }), tools(never))).issues[0]?.code).toBe("email-invalid");
  });
  test("where to send comes from the notice; ways it does not name are not offered", () => {
    const at = { document: "denial.pdf", page: 1, start: 0, end: 14, quote: "(614) 555-0177" };
    const fromNotice = destinationsOf({
      fax: { value: "(614) 555-0177", from: [at], by: "rule" },
      address: null,
      phone: null,
      email: null,
      portal: null,
    });
    expect(fromNotice).toEqual([{ channel: "fax-http", to: "(614) 555-0177", from: [at] }]);
  });
});
