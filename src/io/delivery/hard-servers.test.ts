/** Servers as they are met in the world: certificates, busy lines, refusals, silence, answers that are none. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { type Parcel, roundAfter, type SendTools, send, type Transport } from "#case";
import { faxOutcome, faxTransport } from "./send-fax.ts";
import { type MailServer, mailTransport } from "./send-mail.ts";

const bytes = new TextEncoder().encode("%PDF-1.7 an invented packet");
const key = createHash("sha1").update("an invented case").digest("hex");
const parcel: Parcel = {
  key,
  channel: "email",
  to: "appeals@plan.example",
  recipient: "Member Appeals",
  subject: "Documents for the appeals department",
  part: { number: 1, of: 1 },
  papers: [
    { name: "packet.pdf", bytes, sha256: createHash("sha256").update(bytes).digest("hex"), pages: 12 },
  ],
};
const slept: number[] = [];
const tools = (transport: Transport, patience = 60_000): SendTools => ({
  transport,
  kept: [],
  now: () => "2026-11-22T12:00:00Z",
  sleep: async (milliseconds) => void slept.push(milliseconds),
  deadline: () => AbortSignal.timeout(patience),
});

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  slept.length = 0;
  for (const close of closing.splice(0)) await close();
});

async function listening(
  server: ({ listen: SocketServer["listen"] } & SocketServer) | SMTPServer,
): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const socket = server instanceof SMTPServer ? server.server : server;
  return (socket.address() as AddressInfo).port;
}

/** A key and a certificate for `name`, vouched for by nobody but itself. */
function certificate(name: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "certificate-"));
  const [keyFile, certFile] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const flags = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${name}`];
  const san = /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
  const out = ["-addext", `subjectAltName=${san}`, "-keyout", keyFile, "-out", certFile];
  execFileSync("openssl", ["req", ...flags, ...out], { stdio: "ignore" });
  return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
}

/** A mail server; `rcpt` and `data` answer in turn, `null` accepts. */
async function mailbox(
  options: SMTPServerOptions,
  answers: { rcpt?: (Error | null)[]; data?: (Error | null)[] } = {},
) {
  const messages: Buffer[] = [];
  let encrypted = 0;
  const server = new SMTPServer({
    authOptional: true,
    ...options,
    onRcptTo: (_address, session, done) => {
      if (session.secure) encrypted++;
      done(answers.rcpt?.shift() ?? null);
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const refused = answers.data?.shift() ?? null;
        if (!refused) messages.push(Buffer.concat(chunks));
        done(refused);
      });
    },
  });
  server.on("error", () => {});
  const port = await listening(server);
  closing.push(() => new Promise((resolve) => server.close(() => resolve(null))));
  return { messages, port, encrypted: () => encrypted };
}
const plain = { disabledCommands: ["STARTTLS"] };
const reply = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode });
const mailTo = (port: number, more: Partial<MailServer> = {}) =>
  mailTransport({ host: "127.0.0.1", port, from: "clinic@example.org", ...more });

describe("an encrypted connection", () => {
  const own = certificate("127.0.0.1");
  test("STARTTLS with a certificate that is vouched for carries the packet, encrypted", async () => {
    const { port, messages, encrypted } = await mailbox(own);
    const { receipt } = await send(parcel, tools(mailTo(port, { ca: own.cert })));
    expect([receipt?.status, messages.length, encrypted()]).toEqual(["accepted", 1, 1]);
  });

  test.each([
    ["that nobody vouches for", own, {}],
    ["for another name", certificate("other.example"), { vouched: true }],
  ] as const)(
    "a certificate %s gets no health record, at once and in words",
    async (_, held, { vouched = false }: { vouched?: boolean }) => {
      const { port, messages } = await mailbox(held);
      const { receipt, issues } = await send(parcel, tools(mailTo(port, vouched ? { ca: held.cert } : {})));
      expect([receipt, issues[0]?.code, messages.length, slept]).toEqual([null, "mail-certificate", 0, []]);
    },
  );

  test("a password that is refused is said to whoever runs the program", async () => {
    const { port } = await mailbox({
      ...own,
      onAuth: (_auth, _session, done) => done(reply(535, "5.7.8 bad credentials")),
    });
    const login = { ca: own.cert, user: "clinic", password: "wrong" };
    const { issues } = await send(parcel, tools(mailTo(port, login)));
    expect(issues[0]?.code).toBe("login-refused");
  });
});

describe("a mail server that refuses", () => {
  const sent = async (answers: Parameters<typeof mailbox>[1]) => {
    const { port, messages } = await mailbox(plain, answers);
    return { ...(await send(parcel, tools(mailTo(port, { plain: true })))), messages };
  };
  test("busy, then for good: it is said after the second try, not the fifth", async () => {
    const { receipt, issues } = await sent({
      rcpt: [reply(451, "4.3.0 later"), reply(550, "5.1.1 no such user")],
    });
    expect([receipt, issues[0]?.code, slept.length]).toEqual([null, "mail-bounced", 1]);
  });
  test.each([
    [550, "5.1.1 no such user", "mail-bounced"],
    [550, "no such user", "mail-bounced"],
    [550, "5.7.1 relaying denied", "mail-refused"],
    [552, "5.2.2 mailbox full", "mail-box-full"],
    [552, "5.3.4 message too big", "packet-over-limit"],
    [554, "5.7.1 blocked by policy", "mail-refused"],
  ])("%i %s is told as %s", async (code, words, ours) => {
    expect((await sent({ rcpt: [reply(code, words)] })).issues[0]?.code).toBe(ours);
  });
  test("after it has read the whole message, too, nothing counts as sent", async () => {
    const { receipt, issues, messages } = await sent({ data: [reply(554, "5.6.0 content refused")] });
    expect([receipt, issues[0]?.code, messages.length]).toEqual([null, "mail-refused", 0]);
  });
});

describe("a mail server that is not there or falls silent", () => {
  test("where no connection comes about, nothing was sent, and that is said", async () => {
    const server = createSocketServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const { issues } = await send(parcel, tools(mailTo(port, { plain: true })));
    expect(issues[0]).toMatchObject({
      code: "send-failed",
      text: expect.stringContaining("Nothing was sent"),
    });
  });
  test("silence after the message does not claim that nothing was sent", async () => {
    const server = createSocketServer((socket) => {
      socket.on("error", () => {});
      socket.write("220 here\r\n");
      socket.on("data", (said) => {
        for (const line of said.toString().split("\r\n").filter(Boolean))
          if (/^EHLO/.test(line)) socket.write("250 here\r\n");
          else if (/^(MAIL|RCPT)/.test(line)) socket.write("250 ok\r\n");
          else if (/^DATA/.test(line)) socket.write("354 go on\r\n");
      });
      closing.push(() => socket.destroy());
    });
    const port = await listening(server);
    closing.push(() => void server.close());
    const { receipt, issues } = await send(parcel, tools(mailTo(port, { plain: true }), 200));
    expect([receipt, issues[0]?.code]).toEqual([null, "send-unclear"]);
    expect(issues[0]?.text).not.toContain("Nothing was sent");
  });
});

type Seen = { method: string; key: string; path: string };
/** A fax service that answers by a script; `seen` is what it was asked, `watch` how long its outcome is awaited. */
async function service(
  answer: (request: Seen, response: ServerResponse, nth: number) => void,
  watch = 60_000,
) {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    request.resume().on("end", () => {
      const said = {
        method: request.method!,
        key: String(request.headers["idempotency-key"] ?? ""),
        path: request.url!,
      };
      seen.push(said);
      answer(said, response, seen.length);
    });
  });
  const port = await listening(server);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const provider = { url: `http://127.0.0.1:${port}/faxes`, token: "t", poll: 5, watch };
  return { seen, provider, transport: faxTransport(provider) };
}
const json = (response: ServerResponse, value: unknown, status = 200, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
};
const fax: Parcel = { ...parcel, channel: "fax-http", to: "1-205-555-0139" };

describe("a fax service", () => {
  test("that asks to be left alone for 90 seconds is left alone for 90 seconds", async () => {
    const { transport } = await service((_, response, nth) =>
      nth === 1
        ? json(response, {}, 429, { "retry-after": "90" })
        : json(response, { id: 7, status: "delivered" }),
    );
    const { receipt } = await send(fax, tools(transport));
    expect(receipt).toMatchObject({ number: "7", attempts: 2 });
    expect(slept).toEqual([90_000]);
  });

  test("whose answer is a web page is asked again under the same key; if it stays so, that is not called unsent", async () => {
    const { seen, transport } = await service((_, response) => response.end("<html>Welcome"));
    const { receipt, issues } = await send(fax, tools(transport));
    expect([receipt, issues[0]?.code]).toEqual([null, "send-unclear"]);
    expect(new Set(seen.map((one) => one.key))).toEqual(new Set([key]));
  });

  test("that has taken a fax and is still sending gives a receipt with its number, and can be asked later", async () => {
    let status = "sending";
    const { seen, provider, transport } = await service(
      ({ method }, response) =>
        json(response, method === "POST" ? { id: "fax-1", status: "queued" } : { status }),
      100,
    );
    const { receipt } = await send(fax, tools(transport));
    expect(receipt).toMatchObject({ status: "accepted", number: "fax-1", attempts: 1 });
    expect(seen.filter(({ method }) => method === "POST")).toHaveLength(1);
    const ask = () => faxOutcome(provider)("fax-1", AbortSignal.timeout(60_000));
    expect(await ask()).toEqual({ status: "waiting" });
    status = "delivered";
    expect(await ask()).toEqual({ status: "delivered" });
  });

  test("that took it and then met a busy line sends anew under a new key, not the old failure again", async () => {
    const { seen, transport } = await service(({ method, path: asked, key: given }, response) => {
      if (method === "POST") return json(response, { id: given, status: "queued" });
      return json(
        response,
        asked.endsWith("-2") ? { status: "delivered" } : { status: "failed", reason: "busy" },
      );
    });
    const { receipt } = await send(fax, tools(transport));
    expect(receipt).toMatchObject({ status: "delivered", number: `${key}-2`, attempts: 2 });
    expect(seen.filter(({ method }) => method === "POST").map((one) => one.key)).toEqual([key, `${key}-2`]);
  });

  test("whose questions break off after it took the fax does not get it twice", async () => {
    const { seen, transport } = await service(
      ({ method }, response) =>
        method === "POST" ? json(response, { id: "fax-1" }) : json(response, {}, 404),
      100,
    );
    expect((await send(fax, tools(transport))).receipt).toMatchObject({
      status: "accepted",
      number: "fax-1",
    });
    expect(seen.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  test("a failure that the log knows makes the next sending a new one; silence does not", () => {
    expect(roundAfter(["fax-busy", "fax-failed"])).toBe(3);
    expect(roundAfter(["send-unclear", "send-failed"])).toBe(1);
  });
});

test("a mail in its second round carries a new number, so that no server takes it for the first", async () => {
  const { port, messages } = await mailbox(plain);
  await send({ ...parcel, round: 2 }, tools(mailTo(port, { plain: true })));
  expect((await PostalMime.parse(messages[0]!)).messageId).toBe(`<${key}-2@redress>`);
});
