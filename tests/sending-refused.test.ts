import { describe, expect, test } from "vitest";
import { type CaseFile, type Delivery, fold, SendRefused, type Transport } from "#case";
import type { Prepare } from "#web";
import { faxDesk } from "./workbench/fax-bench.ts";
import { benchOver, exampleCase, form } from "./workbench/open-bench.ts";
import { preparePhysicianExample } from "./workbench/physician-case.ts";

const desk = faxDesk();

describe("what cannot go as it is", () => {
  const withFile = (change: (file: CaseFile) => void): Prepare => {
    return async (given) => {
      const made = await preparePhysicianExample(given);
      change(made.file);
      return made;
    };
  };
  /** The send page of the case as changed, with a bench that can fax and mail. */
  async function changed(change: (file: CaseFile) => void, transports: Delivery["transports"] = {}) {
    const other = benchOver(desk.store, {
      prepare: withFile(change),
      today: () => desk.today,
      sleep: async () => {},
      delivery: { transports: { "fax-http": desk.fax, ...transports } },
    });
    const mine = await exampleCase(desk.store, other);
    const get = async (path: string) => (await other.get(`/cases/${mine.id}${path}`)).text();
    const sendIt = async (to: string) => {
      const seen = /name="seen" value="([0-9a-f]{64})"/.exec(await get(`/send?to=${to}`))![1]!;
      await other.post(`/cases/${mine.id}/send`, form({ to, seen, consent: "yes" }));
      await other.sending.idle();
    };
    return { get, sendIt, other, mine, kept: async () => fold(await mine.events()).afterwards.parcels };
  }
  const reading = (value: string) => ({ value, from: [], by: "rule" as const });

  test("a fax number that the notice gives for calls is warned of before anything goes", async () => {
    const { get } = await changed(({ denial }) => {
      denial!.rightsStated.sendTo.phone = reading("614-555-0177");
    });
    expect(await get("/send?to=0")).toContain("call first and ask");
  });

  test("a number without ten digits is said with the next step, and nothing goes", async () => {
    const { get, sendIt, kept } = await changed(({ denial }) => {
      denial!.rightsStated.sendTo.fax = reading("555-0177");
    });
    expect(await get("/send?to=0")).toContain("does not have ten digits");
    await sendIt("0");
    expect([desk.taken, await kept()]).toEqual([[], []]);
  });

  test("an e-mail address that does not exist is said, and fax or telephone offered", async () => {
    const mail: Transport = async () => {
      throw new SendRefused("mail-bounced", true);
    };
    const email = ({ denial }: CaseFile) => {
      denial!.rightsStated.sendTo.fax = null;
      denial!.rightsStated.sendTo.email = reading("appeals@juniper.example");
    };
    const { get, sendIt, kept } = await changed(email, { email: mail });
    await sendIt("0");
    expect(await get("/send")).toContain("this address does not exist");
    expect((await kept())[0]!.receipt).toBeNull();
  });

  test("the message that came back says why, when it is about this sending; a delay is no failure", async () => {
    const mail: Transport = async () => ({ number: "m-1", status: "accepted" });
    const { get, sendIt, kept, other, mine } = await changed(
      ({ denial }) => {
        denial!.rightsStated.sendTo.fax = null;
        denial!.rightsStated.sendTo.email = reading("appeals@juniper.example");
      },
      { email: mail },
    );
    await sendIt("0");
    const { key } = (await kept())[0]!;
    const handIn = (words: string) => {
      const body = new FormData();
      body.set("message", new File([words], "returned.eml", { type: "message/rfc822" }));
      return other.post(`/cases/${mine.id}/sent/${key}/came-back`, { body });
    };
    const report = (id: string, action: string, status: string) =>
      `From: mx@mx.example\r\nSubject: Undelivered mail\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: ${action}\r\nStatus: ${status}\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <${id}@redress>\r\n--b--\r\n`;
    const ofAnother = await handIn(report("0".repeat(40), "failed", "5.1.1"));
    expect([ofAnother.status, await ofAnother.text()]).toEqual([
      400,
      expect.stringContaining("says nothing about what was sent here"),
    ]);
    const late = await handIn(report(key, "delayed", "4.4.1"));
    expect(await late.text()).toContain("the mail server goes on trying");
    expect((await kept())[0]!.receipt).not.toBeNull();
    expect((await handIn(report(key, "failed", "5.2.2"))).status).toBe(303);
    expect(await get("/send")).toContain("The mailbox at this address is full");
    expect((await kept())[0]!.receipt).toBeNull();
  });

  test("a fax that was taken keeps its number at once; how it came out is asked, until it is known", async () => {
    const told = [
      "waiting",
      "failed",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
      "delivered",
    ];
    const rounds: number[] = [];
    const taking: Transport = async ({ round }) => ({
      number: `fax-${rounds.push(round ?? 1)}`,
      status: "accepted",
    });
    const other = benchOver(desk.store, {
      prepare: preparePhysicianExample,
      today: () => desk.today,
      sleep: async () => {},
      delivery: {
        transports: { "fax-http": taking },
        outcomes: {
          "fax-http": async () => {
            const status = told.shift();
            return status === "failed"
              ? { status, code: "fax-busy" }
              : { status: status as "waiting" | "delivered" };
          },
        },
      },
    });
    const mine = await exampleCase(desk.store, other);
    const page = async (path: string) => (await other.get(`/cases/${mine.id}${path}`)).text();
    const sendIt = async () => {
      const seen = /name="seen" value="([0-9a-f]{64})"/.exec(await page("/send?to=0"))![1]!;
      await other.post(`/cases/${mine.id}/send`, form({ to: "0", seen, consent: "yes" }));
      await other.sending.idle();
      return fold(await mine.events()).afterwards.parcels[0]!;
    };
    expect((await sendIt()).problem?.code).toBe("fax-busy");
    const { key, receipt } = await sendIt();
    expect([receipt?.status, receipt?.number, rounds]).toEqual(["accepted", "fax-2", [1, 2]]);
    expect(await page("/send")).toContain("Whether it went through is not known yet");
    expect((await other.post(`/cases/${mine.id}/sent/${key}/ask`, form({}))).status).toBe(303);
    await other.sending.idle();
    expect(await page("/send")).toContain("Delivered, confirmed by the fax service");
    expect((await other.post(`/cases/${mine.id}/sent/${key}/ask`, form({}))).status).toBe(404);
    await other.workshop.stop();
  });

  test("a message that comes back later is no proof any more, and can be sent again", async () => {
    let tries = 0;
    const mail: Transport = async () => ({ number: `m-${++tries}`, status: "accepted" });
    const email = ({ denial }: CaseFile) => {
      denial!.rightsStated.sendTo.fax = null;
      denial!.rightsStated.sendTo.email = reading("appeals@juniper.example");
    };
    const { get, sendIt, kept, other, mine } = await changed(email, { email: mail });
    await sendIt("0");
    const { key } = (await kept())[0]!;
    expect(await get("")).toContain('class="standing');
    const back = `/cases/${mine.id}/sent/${key}/came-back`;
    expect((await other.post(back, form({}))).status).toBe(303);
    expect(await get("/send")).toContain("this address does not exist");
    expect(await get("")).not.toContain('class="standing');
    expect((await other.post(back, form({}))).status).toBe(404);
    await sendIt("0");
    expect((await kept())[0]!.receipt).toMatchObject({ number: "m-2" });
  });

  test("a case past its last day says so, and that it should go today all the same", async () => {
    desk.today = "2027-06-01";
    expect(await desk.text("/send")).toContain(
      "The last day seems to have passed. Send it today all the same",
    );
    desk.today = "2027-03-27";
    expect(await desk.text("/send")).not.toContain("seems to have passed");
  });

  test("a case of which no rule is met says so before it goes; one rule met says nothing", async () => {
    const none = await changed(({ findings }) => {
      for (const one of findings!.findings) one.status = "unknown";
    });
    expect(await none.get("/send")).toContain("No rule of the plan is shown as met yet");
    expect(await desk.text("/send")).not.toContain("No rule of the plan is shown as met yet");
  });

  test("a notice that names no way says whom to ask", async () => {
    const { get } = await changed(({ denial }) => {
      denial!.rightsStated.sendTo = { address: null, fax: null, phone: null, email: null, portal: null };
    });
    expect(await get("/send")).toContain("Call member services and ask where appeals go");
  });
});
