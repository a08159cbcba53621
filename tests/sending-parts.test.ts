import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fold } from "#case";
import { readFiles } from "#io";
import { lettersNow } from "../src/web/letters-now.ts";
import { caseFileOf } from "../src/web/open-case.ts";
import { faxDesk, filesIn } from "./workbench/fax-bench.ts";
import { benchOver, exampleCase, form } from "./workbench/open-bench.ts";
import { preparePhysicianExample, withPacketOf } from "./workbench/physician-case.ts";

const desk = faxDesk();

describe("a packet that is larger than a fax takes", () => {
  test("goes in parts that say so; when one fails, trying again sends that one only", async () => {
    const other = benchOver(desk.store, {
      prepare: withPacketOf(230),
      today: () => desk.today,
      sleep: async () => {},
      delivery: { transports: { "fax-http": desk.fax } },
    });
    const mine = await exampleCase(desk.store, other);
    const page = await (await other.get(`/cases/${mine.id}/send?to=0`)).text();
    expect(page).toContain("part 2 of 2");
    const fields = form({
      to: "0",
      consent: "yes",
      seen: /name="seen" value="([0-9a-f]{64})"/.exec(page)![1]!,
    });
    desk.line = ["take", "voice"];
    await other.post(`/cases/${mine.id}/send`, fields);
    await other.sending.idle();
    const arrived = async () =>
      fold(await mine.events()).afterwards.parcels.map(({ receipt }) => receipt !== null);
    expect(await arrived()).toEqual([true, false]);
    await other.post(`/cases/${mine.id}/send`, fields);
    await other.sending.idle();
    expect(await arrived()).toEqual([true, true]);
    expect(desk.taken.map(({ part }) => part.number)).toEqual([1, 2]);
    expect(desk.taken.every(({ papers }) => papers.reduce((sum, one) => sum + one.pages, 0) <= 200)).toBe(
      true,
    );
    await other.workshop.stop();
  }, 60_000);
});

describe("words to black out", () => {
  test("are taken line by line, kept with the case, and the packet is made again", async () => {
    await desk.bench.post(desk.at("/blacken"), form({ words: "  Marsh \r\n\r\nJuniper" }));
    await desk.bench.workshop.idle();
    expect(fold(await desk.log.events()).answers["redact"]).toBe("Marsh\nJuniper");
    expect(await desk.text("/packet")).toMatch(/<textarea id="blacken"[^>]*>Marsh\nJuniper<\/textarea>/);
    await desk.bench.post(desk.at("/blacken"), form({ words: "" }));
    await desk.bench.workshop.idle();
    expect(await desk.text("/packet")).toMatch(/<textarea id="blacken"[^>]*><\/textarea>/);
  });
});

describe("words to black out that the letter says too", () => {
  const black = async (words: string) => {
    await desk.bench.post(desk.at("/blacken"), form({ words }));
    await desk.bench.workshop.idle();
  };
  const letter = async () => lettersNow(await fileNow(), fold(await desk.log.events()))[0]!.passages;
  const fileNow = async () => caseFileOf(desk.log, fold(await desk.log.events()).draft!);

  test("are shown place by place, left out with one button, marked as the person's change, and come back", async () => {
    expect(await desk.text("/packet")).not.toContain("blacken/letter");
    await black("EASI");
    const page = await desk.text("/packet");
    expect(page).toContain("Places in the letter that say these words too: 1.");
    expect(page).toMatch(/letter\?which=appeal-letter#passage-r1"/);
    const answer = await desk.bench.post(desk.at("/blacken/letter"), form({}));
    expect(answer.headers.get("location")).toBe(desk.at("/letter/changes"));
    await desk.bench.workshop.idle();
    const row = (await letter()).find(({ id }) => id === "r1")!;
    expect(row.text).toContain("[blacked out] score of 16 or more");
    expect([row.by, row.text.includes("EASI")]).toEqual(["local", false]);
    expect(await desk.text("/packet")).not.toContain("blacken/letter");
    const back = form({ letter: "appeal-letter", passage: "r1", do: "restore" });
    await desk.bench.post(desk.at("/letter/passage"), back);
    await desk.bench.workshop.idle();
    expect((await letter()).find(({ id }) => id === "r1")!.text).toContain("EASI score");
  });

  test("of who writes to whom are left: without its name and number nobody could answer the letter", async () => {
    await black("Elena R. Marsh");
    expect(await desk.text("/packet")).not.toContain("blacken/letter");
    await desk.bench.post(desk.at("/blacken/letter"), form({}));
    expect((await letter()).some(({ text }) => text.includes("RE: Elena R. Marsh"))).toBe(true);
  });
});

describe("by one's own hand", () => {
  test("mail comes as a bundle with cover sheet, packet and the words for the slip", async () => {
    expect(await desk.text("/send?to=1")).toContain("certified mail with return receipt");
    const zip = Buffer.from(
      await (await desk.bench.get(desk.at("/send/bundle.zip?to=1"))).arrayBuffer(),
    ).toString("latin1");
    for (const name of ["cover-sheet.pdf", "packet.pdf", "certified-mail.txt"]) expect(zip).toContain(name);
  });

  test("the address stands where a window envelope shows it, and the slip names town and code in one line", async () => {
    const zip = await filesIn(await desk.bench.get(desk.at("/send/bundle.zip?to=1")));
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
    const other = benchOver(desk.store, {
      today: () => desk.today,
      prepare: async (given) => {
        const made = await preparePhysicianExample(given);
        made.file.denial!.rightsStated.sendTo.fax = null;
        made.file.denial!.rightsStated.sendTo.portal = { value: "my.juniper.example", from: [], by: "rule" };
        return made;
      },
    });
    const mine = await exampleCase(desk.store, other);
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
    expect(
      (await desk.bench.post(desk.at("/send/by-hand"), form({ ...fields, on: "2026-10-13" }))).status,
    ).toBe(400);
    expect(await desk.parcels()).toEqual([]);
    await desk.bench.post(desk.at("/send/by-hand"), form({ ...fields, on: "2026-10-11" }));
    expect((await desk.parcels())[0]!.receipt).toMatchObject({
      status: "by-hand",
      number: "9407 5550 0000",
      channel: "mail",
    });
    expect(await desk.text("/send")).toContain("Written down by you");
  });
});
