import { describe, expect, test } from "vitest";
import { mostWrongCodes } from "#case";
import { benchOver, form } from "./workbench/open-bench.ts";
import { statementTexts } from "./workbench/physician-case.ts";
import { keyOf, marked, npi, physicianDesk } from "./workbench/physician-desk.ts";

const desk = physicianDesk();

describe("a private link", () => {
  test("asks for the code first and says nothing of the case before", async () => {
    const link = await desk.newLink();
    const answer = await desk.bench.get(link.path);
    const page = await answer.text();
    expect(page).toContain("Six-digit code");
    expect(page).not.toContain("Marsh");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(desk.bench.lines.join("\n")).not.toContain(link.path.slice(12));
  });

  test("the cookie holds below the link only and is out of reach of scripts", async () => {
    const link = await desk.newLink();
    const answer = await desk.bench.post(`${link.path}/code`, form({ code: link.code }));
    expect(answer.headers.get("set-cookie")).toContain(`Path=${link.path}`);
    expect(answer.headers.get("set-cookie")).toContain("HttpOnly");
  });

  test("one link's cookie does not open another link", async () => {
    const [one, other] = [await desk.newLink(), await desk.newLink()];
    expect(await (await desk.bench.get(other.path, await desk.enter(one))).text()).toContain(
      "Six-digit code",
    );
  });

  test("closes after five wrong codes, even for the right one", async () => {
    const link = await desk.newLink();
    const wrong = link.code === "000000" ? "000001" : "000000";
    for (let tried = 1; tried < mostWrongCodes; tried++) {
      const answer = await desk.bench.post(`${link.path}/code`, form({ code: wrong }));
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain(`Tries left: ${mostWrongCodes - tried}`);
    }
    expect((await desk.bench.post(`${link.path}/code`, form({ code: wrong }))).status).toBe(410);
    const after = await desk.bench.post(`${link.path}/code`, form({ code: link.code }));
    expect(after.status).toBe(410);
    expect(await after.text()).toContain("wrong too often");
  });

  test("expires by the clock, a moment before it still opens", async () => {
    const link = await desk.newLink("1");
    desk.now = new Date("2026-10-13T14:59:59Z");
    expect((await desk.bench.get(link.path)).status).toBe(200);
    desk.now = new Date("2026-10-13T15:00:00Z");
    const answer = await desk.bench.get(link.path);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("expired");
  });

  test("can be withdrawn, also from under a physician who has opened it", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.bench.post(`/cases/${desk.log.id}/physician/${link.id}/revoke`, form({}));
    const answer = await desk.bench.get(link.path, as);
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain("withdrawn");
  });

  test("an address that was never made is not found, with the next step", async () => {
    const answer = await desk.bench.get(`/physician/${"a".repeat(32)}`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("Ask the person who sent it for a new one");
  });

  test("opens without an account where others must sign in, and opens nothing else there", async () => {
    const link = await desk.newLink();
    const hosted = benchOver(desk.store, { mode: "hosted", now: () => desk.now });
    const answer = await hosted.post(`${link.path}/code`, form({ code: link.code }));
    const as = { headers: { cookie: answer.headers.get("set-cookie")!.split(";")[0]! } };
    expect(await (await hosted.get(link.path, as)).text()).toContain("Statement 1 of 3");
    expect((await hosted.get(`/cases/${desk.log.id}`, as)).headers.get("location")).toMatch(/^\/sign-in/);
    await hosted.workshop.stop();
  });

  test("another person's case gives no page, no link and no signed letter", async () => {
    const stranger = (await desk.store.accounts.register("other@example.org", "a long password of theirs"))!;
    const theirs = await desk.store.cases.create(stranger.id, { title: "Theirs" });
    const link = await desk.newLink();
    for (const address of [`/cases/${theirs.id}/physician`, `/cases/${theirs.id}/physician/signed.pdf`])
      expect((await desk.bench.get(address)).status).toBe(404);
    expect((await desk.bench.post(`/cases/${theirs.id}/physician`, form({ name: "Dr. X" }))).status).toBe(
      404,
    );
    const { id: owner } = await desk.store.accounts.local();
    const mine = await desk.store.cases.create(owner, { title: "Another of mine" });
    expect((await desk.bench.post(`/cases/${mine.id}/physician/${link.id}/revoke`, form({}))).status).toBe(
      404,
    );
    expect((await desk.bench.get(link.path)).status).toBe(200);
  });
});

describe("the review", () => {
  test("shows each statement with its page, and no page that nothing rests on", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    const page = await (await desk.bench.get(link.path, as)).text();
    for (const text of statementTexts) expect(page).toContain(text);
    const picture = /src="(\/physician\/[^"]+\/picture)"/.exec(page)![1]!;
    expect((await desk.bench.get(picture, as)).headers.get("content-type")).toBe("image/png");
    expect((await desk.bench.get(picture)).headers.get("content-type")).toContain("text/html");
    expect((await desk.bench.get(picture.replace(/\/\d+\/picture/, "/99/picture"), as)).status).toBe(404);
  });

  test("the urgent box is never ticked beforehand", async () => {
    const link = await desk.newLink();
    const page = await (await desk.bench.get(link.path, await desk.enter(link))).text();
    expect(page).toMatch(/<input type="checkbox" id="certified" name="certified" value="yes">/);
  });

  test("what is saved half-way is there again; nothing is signed by saving", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    await desk.post(link.path, as, {
      [`mark-${keyOf(statementTexts[0]!)}`]: "struck",
      signer: "Naomi",
      do: "save",
    });
    const page = await (await desk.bench.get(link.path, as)).text();
    expect(page).toMatch(new RegExp(`id="struck-${keyOf(statementTexts[0]!)}"[^>]* checked`));
    expect(page).toContain('value="Naomi"');
  });

  test("an NPI whose check digit is wrong, and open statements, are said before anything can be signed", async () => {
    const link = await desk.newLink();
    const as = await desk.enter(link);
    const answer = await desk.post(
      link.path,
      as,
      marked({ npi: "1234567894", [`mark-${keyOf(statementTexts[2]!)}`]: "" }),
    );
    expect(answer.headers.get("location")).toBe(`${link.path}?check=1`);
    const page = await (await desk.bench.get(`${link.path}?check=1`, as)).text();
    expect(page).toContain("not a valid NPI");
    expect(page).toContain("1 of 3 statements are not marked");
    expect((await desk.bench.get(`${link.path}/letter`, as)).headers.get("location")).toBe(
      `${link.path}?check=1`,
    );
  });
});

test("one tap confirms what is still open, and leaves what was marked", async () => {
  const link = await desk.newLink();
  const as = await desk.enter(link);
  const one = { [`mark-${keyOf(statementTexts[0]!)}`]: "struck", signer: "Naomi T. Whitlock, MD", npi };
  const answer = await desk.post(link.path, as, { ...one, do: "rest" });
  expect(answer.headers.get("location")).toBe(`${link.path}/letter`);
  const { reviews } = (await desk.state()).afterwards;
  expect(reviews[link.id]!.marks.map(({ text, mark }) => [text, mark])).toEqual([
    [statementTexts[0], "struck"],
    [statementTexts[1], "confirmed"],
    [statementTexts[2], "confirmed"],
  ]);
});
