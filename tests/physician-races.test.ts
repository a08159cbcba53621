/** Two at once: a physician and an owner, two taps, two devices, a program that stops. */
import { beforeEach, describe, expect, test } from "vitest";
import { mostWrongCodes } from "#case";
import { form } from "./workbench/open-bench.ts";
import { marked, pdfText, physicianDesk } from "./workbench/physician-desk.ts";

const desk = physicianDesk();
beforeEach(() => desk.newCase(), 120_000);

const change = () =>
  form({ letter: "physician-letter", passage: "p6", "cell-0": "Severe eczema, says the owner." });
const letterAt = () => `/cases/${desk.log.id}/letter`;

describe("while a physician signs", () => {
  test("the owner changes the letter after it was looked at: nothing is signed, and the link still opens", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    const fields = await desk.toSign(link, as);
    await desk.bench.post(letterAt(), change());
    const answer = await desk.post(`${link.path}/sign`, as, fields);
    expect([answer.status, (await desk.state()).afterwards.signed]).toEqual([303, null]);
    expect(answer.headers.get("location")).toBe(`${link.path}?check=1`);
    expect(await desk.page(link.path, as)).toContain("Severe eczema, says the owner.");
    await desk.bench.workshop.idle();
  }, 120_000);

  test("both at the same moment: whoever comes second is told, and no signature stands under other words", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    const fields = await desk.toSign(link, as);
    const [signing] = await Promise.all([
      desk.post(`${link.path}/sign`, as, fields),
      desk.bench.post(letterAt(), change()),
    ]);
    await desk.bench.workshop.idle();
    const { signed } = (await desk.state()).afterwards;
    const own = await desk.page(`/cases/${desk.log.id}/physician`);
    if (signed === null) expect(own).not.toContain("Signed by");
    else {
      expect(signing.headers.get("location")).toBe(`${link.path}/signed`);
      expect(own).toContain("no longer holds");
      expect(pdfText(await desk.log.get(signed.blob))).not.toContain("says the owner");
    }
  }, 120_000);

  test("two devices with one link sign once; the other is told that it was signed", async () => {
    const link = await desk.newLink();
    const [one, other] = [await desk.enter(link), await desk.enter(link)];
    const fields = await desk.toSign(link, one);
    expect((await desk.post(`${link.path}/sign`, one, fields)).status).toBe(303);
    const late = await desk.post(`${link.path}/sign`, other, fields);
    expect(late.status).toBe(410);
    expect(await late.text()).toContain("signed already");
    const marks = await desk.post(link.path, other, marked());
    expect(marks.status).toBe(410);
    expect((await desk.log.events()).filter(({ kind }) => kind === "letter-signed")).toHaveLength(1);
    await desk.bench.workshop.idle();
  }, 120_000);

  test("the owner withdraws the link at the last moment: nothing is signed", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    const fields = await desk.toSign(link, as);
    await desk.bench.post(`/cases/${desk.log.id}/physician/${link.id}/revoke`, form({}));
    expect((await desk.post(`${link.path}/sign`, as, fields)).status).toBe(410);
    expect((await desk.state()).afterwards.signed).toBeNull();
  }, 120_000);

  test("the program stops between using up the link and writing it down: it says that nothing is signed", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.toSign(link, as);
    await desk.store.links.use(link.id);
    const page = await desk.page(link.path, as);
    expect(page).toContain("Signing was interrupted, and nothing is signed");
    expect(page).not.toContain("signed already");
    const again = await desk.newLink();
    const found = await desk.page(again.path, await desk.enter(again));
    expect(found).toContain("BSA was 24% on that day.");
  }, 120_000);
});

test("many wrong codes at once are no more tries than one after the other", async () => {
  const link = await desk.newLink();
  const wrong = link.code === "000000" ? "000001" : "000000";
  const tries = Array.from({ length: 9 }, () => desk.bench.post(`${link.path}/code`, form({ code: wrong })));
  const told = (await Promise.all(tries)).map(({ status }) => status);
  expect(told.filter((status) => status === 401).length).toBeLessThan(mostWrongCodes);
  expect((await desk.bench.post(`${link.path}/code`, form({ code: link.code }))).status).toBe(410);
}, 120_000);
