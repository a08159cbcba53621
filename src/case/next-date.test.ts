import { describe, expect, test } from "vitest";
import type { Right } from "#law";
import { nextDate } from "./next-date.ts";

const right = (
  kind: string,
  days: Partial<NonNullable<Right["file"]>> | null,
  more: Partial<Right> = {},
): Right => ({
  kind,
  plan: "erisa-insured",
  status: "open",
  decidedBy: "the plan",
  cite: [],
  file: days && { lastDay: null, safeDay: null, steps: [], ...days },
  decision: null,
  ask: [],
  ...more,
});
const next = (...rights: Right[]) => nextDate({ rights, issues: [] }, "2026-10-12");

describe("the day a person must know", () => {
  test("the last legal day is certain, a safe day is not", () => {
    expect(next(right("internal-appeal", { lastDay: "2027-03-30", safeDay: "2027-03-30" }))).toMatchObject({
      day: "2027-03-30",
      certain: true,
      daysLeft: 169,
    });
    expect(next(right("internal-appeal", { safeDay: "2027-03-27" }))).toMatchObject({
      day: "2027-03-27",
      certain: false,
    });
  });

  test("over several possible plans the earliest day is in time for all", () => {
    const medicaid = right("internal-appeal", { lastDay: "2026-11-27" }, { plan: "medicaid-managed-care" });
    expect(next(right("internal-appeal", { lastDay: "2027-03-30" }), medicaid)!.day).toBe("2026-11-27");
  });

  test("today still counts, yesterday has passed", () => {
    expect(next(right("internal-appeal", { lastDay: "2026-10-12" }))).toMatchObject({
      passed: false,
      daysLeft: 0,
    });
    expect(next(right("internal-appeal", { lastDay: "2026-10-11" }))).toMatchObject({ passed: true });
  });

  test("a day that has passed gives way to one that is open", () => {
    const gone = right("internal-appeal", { lastDay: "2026-10-01" }, { status: "expired" });
    expect(next(gone, right("external-review", { lastDay: "2027-02-01" }))!.day).toBe("2027-02-01");
  });

  test("what is not yet, not for this plan, or no step of its own is not the day", () => {
    const later = right("external-review", { lastDay: "2026-12-01" }, { status: "not-yet" });
    expect(next(later, right("claim-file", { lastDay: "2026-10-20" }))).toBeNull();
  });
});
