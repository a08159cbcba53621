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

const marks = (page: string) =>
  [...page.matchAll(/id="passage-([\w-]+)"/g)]
    .map(([, id]) => id!)
    .filter((id) => /^(re-|dear|ask|h1|r1)/.test(id));

test("a moved passage stands there at once, before the letters are drafted anew, and goes back at once", async () => {
  const slow = benchOver(store, { prepare: () => new Promise<never>(() => {}) });
  const waiting = await exampleCase(store, bench);
  const at = `/cases/${waiting.id}/letter`;
  const letter = async () => marks(await (await slow.get(at)).text());
  const drafted = await letter();
  expect(drafted).toEqual(["re-1", "re-2", "dear", "ask", "h1", "r1"]);
  const move = (way: string) =>
    slow.post(`${at}/passage`, form({ letter: "appeal-letter", passage: "ask", do: way }));
  const moved = await move("up");
  expect(await letter()).toEqual(["re-1", "re-2", "ask", "dear", "h1", "r1"]);
  const back = await (await slow.get(moved.headers.get("location")!)).text();
  expect(back).toMatch(/<details class="edit no-print" open>/);
  expect(back).toMatch(/value="up" autofocus/);
  await move("up");
  expect(await letter()).toEqual(["re-1", "ask", "re-2", "dear", "h1", "r1"]);
  const undo = { letter: "appeal-letter", passage: "ask", do: "restore", op: "move", from: "letter" };
  await slow.post(`${at}/passage`, form(undo));
  expect(await letter()).toEqual(drafted);
});

test("a passage is moved to the end of a section without a script", async () => {
  expect(await change({ passage: "dear", do: "to", section: "h1" })).toBe(303);
  expect(marks(await text("/letter"))).toEqual(["re-1", "re-2", "ask", "h1", "r1", "dear"]);
  const changes = await text("/letter/changes");
  expect(changes).toMatch(/By you, \w+ \d+, \d{4}/);
  expect(changes).toContain('after <q lang="en">Reference number PA-26-0914-5527</q>');
  expect(changes).toContain('after <q lang="en">Elena R. Marsh</q>');
  await change({ passage: "dear", do: "restore", op: "move" });
});

test("what words would rest on is told without saving them", async () => {
  const ask = async (fields: Record<string, string>) =>
    (await bench.post(at("/letter/check"), form({ letter: "appeal-letter", ...fields }))).text();
  expect(await ask({ passage: "ask", text: "Decide by January 3, 2031 (Exhibit Q, p. 4)." })).toMatch(
    /January 3, 2031.*Exhibit Q, p\. 4, which is not in the packet/s,
  );
  expect(await ask({ passage: "ask", do: "add", text: "I took methotrexate." })).toMatch(
    /names methotrexate.*rests on your word alone/s,
  );
  expect(await ask({ passage: "r1", "cell-2": "Nothing was measured." })).toMatch(
    /no longer says what 01_dermatology-notes\.pdf, page \d+ holds/,
  );
  expect(await ask({ passage: "r1", "cell-2": "EASI 21.4" })).toContain("stands on a page");
  expect(await text("/letter")).not.toContain("methotrexate");
});

test("a row is changed column by column; the head of a table and what is not there are not", async () => {
  const save = (fields: Record<string, string>) =>
    bench.post(at("/letter"), form({ letter: "appeal-letter", ...fields }));
  expect((await save({ passage: "r1", "cell-1": "Met twice" })).status).toBe(303);
  const page = await text("/letter");
  expect(page).toContain("<td>Met twice</td>");
  expect(page).toContain("<td>EASI 21.4 on August 3, 2026 (Exhibit C, page 3)</td>");
  expect((await save({ passage: "r0", "cell-0": "Mine" })).status).toBe(404);
  await bench.workshop.idle();
  await change({ passage: "r1", do: "restore" });
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
