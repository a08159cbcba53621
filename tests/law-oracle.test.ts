import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { rightsFor, type Situation } from "#law";
import { type Days, expectDays, isHoliday, walkDays, weekday } from "./law-walker.ts";

const law = await loadLaw();
const HOW_MANY = process.env["REDRESS_QUICK"] ? 5_000 : 100_000;

/** A seeded generator (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const plans = [
  "erisa-self-funded",
  "erisa-insured",
  "individual",
  "governmental-self-funded",
  "church",
  "retiree-only",
  "grandfathered-erisa-self-funded",
  "medicare-advantage",
  "medicare-part-d",
  "medicare-original",
  "medicaid-managed-care",
  "chip",
  "fehb",
  "pshb",
  "tricare",
] as const;

/** The notices of each ladder in their order: the event of the date and of the receipt. */
const ladders: Record<string, [string, string | null][]> = {
  "medicare-advantage": [
    ["notice-dated", "notice-received"],
    ["ire-decision-dated", "ire-decision-received"],
    ["alj-decision-dated", "alj-decision-received"],
    ["council-decision-dated", "council-decision-received"],
  ],
  "medicare-part-d": [
    ["notice-dated", "notice-received"],
    ["redetermination-dated", "redetermination-received"],
    ["ire-decision-dated", "ire-decision-received"],
    ["alj-decision-dated", "alj-decision-received"],
    ["council-decision-dated", "council-decision-received"],
  ],
  "medicare-original": [
    ["notice-dated", "notice-received"],
    ["redetermination-dated", "redetermination-received"],
    ["reconsideration-dated", "reconsideration-received"],
    ["alj-decision-dated", "alj-decision-received"],
    ["council-decision-dated", "council-decision-received"],
  ],
  "medicaid-managed-care": [
    ["notice-dated", null],
    ["appeal-decision-dated", null],
  ],
  chip: [["notice-dated", null]],
  fehb: [
    ["notice-dated", null],
    ["reconsideration-dated", null],
  ],
  pshb: [
    ["notice-dated", null],
    ["reconsideration-dated", null],
  ],
  tricare: [["notice-dated", null]],
};
const commercialLadder: [string, string | null][] = [
  ["notice-dated", "notice-received"],
  ["appeal-decision-dated", "final-decision-received"],
];

function randomSituation(random: () => number): Situation & { window?: number | null } {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const plan = pick(plans);
  const ladder = ladders[plan] ?? commercialLadder;
  const [dated, received] = pick(ladder);
  const day = walkDays(`${2023 + Math.floor(random() * 5)}-01-01`, Math.floor(random() * 365));
  const events: Record<string, string> = {};
  const shape = random();
  if (shape < 0.75 || !received) events[dated] = day;
  if (received && shape > 0.4) events[received] = walkDays(day, Math.floor(random() * 16));
  let last = events[received ?? ""] ?? day;
  if (dated === "notice-dated" && random() < 0.5) {
    last = walkDays(last, Math.floor(random() * 40));
    events["appeal-received-by-plan"] = last;
  }
  if (events["final-decision-received"] && random() < 0.4)
    events["external-review-received-by-iro"] = walkDays(last, 3);
  if (random() < 0.2 && events["appeal-received-by-plan"]) events["extension-notice-sent"] = last;
  const situation: Situation & { window?: number | null } = {
    plan,
    timing: pick(["pre-service", "concurrent", "post-service"] as const),
    urgent: false,
    events,
    asOf: walkDays(last, Math.floor(random() * 5) + 3),
  };
  if (random() < 0.5) situation.levels = pick([1, 2] as const);
  if (random() < 0.2) situation.item = "part-b-drug";
  if (plan === "individual" || plan === "erisa-insured")
    situation.state = pick(["VA", "MI", "HI", "UT", "NY", "KS", "MT", "WY", "WV"]);
  if (dated === "appeal-decision-dated" && plan === "medicaid-managed-care") {
    situation.window = random() < 0.7 ? 90 + Math.floor(random() * 31) : null;
    if (situation.window) situation.printed = { within: { n: situation.window, unit: "days" } };
  }
  return situation;
}

/** Where the engine's days are not those of the walker. */
function disagreements(situation: Situation & { window?: number | null }): string[] {
  const { window, ...asked } = situation;
  const expected = expectDays({ ...asked, window } as Parameters<typeof expectDays>[0]);
  const { rights } = rightsFor(asked, law);
  return Object.entries(expected).flatMap(([kind, sides]) => {
    const right = rights.find((one) => one.kind === kind);
    if (!right) return [`${kind} is not listed`];
    return (["file", "decision"] as const).flatMap((side) => {
      const wanted: Days | undefined = sides[side];
      if (!wanted) return [];
      const got = right[side];
      const wrong =
        (got?.lastDay ?? null) !== wanted.lastDay
          ? [`${kind} ${side} last ${got?.lastDay}, not ${wanted.lastDay}`]
          : [];
      if (wanted.safeDay === undefined || (got?.safeDay ?? null) === wanted.safeDay) return wrong;
      return [...wrong, `${kind} ${side} safe ${got?.safeDay}, not ${wanted.safeDay}`];
    });
  });
}

describe("a naive reckoning that walks the calendar agrees with the law engine", () => {
  test("on the weekdays and holidays that everybody can check", () => {
    expect(weekday("2026-11-22")).toBe(0);
    expect(["2026-01-19", "2026-05-25", "2026-11-26", "2026-07-04"].every(isHoliday)).toBe(true);
    expect(["2026-07-03", "2026-05-18", "2026-11-19"].some(isHoliday)).toBe(false);
  });

  test(`on ${HOW_MANY} random situations`, { timeout: 300_000 }, () => {
    const random = seeded(20261122);
    let compared = 0;
    for (let round = 0; round < HOW_MANY; round++) {
      const situation = randomSituation(random);
      const wrong = disagreements(situation);
      if (wrong.length > 0) expect.fail(`${JSON.stringify(situation)}\n${wrong.join("\n")}`);
      compared++;
    }
    expect(compared).toBe(HOW_MANY);
  });
});
