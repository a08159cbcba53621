import { createHash } from "node:crypto";
import { PDFDocument } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type CaseFile,
  type CaseLog,
  type Channel,
  type Delivery,
  fold,
  type Parcel,
  SendRefused,
  type Store,
  type Transport,
} from "#case";
import { filesOfZip, readFiles } from "#io";
import type { Precedent } from "#precedent";
import type { Prepare } from "#web";
import { remindAll } from "../src/web/sending/reminders.ts";
import { benchOver, exampleCase, form, openTestStore } from "./workbench/open-bench.ts";
import { preparePhysicianExample } from "./workbench/physician-case.ts";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
let log: CaseLog;
const taken: Parcel[] = [];
/** What the fax line does with the next parcels; an empty list takes them. */
let line: ("busy" | "voice" | "take")[] = [];
const reminded: { to: string; text: string }[] = [];
let today = "2026-10-12";

const fax: Transport = async (parcel) => {
  const does = line.shift() ?? "take";
  if (does === "busy") throw new SendRefused("fax-busy", false);
  if (does === "voice") throw new SendRefused("fax-is-voice-line", true);
  taken.push(parcel);
  return { number: `fax-${taken.length}`, status: "delivered" };
};

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store, {
    prepare: preparePhysicianExample,
    now: () => new Date("2026-10-12T15:00:00Z"),
    today: () => today,
    sleep: async () => {},
    delivery: {
      transports: { "fax-http": fax } satisfies Partial<Record<Channel, Transport>>,
      remind: async (reminder) => void reminded.push(reminder),
    },
  });
}, 120_000);
beforeEach(async () => {
  log = await exampleCase(store, bench);
  taken.length = 0;
  line = [];
  today = "2026-10-12";
}, 60_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const at = (path: string) => `/cases/${log.id}${path}`;
const text = async (path: string) => (await bench.get(at(path))).text();
const parcels = async () => fold(await log.events()).afterwards.parcels;

async function seen(): Promise<string> {
  return /name="seen" value="([0-9a-f]{64})"/.exec(await text("/send?to=0"))![1]!;
}
async function sendFax(change: Record<string, string> = {}): Promise<Response> {
  const answer = await bench.post(
    at("/send"),
    form({ to: "0", seen: await seen(), consent: "yes", ...change }),
  );
  await bench.sending.idle();
  return answer;
}

/** The files of a zip that is answered, by name. */
async function filesIn(answer: Response): Promise<Map<string, Buffer>> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const { files } = await filesOfZip({ name: "bundle.zip", bytes });
  return new Map(files.map((file) => [file.name.split("/").at(-1)!, Buffer.from(file.bytes)]));
}

describe("where to", () => {
  test("the ways come from the notice, with the place where it says so", async () => {
    const page = await text("/send");
    expect(page).toContain("(614) 555-0177");
    expect(page).toContain("P.O. Box 55218");
    expect(page).toMatch(/href="\/cases\/[^"]+mark=\d+-\d+">It says so in denial-letter.pdf, page 1/);
  });

  test("what goes out is shown with its pages and its fingerprint before it goes", async () => {
    const page = await text("/send?to=0");
    expect(page).toMatch(/cover-sheet.pdf \(pages: 1/);
    expect(page).toMatch(/[0-9a-f]{64}/);
    expect(taken).toEqual([]);
  });
});

describe("sending", () => {
  test("goes out once with cover sheet and packet, and the receipt is shown", async () => {
    expect((await sendFax()).status).toBe(303);
    expect(taken.map(({ papers }) => papers.map(({ name }) => name))).toEqual([
      ["cover-sheet.pdf", "packet.pdf"],
    ]);
    const page = await text("/send");
    expect(page).toContain("fax-1");
    expect(page).toContain(taken[0]!.papers[1]!.sha256);
  });

  test("asked for twice, one after the other and at once, it is one parcel", async () => {
    const fields = form({ to: "0", seen: await seen(), consent: "yes" });
    await Promise.all([bench.post(at("/send"), fields), bench.post(at("/send"), fields)]);
    await bench.sending.idle();
    await sendFax();
    expect(taken).toHaveLength(1);
    expect(await parcels()).toHaveLength(1);
  });

  test("after a stop between handing over and writing down it is called unknown; sending again carries the same key", async () => {
    let [stopped, keys] = [true, [] as string[]];
    const other = benchOver(store, {
      prepare: preparePhysicianExample,
      today: () => today,
      sleep: async () => {},
      delivery: {
        transports: {
          "fax-http": async (parcel) => {
            keys = [...keys, `${parcel.key} ${parcel.round}`];
            // The program dies here: nothing more is written for this parcel.
            if (stopped) await new Promise(() => {});
            return { number: "fax-7", status: "delivered" };
          },
        },
      },
    });
    const mine = await exampleCase(store, other);
    const page = async (path: string) => (await other.get(`/cases/${mine.id}${path}`)).text();
    const seenNow = /name="seen" value="([0-9a-f]{64})"/.exec(await page("/send?to=0"))![1]!;
    const fields = form({ to: "0", seen: seenNow, consent: "yes" });
    await other.post(`/cases/${mine.id}/send`, fields);
    while (keys.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const restarted = benchOver(store, {
      prepare: preparePhysicianExample,
      today: () => today,
      sleep: async () => {},
      delivery: { transports: { "fax-http": fax } },
    });
    const again = await (await restarted.get(`/cases/${mine.id}/send`)).text();
    expect(again).toContain("It is not known whether this arrived");
    stopped = false;
    await restarted.post(`/cases/${mine.id}/send`, fields);
    await restarted.sending.idle();
    expect(taken.map(({ key, round }) => `${key} ${round}`)).toEqual(keys);
    expect(fold(await mine.events()).afterwards.parcels).toHaveLength(1);
    await other.workshop.stop();
    await restarted.workshop.stop();
  });

  test("without consent, or when the packet is not the one looked at, nothing goes", async () => {
    expect((await sendFax({ consent: "" })).status).toBe(400);
    expect((await sendFax({ seen: "0".repeat(64) })).status).toBe(400);
    expect(taken).toEqual([]);
    expect(await parcels()).toEqual([]);
  });

  test("a busy line is tried again; the receipt says how often", async () => {
    line = ["busy", "busy"];
    await sendFax();
    expect((await parcels())[0]!.receipt).toMatchObject({ attempts: 3, number: "fax-1" });
  });

  test("a voice line is said with the next step, and no receipt is kept", async () => {
    line = ["voice"];
    await sendFax();
    const page = await text("/send");
    expect(page).toContain("It was not sent.");
    expect(page).toContain("it is not a fax line");
    expect((await parcels())[0]!.receipt).toBeNull();
    await sendFax();
    expect((await parcels())[0]!.receipt).not.toBeNull();
  });

  test("another person's case cannot be sent, looked at or written to", async () => {
    const stranger = (await store.accounts.register(`${log.id}@example.org`, "a long password of theirs"))!;
    const theirs = await store.cases.create(stranger.id, { title: "Theirs" });
    for (const path of ["/send", "/send/bundle.zip?to=0", "/after", "/reminders.ics"])
      expect((await bench.get(`/cases/${theirs.id}${path}`)).status, path).toBe(404);
    for (const path of [
      "/send",
      "/send/by-hand",
      "/calls",
      "/outcome",
      "/next-level",
      "/reminders",
      "/arrived",
      "/asked",
      "/asked/sent",
    ])
      expect((await bench.post(`/cases/${theirs.id}${path}`, form({ to: "0" }))).status, path).toBe(404);
  });
});

describe("what the person sent", () => {
  test("can be taken home byte for byte from its receipt, also after the letter changed", async () => {
    await sendFax();
    const { key, papers, receipt } = (await parcels())[0]!;
    const sent = taken[0]!.papers[1]!;
    expect(papers!.map(({ sha256 }) => sha256)).toEqual(receipt!.sha256);
    const address = at(`/sent/${key}/packet.pdf`);
    expect(await text("/send")).toContain(`href="${address}"`);
    await log.append([{ kind: "finding-judged", criterion: "c5b", status: "met", why: "I know it." }]);
    bench.workshop.request(log);
    await bench.workshop.idle();
    expect(Buffer.from(await (await bench.get(address)).arrayBuffer()).equals(sent.bytes)).toBe(true);
    expect((await bench.get(at(`/sent/${key}/another.pdf`))).status).toBe(404);
    expect((await bench.get(at("/sent/no-such-key/packet.pdf"))).status).toBe(404);
  });

  test("is marked with the step it used, so that the law counts the right clock", async () => {
    await sendFax();
    expect((await parcels())[0]!.step).toBe("internal-appeal");
  });
});

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
    const other = benchOver(store, {
      prepare: withFile(change),
      today: () => today,
      sleep: async () => {},
      delivery: { transports: { "fax-http": fax, ...transports } },
    });
    const mine = await exampleCase(store, other);
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
    expect([taken, await kept()]).toEqual([[], []]);
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
    const other = benchOver(store, {
      prepare: preparePhysicianExample,
      today: () => today,
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
    const mine = await exampleCase(store, other);
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
    today = "2027-06-01";
    expect(await text("/send")).toContain("The last day seems to have passed. Send it today all the same");
    today = "2027-03-27";
    expect(await text("/send")).not.toContain("seems to have passed");
  });

  test("a case of which no rule is met says so before it goes; one rule met says nothing", async () => {
    const none = await changed(({ findings }) => {
      for (const one of findings!.findings) one.status = "unknown";
    });
    expect(await none.get("/send")).toContain("No rule of the plan is shown as met yet");
    expect(await text("/send")).not.toContain("No rule of the plan is shown as met yet");
  });

  test("a notice that names no way says whom to ask", async () => {
    const { get } = await changed(({ denial }) => {
      denial!.rightsStated.sendTo = { address: null, fax: null, phone: null, email: null, portal: null };
    });
    expect(await get("/send")).toContain("Call member services and ask where appeals go");
  });
});

describe("a packet that is larger than a fax takes", () => {
  /** The same case with a packet of so many pages. */
  const large =
    (pages: number): Prepare =>
    async (given) => {
      const made = await preparePhysicianExample(given);
      const document = await PDFDocument.create();
      for (let page = 0; page < pages; page++) document.addPage([612, 792]);
      const bytes = await document.save();
      return {
        ...made,
        parts: made.parts.map((part) => (part.name === "packet.pdf" ? { ...part, bytes } : part)),
      };
    };

  test("goes in parts that say so; when one fails, trying again sends that one only", async () => {
    const other = benchOver(store, {
      prepare: large(230),
      today: () => today,
      sleep: async () => {},
      delivery: { transports: { "fax-http": fax } },
    });
    const mine = await exampleCase(store, other);
    const page = await (await other.get(`/cases/${mine.id}/send?to=0`)).text();
    expect(page).toContain("part 2 of 2");
    const fields = form({
      to: "0",
      consent: "yes",
      seen: /name="seen" value="([0-9a-f]{64})"/.exec(page)![1]!,
    });
    line = ["take", "voice"];
    await other.post(`/cases/${mine.id}/send`, fields);
    await other.sending.idle();
    const arrived = async () =>
      fold(await mine.events()).afterwards.parcels.map(({ receipt }) => receipt !== null);
    expect(await arrived()).toEqual([true, false]);
    await other.post(`/cases/${mine.id}/send`, fields);
    await other.sending.idle();
    expect(await arrived()).toEqual([true, true]);
    expect(taken.map(({ part }) => part.number)).toEqual([1, 2]);
    expect(taken.every(({ papers }) => papers.reduce((sum, one) => sum + one.pages, 0) <= 200)).toBe(true);
    await other.workshop.stop();
  }, 60_000);
});

describe("words to black out", () => {
  test("are taken line by line, kept with the case, and the packet is made again", async () => {
    await bench.post(at("/blacken"), form({ words: "  Marsh \r\n\r\nJuniper" }));
    await bench.workshop.idle();
    expect(fold(await log.events()).answers["redact"]).toBe("Marsh\nJuniper");
    expect(await text("/packet")).toMatch(/<textarea id="blacken"[^>]*>Marsh\nJuniper<\/textarea>/);
    await bench.post(at("/blacken"), form({ words: "" }));
    await bench.workshop.idle();
    expect(await text("/packet")).toMatch(/<textarea id="blacken"[^>]*><\/textarea>/);
  });
});

describe("by one's own hand", () => {
  test("mail comes as a bundle with cover sheet, packet and the words for the slip", async () => {
    expect(await text("/send?to=1")).toContain("certified mail with return receipt");
    const zip = Buffer.from(await (await bench.get(at("/send/bundle.zip?to=1"))).arrayBuffer()).toString(
      "latin1",
    );
    for (const name of ["cover-sheet.pdf", "packet.pdf", "certified-mail.txt"]) expect(zip).toContain(name);
  });

  test("the address stands where a window envelope shows it, and the slip names town and code in one line", async () => {
    const zip = await filesIn(await bench.get(at("/send/bundle.zip?to=1")));
    const slip = zip.get("certified-mail.txt")!.toString();
    expect(slip).toMatch(/P\.O\. Box 55218\r\n[A-Z][a-z]+, [A-Z]{2} \d{5}(-\d{4})?\r\n/);
    expect(slip).toContain("Certified mail number: ____");
    const { documents } = await readFiles([{ name: "cover.pdf", bytes: zip.get("cover-sheet.pdf")! }]);
    const page = documents[0]!.pages[0]!;
    const box = page.words!.find(({ start, end }) => page.text.slice(start, end) === "55218")!.box;
    const [left, top, bottom] = [box.x / 72, box.y / 72, (box.y + box.height) / 72];
    expect([left > 0.875 && left < 5.375, top > 2.05 && bottom < 3.17]).toEqual([true, true]);
    expect(page.text).toContain("Certified mail");
  });

  test("a portal gets a checklist with each file, its pages, size and fingerprint", async () => {
    const other = benchOver(store, {
      today: () => today,
      prepare: async (given) => {
        const made = await preparePhysicianExample(given);
        made.file.denial!.rightsStated.sendTo.fax = null;
        made.file.denial!.rightsStated.sendTo.portal = { value: "my.juniper.example", from: [], by: "rule" };
        return made;
      },
    });
    const mine = await exampleCase(store, other);
    const page = await (await other.get(`/cases/${mine.id}/send?to=0`)).text();
    expect(page).not.toContain("cover sheet");
    expect(page).toMatch(/The files in the bundle<\/h2><ul><li>packet.pdf \(pages: \d+, /);
    const zip = await filesIn(await other.get(`/cases/${mine.id}/send/bundle.zip?to=0`));
    expect([...zip.keys()]).toEqual(["packet.pdf", "portal-checklist.txt"]);
    const hash = createHash("sha256").update(zip.get("packet.pdf")!).digest("hex");
    expect(zip.get("portal-checklist.txt")!.toString()).toContain(`SHA-256 ${hash}`);
    await other.workshop.stop();
  });

  test("the day and the tracking number make a receipt; a day to come does not", async () => {
    const fields = { to: "1", number: "9407 5550 0000", consent: "yes" };
    expect((await bench.post(at("/send/by-hand"), form({ ...fields, on: "2026-10-13" }))).status).toBe(400);
    expect(await parcels()).toEqual([]);
    await bench.post(at("/send/by-hand"), form({ ...fields, on: "2026-10-11" }));
    expect((await parcels())[0]!.receipt).toMatchObject({
      status: "by-hand",
      number: "9407 5550 0000",
      channel: "mail",
    });
    expect(await text("/send")).toContain("Written down by you");
  });
});

describe("after sending", () => {
  test("the case says at once that it was sent", async () => {
    expect(await text("")).not.toContain('class="standing');
    await sendFax();
    expect(await text("")).toContain("The answer is due by");
    today = "2026-12-20";
    expect(await text("")).toMatch(/The answer is \d+ days overdue/);
  });

  test("a call is kept with its reference number; one without words is not", async () => {
    const call = { on: "2026-10-12", with: "Dana in Appeals", reference: "C-4411", said: "The fax arrived" };
    expect((await bench.post(at("/calls"), form({ ...call, said: "" }))).status).toBe(400);
    await bench.post(at("/calls"), form(call));
    expect(await text("/after")).toMatch(/Dana in Appeals<\/strong> \(Reference number: C-4411\)/);
  });

  test("denied again begins the next level: receipts stay as proof, days are those of the new letter", async () => {
    await bench.post(at("/questions/event:notice-received"), form({ answer: "2026-10-01", do: "answer" }));
    await bench.workshop.idle();
    await sendFax();
    expect((await bench.post(at("/next-level"), form({}))).status).toBe(404);
    await bench.post(at("/outcome"), form({ outcome: "denied-again", on: "2026-10-12", note: "" }));
    await bench.post(at("/next-level"), form({}));
    await bench.workshop.idle();
    const state = fold(await log.events());
    expect(state.answers["event:notice-received"]).toBe("2026-10-12");
    expect([state.afterwards.parcels.length, state.afterwards.levels[0]!.parcels.length]).toEqual([0, 1]);
    expect(await text("/send")).toContain("Sent at an earlier level");
  });

  test("reminders come as a calendar file", async () => {
    const answer = await bench.get(at("/reminders.ics"));
    expect(answer.headers.get("content-type")).toContain("text/calendar");
    expect(await answer.text()).toContain("BEGIN:VCALENDAR");
  });
});

describe("reminders by e-mail", () => {
  test("each goes once, on its day, and names nobody", async () => {
    await bench.post(at("/reminders"), form({ email: "me@example.org", do: "want" }));
    const tools = {
      store,
      today: () => today,
      log: () => {},
      delivery: {
        transports: {},
        remind: async (reminder: { to: string; text: string }) => void reminded.push(reminder),
      },
    };
    reminded.length = 0;
    await remindAll(tools);
    expect(reminded).toEqual([]);
    const due = fold(await log.events());
    expect(due.afterwards.remindersTo).toBe("me@example.org");
    today = "2027-03-23";
    await remindAll(tools);
    await remindAll(tools);
    expect(reminded.filter(({ to }) => to === "me@example.org")).toHaveLength(1);
    expect(JSON.stringify(reminded)).not.toMatch(/Marsh|dupilumab|dermatitis/i);
    // With a hundred cases one must know which it is: the link tells it to nobody else.
    expect(reminded[0]!.text).toContain(`http://localhost${at("")}`);
  });
});

describe("like decisions", () => {
  const decision = (n: number, outcome: Precedent["outcome"]): Precedent => ({
    id: `MN25-${n}`,
    source: "ca-dmhc",
    year: 2025,
    condition: "Dermatology",
    treatment: "Dupilumab",
    ground: null,
    outcome,
  });
  const page = async (precedents: Precedent[]) => {
    const other = benchOver(store, { precedents: () => precedents });
    return (await other.get(at("/evidence"))).text();
  };

  test("are counts with what they are out of; nine are too few, none known is no word", async () => {
    const ten = Array.from({ length: 10 }, (_, n) => decision(n, n < 6 ? "overturned" : "upheld"));
    expect(await page(ten)).toContain("6 of 10: for the patient");
    expect(/<section class="precedents".*<\/section>/s.exec(await page(ten))![0]).not.toMatch(
      /%|chance|likely/,
    );
    expect(await page(ten.slice(1))).toContain("9 like decisions are known here: too few");
    expect(await page([])).not.toContain("independent reviewers decided");
  });
});
