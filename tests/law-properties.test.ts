import { execFileSync } from "node:child_process";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groundIds, planKinds, stateCodes, timings } from "#base";
import { loadLaw } from "#knowledge";
import { type Deadline, type Right, rightsFor, type Situation } from "#law";
import { walkDays } from "./law-walker.ts";

const law = await loadLaw();
const rules = new Map(law.rules.map((rule) => [rule.id, rule]));
const root = path.resolve(import.meta.dirname, "..");

const day = fc.integer({ min: 0, max: 1500 }).map((n) => walkDays("2023-06-01", n));
const receipts: [string, string][] = [
  ["notice-dated", "notice-received"],
  ["appeal-decision-dated", "final-decision-received"],
  ["redetermination-dated", "redetermination-received"],
  ["reconsideration-dated", "reconsideration-received"],
  ["ire-decision-dated", "ire-decision-received"],
  ["alj-decision-dated", "alj-decision-received"],
  ["council-decision-dated", "council-decision-received"],
];
const facts = fc.record(
  {
    plan: fc.constantFrom(...planKinds),
    state: fc.constantFrom("NY", "VA", "OH", "SC", "KS", "TX", "GA", "CA"),
    timing: fc.constantFrom("pre-service", "concurrent", "post-service"),
    urgent: fc.boolean(),
    levels: fc.constantFrom(1, 2),
    grounds: fc.constantFrom(["medical-necessity"], ["coding"], ["eligibility"], ["step-therapy"]),
    item: fc.constantFrom("service", "part-b-drug", "essential-benefit-drug"),
    amount: fc.integer({ min: 0, max: 3000 }),
  },
  { requiredKeys: ["plan"] },
);

/** Every event that a case of the law files tells, and so every event that the rules know. */
const eventIds = [
  ...new Set(
    law.rules.flatMap(({ cases }) =>
      cases.flatMap(({ situation }) => Object.keys(situation["events"] ?? {})),
    ),
  ),
];
/** Anything that the contract allows, likely or not. */
const anything = fc
  .record(
    {
      plan: fc.oneof(
        fc.constantFrom(...planKinds),
        fc.uniqueArray(fc.constantFrom(...planKinds), { minLength: 1, maxLength: 3 }),
      ),
      state: fc.constantFrom(...stateCodes),
      timing: fc.constantFrom(...timings),
      urgent: fc.boolean(),
      levels: fc.constantFrom(1, 2),
      grounds: fc.subarray([...groundIds], { maxLength: 2 }),
      item: fc.constantFrom(
        "service",
        "part-b-drug",
        "part-d-drug",
        "essential-benefit-drug",
        "covered-outpatient-drug",
      ),
      funding: fc.constantFrom("self-funded", "insured"),
      sponsor: fc.constantFrom("employer", "individual"),
      request: fc.constantFrom("coverage", "exception", "extension"),
      priorAuthorization: fc.boolean(),
      advanceNotice: fc.boolean(),
      setting: fc.constantFrom("hospital", "snf", "home-health", "corf", "hospice"),
      amount: fc.integer({ min: 0, max: 3000 }),
      suspensions: fc.subarray(law.suspensions.map(({ id }) => id)),
      zone: fc.constantFrom("America/New_York", "Pacific/Honolulu"),
      printed: fc.oneof(
        fc.record({
          within: fc.record({ n: fc.integer({ min: 1, max: 200 }), unit: fc.constantFrom("days", "months") }),
        }),
        fc.record({ by: day }),
      ),
      events: fc.dictionary(
        fc.constantFrom(...eventIds),
        fc.tuple(day, fc.constantFrom("", "T00:00", "T09:30", "T23:59")).map(([on, at]) => `${on}${at}`),
        { maxKeys: 5 },
      ),
      asOf: day,
    },
    { requiredKeys: ["plan", "events", "asOf"] },
  )
  .map((told) => told as unknown as Situation);

const deadlines = ({ file, decision }: Right): Deadline[] => [file, decision].filter((one) => one !== null);
const ask = (situation: unknown) => rightsFor(situation as Situation, law);

describe("what holds for every situation", () => {
  test("a later receipt never gives an earlier last day", () => {
    fc.assert(
      fc.property(
        facts,
        day,
        fc.constantFrom(...receipts),
        fc.integer({ min: 1, max: 60 }),
        (told, dated, [on, at], later) => {
          const answer = (received: string) =>
            ask({ ...told, events: { [on]: dated, [at]: received }, asOf: walkDays(dated, 70) }).rights;
          const [first, second] = [answer(dated), answer(walkDays(dated, later))];
          for (const right of second) {
            const before = first.find(
              ({ kind, decidedBy }) => kind === right.kind && decidedBy === right.decidedBy,
            );
            if (before?.file?.lastDay && right.file?.lastDay)
              expect(right.file.lastDay >= before.file.lastDay, right.kind).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("every right cites, every day is derived, no safe day lies after the last day", () => {
    fc.assert(
      fc.property(facts, day, fc.constantFrom(...receipts), (told, dated, [on, at]) => {
        const events = { [on]: dated, [at]: walkDays(dated, 4) };
        for (const right of ask({ ...told, events, asOf: walkDays(dated, 9) }).rights) {
          expect(right.cite.length, `${right.plan} ${right.kind}`).toBeGreaterThan(0);
          for (const { lastDay, safeDay, steps } of deadlines(right)) {
            if (lastDay)
              expect(
                steps.some(({ date, cite }) => date === lastDay && cite !== undefined),
                right.kind,
              ).toBe(true);
            if (lastDay && safeDay) expect(safeDay <= lastDay).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("a rule that gives a day binds on the date of its event and is verified", () => {
    fc.assert(
      fc.property(facts, day, fc.constantFrom(...receipts), (told, dated, [on]) => {
        const events: Record<string, string> = { [on]: dated, "claim-received-by-plan": dated };
        const asOf = walkDays(dated, 9);
        for (const right of ask({ ...told, events, asOf }).rights)
          for (const deadline of deadlines(right).filter(({ lastDay }) => lastDay !== null))
            for (const { cite } of deadline.steps) {
              const rule = cite && rules.get(cite.id);
              if (!rule) continue;
              const when =
                rule.inForce.on.map((event) => events[event]).find((one) => one !== undefined) ?? asOf;
              expect(rule.confidence).not.toBe("D");
              expect((rule.inForce.from ?? "") <= when && when <= (rule.inForce.to ?? "9999"), rule.id).toBe(
                true,
              );
            }
      }),
      { numRuns: 2000 },
    );
  });

  test("a right that is not available or not yet open carries no day", () => {
    fc.assert(
      fc.property(facts, day, fc.constantFrom(...receipts), (told, dated, [on]) => {
        for (const right of ask({ ...told, events: { [on]: dated }, asOf: walkDays(dated, 9) }).rights)
          if (right.status === "not-available" || right.status === "not-yet")
            expect(deadlines(right)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("anything the contract allows: days derived, statuses that agree with them, every unknown asks or says why", () => {
    fc.assert(
      fc.property(anything, (told) => {
        const answer = ask(told);
        const places = answer.rights.map(({ plan, kind, cite }) => `${plan} ${kind} ${cite[0]?.id}`);
        expect(new Set(places).size).toBe(places.length);
        for (const right of answer.rights) {
          expect(right.cite.length, right.kind).toBeGreaterThan(0);
          for (const { lastDay, safeDay, at, steps } of deadlines(right)) {
            if (lastDay)
              expect(steps.some(({ date, cite }) => date === lastDay && cite !== undefined)).toBe(true);
            if (lastDay && safeDay) expect(safeDay <= lastDay).toBe(true);
            if (at && lastDay) expect(at.slice(0, 10)).toBe(lastDay);
          }
          if (right.status === "not-available" || right.status === "not-yet")
            expect(deadlines(right)).toEqual([]);
          if (right.status === "unknown") {
            expect(right.file?.lastDay ?? null, right.kind).toBeNull();
            const said = answer.issues.some(({ code }) => code === "law-unverified");
            expect(right.ask.length > 0 || said, right.kind).toBe(true);
          }
          if (right.status === "expired")
            expect(right.file?.lastDay ?? right.decision?.lastDay ?? null, right.kind).not.toBeNull();
        }
      }),
      { numRuns: 4000 },
    );
  });

  test("whatever comes in, an answer comes out", () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.dictionary(fc.string(), fc.anything()), (junk, events) => {
        const answer = ask({ plan: "erisa-insured", asOf: "2026-01-01", ...junk, events });
        expect(Array.isArray(answer.rights) && Array.isArray(answer.issues)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("the clock of the machine plays no part: three time zones, the same bytes", () => {
    const lines = law.rules
      .flatMap(({ cases }) => cases.map(({ situation }) => JSON.stringify(situation)))
      .join("\n");
    const under = (TZ: string) =>
      execFileSync(process.execPath, [path.join(root, "src/cli/main.ts"), "rights", "--json", "--lines"], {
        input: lines,
        encoding: "utf8",
        env: { ...process.env, TZ },
        maxBuffer: 1 << 28,
      });
    const here = under("UTC");
    expect(here.split("\n").length).toBeGreaterThan(200);
    expect(under("America/Los_Angeles")).toBe(here);
    expect(under("Pacific/Kiritimati")).toBe(here);
  });
});
