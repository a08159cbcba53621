import { expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { rightsFor } from "./rights.ts";
import type { Situation } from "./types.ts";

const law = await loadLaw();
const lastDay = (kind: string, situation: Partial<Situation>) =>
  rightsFor(
    { plan: "erisa-self-funded", timing: "pre-service", events: {}, asOf: "2025-06-02", ...situation },
    law,
  ).rights.find((right) => right.kind === kind)?.file?.lastDay;

test("with receipt inside the interval, day 1 is the day after its last day", () => {
  expect(
    lastDay("internal-appeal", {
      suspensions: ["HELENE-NC-SC-VA"],
      events: { "notice-received": "2024-10-10" },
    }),
  ).toBe("2025-10-28");
});

test("with receipt before it, the days used stay used", () => {
  // 21 of 180 days pass before 23 September 2024; 159 are left on 1 May 2025.
  expect(
    lastDay("internal-appeal", { suspensions: ["HELENE-FL"], events: { "notice-received": "2024-09-01" } }),
  ).toBe("2025-10-07");
});

test("a period that had ended before it stays ended", () => {
  expect(
    lastDay("internal-appeal", { suspensions: ["HELENE-FL"], events: { "notice-received": "2024-03-01" } }),
  ).toBe("2024-08-28");
});

test("four months count as months from the end of the interval, then roll", () => {
  expect(
    lastDay("external-review", {
      suspensions: ["COVID"],
      events: { "final-decision-received": "2023-06-01" },
    }),
  ).toBe("2023-11-10");
});

test("the outbreak period spares any one deadline a year at the most", () => {
  expect(
    lastDay("internal-appeal", { suspensions: ["COVID"], events: { "notice-received": "2020-06-01" } }),
  ).toBe("2021-11-28");
});

test("an individual policy is not bound by it", () => {
  expect(
    lastDay("internal-appeal", {
      plan: "individual",
      suspensions: ["HELENE-FL"],
      events: { "notice-received": "2024-09-01" },
    }),
  ).toBe("2025-02-28");
});
