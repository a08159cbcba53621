import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "#case";
import { benchOver, openTestStore } from "./workbench/open-bench.ts";

let store: Store;
let close: () => Promise<void>;
let folder: string;
let bench: ReturnType<typeof benchOver>;

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  folder = mkdtempSync(path.join(tmpdir(), "redress-guides-web-"));
  process.env.REDRESS_REPORTS = path.join(folder, "reports.jsonl");
  bench = benchOver(store);
}, 120_000);

afterAll(async () => {
  await bench.workshop.stop();
  await close();
  rmSync(folder, { recursive: true, force: true });
  delete process.env.REDRESS_REPORTS;
});

const text = async (address: string) => (await bench.get(address)).text();
const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

describe("served guides", () => {
  const address = "/guides/treatment/dupilumab/step-therapy";

  test("come again as the same bytes with the same headers, and not at all when nothing changed", async () => {
    const [first, second] = [await bench.get(address), await bench.get(address)];
    expect(await second.text()).toBe(await first.text());
    expect(Object.fromEntries(second.headers)).toEqual(Object.fromEntries(first.headers));
    expect(second.headers.get("content-security-policy")).toContain("default-src 'none'");
    const again = await bench.get(address, { headers: { "if-none-match": second.headers.get("etag")! } });
    expect(again.status).toBe(304);
  });

  test("are not served to a name that is not ours, also when they are ready", async () => {
    expect((await bench.get(address, { headers: { host: "evil.example" } })).status).toBe(421);
  });

  test("an old name leads to the guide, nonsense leads nowhere", async () => {
    const old = await bench.get("/guides/blue-cross-blue-shield/mitraclip-secondary-mr/step-therapy");
    expect([old.status, old.headers.get("location")]).toEqual([
      301,
      "/guides/blue-cross-blue-shield/teer-secondary-mr/step-therapy",
    ]);
    const process = await bench.get("/guides/blue-cross-blue-shield/coverage-exception/medical-necessity");
    expect(process.headers.get("location")).toBe("/guides/how-to/coverage-exception");
    expect((await bench.get("/guides/xyzzy/plugh")).status).toBe(404);
  });

  test("the search understands a nickname, a brand and a slip of the pen, and Spanish words", async () => {
    const first = async (words: string) =>
      (
        (await (await bench.get(`/guides/search.json?q=${encodeURIComponent(words)}`)).json()) as {
          hits: { path: string }[];
        }
      ).hits[0]?.path;
    expect(await first("blue cross denied mitraclip step therapy")).toBe(
      "/guides/blue-cross-blue-shield/teer-secondary-mr/step-therapy",
    );
    expect(await first("dupixnt aetna medical necessity")).toContain("dupilumab/medical-necessity");
    expect(await first("ozempic terapia escalonada")).toContain("/step-therapy");
  });

  test("facets narrow the list without script", async () => {
    const page = await text("/guides?reason=step-therapy&kind=drug&payer=aetna");
    expect(page).toContain('href="/guides/aetna/dupilumab/step-therapy"');
    expect(page).not.toContain('href="/guides/aetna/dupilumab/medical-necessity"');
  });

  test("sitemaps, feed, coverage and the summary for machines name what is there", async () => {
    expect(await text("/sitemap.xml")).toContain("/sitemaps/1.xml");
    expect(await text("/sitemaps/1.xml")).toContain('hreflang="es"');
    expect(await text("/guides/feed.xml")).toMatch(/<entry .*<updated>20\d\d-/);
    expect(await text("/coverage")).toContain("read whole");
    expect(await text("/llms.txt")).toContain("/guides/reason/step-therapy");
    expect((await bench.get("/sitemaps/99.xml")).status).toBe(404);
  });

  test("one tap leads to a new case that carries the guide's names, and unknown names are left out", async () => {
    const page = await text("/start?payer=aetna&treatment=dupilumab&reason=step-therapy");
    expect(page).toContain("Dupixent, for step therapy, Aetna");
    expect(await text("/start?payer=%3Cscript%3E")).not.toContain("<script>");
  });
});

describe("free tools", () => {
  test("the decoder reads a letter that was dropped as a file, without script and without keeping it", async () => {
    const letter =
      "Dear Member,\nWe denied your request for Dupixent (dupilumab). You must try and fail a topical corticosteroid first. This is step therapy. You may appeal within 180 days of this letter. Ref Zebulon Quick.\n";
    const body = new FormData();
    body.set("words", "");
    body.set("paper", new File([letter], "denial.txt", { type: "text/plain" }));
    const coded = new Response(body);
    const answer = await bench.post("/tools/decoder", {
      body: new Uint8Array(await coded.arrayBuffer()),
      headers: { "content-type": coded.headers.get("content-type")! },
    });
    const page = await answer.text();
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(page).toContain("Denied for step therapy");
    expect(page).toContain("/guides/treatment/dupilumab/step-therapy");
    expect(await text("/tools/decoder")).not.toContain("Zebulon");
  });

  test("the decoder refuses a form that is larger than a letter, and says so", async () => {
    const answer = await bench.post("/tools/decoder", form({ words: "x".repeat(10_000_001) }));
    expect(await answer.text()).toContain("more than this tool takes");
  });

  test("the decoder answers a code and keeps nothing", async () => {
    const answer = await bench.post("/tools/decoder", form({ words: "CARC 50 for Zebulon Quick 19-555-22" }));
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toContain("CARC 50");
    expect(bench.lines.join("\n")).not.toContain("Zebulon");
    expect(await text("/tools/decoder")).not.toContain("Zebulon");
  });

  test("the dates come with a calendar file and without script", async () => {
    const page = await text(
      "/tools/deadline?plan=erisa-insured&dated=2026-06-01&received=2026-06-06&timing=pre-service",
    );
    expect(page).toContain("2026-12-03");
    expect(page).not.toMatch(/<script/);
  });

  test("a request letter carries what was typed, made safe, and is kept nowhere", async () => {
    const answer = await bench.post("/tools/claim-file-request", form({ name: "<b>Ada Invented</b>" }));
    expect(await answer.text()).toContain("&lt;b&gt;Ada Invented");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  test("a report of an error is kept as one line without address, telephone or member number", async () => {
    const words = "Row 2 is wrong. Ask me at ada@example.org, 202-555-0133, member XYZ123456.";
    const guide = await text("/guides/reason/billing-code");
    const fact = /\/report\?fact=([^"]+)"/.exec(guide)![1]!;
    expect(await text(`/report?fact=${fact}`)).toContain(decodeURIComponent(fact));
    const told = { guide: "/guides/reason/billing-code", fact: decodeURIComponent(fact), words };
    const answer = await bench.post("/report", form(told));
    expect(answer.status).toBe(200);
    const line = readFileSync(path.join(folder, "reports.jsonl"), "utf8");
    expect(line).toContain("Row 2 is wrong");
    expect(JSON.parse(line).fact).toBe(decodeURIComponent(fact));
    expect(line).not.toMatch(/ada@|555|XYZ123456/);
    expect((await bench.post("/report", form({ words: " " }))).status).toBe(400);
  });
});
