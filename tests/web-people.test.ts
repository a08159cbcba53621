import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "#case";
import { benchOver, files, form, openTestStore } from "./workbench/open-bench.ts";

let store: Store;
let close: () => Promise<void>;
let bench: ReturnType<typeof benchOver>;

beforeAll(async () => {
  ({ store, close } = await openTestStore());
  bench = benchOver(store);
}, 120_000);
afterAll(async () => {
  await bench.workshop.stop();
  await close();
});

const text = async (address: string) => (await bench.get(address)).text();

describe("several people", () => {
  const asCookie = (answer: Response) => answer.headers.get("set-cookie")!;

  test("a case of somebody else is not there, for any page and any change", async () => {
    const hosted = benchOver(store, { mode: "hosted" });
    const signUp = async (name: string) => {
      const fields = { name, password: "four plain words here", do: "register" };
      const answer = await hosted.post("/sign-in", form(fields));
      expect(asCookie(answer)).toMatch(/HttpOnly/);
      expect(asCookie(answer)).toMatch(/SameSite=Strict/);
      return { cookie: asCookie(answer).split(";")[0]! };
    };
    const ann = await signUp("ann@example.org");
    const bob = await signUp("bob@example.org");
    const made = await hosted.post("/cases", {
      ...form({ title: "Ann’s" }),
      headers: { ...ann, ...form({}).headers },
    });
    const address = made.headers.get("location")!.replace("/papers", "");
    expect((await hosted.get(`${address}/papers`, { headers: ann })).status).toBe(200);
    for (const path of [
      "",
      "/papers",
      "/denial",
      "/evidence",
      "/letter",
      "/packet",
      "/history",
      "/delete",
      "/parts.zip",
      "/progress",
      "/letter/changes",
      "/physician",
      "/send",
      "/sent/any-key/packet.pdf",
    ]) {
      expect((await hosted.get(`${address}${path}`, { headers: bob })).status, path).toBe(404);
    }
    for (const path of ["/papers", "/denial", "/delete", "/letter/passage", "/sent/any-key/came-back"]) {
      expect((await hosted.post(`${address}${path}`, { headers: bob })).status, path).toBe(404);
    }
    expect((await hosted.get(`${address}/papers`, { headers: ann })).status).toBe(200);
    expect(await (await hosted.get("/", { headers: bob })).text()).not.toContain("Ann’s");
    expect((await hosted.get(`${address}/papers`)).headers.get("location")).toMatch(
      /^\/sign-in\?back=%2Fcases/,
    );
  });

  test("a wrong password, a forged cookie and a closed session do not get in", async () => {
    const hosted = benchOver(store, { mode: "hosted" });
    const right = { name: "cleo@example.org", password: "four plain words here" };
    const answer = await hosted.post("/sign-in", form({ ...right, do: "register" }));
    const cookie = asCookie(answer).split(";")[0]!;
    expect(
      (await hosted.post("/sign-in", form({ ...right, password: "four other words here", do: "sign-in" })))
        .status,
    ).toBe(401);
    const forged = cookie.replace(/=(.)/, (_, first) => `=${first === "a" ? "b" : "a"}`);
    expect((await hosted.get("/cases/new", { headers: { cookie: forged } })).status).toBe(302);
    expect((await hosted.get("/cases/new", { headers: { cookie } })).status).toBe(200);
    await hosted.post("/sign-out", { headers: { cookie } });
    expect((await hosted.get("/cases/new", { headers: { cookie } })).status).toBe(302);
  });

  test("guessing is stopped after eight tries", async () => {
    const hosted = benchOver(store, { mode: "hosted" });
    const guess = () =>
      hosted.post(
        "/sign-in",
        form({ name: "dan@example.org", password: "wrong wrong wrong", do: "sign-in" }),
      );
    const statuses = [];
    for (let n = 0; n < 9; n++) statuses.push((await guess()).status);
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill(401));
    expect(statuses[8]).toBe(429);
  });
});

describe("the end of a case", () => {
  test("a deleted case is gone from every page", async () => {
    const { id: owner } = await store.accounts.local();
    const gone = await store.cases.create(owner, { title: "to be deleted" });
    await bench.post(`/cases/${gone.id}/papers`, files(new File(["Notes of a visit"], "note.txt")));
    await bench.workshop.idle();
    await bench.post(`/cases/${gone.id}/delete`);
    expect((await bench.get(`/cases/${gone.id}/papers`)).status).toBe(404);
    expect(await text("/")).not.toContain("to be deleted");
  });
});
