import { describe, expect, test } from "vitest";
import { plainDate } from "#base";
import type { Right } from "#law";
import { remindersOf, remindersToAnswer, standingOf } from "./index.ts";

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

describe("where a case stands", () => {
  const day = plainDate;
  test("before filing: the earliest safe day, though another right has an earlier legal one", () => {
    const rights = [
      right({ kind: "external-review", file: until("2027-02-01") }),
      right({ file: until(null, "2026-12-01") }),
    ];
    expect(standingOf({ rights, issues: [] }, null, day("2026-11-01"))).toMatchObject({
      state: "to-file",
      by: "2026-12-01",
      days: 30,
    });
  });
  test("the day an answer is due it is awaited, the day after it is overdue", () => {
    const rights = [right({ decision: until("2026-11-14") })];
    expect(standingOf({ rights, issues: [] }, "internal-appeal", day("2026-11-14"))).toMatchObject({
      state: "waiting",
      days: 0,
    });
    expect(standingOf({ rights, issues: [] }, "internal-appeal", day("2026-11-15"))).toMatchObject({
      state: "overdue",
      since: "2026-11-15",
      days: 1,
    });
  });
  test("a second appeal waits for its own answer, not for the first one's; an urgent one for the fast answer", () => {
    const rights = [
      right({ decision: until("2026-11-14") }),
      right({ kind: "internal-appeal-2", decision: until("2027-01-20") }),
    ];
    expect(standingOf({ rights, issues: [] }, "internal-appeal-2", day("2026-12-01"))).toMatchObject({
      state: "waiting",
      by: "2027-01-20",
    });
    const fast = [right({}), right({ kind: "expedited-appeal", decision: until("2026-10-16") })];
    expect(standingOf({ rights: fast, issues: [] }, "internal-appeal", day("2026-10-17"))).toMatchObject({
      state: "overdue",
      right: { kind: "expedited-appeal" },
    });
  });
  test("nothing open is said, not guessed away", () => {
    expect(
      standingOf({ rights: [right({ status: "expired" })], issues: [] }, null, day("2026-11-15")),
    ).toEqual({ state: "nothing-open" });
  });
});

describe("reminders", () => {
  const standing = standingOf(
    { rights: [right({ file: until("2026-12-01") })], issues: [] },
    null,
    plainDate("2026-11-01"),
  );
  test("those that are past are not sent", () => {
    expect(remindersOf(standing, plainDate("2026-11-20")).map(({ on }) => on)).toEqual([
      "2026-11-24",
      "2026-11-28",
      "2026-11-30",
    ]);
  });
  test("on the day an answer is due and on the day after; of a step whose clock has not begun, whether it arrived", () => {
    const waiting = (until: ReturnType<typeof plainDate> | null) =>
      standingOf(
        { rights: [right({ decision: { lastDay: until, safeDay: null, steps: [] } })], issues: [] },
        "internal-appeal",
        plainDate("2026-11-01"),
      );
    const of = (list: { on: string; about: string }[]) => list.map(({ on, about }) => `${on} ${about}`);
    expect(of(remindersOf(waiting(plainDate("2026-11-14")), plainDate("2026-11-01")))).toEqual([
      "2026-11-14 decision",
      "2026-11-15 overdue",
    ]);
    expect(of(remindersOf(waiting(null), plainDate("2026-11-01"), plainDate("2026-10-30")))).toEqual([
      "2026-11-06 arrival",
    ]);
    expect(remindersOf(waiting(null), plainDate("2026-11-07"), plainDate("2026-10-30"))).toEqual([]);
  });
  test("what they asked for is reminded of until it is sent", () => {
    const asked = { on: "2026-11-01", what: "a note", until: "2026-11-10" };
    const days = remindersToAnswer([asked], plainDate("2026-11-05")).map(({ on }) => on);
    expect(days).toEqual(["2026-11-07", "2026-11-09"]);
    expect(remindersToAnswer([{ ...asked, answered: "2026-11-04" }], plainDate("2026-11-05"))).toEqual([]);
    expect(remindersToAnswer([{ ...asked, until: null }], plainDate("2026-11-05"))).toEqual([]);
  });
});
