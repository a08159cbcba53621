import { afterAll, beforeAll, expect, test } from "vitest";
import { fold, type Store } from "#case";
import { prepareExample } from "./workbench/case-file.ts";
import { benchOver, files, form, openTestStore, paper } from "./workbench/open-bench.ts";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
const chosen: unknown[] = [];

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store, {
    prepare: async (given) => {
      chosen.push(given.chosen);
      return prepareExample(given);
    },
  });
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const choice = { treatment: "dupilumab", reason: "step-therapy" };
const address = `/start?${new URLSearchParams(choice)}`;
/** A person's tap on a page of ours, as browsers mark it. */
const tap = { headers: { "sec-fetch-site": "same-origin", "sec-fetch-user": "?1" } };
const caseAt = async (response: Response) => {
  const id = /\/cases\/([^/]+)\/papers/.exec(response.headers.get("location") ?? "")?.[1];
  const { id: owner } = await store.accounts.local();
  return (await store.cases.open(owner, id!))!;
};
const count = async () => (await store.cases.list((await store.accounts.local()).id)).length;

test("a tap in a guide opens a case that carries treatment and reason in its log and to the pipeline", async () => {
  const log = await caseAt(await bench.get(address, tap));
  const state = fold(await log.events());
  expect([state.title, state.chosen]).toEqual(["Dupixent, for step therapy", choice]);
  const page = await (await bench.get(`/cases/${log.id}/papers`)).text();
  expect(page).toContain("Other treatment must come first");
  expect(page).toContain('href="/guides/treatment/dupilumab/step-therapy"');
  await bench.post(`/cases/${log.id}/papers`, files(paper("denial-letter.pdf")));
  await bench.workshop.idle();
  expect(chosen.at(-1)).toEqual(choice);
});

test("two taps open one case, as long as nothing was handed in", async () => {
  const [first, second] = [await bench.get(address, tap), await bench.get(address, tap)];
  expect(second.headers.get("location")).toBe(first.headers.get("location"));
});

test("an address from elsewhere, and a page fetched ahead, make no case: the form carries the choice", async () => {
  const before = await count();
  for (const headers of [
    { "sec-fetch-site": "cross-site", "sec-fetch-user": "?1" },
    { "sec-fetch-site": "same-origin", "sec-fetch-user": "?1", "sec-purpose": "prefetch" },
    { "sec-fetch-site": "same-origin" },
  ]) {
    const page = await bench.get(address, { headers });
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<input type="hidden" name="treatment" value="dupilumab">'),
    ]);
  }
  expect(await count()).toBe(before);
  const log = await caseAt(await bench.post("/cases", form({ title: "Mine", ...choice })));
  expect(fold(await log.events())).toMatchObject({ title: "Mine", chosen: choice });
});

test("names that no guide knows go nowhere", async () => {
  const log = await caseAt(await bench.post("/cases", form({ treatment: "<b>snake oil</b>", reason: "x" })));
  expect(fold(await log.events()).chosen).toBeNull();
});

test("who must sign in first comes back to where they were, and to no other site", async () => {
  const hosted = benchOver(store, { mode: "hosted" });
  const turned = await hosted.get(address, tap);
  const back = new URL(turned.headers.get("location")!, "http://localhost");
  expect(await (await hosted.get(back.pathname + back.search)).text()).toContain(
    `name="back" value="${address.replace("&", "&amp;")}"`,
  );
  const account = { name: "guide@example.org", password: "a long password here" };
  const entered = await hosted.post("/sign-in", form({ ...account, do: "register", back: address }));
  expect(entered.headers.get("location")).toBe(address);
  const astray = await hosted.post("/sign-in", form({ ...account, back: "//evil.example" }));
  expect(astray.headers.get("location")).toBe("/");
});
