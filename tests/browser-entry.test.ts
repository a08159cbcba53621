/** Ways into a case in a real browser: from a guide in one tap, and over the payment company's site and back. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fold, type Store } from "#case";
import { openOrderBook, serveWorkbench } from "#web";
import { benchOptions, exampleNames, openTestStore, paperPath } from "./workbench/open-bench.ts";
import { choose, goOn, openBrowser, patience } from "./workbench/open-browser.ts";

const quick = process.env.REDRESS_QUICK === "1";
let browser: Browser;
let store: Store;
let closeStore: () => Promise<void>;
let served: Awaited<ReturnType<typeof serveWorkbench>>;
let company: ReturnType<typeof createServer>;
const orders = openOrderBook(null);

beforeAll(async () => {
  if (quick) return;
  ({ store, close: closeStore } = await openTestStore());
  // The payment company's page: another site, with a link back to where it was told.
  company = createServer((request, response) => {
    const { searchParams } = new URL(request.url!, "http://x");
    response.setHeader("content-type", "text/html");
    response.end(`<title>Pay</title><a href="${searchParams.get("back")}">Pay now</a>`);
  });
  await new Promise<void>((resolve) => company.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(company.address() as AddressInfo).port}`;
  const charges = {
    pricing: { list: 4000, codes: [], hardship: true },
    orders,
    payments: {
      checkout: async (_order: unknown, back: { done: string }) =>
        `${at}/?back=${encodeURIComponent(back.done)}`,
      refund: async () => {},
      read: async () => null,
    },
  };
  const options = benchOptions(store, { charges, mode: "hosted" });
  served = await serveWorkbench(options, { port: 0, address: "127.0.0.1" });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  if (quick) return;
  await browser.close();
  await served.close();
  await new Promise((resolve) => company.close(resolve));
  await closeStore();
});

describe.skipIf(quick)("handing in papers", () => {
  test("without network, and after the session has ended, says which file did not go; then it can be tried again", async () => {
    const context = await browser.newContext({ baseURL: served.url });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill("offline@example.org");
    await page.getByLabel("Password").fill("a long password of theirs");
    await goOn(page, () => page.getByRole("button", { name: "Make an account" }).click());
    expect(page.url()).toBe(`${served.url}/`);
    await page.goto("/cases/new");
    await goOn(page, () => page.getByRole("button", { name: "Go on to the papers" }).click());
    const handIn = () => choose(page, [paperPath("denial-letter.pdf")]);

    await context.setOffline(true);
    await handIn();
    await page.getByText("Not sent, please try again: denial-letter.pdf").waitFor();
    await context.setOffline(false);

    const cookies = await context.cookies();
    await context.clearCookies();
    await handIn();
    await page.getByText("Not sent, please try again: denial-letter.pdf").nth(1).waitFor();
    await context.addCookies(cookies);
    await handIn();
    await page.getByText("Papers in this case (1)").waitFor();
    await context.close();
  }, 240_000);
});

describe.skipIf(quick)("into a case", () => {
  test("from a guide in one tap, then over the payment company's site to the packet", async () => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      baseURL: served.url,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill("elena@example.org");
    await page.getByLabel("Password").fill("a long password of hers");
    await goOn(page, () => page.getByRole("button", { name: "Make an account" }).click());
    expect(page.url()).toBe(`${served.url}/`);

    await page.goto("/guides/treatment/dupilumab/step-therapy");
    await goOn(page, () => page.getByRole("link", { name: "Start my appeal" }).last().click());
    await page.getByRole("heading", { name: "Your papers" }).waitFor();
    await page.getByText("Dupixent · Other treatment must come first").waitFor();
    await choose(page, exampleNames.map(paperPath));
    await page.getByRole("link", { name: "Go on: check the denial" }).waitFor({ timeout: 90_000 });
    const address = new URL(page.url()).pathname.replace("/papers", "");

    await page.goto(`${address}/packet`);
    await goOn(page, () => page.getByRole("link", { name: "Pay, use a code, or ask for it free" }).click());
    await goOn(page, () => page.getByRole("button", { name: "Go on" }).click());
    await goOn(page, () => page.getByRole("link", { name: /Pay \$40.00/ }).click());
    // The rule that forms go to us only must not stop the way out; the cookie must be there on the way back.
    await goOn(page, () => page.getByRole("link", { name: "Pay now" }).click());
    await page.getByText("Not paid yet").waitFor();
    const [order] = orders.ofCase(address.split("/").at(-1)!);
    const line = orders.get(order!.id)!;
    await orders.put({ ...line, order: { ...line.order, status: "paid" } });
    await page.reload();
    await page.getByText("Paid. Thank you.").waitFor();
    await goOn(page, () => page.getByRole("link", { name: "Back to the packet" }).click());
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /Download the packet/ }).click();
    expect((await download).suggestedFilename()).toBe("packet.pdf");
    const log = await store.cases.open(line.account, line.forCase);
    expect(fold(await log!.events()).chosen).toEqual({ treatment: "dupilumab", reason: "step-therapy" });
    await context.close();
  }, 240_000);
});
