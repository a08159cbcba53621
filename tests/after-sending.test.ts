import { describe, expect, test } from "vitest";
import { fold } from "#case";
import type { Precedent } from "#precedent";
import { remindAll } from "../src/web/sending/reminders.ts";
import { faxDesk } from "./workbench/fax-bench.ts";
import { benchOver, form } from "./workbench/open-bench.ts";

const desk = faxDesk();

describe("after sending", () => {
  test("the case says at once that it was sent", async () => {
    expect(await desk.text("")).not.toContain('class="standing');
    await desk.sendFax();
    expect(await desk.text("")).toContain("The answer is due by");
    desk.today = "2026-12-20";
    expect(await desk.text("")).toMatch(/The answer is \d+ days overdue/);
  });

  test("a call is kept with its reference number; one without words is not", async () => {
    const call = { on: "2026-10-12", with: "Dana in Appeals", reference: "C-4411", said: "The fax arrived" };
    expect((await desk.bench.post(desk.at("/calls"), form({ ...call, said: "" }))).status).toBe(400);
    await desk.bench.post(desk.at("/calls"), form(call));
    expect(await desk.text("/after")).toMatch(/Dana in Appeals<\/strong> \(Reference number: C-4411\)/);
  });

  test("denied again begins the next level: receipts stay as proof, days are those of the new letter", async () => {
    await desk.bench.post(
      desk.at("/questions/event:notice-received"),
      form({ answer: "2026-10-01", do: "answer" }),
    );
    await desk.bench.workshop.idle();
    await desk.sendFax();
    expect((await desk.bench.post(desk.at("/next-level"), form({}))).status).toBe(404);
    await desk.bench.post(desk.at("/outcome"), form({ outcome: "denied-again", on: "2026-10-12", note: "" }));
    await desk.bench.post(desk.at("/next-level"), form({}));
    await desk.bench.workshop.idle();
    const state = fold(await desk.log.events());
    expect(state.answers["event:notice-received"]).toBe("2026-10-12");
    expect([state.afterwards.parcels.length, state.afterwards.levels[0]!.parcels.length]).toEqual([0, 1]);
    expect(await desk.text("/send")).toContain("Sent at an earlier level");
  });

  test("reminders come as a calendar file", async () => {
    const answer = await desk.bench.get(desk.at("/reminders.ics"));
    expect(answer.headers.get("content-type")).toContain("text/calendar");
    expect(await answer.text()).toContain("BEGIN:VCALENDAR");
  });
});

describe("reminders by e-mail", () => {
  test("each goes once, on its day, and names nobody", async () => {
    await desk.bench.post(desk.at("/reminders"), form({ email: "me@example.org", do: "want" }));
    const tools = {
      store: desk.store,
      today: () => desk.today,
      log: () => {},
      delivery: {
        transports: {},
        remind: async (reminder: { to: string; text: string }) => void desk.reminded.push(reminder),
      },
    };
    desk.reminded.length = 0;
    await remindAll(tools);
    expect(desk.reminded).toEqual([]);
    const due = fold(await desk.log.events());
    expect(due.afterwards.remindersTo).toBe("me@example.org");
    desk.today = "2027-03-23";
    await remindAll(tools);
    await remindAll(tools);
    expect(desk.reminded.filter(({ to }) => to === "me@example.org")).toHaveLength(1);
    expect(JSON.stringify(desk.reminded)).not.toMatch(/Marsh|dupilumab|dermatitis/i);
    // With a hundred cases one must know which it is: the link tells it to nobody else.
    expect(desk.reminded[0]!.text).toContain(`http://localhost${desk.at("")}`);
  });
});

describe("like decisions", () => {
  const decision = (n: number, outcome: Precedent["outcome"]): Precedent => ({
    id: `MN25-${n}`,
    source: "ca-dmhc",
    year: 2025,
    condition: "Dermatology",
    treatment: "Dupilumab",
    ground: null,
    outcome,
  });
  const page = async (precedents: Precedent[]) => {
    const other = benchOver(desk.store, { precedents: () => precedents });
    return (await other.get(desk.at("/evidence"))).text();
  };

  test("are counts with what they are out of; nine are too few, none known is no word", async () => {
    const ten = Array.from({ length: 10 }, (_, n) => decision(n, n < 6 ? "overturned" : "upheld"));
    expect(await page(ten)).toContain("6 of 10: for the patient");
    expect(/<section class="precedents".*<\/section>/s.exec(await page(ten))![0]).not.toMatch(
      /%|chance|likely/,
    );
    expect(await page(ten.slice(1))).toContain("9 like decisions are known here: too few");
    expect(await page([])).not.toContain("independent reviewers decided");
  });
});
