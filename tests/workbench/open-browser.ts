import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";

/** How long anything on a page may take, in milliseconds: on a busy machine with two cores a page takes seconds. */
export const patience = 45_000;

/** The browser that the tests drive: the machine's own, without a screen and without errands of its own. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    timeout: 120_000,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

const atRest = "document.readyState === 'complete' && !document.querySelector('[data-progress]')";

/**
 * Waits until the page is whole and no work is under way for its case. Before that it may load anew at any moment, and a
 * click that comes then is lost.
 */
export async function settled(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(atRest).catch(() => false), { timeout: patience, interval: 50 })
    .toBe(true);
}

/** Presses what leads to another page, and waits until that page has come and stands still. */
export async function goOn(page: Page, press: () => Promise<unknown>): Promise<void> {
  await settled(page);
  await page.evaluate("window.isTheOneBefore = true");
  await press();
  await expect
    .poll(() => page.evaluate(`!window.isTheOneBefore && ${atRest}`).catch(() => false), {
      timeout: patience,
      interval: 50,
    })
    .toBe(true);
}

/** Chooses files, once the page's script listens to the choice. */
export async function choose(page: Page, files: string[]): Promise<void> {
  await page.locator(".with-script input[type=file]").setInputFiles(files);
}
