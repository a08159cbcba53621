import path from "node:path";
import axeCore from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { editLetters, type Store } from "#case";
import { type Prepare, serveWorkbench } from "#web";
import { prepareExample } from "./workbench/case-file.ts";
import { benchOptions, benchOver, exampleCase, openTestStore } from "./workbench/open-bench.ts";
import { goOn, openBrowser, patience, settled } from "./workbench/open-browser.ts";

const quick = process.env.REDRESS_QUICK === "1";
/** Where pictures of the pages go when somebody wants to look at them. */
const pictures = process.env.REDRESS_PICTURES;

/** What a draft waits for before it is made. */
let gate = Promise.resolve();

const prepare: Prepare = async (given) => {
  await gate;
  const made = await prepareExample({ ...given, review: { ...given.review, edits: [] } });
  const drafted = made.file.letters;
  return { ...made, file: { ...made.file, drafted, letters: editLetters(drafted, given.review.edits) } };
};

let browser: Browser;
let store: Store;
let close: () => Promise<void>;
let served: Awaited<ReturnType<typeof serveWorkbench>>;
let bench: ReturnType<typeof benchOver>;
let letter: string;

beforeAll(async () => {
  if (quick) return;
  ({ store, close } = await openTestStore());
  bench = benchOver(store, { prepare });
  served = await serveWorkbench(benchOptions(store, { prepare }), { port: 0, address: "127.0.0.1" });
  browser = await openBrowser();
}, 120_000);
beforeEach(async () => {
  if (!quick) letter = `/cases/${(await exampleCase(store, bench)).id}/letter`;
}, 120_000);
afterAll(async () => {
  if (quick) return;
  await bench.workshop.stop();
  await browser.close();
  await served.close();
  await close();
});

async function open({ script = true, width = 390, height = 844 } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    baseURL: served.url,
    javaScriptEnabled: script,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  return page;
}

/** What axe finds against WCAG 2.2 AA, and whether the page scrolls sideways; on a narrow phone too. */
async function look(page: Page, name: string): Promise<void> {
  await settled(page);
  if (pictures) await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  await page.evaluate(axeCore.source);
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] })
    .then(({ violations }) => violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")))`,
  );
  expect(found, name).toEqual([]);
  const before = page.viewportSize()!;
  for (const width of [before.width, 320]) {
    await page.setViewportSize({ width, height: before.height });
    const sideways = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(sideways, `${name} at ${width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(before);
}

const passage = (page: Page, text: string) => page.locator(".passage", { hasText: text }).first();
const tools = async (page: Page, text: string) => {
  const found = passage(page, text);
  if ((await found.locator("details.edit[open]").count()) === 0)
    await found.locator("summary", { hasText: "Change the words" }).click();
  return found;
};
const order = (page: Page) =>
  page.locator(".letter .passage").evaluateAll((all) => all.map(({ id }) => id.replace("passage-", "")));

describe.skipIf(quick)("a person works on the letter", () => {
  test("what new words rest on is told while they are typed, and when the field is left; the page stays", async () => {
    const page = await open();
    await page.goto(letter);
    await page.evaluate("window.stays = true");
    const ask = await tools(page, "I appeal the denial");
    const words = ask.locator("textarea[name=text]").first();
    await words.fill("I appeal the denial of January 3, 2031 and ask that you approve dupilumab.");
    const told = ask.locator("[data-checked]").first();
    await told.getByText("January 3, 2031, which none of its supports holds").waitFor();
    await look(page, "typed");
    await words.fill("I appeal the denial of dupilumab.");
    await words.blur();
    await told.getByText("stands on a page it rests on").waitFor();
    expect(await page.evaluate("window.stays")).toBe(true);
    const own = ask.locator("textarea").last();
    await own.fill("I lost 9 kg.");
    await ask.getByText("rests on your word alone").waitFor();
    await page.context().close();
  }, 240_000);

  test("a passage moves key by key, keeps the focus, and goes back", async () => {
    const page = await open();
    await page.goto(letter);
    const drafted = await order(page);
    const ask = await tools(page, "I appeal the denial");
    await ask.getByRole("button", { name: "Move up" }).focus();
    const [before, at] = [drafted.filter((id) => id !== "ask"), drafted.indexOf("ask")];
    for (const place of [at - 1, at - 2]) {
      await goOn(page, () => page.keyboard.press("Enter"));
      expect(await order(page)).toEqual(before.toSpliced(place, 0, "ask"));
      await page.locator("button:focus", { hasText: "Move up" }).waitFor();
    }
    await look(page, "moved");
    await goOn(page, () => page.getByRole("button", { name: "Take it back" }).click());
    expect(await order(page)).toEqual(drafted);
    await page.context().close();
  }, 240_000);

  test("every kind of change stands on the list with before and after, on a phone and on a desk", async () => {
    for (const size of [{}, { width: 1280, height: 900 }]) {
      const page = await open(size);
      await page.goto(letter);
      const save = async (name: string, press: () => Promise<void>) => {
        await goOn(page, press);
        await look(page, `${name}-${page.viewportSize()!.width}`);
      };
      const ask = await tools(page, "I appeal the denial");
      await ask.locator("textarea[name=text]").first().fill("I appeal and ask that you approve it.");
      await save("edited", () => ask.getByRole("button", { name: "Save" }).click());
      const dear = await tools(page, "To the appeals reviewer:");
      await dear.locator("textarea").last().fill("I write for my daughter.");
      await save("added", () => dear.getByRole("button", { name: "Add", exact: true }).click());
      expect(await passage(page, "I write for my daughter.").getByText("Your words").isVisible()).toBe(true);
      const re = await tools(page, "RE: Elena");
      await goOn(page, () => re.getByRole("button", { name: "Leave it out" }).click());
      await page.getByText("Left out.").waitFor();
      await page.goto(`${letter}/changes`);
      await look(page, `changes-${page.viewportSize()!.width}`);
      for (const what of ["Words changed", "Added", "Left out"])
        await page.getByRole("heading", { name: what }).waitFor();
      for (const button of await page.getByRole("button", { name: "Take this change back" }).all()) {
        expect(await button.textContent()).toMatch(/: /);
      }
      while ((await page.getByRole("button", { name: "Take this change back" }).count()) > 0)
        await goOn(page, () => page.getByRole("button", { name: "Take this change back" }).first().click());
      await page.context().close();
    }
  }, 300_000);

  test("what is unfolded stays so when the page loads anew because the letters are drafted", async () => {
    const page = await open();
    await page.goto(letter);
    const { promise, resolve: release } = Promise.withResolvers<void>();
    onTestFinished(() => release());
    gate = promise;
    await (await tools(page, "RE: Elena")).getByRole("button", { name: "Leave it out" }).click();
    await page.locator("[data-progress]").waitFor();
    await page.evaluate("window.stays = true");
    const rests = page.locator("details.rests").last();
    await rests.locator("summary").click();
    release();
    await expect
      .poll(() => page.evaluate("window.stays").catch(() => true), { timeout: patience })
      .toBe(undefined);
    await settled(page);
    expect(await rests.getAttribute("open")).toBe("");
    expect(await page.locator("details[open]").count()).toBe(1);
    await page.context().close();
  }, 240_000);

  test("without script: saving tells what rests on nothing, and a passage moves", async () => {
    const page = await open({ script: false });
    await page.goto(letter);
    const ask = await tools(page, "I appeal the denial");
    await ask.locator("textarea[name=text]").first().fill("I appeal the denial of January 3, 2031.");
    await ask.getByRole("button", { name: "Save" }).click();
    await passage(page, "January 3, 2031").getByText("which none of its supports holds").waitFor();
    await (await tools(page, "January 3, 2031")).getByRole("button", { name: "Move up" }).click();
    await page.getByText("Moved.").waitFor();
    await page.waitForLoadState();
    expect((await order(page)).slice(4, 6)).toEqual(["ask", "dear"]);
    await page.context().close();
  }, 240_000);
});
