import { describe, expect, test } from "vitest";
import { fold } from "#case";
import { faxDesk } from "./workbench/fax-bench.ts";
import { benchOver, exampleCase, form } from "./workbench/open-bench.ts";
import { preparePhysicianExample } from "./workbench/physician-case.ts";

const desk = faxDesk();

describe("where to", () => {
  test("the ways come from the notice, with the place where it says so", async () => {
    const page = await desk.text("/send");
    expect(page).toContain("(614) 555-0177");
    expect(page).toContain("P.O. Box 55218");
    expect(page).toMatch(/href="\/cases\/[^"]+mark=\d+-\d+">It says so in denial-letter.pdf, page 1/);
  });

  test("what goes out is shown with its pages and its fingerprint before it goes", async () => {
    const page = await desk.text("/send?to=0");
    expect(page).toMatch(/cover-sheet.pdf \(pages: 1/);
    expect(page).toMatch(/[0-9a-f]{64}/);
    expect(desk.taken).toEqual([]);
  });
});

describe("sending", () => {
  test("goes out once with cover sheet and packet, and the receipt is shown", async () => {
    expect((await desk.sendFax()).status).toBe(303);
    expect(desk.taken.map(({ papers }) => papers.map(({ name }) => name))).toEqual([
      ["cover-sheet.pdf", "packet.pdf"],
    ]);
    const page = await desk.text("/send");
    expect(page).toContain("fax-1");
    expect(page).toContain(desk.taken[0]!.papers[1]!.sha256);
    expect(page).toContain("What comes next");
  });

  test("asked for twice, one after the other and at once, it is one parcel", async () => {
    const fields = form({ to: "0", seen: await desk.seen(), consent: "yes" });
    await Promise.all([desk.bench.post(desk.at("/send"), fields), desk.bench.post(desk.at("/send"), fields)]);
    await desk.bench.sending.idle();
    await desk.sendFax();
    expect(desk.taken).toHaveLength(1);
    expect(await desk.parcels()).toHaveLength(1);
  });

  test("after a stop between handing over and writing down it is called unknown; sending again carries the same key", async () => {
    let [stopped, keys] = [true, [] as string[]];
    const other = benchOver(desk.store, {
      prepare: preparePhysicianExample,
      today: () => desk.today,
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
    const mine = await exampleCase(desk.store, other);
    const page = async (path: string) => (await other.get(`/cases/${mine.id}${path}`)).text();
    const seenNow = /name="seen" value="([0-9a-f]{64})"/.exec(await page("/send?to=0"))![1]!;
    const fields = form({ to: "0", seen: seenNow, consent: "yes" });
    await other.post(`/cases/${mine.id}/send`, fields);
    while (keys.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const restarted = benchOver(desk.store, {
      prepare: preparePhysicianExample,
      today: () => desk.today,
      sleep: async () => {},
      delivery: { transports: { "fax-http": desk.fax } },
    });
    const again = await (await restarted.get(`/cases/${mine.id}/send`)).text();
    expect(again).toContain("It is not known whether this arrived");
    stopped = false;
    await restarted.post(`/cases/${mine.id}/send`, fields);
    await restarted.sending.idle();
    expect(desk.taken.map(({ key, round }) => `${key} ${round}`)).toEqual(keys);
    expect(fold(await mine.events()).afterwards.parcels).toHaveLength(1);
    await other.workshop.stop();
    await restarted.workshop.stop();
  });

  test("without consent, or when the packet is not the one looked at, nothing goes", async () => {
    expect((await desk.sendFax({ consent: "" })).status).toBe(400);
    expect((await desk.sendFax({ seen: "0".repeat(64) })).status).toBe(400);
    expect(desk.taken).toEqual([]);
    expect(await desk.parcels()).toEqual([]);
  });

  test("a busy line is tried again; the receipt says how often", async () => {
    desk.line = ["busy", "busy"];
    await desk.sendFax();
    expect((await desk.parcels())[0]!.receipt).toMatchObject({ attempts: 3, number: "fax-1" });
  });

  test("a voice line is said with the next step, and no receipt is kept", async () => {
    desk.line = ["voice"];
    await desk.sendFax();
    const page = await desk.text("/send");
    expect(page).toContain("It was not sent.");
    expect(page).toContain("it is not a fax line");
    expect(page).not.toContain("What comes next");
    expect((await desk.parcels())[0]!.receipt).toBeNull();
    await desk.sendFax();
    expect((await desk.parcels())[0]!.receipt).not.toBeNull();
  });

  test("another person's case cannot be sent, looked at or written to", async () => {
    const stranger = (await desk.store.accounts.register(
      `${desk.log.id}@example.org`,
      "a long password of theirs",
    ))!;
    const theirs = await desk.store.cases.create(stranger.id, { title: "Theirs" });
    for (const path of ["/send", "/send/bundle.zip?to=0", "/after", "/reminders.ics"])
      expect((await desk.bench.get(`/cases/${theirs.id}${path}`)).status, path).toBe(404);
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
      expect((await desk.bench.post(`/cases/${theirs.id}${path}`, form({ to: "0" }))).status, path).toBe(404);
  });
});

describe("what the person sent", () => {
  test("can be taken home byte for byte from its receipt, also after the letter changed", async () => {
    await desk.sendFax();
    const { key, papers, receipt } = (await desk.parcels())[0]!;
    const sent = desk.taken[0]!.papers[1]!;
    expect(papers!.map(({ sha256 }) => sha256)).toEqual(receipt!.sha256);
    const address = desk.at(`/sent/${key}/packet.pdf`);
    expect(await desk.text("/send")).toContain(`href="${address}"`);
    await desk.log.append([{ kind: "finding-judged", criterion: "c5b", status: "met", why: "I know it." }]);
    desk.bench.workshop.request(desk.log);
    await desk.bench.workshop.idle();
    expect(Buffer.from(await (await desk.bench.get(address)).arrayBuffer()).equals(sent.bytes)).toBe(true);
    expect((await desk.bench.get(desk.at(`/sent/${key}/another.pdf`))).status).toBe(404);
    expect((await desk.bench.get(desk.at("/sent/no-such-key/packet.pdf"))).status).toBe(404);
  });

  test("is marked with the step it used, so that the law counts the right clock", async () => {
    await desk.sendFax();
    expect((await desk.parcels())[0]!.step).toBe("internal-appeal");
  });
});
