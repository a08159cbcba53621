import path from "node:path";
import axeCore from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "#case";
import { serveWorkbench } from "#web";
import { benchOptions, exampleNames, openTestStore } from "./workbench/open-bench.ts";
import { choose, goOn, openBrowser, patience, settled } from "./workbench/open-browser.ts";

const axe = axeCore.source;
const inFolder = path.resolve(import.meta.dirname, "../cases/dupilumab-step/in");
const papers = exampleNames.map((name) => path.join(inFolder, /^\d/.test(name) ? "records" : "", name));
const quick = process.env.REDRESS_QUICK === "1";
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };

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

/** A window of this size that notes what goes wrong in it: errors, and requests to anyone but us. */
async function open(
  size: keyof typeof sizes,
  more: { javaScriptEnabled?: boolean; colorScheme?: "dark" } = {},
) {
  const context = await browser.newContext({ viewport: sizes[size], baseURL: served.url, ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const wrong: string[] = [];
  page.on("pageerror", (cause) => wrong.push(String(cause)));
  page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
  page.on("request", (request) => request.url().startsWith(served.url) || wrong.push(request.url()));
  return { context, page, wrong };
}

/** What axe finds against WCAG 2.2 AA on the page as it stands, and whether it scrolls sideways. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found =
    await page.evaluate(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
    .then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")))`);
  const sideways = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
  return [...(found as string[]), ...((sideways as number) > 0 ? [`scrolls sideways by ${sideways}`] : [])];
}

async function handIn(page: Page, files: string[]): Promise<string> {
  await page.goto("/cases/new");
  await page.getByLabel("A name for this case").fill("Elena’s medicine");
  await goOn(page, () => page.getByRole("button", { name: "Go on to the papers" }).click());
  await choose(page, files);
  await page.getByRole("link", { name: "Go on: check the denial" }).waitFor({ timeout: 90_000 });
  await settled(page);
  return new URL(page.url()).pathname.replace("/papers", "");
}

async function done(context: BrowserContext, wrong: string[]): Promise<void> {
  await context.close();
  expect(wrong).toEqual([]);
}

describe.skipIf(quick)("journeys", () => {
  for (const size of ["phone", "desk"] as const) {
    test(`from the papers to the packet on a ${size}`, async () => {
      const { context, page, wrong } = await open(size);
      const press = (role: "link" | "button", name: string | RegExp) =>
        goOn(page, () => page.getByRole(role, { name }).first().click());
      await handIn(page, papers);
      await press("link", "Go on: check the denial");
      await page.getByRole("heading", { name: "What the denial says" }).waitFor();
      await press("button", "Yes, that is right (Date of the letter)");
      if (size === "phone") await press("link", "Back to all facts");
      await page.getByText("1 of 7 key facts checked").waitFor();
      await press("link", "Go on: your day to file");
      await page
        .getByLabel("On which day did the letter reach you?", { exact: true })
        .last()
        .fill("2026-10-01");
      await press("button", "Save");
      await page.getByText("Last day to file").waitFor();
      await page.getByText("March 30, 2027").first().waitFor();
      await press("link", "Go on: the evidence");
      await press("link", /Eczema Area and Severity Index/);
      await page.locator("rect.mark").first().waitFor();
      const width =
        "(() => { const img = document.querySelector('img'); return img.decode().then(() => img.naturalWidth); })()";
      expect(await page.evaluate(width)).toBeGreaterThan(500);
      if (size === "phone") await press("link", "Back to all rules");
      await press("link", "Go on: the letter");
      await page.getByText("Rests on 1").first().click();
      await page.getByText("29 CFR 2560.503-1(h)(3)(i)").first().waitFor();
      await press("link", "Take it home");
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: /Download the packet/ }).click();
      expect((await download).suggestedFilename()).toBe("packet.pdf");
      await done(context, wrong);
    }, 240_000);
  }

  test("without script: papers go in, are read, and the facts stand there", async () => {
    const { context, page, wrong } = await open("desk", { javaScriptEnabled: false });
    await page.goto("/cases/new");
    await page.getByRole("button", { name: "Go on to the papers" }).click();
    await page.locator("input[type=file]").setInputFiles(papers);
    await page.getByRole("button", { name: "Hand in these files" }).click();
    await expect
      .poll(() => page.getByRole("link", { name: "Go on: check the denial" }).count(), {
        timeout: 90_000,
        interval: 500,
      })
      .toBe(1);
    await page.getByRole("link", { name: "Go on: check the denial" }).click();
    await page.getByText("JRH555031877").waitFor();
    await done(context, wrong);
  }, 180_000);

  test("by keyboard alone: past the header, and a question answered", async () => {
    const { context, page, wrong } = await open("desk");
    const address = await handIn(page, papers);
    await page.goto(`${address}/questions/urgent`);
    await settled(page);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the main part");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    const label = () => page.evaluate("document.activeElement.id") as Promise<string>;
    for (let n = 0; n < 30 && !(await label()).startsWith("answer"); n++) await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await goOn(page, () => page.keyboard.press("Enter"));
    await page.getByRole("heading", { name: "Elena’s medicine" }).waitFor();
    const { id: owner } = await store.accounts.local();
    const log = await store.cases.open(owner, address.split("/").at(-1)!);
    expect((await log!.events()).findLast((event) => event.kind === "answer-given")).toMatchObject({
      question: "urgent",
      answer: "yes",
    });
    await done(context, wrong);
  }, 180_000);

  test("a paper that is dropped is handed in", async () => {
    const { context, page, wrong } = await open("desk");
    await page.goto("/cases/new");
    await goOn(page, () => page.getByRole("button", { name: "Go on to the papers" }).click());
    await page.evaluate(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["Notes of a visit"], "dropped note.txt", { type: "text/plain" }));
      document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    })()`);
    await page.getByText("Papers in this case (1)").waitFor();
    await page.getByText("dropped note.txt").first().waitFor();
    await done(context, wrong);
  }, 120_000);
});

describe.skipIf(quick)("every page, on a phone and at a desk, in light and dark", () => {
  const pages = [
    "/",
    "/cases/new",
    "/privacy",
    "/law",
    "/no-such-page",
    "CASE",
    "CASE/papers",
    "CASE/denial",
    "CASE/denial?fact=noticeDate",
    "CASE/deadline",
    "CASE/questions/state",
    "CASE/evidence",
    "CASE/evidence?criterion=c5b",
    "CASE/letter",
    "CASE/packet",
    "CASE/history",
    "CASE/delete",
  ];

  test("axe finds nothing, and nothing scrolls sideways", async () => {
    const first = await open("desk");
    const address = await handIn(first.page, papers);
    await first.context.close();
    const found: string[] = [];
    for (const size of ["phone", "desk"] as const) {
      for (const dark of [false, true]) {
        const { context, page } = await open(size, dark ? { colorScheme: "dark" } : {});
        for (const name of pages) {
          await page.goto(name.replace("CASE", address));
          await settled(page);
          await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
          for (const fault of await faults(page))
            found.push(`${name} ${size}${dark ? " dark" : ""} ${fault}`);
        }
        await context.close();
      }
    }
    expect(found).toEqual([]);
  }, 600_000);
});
