import axeCore from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "#case";
import { serveWorkbench } from "#web";
import { benchOptions, openTestStore } from "./workbench/open-bench.ts";
import { goOn, openBrowser, patience } from "./workbench/open-browser.ts";

const quick = process.env.REDRESS_QUICK === "1";
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
/** One of each kind of public page. */
const pages = [
  "/guides/blue-cross-blue-shield/teer-secondary-mr/step-therapy",
  "/guides/treatment/dupilumab/quantity-limit",
  "/guides/treatment/adalimumab",
  "/guides/payer/aetna",
  "/guides/reason/billing-code",
  "/guides/state/ca",
  "/guides/plan",
  "/guides/how-to/coverage-exception",
  "/es/guides/treatment/dupilumab/step-therapy",
  "/guides?reason=step-therapy&kind=drug",
  "/coverage",
  "/report",
  "/tools/deadline?plan=erisa-insured&received=2026-06-06",
  "/tools/decoder",
  "/tools/claim-file-request",
  "/tools/glossary",
];

let browser: Browser;
let store: Store;
let closeStore: () => Promise<void>;
let served: Awaited<ReturnType<typeof serveWorkbench>>;

beforeAll(async () => {
  if (quick) return;
  ({ store, close: closeStore } = await openTestStore());
  served = await serveWorkbench(benchOptions(store), { port: 0, address: "127.0.0.1" });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  if (quick) return;
  await browser.close();
  await served.close();
  await closeStore();
});

/** Run in the page: opens what is folded, asks axe, and says whether the page is wider than the window. */
const inspect = `(async () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await axe.run(document, { runOnly });
  const wide = document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [];
  return [...violations.map(({ id, nodes }) => id + " " + nodes[0].html.slice(0, 120)), ...wide];
})()`;

/** Run in the page: what the browser builds from this text, and ids that stand twice. */
const build = (html: string) => `(() => {
  const all = [...new DOMParser().parseFromString(${JSON.stringify(html).replaceAll("<", "\\u003c")}, "text/html").querySelectorAll("*")];
  const ids = all.map(({ id }) => id).filter(Boolean);
  return { tags: all.map(({ localName }) => localName), twice: ids.filter((id, at) => ids.indexOf(id) !== at) };
})()`;

describe.skipIf(quick)("public pages in a browser", () => {
  for (const size of ["phone", "desk"] as const)
    test(`on a ${size} every kind of page is clean by axe and does not scroll sideways`, async () => {
      const page = await browser.newPage({ viewport: sizes[size], baseURL: served.url });
      page.setDefaultTimeout(patience);
      const wrong: string[] = [];
      for (const address of pages) {
        await page.goto(address);
        await page.evaluate(axeCore.source);
        const found = (await page.evaluate(inspect)) as string[];
        wrong.push(...found.map((one) => `${address}: ${one}`));
      }
      await page.close();
      expect(wrong).toEqual([]);
    }, 400_000);

  test("results come while typing, and without script the same form asks for a page", async () => {
    const page = await browser.newPage({ baseURL: served.url });
    page.setDefaultTimeout(patience);
    await page.goto("/guides");
    await page.fill("#q", "aetna dupixent step therapy");
    // Results of the first letters come first.
    await page
      .locator("[data-hits] a")
      .first()
      .and(page.locator('[href="/guides/aetna/dupilumab/step-therapy"]'))
      .waitFor();
    await page.close();
    const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: served.url });
    const still = await plain.newPage();
    still.setDefaultTimeout(patience);
    await still.goto("/guides");
    await still.fill("#q", "aetna dupixent step therapy");
    await goOn(still, () => still.click("form[role=search] button"));
    expect(await still.locator(".hits a").first().getAttribute("href")).toBe(
      "/guides/aetna/dupilumab/step-therapy",
    );
    await plain.close();
  }, 240_000);

  test("what the server wrote is what the browser builds: no tag is moved, dropped or closed for us", async () => {
    const page = await browser.newPage({ baseURL: served.url });
    for (const address of pages) {
      const html = await (await page.goto(address))!.text();
      const built = (await page.evaluate(build(html))) as { tags: string[]; twice: string[] };
      const count = (tag: string) => built.tags.filter((one) => one === tag).length;
      expect(built.twice).toEqual([]);
      for (const tag of ["p", "ul", "ol", "li", "table", "tr", "td", "th", "section", "details", "a"]) {
        const opened = html.match(new RegExp(`<${tag}[\\s>]`, "g"))?.length ?? 0;
        const closed = html.match(new RegExp(`</${tag}>`, "g"))?.length ?? 0;
        expect([address, tag, closed, count(tag)]).toEqual([address, tag, opened, opened]);
      }
    }
    await page.close();
  }, 240_000);
});
