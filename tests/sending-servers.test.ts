/** Sending from the pages to real servers on this machine that fail midway, answer twice, or are asked by two at once. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, test } from "vitest";
import { type Delivery, fold } from "#case";
import type { Prepare } from "#web";
import { faxOutcome, faxTransport } from "../src/io/delivery/send-fax.ts";
import { mailTransport } from "../src/io/delivery/send-mail.ts";
import { faxDesk } from "./workbench/fax-bench.ts";
import { benchOver, exampleCase, form } from "./workbench/open-bench.ts";
import { preparePhysicianExample, withPacketOf } from "./workbench/physician-case.ts";

const desk = faxDesk();
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function caseWith(delivery: Delivery, prepare: Prepare = preparePhysicianExample) {
  const bench = benchOver(desk.store, { prepare, today: () => desk.today, sleep: async () => {}, delivery });
  closing.push(() => bench.workshop.stop());
  const log = await exampleCase(desk.store, bench);
  const page = async (path: string) => (await bench.get(`/cases/${log.id}${path}`)).text();
  const parcels = async () => fold(await log.events()).afterwards.parcels;
  const post = (path: string, fields: Record<string, string> = {}) =>
    bench.post(`/cases/${log.id}${path}`, form(fields));
  const sendIt = async () => {
    const seen = /name="seen" value="([0-9a-f]{64})"/.exec(await page("/send?to=0"))![1]!;
    await post("/send", { to: "0", seen, consent: "yes" });
    await bench.sending.idle();
  };
  return { bench, log, page, parcels, post, sendIt };
}

/** A mail server that answers each message from a list; `null` takes it. */
async function mailbox(answers: (number | null)[]) {
  const taken: Buffer[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const reply = answers.length > 0 ? answers.shift()! : null;
        if (reply !== null) return done(Object.assign(new Error("not now"), { responseCode: reply }));
        taken.push(Buffer.concat(chunks));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve(null))));
  const { port } = server.server.address() as AddressInfo;
  const transport = mailTransport({
    host: "127.0.0.1",
    port,
    from: "appeal@example.org",
    plain: true,
    faxGateway: "fax.example",
  });
  return { taken, delivery: { transports: { "fax-email": transport } } satisfies Delivery };
}

describe("a mail server that cannot take more midway (4xx)", () => {
  const names = async (messages: Buffer[]) =>
    Promise.all(messages.map(async (bytes) => (await PostalMime.parse(bytes)).subject));

  test("is asked again, and what it took before is not sent again", async () => {
    const { taken, delivery } = await mailbox([null, 452, 451]);
    const { parcels, sendIt } = await caseWith(delivery, withPacketOf(150));
    await sendIt();
    expect(await names(taken)).toEqual([
      "Documents for the appeals department, part 1 of 2",
      "Documents for the appeals department, part 2 of 2",
    ]);
    expect((await parcels()).map(({ receipt }) => receipt?.attempts)).toEqual([1, 3]);
  }, 120_000);

  test("to the end: the first part stays proven, the second is said to be missing and goes by itself later", async () => {
    const { taken, delivery } = await mailbox([null, ...Array.from({ length: 5 }, () => 452)]);
    const { page, parcels, sendIt } = await caseWith(delivery, withPacketOf(150));
    await sendIt();
    expect((await parcels()).map(({ receipt }) => receipt !== null)).toEqual([true, false]);
    const said = await page("/send");
    expect(said).toContain("(part 2 of 2)");
    expect(said).toContain("It was not sent.");
    await sendIt();
    expect((await parcels()).map(({ receipt }) => receipt !== null)).toEqual([true, true]);
    expect(taken).toHaveLength(2);
    const ids = await Promise.all(taken.map(async (bytes) => (await PostalMime.parse(bytes)).messageId));
    expect(new Set(ids).size).toBe(2);
  }, 120_000);
});

/** A fax service that says of every question what the list says next, the last for ever. */
async function service(outcomes: { status: string; reason?: string }[], twice = false) {
  const keys: string[] = [];
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (request.method === "POST") keys.push(String(request.headers["idempotency-key"]));
      const next = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      const said = JSON.stringify(request.method === "POST" ? { id: "fax-1", status: "queued" } : next);
      // The same answer a second time on the same line, as after a retry inside the service.
      response.socket!.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${said.length}\r\n\r\n${said}`.repeat(
          twice ? 2 : 1,
        ),
      );
      response.socket!.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const at = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/faxes`, token: "t" };
  const delivery: Delivery = {
    transports: { "fax-http": faxTransport({ ...at, poll: 5, watch: 20 }) },
    outcomes: { "fax-http": faxOutcome(at) },
  };
  return { keys, delivery };
}

describe("a fax service", () => {
  test("that gives every answer twice has sent one fax, with one receipt", async () => {
    const { keys, delivery } = await service([{ status: "delivered" }], true);
    const { parcels, sendIt } = await caseWith(delivery);
    await sendIt();
    expect(new Set(keys).size).toBe(1);
    expect((await parcels()).map(({ receipt }) => [receipt?.number, receipt?.status])).toEqual([
      ["fax-1", "delivered"],
    ]);
  }, 120_000);

  test("that is asked from two tabs at once says one thing; after that there is nothing more to ask", async () => {
    const waiting = Array.from({ length: 60 }, () => ({ status: "sending" }));
    const { delivery } = await service(waiting);
    const { bench, page, parcels, post, sendIt } = await caseWith(delivery);
    await sendIt();
    const { key, receipt } = (await parcels())[0]!;
    expect([receipt?.status, await page("/send")]).toEqual(["accepted", expect.stringContaining("/ask")]);
    waiting.splice(0, waiting.length, { status: "delivered" });
    const both = await Promise.all([post(`/sent/${key}/ask`), post(`/sent/${key}/ask`)]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    await bench.sending.idle();
    expect((await parcels()).map(({ receipt: got }) => got?.status)).toEqual(["delivered"]);
    expect((await post(`/sent/${key}/ask`)).status).toBe(404);
  }, 120_000);

  test("that told of delivery is believed; one that told of a failure gets a new sending, under a new key", async () => {
    const { keys, delivery } = await service([{ status: "failed", reason: "no answer" }]);
    const { page, parcels, sendIt } = await caseWith(delivery);
    await sendIt();
    expect((await parcels())[0]!.receipt).toBeNull();
    expect(await page("/send")).toContain("The fax line stayed busy");
    expect(new Set(keys).size).toBe(keys.length);
  }, 120_000);
});
