/** What people and machines do that nobody planned: two windows, a stop in the middle, a case deleted under the work. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CaseLog, fold, type Store } from "#case";
import { openStore } from "#io";
import { prepareExample } from "./workbench/case-file.ts";
import { benchOver, exampleCase, files, form, openTestStore, paper } from "./workbench/open-bench.ts";

let store: Store;
let folder: string;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;

beforeAll(async () => {
  ({ store, folder, close } = await openTestStore());
  bench = benchOver(store);
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const state = async (log: CaseLog) => fold(await log.events());

describe("two windows on one case", () => {
  test("changes at the same moment are both kept, in one order without gap", async () => {
    const log = await exampleCase(store, bench);
    const change = (passage: string, text: string) =>
      bench.post(`/cases/${log.id}/letter`, form({ letter: "appeal-letter", passage, text }));
    const answers = await Promise.all([
      change("dear", "To the reviewer:"),
      change("ask", "I ask you to approve it."),
      bench.post(`/cases/${log.id}/questions/urgent`, form({ answer: "no", do: "answer" })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const events = await log.events();
    expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
    const { review, answers: given } = await state(log);
    expect(review.edits.map(({ text }) => text).sort()).toEqual([
      "I ask you to approve it.",
      "To the reviewer:",
    ]);
    expect(given.urgent).toBe("no");
    await bench.workshop.idle();
  });

  test("a case deleted in one window is not found in the other, whatever is done there", async () => {
    const log = await exampleCase(store, bench);
    await bench.post(`/cases/${log.id}/delete`, form({}));
    const late = [
      bench.get(`/cases/${log.id}/letter`),
      bench.post(`/cases/${log.id}/letter`, form({ letter: "appeal-letter", passage: "ask", text: "x" })),
      bench.post(`/cases/${log.id}/papers`, files(paper("denial-letter.pdf"))),
      bench.post(`/cases/${log.id}/delete`, form({})),
    ];
    expect((await Promise.all(late)).map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    await expect(log.append([{ kind: "draft-failed", upTo: 1 }])).rejects.toThrow("deleted");
    expect(await log.events()).toEqual([]);
  });
});

describe("a case deleted while it is worked on", () => {
  test("leaves nothing behind: no event, no file", async () => {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const slow = benchOver(store, {
      prepare: async (given) => {
        begin();
        await gate;
        return prepareExample(given);
      },
    });
    const { id: owner } = await store.accounts.local();
    const log = await store.cases.create(owner, { title: "Going" });
    await slow.post(`/cases/${log.id}/papers`, files(paper("denial-letter.pdf"), paper("policy-RX-218.pdf")));
    await begun;
    await slow.post(`/cases/${log.id}/delete`, form({}));
    go();
    await slow.workshop.idle();
    expect(await log.events()).toEqual([]);
    const kept = path.join(folder, "data", "papers", log.id);
    expect(existsSync(kept) ? readdirSync(kept, { recursive: true }) : []).toEqual([]);
    expect(slow.lines.filter((line) => line.includes("defect"))).toEqual([]);
    await slow.workshop.stop();
  });
});

describe("a stop in the middle of the work", () => {
  test("the next start finds the case waiting and drafts it", async () => {
    const stuck = benchOver(store, {
      prepare: (_given, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener("abort", () => reject(options.signal!.reason));
        }),
    });
    const { id: owner } = await store.accounts.local();
    const log = await store.cases.create(owner, { title: "Cut off" });
    await stuck.post(`/cases/${log.id}/papers`, files(paper("denial-letter.pdf")));
    await expect.poll(() => stuck.workshop.statusOf(log.id)?.stage, { timeout: 90_000 }).toBe("drafting");
    await stuck.workshop.stop();
    expect((await state(log)).draft).toBeNull();
    const waiting = await store.cases.waiting();
    expect(waiting.map(({ id }) => id)).toContain(log.id);
    for (const one of waiting) bench.workshop.request(one);
    await bench.workshop.idle();
    expect((await state(log)).draft).not.toBeNull();
  });
});

describe("sessions", () => {
  test("end after a fortnight, and their cookie is out of reach of scripts and of other sites", async () => {
    let now = new Date("2026-10-12T12:00:00Z");
    const other = await openStore({
      folder: path.join(folder, "sessions"),
      keyFile: path.join(folder, "sessions.key"),
      now: () => now,
    });
    const hosted = benchOver(other, { mode: "hosted", secure: true });
    const account = { name: "session@example.org", password: "a long password here", do: "register" };
    const entered = await hosted.post("/sign-in", form(account));
    const cookie = entered.headers.get("set-cookie")!;
    for (const word of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(word);
    const enter = async () =>
      (await hosted.get("/cases/new", { headers: { cookie: cookie.split(";")[0]! } })).status;
    now = new Date("2026-10-26T11:59:00Z");
    expect(await enter()).toBe(200);
    now = new Date("2026-10-26T12:01:00Z");
    expect(await enter()).toBe(302);
    await other.close();
  }, 60_000);
});

describe("the log", () => {
  test("of a whole journey holds no name, no drug, no number and no address with an id", async () => {
    const mine = benchOver(store, { delivery: { transports: {}, remind: async () => {} } });
    const log = await exampleCase(store, mine);
    const at = (way: string) => `/cases/${log.id}${way}`;
    for (const way of [
      "",
      "/denial?fact=memberId",
      "/deadline",
      "/evidence",
      "/letter",
      "/packet",
      "/history",
    ])
      await mine.get(at(way));
    await mine.get("/start?treatment=dupilumab&reason=step-therapy");
    await mine.post(at("/denial"), form({ field: "memberId", value: "JRH555031878" }));
    await mine.post(at("/calls"), form({ on: "2026-10-10", with: "Dana", said: "Elena’s fax came" }));
    await mine.post(at("/reminders"), form({ email: "elena@example.org", do: "want" }));
    await mine.get(at("/no-such-page-Elena"));
    await mine.workshop.idle();
    expect(mine.lines.length).toBeGreaterThan(12);
    const said = mine.lines.join("\n");
    for (const word of ["Elena", "Marsh", "dupi", "eczema", "JRH555", "Dana", "example.org", "555", log.id])
      expect(said.toLowerCase()).not.toContain(word.toLowerCase());
    await mine.workshop.stop();
  });
});
