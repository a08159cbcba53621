import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { rightsFor } from "./rights.ts";
import type { RightsAnswer, Situation } from "./types.ts";

const law = await loadLaw();
const base = {
  plan: "erisa-self-funded",
  timing: "pre-service",
  events: { "notice-received": "2026-03-03" },
  asOf: "2026-03-10",
};
const ask = (change: Record<string, unknown>): RightsAnswer =>
  rightsFor({ ...base, ...change } as unknown as Situation, law);
const codes = (change: Record<string, unknown>) => ask(change).issues.map(({ code }) => code);
const appeal = (answer: RightsAnswer) => answer.rights.find(({ kind }) => kind === "internal-appeal");

describe("situations that cannot be", () => {
  test("a date that does not exist counts as not told, and the issue names the field", () => {
    const answer = ask({ events: { "notice-received": "2026-02-30" } });
    expect(answer.issues[0]).toMatchObject({ code: "impossible-date" });
    expect(answer.issues[0]!.text).toContain("events.notice-received");
    expect(appeal(answer)?.file?.lastDay).toBeNull();
  });

  test("an American date is never interpreted", () => {
    expect(codes({ events: { "notice-received": "03/04/2026" } })).toContain("impossible-date");
  });

  test("a receipt before the date of its notice: neither is used", () => {
    const answer = ask({ events: { "notice-dated": "2026-03-05", "notice-received": "2026-03-01" } });
    expect(answer.issues.map(({ code }) => code)).toContain("events-out-of-order");
    expect(appeal(answer)?.file).toMatchObject({ lastDay: null, safeDay: null });
  });

  test("a receipt on the day of its notice is in order", () => {
    expect(
      codes({ events: { "notice-dated": "2026-03-05", "notice-received": "2026-03-05" } }),
    ).not.toContain("events-out-of-order");
  });

  test.each([
    [{ events: { "notice-received": "2199-12-31" } }, "impossible-date"],
    [{ state: "ZZ" }, "unknown-state"],
    [{ plan: "bluecross" }, "unknown-plan"],
    [{ plan: [] }, "unknown-plan"],
    [{ events: { "letter-came": "2026-03-03" } }, "unknown-event"],
    [{ events: { "notice-received": "2026-03-11" } }, "event-in-future"],
    [{ events: {} }, "missing-event"],
    [{ events: null }, "missing-event"],
    [{ amount: -1 }, "impossible-amount"],
    [{ zone: "Mars/Olympus" }, "unknown-zone"],
    [{ urgent: true, timing: "post-service" }, "urgent-not-applicable"],
    [{ plan: "individual", levels: 2 }, "levels-not-allowed"],
    [{ asOf: "today" }, "impossible-date"],
    [{ timing: "soon" }, "unknown-value"],
  ])("%j gives %s", (change, code) => {
    expect(codes(change)).toContain(code);
  });

  test("the 65 days that Medicare plans print are the law's own, also when the notice came early", () => {
    const early = { "notice-dated": "2026-09-10", "notice-received": "2026-09-11" };
    const change = { plan: "medicare-advantage", asOf: "2026-09-25", events: early };
    expect(codes({ ...change, printed: { by: "2026-11-14" } })).not.toContain("printed-longer-than-law");
    expect(codes({ ...change, printed: { by: "2026-11-15" } })).toContain("printed-longer-than-law");
  });

  test("a good situation gives no issue", () => {
    expect(codes({})).toEqual([]);
  });

  test("an unknown plan beside a known one leaves the known one its rights", () => {
    expect(ask({ plan: ["bluecross", "individual"] }).rights.every(({ plan }) => plan === "individual")).toBe(
      true,
    );
  });
});

describe("several possible plans", () => {
  test("each has its rights, and the earliest filing day stands first", () => {
    const { rights } = rightsFor(
      {
        plan: ["erisa-insured", "medicaid-managed-care"],
        events: { "notice-dated": "2026-03-02" },
        asOf: "2026-03-10",
      },
      law,
    );
    expect(rights[0]).toMatchObject({ plan: "medicaid-managed-care", kind: "internal-appeal" });
    expect(rights.some(({ plan, kind }) => plan === "erisa-insured" && kind === "internal-appeal")).toBe(
      true,
    );
  });
});
