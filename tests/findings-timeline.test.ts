import { describe, expect, test } from "vitest";
import { timelineSvg } from "#finding";
import { fact } from "./fixtures/made-findings.ts";

describe("the timeline", () => {
  const course = (start: string, stop: string | undefined, dose: string) =>
    fact({
      type: "medication",
      concept: "carvedilol",
      course: {
        start,
        dose,
        status: stop ? "stopped" : "active",
        ...(stop ? { stop, outcome: "intolerance", reason: "dizziness <90" } : {}),
      },
      when: { earliest: start, latest: stop ?? "2026-09-10" },
    });
  test("draws courses with dose and reason, and says the same in words", () => {
    const svg = timelineSvg({
      facts: [
        course("2026-01-01", undefined, "6.25 mg BID"),
        course("2026-03-01", "2026-04-01", "25 mg BID"),
      ],
      findings: null,
      policy: null,
      asOf: "2026-10-19",
    })!;
    expect(svg).toContain("<desc");
    expect(svg).toContain("carvedilol: 6.25 mg BID from 2026-01-01");
    expect(svg).toContain("dizziness &lt;90");
    expect(svg).not.toContain("dizziness <90");
  });
  test("there is no picture of nothing", () => {
    expect(timelineSvg({ facts: [], findings: null, policy: null, asOf: "2026-10-19" })).toBeNull();
  });
});
