/** The list of cases as a clinic sees it: many of them, the day that presses first. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Receipt, Store } from "#case";
import { benchOver, openTestStore } from "./workbench/open-bench.ts";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
let opened = 0;

const receipt: Receipt = {
  key: "k",
  channel: "fax-http",
  to: "",
  status: "delivered",
  number: null,
  at: "2026-09-01T15:00:00Z",
  pages: 3,
  sha256: [],
  attempts: 1,
};

/** A case whose denial came on a day; `sent`: the appeal went out on September 1. */
async function add(title: string, received: string, sent = false, example?: string): Promise<void> {
  const { id: owner } = await store.accounts.local();
  const log = await store.cases.create(owner, { title, ...(example ? { example } : {}) });
  const situation = {
    plan: "erisa-insured" as const,
    levels: 1 as const,
    timing: "pre-service" as const,
    events: { "notice-dated": received, "notice-received": received },
    asOf: received,
  };
  await log.append([
    {
      kind: "drafted",
      file: "never-opened",
      parts: [],
      upTo: 9,
      asOf: received,
      glance: { situation, over: false },
    },
  ]);
  if (sent)
    await log.append([{ kind: "sent", part: { number: 1, of: 1 }, step: "internal-appeal", receipt }]);
}

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store, { today: () => "2026-10-12" });
  await add("Late answer", "2026-08-20", true);
  await add("Example", "2026-04-10", false, "dupilumab-step");
  await add("Near day", "2026-04-20");
  await add("Far day", "2026-10-01");
  for (opened = 4; opened < 16; opened++) await add(`Other ${opened}`, "2026-09-15");
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const titles = (page: string) => [...page.matchAll(/class="card-title">([^<]+)</g)].map((one) => one[1]!);

test("what is overdue comes first, then the nearest day; the worked example comes last", async () => {
  const all = titles(await (await bench.get("/")).text());
  expect(all).toHaveLength(16);
  expect(all.slice(0, 2)).toEqual(["Late answer", "Near day"]);
  expect(all.at(-1)).toBe("Example");
  expect(all.indexOf("Far day")).toBeGreaterThan(all.indexOf("Other 4"));
});

test("no case file is opened for it, and a case is found by its name", async () => {
  // "never-opened" is no blob: opening it would fail the page.
  const page = await (await bench.get("/?find=near")).text();
  expect(titles(page)).toEqual(["Near day"]);
  expect(await (await bench.get("/?find=nobody")).text()).toContain("No case has this in its name.");
});
