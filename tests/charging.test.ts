import { describe, expect, test } from "vitest";
import { fold } from "#case";
import { chargingDesk } from "./workbench/charging-desk.ts";
import { benchOver, exampleCase, form } from "./workbench/open-bench.ts";
import { preparePhysicianExample } from "./workbench/physician-case.ts";

const desk = chargingDesk();

const forSale = ["/parts/packet.pdf", "/parts/appeal-letter.docx"];

describe("where nobody charges", () => {
  test("no page speaks of a price, and everything is handed out", async () => {
    const free = benchOver(desk.store, { prepare: preparePhysicianExample, today: () => desk.today });
    for (const page of ["/packet", "/send?to=0", "/letter"])
      expect(await (await free.get(desk.at(page))).text()).not.toMatch(/\$\d|\/pay/);
    expect((await free.get("/pay")).status).toBe(404);
    expect((await free.get(desk.at("/pay"))).status).toBe(404);
    expect((await free.get(desk.at("/parts/packet.pdf"))).status).toBe(200);
  });
});

describe("before it is paid", () => {
  test("letters, packet and sending lead to the price; nothing is handed out or sent", async () => {
    for (const way of [...forSale, "/parts.zip", "/send/bundle.zip?to=0"]) {
      const answer = await desk.bench.get(desk.at(way));
      expect([way, answer.status, answer.headers.get("location")]).toEqual([way, 303, desk.at("/pay")]);
    }
    const sent = await desk.bench.post(desk.at("/send"), form({ to: "0", consent: "yes" }));
    expect(sent.headers.get("location")).toBe(desk.at("/pay"));
    expect((await desk.log.events()).filter(({ kind }) => kind === "downloaded" || kind === "sent")).toEqual(
      [],
    );
    expect(await desk.text(desk.at("/packet"))).toContain("The finished letters cost $40.00");
    expect(await desk.text(desk.at("/send?to=0"))).not.toContain('name="seen"');
  });

  test("a receipt that one writes oneself is kept, and hands out nothing", async () => {
    const fields = { to: "1", on: "2026-10-12", number: "9407 5550", consent: "yes" };
    expect((await desk.bench.post(desk.at("/send/by-hand"), form(fields))).headers.get("location")).toBe(
      desk.at("/send"),
    );
    const [parcel] = fold(await desk.log.events()).afterwards.parcels;
    expect([parcel!.receipt!.number, parcel!.papers]).toEqual(["9407 5550", undefined]);
    await desk.paid(await desk.order());
    await desk.bench.post(desk.at("/send/by-hand"), form({ ...fields, on: "2026-10-11" }));
    const sent = fold(await desk.log.events()).afterwards.parcels.at(-1)!;
    const address = desk.at(`/sent/${sent.key}/packet.pdf`);
    expect((await desk.bench.get(address)).status).toBe(200);
    await desk.refunded(desk.charges.orders.ofCase(desk.log.id)[0]!.id);
    expect((await desk.bench.get(address)).status).toBe(303);
  });

  test("reading, the day, the evidence, the letter on the screen and the calendar are free", async () => {
    for (const page of ["/papers", "/denial", "/deadline", "/evidence", "/letter", "/packet", "/history"])
      expect([page, (await desk.bench.get(desk.at(page))).status]).toEqual([page, 200]);
    expect((await desk.bench.get(desk.at("/deadlines.ics"))).status).toBe(200);
    expect((await desk.bench.get(desk.at("/parts/deadlines.ics"))).status).toBe(200);
  });

  test("the worked example is free: it is nobody's case", async () => {
    const { id: owner } = await desk.store.accounts.local();
    const example = await desk.store.cases.create(owner, { title: "Example", example: "dupilumab-step" });
    expect((await desk.bench.get(`/cases/${example.id}/pay`)).headers.get("location")).toContain("/packet");
  });
});

describe("paying", () => {
  test("list price without a code; once the provider says so, everything of this case is open", async () => {
    const id = await desk.order();
    expect(await desk.text(`/pay/${id}`)).toContain("Not paid yet");
    const away = await desk.bench.get(`/pay/${id}/checkout`);
    expect([away.status, away.headers.get("location")]).toEqual([302, "https://pay.example/cs_1"]);
    expect((await desk.bench.get(desk.at("/parts/packet.pdf"))).status).toBe(303);
    expect((await desk.paid(id)).status).toBe(200);
    expect(await desk.text(`/pay/${id}`)).toContain("Paid. Thank you.");
    for (const way of [...forSale, "/parts.zip"])
      expect((await desk.bench.get(desk.at(way))).status, way).toBe(200);
    const other = await exampleCase(desk.store, desk.bench);
    expect((await desk.bench.get(`/cases/${other.id}/parts/packet.pdf`)).status).toBe(303);
  });

  test("asking twice at one price is one order", async () => {
    expect(await desk.order()).toBe(await desk.order());
  });

  test("a code lowers the first letter's price, within its number and its last day", async () => {
    const id = await desk.order({ code: " first " });
    expect(desk.charges.orders.get(id)!.order.price).toEqual({ cents: 3000, why: "code", code: "FIRST" });
    const other = await exampleCase(desk.store, desk.bench);
    const again = await desk.bench.post(`/cases/${other.id}/pay`, form({ code: "FIRST" }));
    expect([again.status, await again.text()]).toEqual([
      400,
      expect.stringContaining("as often as it may be"),
    ]);
    await desk.expired(id);
    desk.today = "2027-01-01";
    const late = await desk.bench.post(desk.at("/pay"), form({ code: "FIRST" }));
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining("no longer be used")]);
    desk.today = "2026-12-31";
    expect(desk.charges.orders.get(await desk.order({ code: "FIRST" }))!.order.price.cents).toBe(3000);
  });

  test("hardship makes it free at once, and the provider never hears of it", async () => {
    const id = await desk.order({ hardship: "yes" });
    expect(await desk.text(`/pay/${id}`)).toContain("Nothing to pay.");
    expect((await desk.bench.get(desk.at("/parts/packet.pdf"))).status).toBe(200);
    expect(desk.asked).toEqual([]);
  });

  test("a payment company that does not answer is said; nothing is charged and nothing lost", async () => {
    const id = await desk.order();
    desk.down = true;
    const answer = await desk.bench.get(`/pay/${id}/checkout`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining("You were not charged"),
    ]);
    desk.down = false;
    expect((await desk.bench.get(`/pay/${id}/checkout`)).status).toBe(302);
  });

  test("an order of somebody else is not there, and cannot be paid for them", async () => {
    const id = await desk.order();
    const { order: mine, forCase } = desk.charges.orders.get(id)!;
    await desk.charges.orders.put({ order: mine, forCase, account: "somebody else" });
    for (const way of ["", "/checkout"]) expect((await desk.bench.get(`/pay/${id}${way}`)).status).toBe(404);
  });

  test("who returns from the payment company without the session's cookie is led on, not turned away", async () => {
    const hosted = benchOver(desk.store, { charges: desk.charges, mode: "hosted" });
    const answer = await hosted.get("/pay/any-order");
    expect([answer.status, answer.headers.get("refresh")]).toEqual([200, "1; url=/pay/any-order?again"]);
    expect((await hosted.get("/pay/any-order?again")).headers.get("location")).toBe("/sign-in");
  });
});

describe("what the provider is told", () => {
  test("an order number, two words, an amount and where to return: not one word of the case", async () => {
    await desk.bench.get(`/pay/${await desk.order({ code: "FIRST" })}/checkout`);
    const { bytes } = desk.asked.at(-1)!;
    const sent = new URLSearchParams(bytes.split("\n").at(-1));
    expect([...sent.keys()].sort()).toEqual([
      "cancel_url",
      "client_reference_id",
      "line_items[0][price_data][currency]",
      "line_items[0][price_data][product_data][name]",
      "line_items[0][price_data][unit_amount]",
      "line_items[0][quantity]",
      "metadata[order]",
      "mode",
      "payment_intent_data[metadata][order]",
      "success_url",
    ]);
    expect(sent.get("line_items[0][price_data][unit_amount]")).toBe("3000");
    const events = await desk.log.events();
    const opened = events.find((event) => event.kind === "opened")!;
    const words = ["dupi", "dermat", "eczema", "marsh", "elena", "juniper", "step", "denial", desk.log.id];
    for (const word of [...words, opened.kind === "opened" ? opened.title : ""])
      expect(bytes.toLowerCase()).not.toContain(word.toLowerCase());
  });
});
