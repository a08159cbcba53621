import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import axeCore from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fold, type Store } from "#case";
import { serveWorkbench } from "#web";
import { benchOptions, benchOver, exampleCase, openTestStore } from "./workbench/open-bench.ts";
import { goOn, openBrowser, patience, settled } from "./workbench/open-browser.ts";
import { preparePhysicianExample } from "./workbench/physician-case.ts";

const quick = process.env.REDRESS_QUICK === "1";
/** Where pictures of the pages go when somebody wants to look at them. */
const pictures = process.env.REDRESS_PICTURES;
let browser: Browser;
let store: Store;
let close: () => Promise<void>;
let served: Awaited<ReturnType<typeof serveWorkbench>>;
let bench: ReturnType<typeof benchOver>;
let caseId: string;

beforeAll(async () => {
  if (quick) return;
  ({ store, close } = await openTestStore());
  bench = benchOver(store, { prepare: preparePhysicianExample });
  served = await serveWorkbench(benchOptions(store, { prepare: preparePhysicianExample }), {
    port: 0,
    address: "127.0.0.1",
  });
  browser = await openBrowser();
}, 120_000);
beforeEach(async () => {
  if (!quick) caseId = (await exampleCase(store, bench)).id;
}, 120_000);
afterAll(async () => {
  if (quick) return;
  await bench.workshop.stop();
  await browser.close();
  await served.close();
  await close();
});

/** What axe finds against WCAG 2.2 AA on the page as it stands, and whether it scrolls sideways. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  const found =
    await page.evaluate(`axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] })
    .then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")))`);
  const { width, height } = page.viewportSize()!;
  const sideways: string[] = [];
  for (const narrow of [width, 320]) {
    await page.setViewportSize({ width: narrow, height });
    const by = (await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) as number;
    if (by > 0) sideways.push(`scrolls sideways by ${by} at ${narrow}`);
  }
  await page.setViewportSize({ width, height });
  return [...(found as string[]), ...sideways];
}

async function look(page: Page, name: string): Promise<void> {
  await settled(page);
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  expect(await faults(page), name).toEqual([]);
}

const press = (page: Page, name: string) => goOn(page, () => page.getByRole("button", { name }).click());

async function open(javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    baseURL: served.url,
    javaScriptEnabled,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  return page;
}

async function link(): Promise<{ address: string; code: string }> {
  const page = await open(true);
  await page.goto(`/cases/${caseId}/physician`);
  await page.getByLabel("Name of the physician").fill("Naomi T. Whitlock, MD");
  await press(page, "Make the link");
  await page.getByRole("heading", { name: "is ready" }).waitFor();
  await look(page, "owner-link");
  const address = (await page.locator("code.break").textContent())!;
  const code = (await page.locator(".code code").textContent())!;
  await page.context().close();
  return { address: new URL(address).pathname, code };
}

async function enter(page: Page, { address, code }: { address: string; code: string }): Promise<void> {
  await page.goto(address);
  await page.getByLabel("Six-digit code").fill(code);
  await press(page, "Open the letter");
  await page.getByText("Statement 1 of 3").waitFor();
}

async function mark(page: Page): Promise<void> {
  await page.getByLabel("Confirm: true as written").nth(0).check();
  await page.getByLabel("Correct: use my words below").nth(1).check();
  await page.getByLabel("Your words, if you correct it").nth(1).fill("BSA was 24% on that day.");
  await page.getByLabel("Strike: leave it out").nth(2).check();
  await page.getByLabel("Your name, as on your license").fill("Naomi T. Whitlock, MD");
  await page.getByLabel("Your NPI").fill("1234567893");
}

describe.skipIf(quick)("a physician signs on a phone", () => {
  test("from the link to a signature that an independent reader calls valid", async () => {
    const made = await link();
    const page = await open(true);
    const wrong: string[] = [];
    page.on("pageerror", (cause) => wrong.push(String(cause)));
    page.on("console", (line) => line.type() === "error" && wrong.push(line.text()));
    await page.goto(made.address);
    await look(page, "code");
    await enter(page, made);
    await page.locator(".evidence-page summary").first().click();
    const seen = page.locator(".evidence-page[open] img").first();
    await expect
      .poll(() => seen.evaluate((img: { naturalWidth: number }) => img.naturalWidth), { timeout: patience })
      .toBeGreaterThan(0);
    await look(page, "review");
    await mark(page);
    await press(page, "Show the finished letter");
    await page.getByRole("heading", { name: "Read it, then sign" }).waitFor();
    await page.getByLabel("I am the treating physician").check();
    await page.getByLabel("Type your name to sign").fill("Naomi T. Whitlock, MD");
    const pad = page.locator("canvas");
    await pad.scrollIntoViewIfNeeded();
    const at = (await pad.boundingBox())!;
    await page.mouse.move(at.x + 30, at.y + 60);
    await page.mouse.down();
    for (let step = 1; step < 12; step++)
      await page.mouse.move(at.x + 30 + step * 22, at.y + 50 + (step % 3) * 18);
    await page.mouse.up();
    await look(page, "sign");
    await press(page, "Sign the letter");
    await page.getByRole("heading", { name: "The letter is signed" }).waitFor();
    await look(page, "signed");
    await page.context().close();
    expect(wrong).toEqual([]);

    const { id: owner } = await store.accounts.local();
    const log = (await store.cases.open(owner, caseId))!;
    const { signed } = fold(await log.events()).afterwards;
    const file = path.join(mkdtempSync(path.join(tmpdir(), "redress-signed-")), "signed.pdf");
    writeFileSync(file, await log.get(signed!.blob));
    if (pictures) execFileSync("pdftoppm", ["-r", "70", "-png", file, path.join(pictures, "signed-letter")]);
    if (existsSync("/usr/bin/pdfsig"))
      expect(execFileSync("pdfsig", ["-nocert", file], { encoding: "utf8" })).toContain("Signature is Valid");
  }, 300_000);

  test("four taps beside the code and the name: nothing to type that the letter knows", async () => {
    const made = await link();
    const page = await open(true);
    await page.goto(made.address);
    let taps = 0;
    const tap = async (name: string) => {
      taps++;
      await press(page, name);
    };
    await page.getByLabel("Six-digit code").fill(made.code);
    await tap("Open the letter");
    await page.getByText("Statement 1 of 3").waitFor();
    expect(await page.getByLabel("Your name, as on your license").inputValue()).toBe("Naomi T. Whitlock, MD");
    expect(await page.getByLabel("Your NPI").inputValue()).toBe("1234567893");
    await tap("Confirm the rest, and show the letter");
    await page.getByRole("heading", { name: "Read it, then sign" }).waitFor();
    taps++;
    await page.getByLabel("I am the treating physician").check();
    await page.getByLabel("Type your name to sign").fill("Naomi T. Whitlock, MD");
    await tap("Sign the letter");
    await page.getByRole("heading", { name: "The letter is signed" }).waitFor();
    expect(taps).toBe(4);
    await page.context().close();
  }, 300_000);

  test("a drawn name is enough; once the letter changes, every page says that it no longer holds", async () => {
    const made = await link();
    const page = await open(true);
    await enter(page, made);
    await mark(page);
    await press(page, "Show the finished letter");
    await page.getByLabel("I am the treating physician").check();
    const pad = page.locator("canvas");
    await pad.scrollIntoViewIfNeeded();
    const at = (await pad.boundingBox())!;
    await page.mouse.move(at.x + 30, at.y + 60);
    await page.mouse.down();
    await page.mouse.move(at.x + 200, at.y + 90, { steps: 5 });
    await page.mouse.up();
    await press(page, "Sign the letter");
    await page.getByRole("heading", { name: "The letter is signed" }).waitFor();

    const owner = await open(true);
    await owner.goto(`/cases/${caseId}/letter?which=physician-letter`);
    // Signing set the drafting going; the page loads anew when it ends.
    await settled(owner);
    const row = owner.locator("tr", { hasText: "Severe atopic dermatitis" });
    await row.locator("summary", { hasText: "Change the words" }).click();
    await row.locator("textarea").first().fill("Severe eczema.");
    await goOn(owner, () => row.getByRole("button", { name: "Save" }).click());
    await owner.locator("tr", { hasText: "Severe eczema." }).waitFor();
    for (const [name, address] of Object.entries({
      owner: "physician",
      packet: "packet",
      fax: "send?to=0",
    })) {
      await owner.goto(`/cases/${caseId}/${address}`);
      await owner
        .getByText(/no longer holds/)
        .first()
        .waitFor();
      await look(owner, `void-${name}`);
    }
    await page.goto(made.address);
    await page.getByText("The letter changed after you signed it.").waitFor();
    await look(page, "void-physician");
    await page.context().close();
    await owner.context().close();
  }, 240_000);

  test("the same without script, with the typed name", async () => {
    const made = await link();
    const page = await open(false);
    await enter(page, made);
    await mark(page);
    await press(page, "Show the finished letter");
    await page.getByLabel("I am the treating physician").check();
    await page.getByLabel("Type your name to sign").fill("Naomi T. Whitlock, MD");
    await press(page, "Sign the letter");
    await page.getByRole("heading", { name: "The letter is signed" }).waitFor();
    await page.context().close();
  }, 240_000);

  test("the pages of sending and of what follows are whole and accessible on a phone", async () => {
    const page = await open(true);
    for (const [name, address] of Object.entries({
      owner: "physician",
      send: "send",
      fax: "send?to=0",
      mail: "send?to=1",
      after: "after",
    })) {
      await page.goto(`/cases/${caseId}/${address}`);
      await look(page, name);
    }
    await page.getByText("Write down a call").click();
    await page.getByText("The answer came").click();
    await look(page, "after-open");
    await page.context().close();
  }, 240_000);
});
