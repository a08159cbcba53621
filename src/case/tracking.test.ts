import { describe, expect, test } from "vitest";
import { plainDate } from "#base";
import type { Right, Situation } from "#law";
import { afterSending, type Receipt, remindersOf, standingOf } from "./index.ts";

const situation: Situation = {
  plan: "erisa-insured",
  events: { "notice-dated": "2026-09-28" },
  asOf: "2026-10-12",
};
const receipt = (at: string, status: Receipt["status"]): Receipt => ({
  key: at,
  channel: "fax-http",
  to: "",
  status,
  number: null,
  at,
  pages: 3,
  sha256: [],
  attempts: 1,
});
const right = (change: Partial<Right>): Right => ({
  kind: "internal-appeal",
  plan: "erisa-insured",
  status: "open",
  decidedBy: "plan",
  cite: [],
  file: null,
  decision: null,
  ask: [],
  ...change,
});
const until = (day: string | null, safeDay: string | null = null) => ({ lastDay: day, safeDay, steps: [] });

describe("what sending does to the situation", () => {
  test("acceptance by a mail server files the appeal; only a delivery starts the plan's clock", () => {
    const accepted = afterSending(situation, [receipt("2026-10-13T10:00:00Z", "accepted")]);
    expect(accepted.events).toMatchObject({ "appeal-filed": "2026-10-13" });
    expect(accepted.events["appeal-received-by-plan"]).toBeUndefined();
    const delivered = afterSending(situation, [
      receipt("2026-10-15T09:00:00Z", "delivered"),
      receipt("2026-10-13T10:00:00Z", "accepted"),
    ]);
    expect(delivered.events).toMatchObject({
      "appeal-filed": "2026-10-13",
      "appeal-received-by-plan": "2026-10-15",
    });
  });
  test("a day that a person told stays", () => {
    const told = { ...situation, events: { ...situation.events, "appeal-filed": "2026-10-10" } };
    expect(afterSending(told, [receipt("2026-10-13T10:00:00Z", "accepted")]).events["appeal-filed"]).toBe(
      "2026-10-10",
    );
  });
});

describe("where a case stands", () => {
  const day = plainDate;
  test("before filing: the earliest safe day, though another right has an earlier legal one", () => {
    const rights = [
      right({ kind: "external-review", file: until("2027-02-01") }),
      right({ file: until(null, "2026-12-01") }),
    ];
    expect(standingOf({ rights, issues: [] }, situation, day("2026-11-01"))).toMatchObject({
      state: "to-file",
      by: "2026-12-01",
      days: 30,
    });
  });
  test("the day an answer is due it is awaited, the day after it is overdue", () => {
    const filed = { ...situation, events: { ...situation.events, "appeal-filed": "2026-10-13" } };
    const rights = [right({ decision: until("2026-11-14") })];
    expect(standingOf({ rights, issues: [] }, filed, day("2026-11-14"))).toMatchObject({
      state: "waiting",
      days: 0,
    });
    expect(standingOf({ rights, issues: [] }, filed, day("2026-11-15"))).toMatchObject({
      state: "overdue",
      since: "2026-11-15",
      days: 1,
    });
  });
  test("nothing open is said, not guessed away", () => {
    expect(
      standingOf({ rights: [right({ status: "expired" })], issues: [] }, situation, day("2026-11-15")),
    ).toEqual({ state: "nothing-open" });
  });
});

describe("reminders", () => {
  const standing = standingOf(
    { rights: [right({ file: until("2026-12-01") })], issues: [] },
    situation,
    plainDate("2026-11-01"),
  );
  test("those that are past are not sent", () => {
    expect(remindersOf(standing, plainDate("2026-11-20")).map(({ on }) => on)).toEqual([
      "2026-11-24",
      "2026-11-28",
      "2026-11-30",
    ]);
  });
  test("they name a day and a step, and nobody", () => {
    expect(remindersOf(standing, plainDate("2026-11-30"))[0]?.text).toBe(
      "One day is left to send your appeal (by 2026-12-01).",
    );
  });
});
