import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CaseLog, fold, mostWrongCodes, type Store } from "#case";
import { benchOver, exampleCase, form, openTestStore } from "./workbench/open-bench.ts";
import { preparePhysicianExample, statementTexts } from "./workbench/physician-case.ts";

const keyOf = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const npi = "1234567893";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;
let log: CaseLog;
let now = new Date("2026-10-12T15:00:00Z");

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store, { prepare: preparePhysicianExample, now: () => now });
  log = await exampleCase(store, bench);
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});
beforeEach(() => {
  now = new Date("2026-10-12T15:00:00Z");
});

/** A new link, as the owner's page shows it this once. */
async function newLink(days = "7"): Promise<{ path: string; code: string; id: string }> {
  const page = await (
    await bench.post(`/cases/${log.id}/physician`, form({ name: "Dr. Whitlock", days }))
  ).text();
  const found = /\/physician\/[\w-]{32}/.exec(page);
  const code = /<code>(\d{3}) (\d{3})<\/code>/.exec(page);
  const id = fold(await log.events()).afterwards.links.at(-1)!.link;
  return { path: found![0], code: `${code![1]}${code![2]}`, id };
}

async function enter(link: { path: string; code: string }): Promise<{ headers: { cookie: string } }> {
  const answer = await bench.post(`${link.path}/code`, form({ code: link.code }));
  return { headers: { cookie: answer.headers.get("set-cookie")!.split(";")[0]! } };
}

const marked = (change: Record<string, string> = {}) => ({
  [`mark-${keyOf(statementTexts[0]!)}`]: "confirmed",
  [`mark-${keyOf(statementTexts[1]!)}`]: "corrected",
  [`words-${keyOf(statementTexts[1]!)}`]: "BSA was 24% on that day.",
  [`mark-${keyOf(statementTexts[2]!)}`]: "struck",
  signer: "Naomi T. Whitlock, MD",
  npi,
  do: "show",
  ...change,
});

const post = (address: string, as: { headers: object }, fields: Record<string, string>) => {
  const init = form(fields);
  return bench.post(address, {
    ...init,
    headers: { ...init.headers, ...as.headers } as Record<string, string>,
  });
};

/** The fingerprint of what is on the screen. */
async function seen(link: { path: string }, as: { headers: { cookie: string } }): Promise<string> {
  const page = await (await bench.get(`${link.path}/letter`, as)).text();
  return /name="seen" value="([0-9a-f]{64})"/.exec(page)![1]!;
}

describe("a private link", () => {
  test("asks for the code first and says nothing of the case before", async () => {
    const link = await newLink();
    const answer = await bench.get(link.path);
    const page = await answer.text();
    expect(page).toContain("Six-digit code");
    expect(page).not.toContain("Marsh");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(bench.lines.join("\n")).not.toContain(link.path.slice(12));
  });

  test("the cookie holds below the link only and is out of reach of scripts", async () => {
    const link = await newLink();
    const answer = await bench.post(`${link.path}/code`, form({ code: link.code }));
    expect(answer.headers.get("set-cookie")).toContain(`Path=${link.path}`);
    expect(answer.headers.get("set-cookie")).toContain("HttpOnly");
  });

  test("one link's cookie does not open another link", async () => {
    const [one, other] = [await newLink(), await newLink()];
    expect(await (await bench.get(other.path, await enter(one))).text()).toContain("Six-digit code");
  });

  test("closes after five wrong codes, even for the right one", async () => {
    const link = await newLink();
    const wrong = link.code === "000000" ? "000001" : "000000";
    for (let tried = 1; tried < mostWrongCodes; tried++) {
      const answer = await bench.post(`${link.path}/code`, form({ code: wrong }));
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain(`Tries left: ${mostWrongCodes - tried}`);
    }
    expect((await bench.post(`${link.path}/code`, form({ code: wrong }))).status).toBe(410);
    const after = await bench.post(`${link.path}/code`, form({ code: link.code }));
    expect(after.status).toBe(410);
    expect(await after.text()).toContain("wrong too often");
  });

  test("expires by the clock, a moment before it still opens", async () => {
    const link = await newLink("1");
    now = new Date("2026-10-13T14:59:59Z");
    expect((await bench.get(link.path)).status).toBe(200);
    now = new Date("2026-10-13T15:00:00Z");
    const answer = await bench.get(link.path);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("expired");
  });

  test("can be withdrawn, also from under a physician who has opened it", async () => {
    const link = await newLink();
    const as = await enter(link);
    await bench.post(`/cases/${log.id}/physician/${link.id}/revoke`, form({}));
    const answer = await bench.get(link.path, as);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("withdrawn");
  });

  test("an address that was never made is not found, with the next step", async () => {
    const answer = await bench.get(`/physician/${"a".repeat(32)}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("Ask the person who sent it for a new one");
  });

  test("opens without an account where others must sign in, and opens nothing else there", async () => {
    const link = await newLink();
    const hosted = benchOver(store, { mode: "hosted", now: () => now });
    const answer = await hosted.post(`${link.path}/code`, form({ code: link.code }));
    const as = { headers: { cookie: answer.headers.get("set-cookie")!.split(";")[0]! } };
    expect(await (await hosted.get(link.path, as)).text()).toContain("Statement 1 of 3");
    expect((await hosted.get(`/cases/${log.id}`, as)).headers.get("location")).toMatch(/^\/sign-in/);
    await hosted.workshop.stop();
  });

  test("another person's case gives no page, no link and no signed letter", async () => {
    const stranger = (await store.accounts.register("other@example.org", "a long password of theirs"))!;
    const theirs = await store.cases.create(stranger.id, { title: "Theirs" });
    const link = await newLink();
    for (const address of [`/cases/${theirs.id}/physician`, `/cases/${theirs.id}/physician/signed.pdf`])
      expect((await bench.get(address)).status).toBe(404);
    expect((await bench.post(`/cases/${theirs.id}/physician`, form({ name: "Dr. X" }))).status).toBe(404);
    const { id: owner } = await store.accounts.local();
    const mine = await store.cases.create(owner, { title: "Another of mine" });
    expect((await bench.post(`/cases/${mine.id}/physician/${link.id}/revoke`, form({}))).status).toBe(404);
    expect((await bench.get(link.path)).status).toBe(200);
  });
});

describe("the review", () => {
  test("shows each statement with its page, and no page that nothing rests on", async () => {
    const link = await newLink();
    const as = await enter(link);
    const page = await (await bench.get(link.path, as)).text();
    for (const text of statementTexts) expect(page).toContain(text);
    const picture = /src="(\/physician\/[^"]+\/picture)"/.exec(page)![1]!;
    expect((await bench.get(picture, as)).headers.get("content-type")).toBe("image/png");
    expect((await bench.get(picture)).headers.get("content-type")).toContain("text/html");
    expect((await bench.get(picture.replace(/\/\d+\/picture/, "/99/picture"), as)).status).toBe(404);
  });

  test("the urgent box is never ticked beforehand", async () => {
    const link = await newLink();
    const page = await (await bench.get(link.path, await enter(link))).text();
    expect(page).toMatch(/<input type="checkbox" id="certified" name="certified" value="yes">/);
  });

  test("what is saved half-way is there again; nothing is signed by saving", async () => {
    const link = await newLink();
    const as = await enter(link);
    await post(link.path, as, {
      [`mark-${keyOf(statementTexts[0]!)}`]: "struck",
      signer: "Naomi",
      do: "save",
    });
    const page = await (await bench.get(link.path, as)).text();
    expect(page).toMatch(new RegExp(`id="struck-${keyOf(statementTexts[0]!)}"[^>]* checked`));
    expect(page).toContain('value="Naomi"');
  });

  test("an NPI whose check digit is wrong, and open statements, are said before anything can be signed", async () => {
    const link = await newLink();
    const as = await enter(link);
    const answer = await post(
      link.path,
      as,
      marked({ npi: "1234567894", [`mark-${keyOf(statementTexts[2]!)}`]: "" }),
    );
    expect(answer.headers.get("location")).toBe(`${link.path}?check=1`);
    const page = await (await bench.get(`${link.path}?check=1`, as)).text();
    expect(page).toContain("not a valid NPI");
    expect(page).toContain("1 of 3 statements are not marked");
    expect((await bench.get(`${link.path}/letter`, as)).headers.get("location")).toBe(`${link.path}?check=1`);
  });
});

describe("the signature", () => {
  test("other bytes than those shown are not signed", async () => {
    const link = await newLink();
    const as = await enter(link);
    await post(link.path, as, marked());
    await seen(link, as);
    const fields = { seen: "0".repeat(64), attest: "yes", typed: "Naomi T. Whitlock, MD" };
    expect((await post(`${link.path}/sign`, as, fields)).status).toBe(409);
    expect((await store.links.find(link.path.slice(11)))!.link.signedAt).toBeNull();
  });

  test("marks changed after looking make another letter: the old fingerprint no longer signs", async () => {
    const link = await newLink();
    const as = await enter(link);
    await post(link.path, as, marked());
    const before = await seen(link, as);
    await post(link.path, as, marked({ [`mark-${keyOf(statementTexts[0]!)}`]: "struck" }));
    const fields = { seen: before, attest: "yes", typed: "Naomi T. Whitlock, MD" };
    expect((await post(`${link.path}/sign`, as, fields)).status).toBe(409);
  });

  test("another name, or no attestation, signs nothing", async () => {
    const link = await newLink();
    const as = await enter(link);
    await post(link.path, as, marked());
    const hash = await seen(link, as);
    expect(
      (await post(`${link.path}/sign`, as, { seen: hash, attest: "yes", typed: "Someone Else" })).status,
    ).toBe(400);
    expect((await post(`${link.path}/sign`, as, { seen: hash, typed: "Naomi T. Whitlock, MD" })).status).toBe(
      400,
    );
  });

  test("what was seen is signed, the link is used, and a later change voids it visibly", async () => {
    const link = await newLink();
    const as = await enter(link);
    await post(link.path, as, marked({ certified: "yes" }));
    const hash = await seen(link, as);
    const shown = new Uint8Array(await (await bench.get(`${link.path}/letter.pdf`, as)).arrayBuffer());
    expect(createHash("sha256").update(shown).digest("hex")).toBe(hash);
    const fields = { seen: hash, attest: "yes", typed: "naomi t whitlock, md" };
    const both = await Promise.all([
      post(`${link.path}/sign`, as, fields),
      post(`${link.path}/sign`, as, fields),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 400]);
    await bench.workshop.idle();
    const { signed } = fold(await log.events()).afterwards;
    expect(signed).toMatchObject({ seen: hash, certified: true, signer: { npi } });
    const bytes = await log.get(signed!.blob);
    const text = pdfText(bytes);
    expect(text).toContain("BSA was 24% on that day.");
    expect(text).toContain("Corrected by me");
    expect(text).not.toContain(statementTexts[2]);
    expect(text).toContain(hash);
    if (existsSync("/usr/bin/pdfsig")) expect(pdfsig(bytes)).toContain("Signature is Valid");

    expect((await bench.get(`${link.path}/signed`, as)).status).toBe(200);
    expect((await bench.get(link.path, as)).headers.get("location")).toBe(`${link.path}/signed`);
    const used = await bench.get(link.path);
    expect([used.status, await used.text()]).toEqual([410, expect.stringContaining("signed already")]);

    const own = `/cases/${log.id}/physician`;
    expect(await (await bench.get(own)).text()).toContain("Signed by Naomi T. Whitlock, MD");
    await bench.post(`/cases/${log.id}/evidence`, form({ criterion: "c5b", status: "met", why: "Changed" }));
    await bench.workshop.idle();
    expect(await (await bench.get(own)).text()).toContain("no longer holds");
  });
});

describe("after the signature", () => {
  beforeAll(async () => {
    log = await exampleCase(store, bench);
  }, 60_000);
  const own = (path = "") => `/cases/${log.id}/physician${path}`;
  const page = async (address: string, as = {}) => (await bench.get(address, as)).text();

  async function signedLink() {
    const link = await newLink();
    const as = await enter(link);
    await bench.get(/src="(\/physician\/[^"]+\/picture)"/.exec(await page(link.path, as))![1]!, as);
    await post(link.path, as, marked());
    const fields = { seen: await seen(link, as), attest: "yes", typed: "Naomi T. Whitlock, MD" };
    expect((await post(`${link.path}/sign`, as, fields)).status).toBe(303);
    await bench.workshop.idle();
    return { link, as };
  }

  test("the record of it tells who, how, what was opened and the fingerprint", async () => {
    await signedLink();
    const { signed } = fold(await log.events()).afterwards;
    const text = pdfText(await log.get(signed!.blob));
    expect(text).toContain("Naomi T. Whitlock, MD, NPI 1234567893 (its check digit is right)");
    expect(text).toContain("A six-digit code, told apart from the link");
    expect(text).toContain("Private link made for Dr. Whitlock");
    expect(text).toMatch(/Page of the record opened: 01_dermatology-notes\.pdf, page \d/);
    expect(text).toContain("1 confirmed, 1 corrected, 1 struck");
    expect(text).toContain("The name was typed under the attestation");
    expect(signed!.word!.marks.map(({ mark, text: words }) => [mark, words])).toEqual([
      ["corrected", statementTexts[1]],
      ["struck", statementTexts[2]],
    ]);
  });

  test("a change of its words is said at once to everyone, and nothing goes out under it", async () => {
    const { link, as } = await signedLink();
    const fax = `/cases/${log.id}/send?to=0`;
    expect(await page(`/cases/${log.id}/packet`)).toContain("Signed by Naomi T. Whitlock, MD");
    expect(await page(fax)).not.toContain("no longer holds");
    const change = { letter: "physician-letter", passage: "p6", "cell-0": "Severe eczema, I say." };
    // The new draft never comes: what is said is said of the moment.
    const slow = benchOver(store, { prepare: () => new Promise<never>(() => {}), now: () => now });
    await slow.post(`/cases/${log.id}/letter`, form(change));
    const packet = await (await slow.get(`/cases/${log.id}/packet`)).text();
    expect(packet).toContain("no longer holds");
    expect(packet).not.toContain('parts/packet.pdf">');
    for (const held of ["parts/packet.pdf", "parts.zip", "send/bundle.zip?to=0"])
      expect((await slow.get(`/cases/${log.id}/${held}`)).status, held).toBe(303);
    bench.workshop.request(log);
    await bench.workshop.idle();
    expect(await page(own())).toContain("no longer holds");
    expect(await page(`${link.path}/signed`, as)).toContain("The letter changed after you signed it");
    expect(await page(link.path)).toContain("The letter changed after you signed it");
    const stamped = new Uint8Array(await (await bench.get(own("/signed.pdf"))).arrayBuffer());
    expect(pdfText(stamped)).toContain("NO LONGER HOLDS");
    expect(await page(fax)).toContain("nothing goes out under it");
    expect((await bench.post(own("/set-aside"), form({}))).status).toBe(303);
    await bench.workshop.idle();
    expect(await page(fax)).not.toContain("nothing goes out under it");
    expect((await bench.post(own("/set-aside"), form({}))).status).toBe(404);
    const taken = { letter: "physician-letter", passage: "p6", do: "restore" };
    await bench.post(`/cases/${log.id}/letter/passage`, form(taken));
    await bench.workshop.idle();
  });

  test("a new link for the same physician has what was marked; for another it has nothing", async () => {
    await signedLink();
    const again = await newLink();
    const found = await page(again.path, await enter(again));
    expect(found).toMatch(new RegExp(`id="struck-${keyOf(statementTexts[2]!)}"[^>]* checked`));
    await bench.post(own(), form({ name: "Dr. Other", days: "7" }));
    const { link } = fold(await log.events()).afterwards.links.at(-1)!;
    expect(fold(await log.events()).afterwards.reviews[link]).toBeUndefined();
    const other = await page(own());
    expect(other).toContain("Dr. Other");
  });
});

test("one tap confirms what is still open, and leaves what was marked", async () => {
  const link = await newLink();
  const as = await enter(link);
  const one = { [`mark-${keyOf(statementTexts[0]!)}`]: "struck", signer: "Naomi T. Whitlock, MD", npi };
  const answer = await post(link.path, as, { ...one, do: "rest" });
  expect(answer.headers.get("location")).toBe(`${link.path}/letter`);
  const { reviews } = fold(await log.events()).afterwards;
  expect(reviews[link.id]!.marks.map(({ text, mark }) => [text, mark])).toEqual([
    [statementTexts[0], "struck"],
    [statementTexts[1], "confirmed"],
    [statementTexts[2], "confirmed"],
  ]);
});

test("a drawn name signs without a typed one; neither signs nothing", async () => {
  const link = await newLink();
  const as = await enter(link);
  await post(link.path, as, marked());
  const hash = await seen(link, as);
  expect((await post(`${link.path}/sign`, as, { seen: hash, attest: "yes" })).status).toBe(400);
  const dot =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const fields = { seen: hash, attest: "yes", drawn: `data:image/png;base64,${dot}` };
  expect((await post(`${link.path}/sign`, as, fields)).status).toBe(303);
  await bench.workshop.idle();
});

function file(bytes: Uint8Array): string {
  const name = path.join(mkdtempSync(path.join(tmpdir(), "redress-physician-")), "signed.pdf");
  writeFileSync(name, bytes);
  return name;
}
const pdfText = (bytes: Uint8Array) =>
  execFileSync("pdftotext", [file(bytes), "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
const pdfsig = (bytes: Uint8Array) => execFileSync("pdfsig", ["-nocert", file(bytes)], { encoding: "utf8" });
