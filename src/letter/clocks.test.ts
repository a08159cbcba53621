import { describe, expect, test } from "vitest";
import type { PlanKind } from "#base";
import { loadLetters } from "#knowledge";
import type { Deadline, Right } from "#law";
import { crohnCase } from "../../tests/fixtures/crohn-case.ts";
import { draftLetters } from "./draft-letters.ts";

const knowledge = await loadLetters();

const cite = { id: "law#1", label: "29 CFR 2560.503-1(i)(2)(ii)" };
type Made = {
  plan: PlanKind;
  right: Partial<Right> & { kind: string };
  events?: Record<string, string>;
  /** No other right beside it. */
  alone?: boolean;
};

/** A letter of a case in which one right is as given. */
function letterOf(kind: string, { plan, right, events = {}, alone = false }: Made): string | undefined {
  const input = crohnCase();
  input.asOf = "2026-11-20";
  input.situation = { plan, state: "OH", events, asOf: input.asOf };
  const whole: Right = {
    plan,
    status: "open",
    decidedBy: "somebody",
    cite: [cite],
    file: null,
    decision: null,
    ask: [],
    ...right,
  };
  const late: Right = { ...whole, kind: "deemed-exhaustion", file: null, decision: null };
  input.rights = { rights: kind === "overdue-notice" && !alone ? [whole, late] : [whole], issues: [] };
  const letter = draftLetters(input, knowledge).find((one) => one.kind === kind);
  expect(letter?.issues.filter(({ code }) => /unsupported|not-on-page/.test(code)) ?? []).toEqual([]);
  return letter?.passages.map(({ text }) => text).join("\n");
}

const deadline = (change: Partial<Deadline>): Deadline => ({
  lastDay: null,
  safeDay: null,
  steps: [],
  ...change,
});

describe("a fast-track request", () => {
  const ask = (change: Partial<Right>, kind = "fast-track-qio") =>
    letterOf("medicare-fast-track", { plan: "medicare-advantage", right: { kind, ...change } });

  test("names the hour where the law names it", () => {
    const noon = deadline({ lastDay: "2026-11-22", at: "2026-11-22T12:00" });
    expect(ask({ file: noon })).toContain("in time until noon on November 22, 2026 (29 CFR");
    expect(ask({ file: deadline({ lastDay: "2026-11-22" }) })).toContain("in time until November 22, 2026");
  });

  test("is made for a discharge in the words of a discharge", () => {
    const text = ask({ file: deadline({ lastDay: "2026-11-21" }) }, "hospital-discharge-qio");
    expect(text).toContain("the decision to discharge me from the hospital");
    expect(ask({})).toMatch(/the decision to end infliximab infusion/);
  });

  test("that comes late says so and asks to be taken up; one that is not open yet is not made", () => {
    const over = ask({
      status: "expired",
      file: deadline({ lastDay: "2026-11-18", at: "2026-11-18T12:00" }),
    });
    expect(over).toContain("ended at noon on November 18, 2026");
    expect(over).not.toContain("in time until");
    expect(ask({ status: "not-available" })).toBeUndefined();
  });
});

describe("a notice that a decision is overdue", () => {
  const events = { "appeal-received-by-plan": "2026-08-12" };
  const due = (decision: Deadline, more: Partial<Right> = {}) =>
    letterOf("overdue-notice", {
      plan: "erisa-self-funded",
      right: { kind: "internal-appeal", decision, ...more },
      events,
    });
  const step = (date: string) => ({ text: "Possibly: a decision on an appeal.", date, cite });

  test("counts from the day the appeal came to the day it was due, and the days since", () => {
    const text = due(deadline({ lastDay: "2026-09-11" }), { overdue: true });
    expect(text).toContain(
      "The count: August 12, 2026 + 30 days = September 11, 2026 (29 CFR 2560.503-1(i)(2)(ii)).",
    );
    expect(text).toContain("September 11, 2026 to November 20, 2026 is 70 days.");
  });

  test("is made for a late decision of Medicare Advantage, which goes on by itself; not for one in time", () => {
    const made = (overdue: boolean) =>
      letterOf("overdue-notice", {
        plan: "medicare-advantage",
        right: {
          kind: "reconsideration",
          decision: deadline({ lastDay: "2026-09-11" }),
          ...(overdue ? { overdue } : {}),
        },
        events,
        alone: true,
      });
    expect(made(true)).toContain("sends the case file to the independent review entity itself");
    expect(made(false)).toBeUndefined();
  });

  test("of several days that are possible takes the latest, and only when that is over", () => {
    const both = due(deadline({ steps: [step("2026-08-27"), step("2026-09-11")] }));
    expect(both).toContain("+ 30 days = September 11, 2026");
    const open = due(deadline({ steps: [step("2026-08-27"), step("2026-12-10")] }));
    expect(open).not.toMatch(/\+ \d+ days|was due/);
  });

  test("a day that the quoted law does not count to is named without the sum", () => {
    const text = due(deadline({ lastDay: "2026-09-20" }), { overdue: true });
    expect(text).toContain("due on or before September 20, 2026");
    expect(text).not.toContain("+ 39 days");
  });
});

describe("the sheet of deadlines", () => {
  const sheet = (made: Made) => letterOf("deadline-sheet", made) ?? "";
  const step = (text: string, date: string) => ({ text, date, cite });
  const file = deadline({
    safeDay: "2027-01-16",
    lastDay: "2027-01-20",
    steps: [
      step("The time starts with receipt of the notice.", "2026-07-24"),
      step("180 days later.", "2027-01-20"),
    ],
  });

  test("says each step of the count with the day at which it arrives", () => {
    const text = sheet({ plan: "erisa-self-funded", right: { kind: "internal-appeal", file } });
    expect(text).toContain("File your appeal by January 16, 2027");
    expect(text).toContain("The time starts with receipt of the notice: July 24, 2026.");
    expect(text).toContain("180 days later: January 20, 2027.");
  });

  test("puts the hour of a fast-track review before every longer day", () => {
    const noon = deadline({ lastDay: "2026-11-22", at: "2026-11-22T12:00" });
    const text = sheet({ plan: "medicare-advantage", right: { kind: "fast-track-qio", file: noon } });
    expect(text).toMatch(
      /^Deadlines and open points\nFirst, and by telephone: .* until noon on November 22, 2026/,
    );
  });

  test("does not tell anybody to file what the plan has already; the answer is counted instead", () => {
    const made = (decision: Deadline, overdue: boolean) =>
      sheet({
        plan: "erisa-self-funded",
        right: { kind: "internal-appeal", file, decision, ...(overdue ? { overdue } : {}) },
        events: { "appeal-received-by-plan": "2026-08-12" },
      });
    const late = made(deadline({ lastDay: "2026-09-11" }), true);
    expect(late).toContain("Your appeal has been with the plan since August 12, 2026.");
    expect(late).toContain("Its answer is overdue: August 12, 2026 + 30 days = September 11, 2026");
    expect(late).not.toMatch(/File your appeal|January 16, 2027/);
    expect(made(deadline({ lastDay: "2026-12-01" }), false)).toContain(
      "Its answer is due on December 1, 2026",
    );
  });
});
