import { describe, expect, test } from "vitest";
import type { Denial } from "#denial";
import { right } from "../../tests/fixtures/made-rights.ts";
import { findStayBeingCut } from "./urgency.ts";

const reading = <T>(value: T) => ({ value, from: [], by: "rule" as const });
const denial = (change: Partial<Denial>): Denial =>
  ({
    timing: null,
    stage: reading("initial"),
    outcome: reading("denied"),
    grounds: [],
    services: [],
    ...change,
  }) as unknown as Denial;
const stay = (from: string, to: string) => [
  { description: reading("Inpatient rehabilitation stay"), codes: [], treatmentId: null, from, to },
];
const hours = { lastDay: null, safeDay: null, hours: 72, steps: [] };
const plan = {
  rights: [right("internal-appeal"), right("expedited-appeal", { decision: hours })],
  issues: [],
};
const codes = (given: Denial, rights = plan) =>
  findStayBeingCut(given, rights, "2026-11-20").map(({ code }) => code);

describe("a stay that is being cut", () => {
  test("asks for a fast appeal, with its hours and its law", () => {
    const [issue] = findStayBeingCut(denial({ timing: reading("concurrent") }), plan, "2026-11-20");
    expect(issue!.text).toContain("decided within 72 hours");
    expect(issue!.cite!.label).toBe("1 CFR 2.3(a)");
  });
  test("is known by refused days that reach to today; days that are over are no stay any more", () => {
    expect(codes(denial({ services: stay("2026-11-10", "2026-11-25") }))).toEqual(["urgent-stay-cut"]);
    expect(codes(denial({ services: stay("2026-11-01", "2026-11-09") }))).toEqual([]);
  });
  test("is not one where the care is paid for afterwards, or is only asked for", () => {
    expect(
      codes(denial({ timing: reading("post-service"), services: stay("2026-11-10", "2026-11-25") })),
    ).toEqual([]);
    expect(codes(denial({ timing: reading("pre-service") }))).toEqual([]);
  });
  test("of Medicare goes to the quality organization first, by its day", () => {
    const file = { lastDay: "2026-11-21", safeDay: null, steps: [] };
    const rights = { rights: [right("expedited-appeal"), right("fast-track-qio", { file })], issues: [] };
    const [issue] = findStayBeingCut(
      denial({ outcome: reading("terminated"), actionDay: reading("2026-11-22") }),
      rights,
      "2026-11-20",
    );
    expect(issue!.text).toContain("Quality Improvement Organization named in the notice by 2026-11-21");
  });
  test("is not spoken of where the plan has no quick way", () => {
    expect(
      codes(denial({ timing: reading("concurrent") }), { rights: [right("internal-appeal")], issues: [] }),
    ).toEqual([]);
  });
});
