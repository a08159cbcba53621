import { afterAll, beforeAll, expect, test } from "vitest";
import { type CaseLog, editLetters, fold, type Store } from "#case";
import type { Prepare } from "#web";
import { prepareExample } from "./workbench/case-file.ts";
import { benchOver, exampleCase, form, openTestStore } from "./workbench/open-bench.ts";

const prepare: Prepare = async (given) => {
  const made = await prepareExample({ ...given, review: { ...given.review, edits: [] } });
  const drafted = made.file.letters;
  return { ...made, file: { ...made.file, drafted, letters: editLetters(drafted, given.review.edits) } };
};

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
let log: CaseLog;
beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store, { prepare });
  log = await exampleCase(store, bench);
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const at = (path: string) => `/cases/${log.id}${path}`;
const text = async (path: string) => (await bench.get(at(path))).text();
async function change(fields: Record<string, string>): Promise<number> {
  const answer = await bench.post(at("/letter/passage"), form({ letter: "appeal-letter", ...fields }));
  await bench.workshop.idle();
  return answer.status;
}

test("a number of one's own that no page holds is said at once, with the passage it stands in", async () => {
  expect(await change({ passage: "ask", do: "add", text: "I have been off work for 41 days." })).toBe(303);
  const page = await text("/letter");
  const place = /<div class="passage role-text" id="passage-own-[0-9a-f]+">.*?<div class="beside/s.exec(
    page,
  )![0];
  expect(place).toContain("I have been off work for 41 days.");
  expect(place).toContain("holds the number 41, which none of its supports holds");
  expect(page).toMatch(/href="#passage-own-[0-9a-f]+" lang="en">I have been off work/);
});

test("what was saved stands there at once, checked, before the letters are drafted anew", async () => {
  const slow = benchOver(store, { prepare: () => new Promise<never>(() => {}) });
  const waiting = await exampleCase(store, bench);
  const letter = async () => (await slow.get(`/cases/${waiting.id}/letter`)).text();
  const words = "I ask you to decide by January 3, 2031.";
  const fields = { letter: "appeal-letter", passage: "ask" };
  const saved = await slow.post(`/cases/${waiting.id}/letter`, form({ ...fields, text: words }));
  expect(saved.headers.get("location")).toMatch(/#passage-ask$/);
  expect(await letter()).toMatch(/decide by January 3, 2031\..*names the date January 3, 2031/s);
  const again = form({ ...fields, text: "I ask you to decide soon." });
  await slow.post(`/cases/${waiting.id}/letter`, again);
  expect(await letter()).not.toContain("2031");
  const added = await slow.post(
    `/cases/${waiting.id}/letter/passage`,
    form({ ...fields, do: "add", text: "Please call me." }),
  );
  const own = /#passage-(own-[0-9a-f]+)$/.exec(added.headers.get("location")!)![1]!;
  expect((await letter()).split("<p>Please call me.")).toHaveLength(2);
  const dropped = await slow.post(
    `/cases/${waiting.id}/letter/passage`,
    form({ letter: "appeal-letter", passage: own, do: "drop" }),
  );
  expect(dropped.headers.get("location")).toMatch(/#passage-ask$/);
  expect(await letter()).not.toContain("Please call me.");
});

test("a passage is left out and comes back", async () => {
  expect(await change({ passage: "dear", do: "drop" })).toBe(303);
  expect(await text("/letter")).not.toContain("<p>To the appeals reviewer:");
  expect(await text("/letter/changes")).toContain("<del>To the appeals reviewer:</del>");
  await change({ passage: "dear", do: "restore" });
  expect(await text("/letter")).toContain("<p>To the appeals reviewer:");
});

test("changed words stand beside the draft's, and a second change is still against the draft", async () => {
  const edit = async (words: string) => {
    await bench.post(at("/letter"), form({ letter: "appeal-letter", passage: "ask", text: words }));
    await bench.workshop.idle();
  };
  await edit("I appeal the denial of dupilumab and request that you approve it.");
  await edit("I appeal the denial of dupilumab and request that you approve it now.");
  const changes = await text("/letter/changes");
  expect(changes).toContain("<del>ask </del><ins>request </ins>");
  const edits = fold(await log.events()).review.edits.filter(({ op }) => op === undefined);
  expect(edits).toHaveLength(1);
});

test("a passage or a change that is not there is not found", async () => {
  expect(await change({ passage: "no-such", do: "drop" })).toBe(404);
  expect(await change({ passage: "no-such", do: "restore" })).toBe(404);
  expect(await change({ passage: "ask", do: "explode" })).toBe(404);
});
