import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { rightsFor, type Situation } from "#law";

const law = await loadLaw();
const right = (kind: string, situation: Record<string, unknown>) =>
  rightsFor(situation as unknown as Situation, law).rights.find((one) => one.kind === kind);
const finalDecision = (received: string) =>
  right("external-review", {
    plan: "erisa-self-funded",
    events: { "final-decision-received": received },
    asOf: received,
  })?.file?.lastDay;

describe("the four-month rule at the ends of months", () => {
  test.each([
    ["2026-10-30", "2027-03-01", "no 30 February: the first of March"],
    ["2026-10-31", "2027-03-01", "no 31 February: the first of March"],
    ["2026-10-28", "2027-03-01", "28 February 2027 is a Sunday: Monday"],
    ["2027-10-29", "2028-02-29", "29 February 2028 exists"],
    ["2027-10-30", "2028-03-01", "30 February never does"],
    ["2027-10-31", "2028-03-01", "31 February never does"],
    ["2025-10-31", "2026-03-02", "1 March 2026 is a Sunday"],
    ["2026-12-31", "2027-05-03", "no 31 April; 1 May 2027 is a Saturday"],
    ["2026-02-28", "2026-06-29", "28 June 2026 is a Sunday: from a month's last day no special rule"],
    ["2026-07-04", "2026-11-04", "receipt on a holiday counts as any day"],
    ["2026-07-11", "2026-11-12", "11 November is Veterans Day"],
    ["2026-05-25", "2026-09-25", "an ordinary Friday"],
  ])("received %s: last day %s (%s)", (received, last) => {
    expect(finalDecision(received)).toBe(last);
  });
});

describe("the presumption of receipt, on both sides of 1 January 2025", () => {
  test.each([
    ["medicare-advantage", "reconsideration", "2024-12-31", "2025-03-01"],
    ["medicare-advantage", "reconsideration", "2025-01-01", "2025-03-07"],
    ["medicare-part-d", "redetermination", "2024-12-31", "2025-03-01"],
    ["medicare-part-d", "redetermination", "2025-01-01", "2025-03-07"],
  ])("%s %s, notice of %s: %s", (plan, kind, dated, last) => {
    const asked = { plan, timing: "pre-service", events: { "notice-dated": dated }, asOf: dated };
    expect(right(kind, asked)?.file?.lastDay).toBe(last);
  });

  test("Medicaid and FEHB presume nothing, and receipt plays no part", () => {
    const events = { "notice-dated": "2026-07-01", "notice-received": "2026-07-20" };
    const asked = { timing: "pre-service", events, asOf: "2026-07-21" };
    expect(right("internal-appeal", { plan: "medicaid-managed-care", ...asked })?.file?.lastDay).toBe(
      "2026-08-30",
    );
    expect(right("reconsideration", { plan: "fehb", ...asked })?.file?.lastDay).toBe("2027-01-01");
  });
});

describe("a step that is under way is open, however long it takes", () => {
  const since = { plan: "erisa-self-funded", asOf: "2026-12-01" };
  test("the reviewer was assigned after the last day to ask: it was asked for in time", () => {
    const events = { "final-decision-received": "2026-06-01", "iro-assigned": "2026-10-09" };
    expect(right("external-review", { ...since, events })?.status).toBe("open");
  });

  test("asked for after the last day: expired; on it: open", () => {
    const filed = (day: string) =>
      right("external-review", {
        ...since,
        events: { "final-decision-received": "2026-06-01", "external-review-filed": day },
      })?.status;
    expect([filed("2026-10-01"), filed("2026-10-02")]).toEqual(["open", "expired"]);
  });

  test("an urgent review needs no date to be open, and none is open for care already received", () => {
    const urgent = (timing: string) =>
      right("expedited-external-review", {
        ...since,
        timing,
        urgent: true,
        events: { "final-decision-received": "2026-11-25" },
      })?.status;
    expect([urgent("pre-service"), urgent("post-service")]).toEqual(["open", "not-available"]);
  });
});

describe("who is bound by a State's law", () => {
  test("before a final decision an insured plan already points at its State's process", () => {
    const labels = (plan: string) =>
      right("external-review", {
        plan,
        state: "VA",
        events: { "notice-received": "2026-03-02" },
        asOf: "2026-03-03",
      })?.cite.map(({ label }) => label);
    expect(labels("individual")).toEqual(["Va. Code 38.2-3561(A)"]);
    expect(labels("erisa-self-funded")).toContain("29 CFR 2590.715-2719(d)(2)(i)");
  });

  test("D.C.'s 24 hours bind an insurer, not a self-funded plan; for a church plan the funding decides", () => {
    const hours = (change: object) =>
      right("expedited-appeal", {
        plan: "church",
        state: "DC",
        urgent: true,
        timing: "pre-service",
        events: { "appeal-received-by-plan": "2026-11-25T16:00" },
        asOf: "2026-11-25",
        ...change,
      })?.decision?.hours;
    expect(hours({ plan: "governmental-insured" })).toBe(24);
    expect(hours({ plan: "erisa-self-funded" })).toBe(72);
    expect(hours({ funding: "insured" })).toBe(24);
    expect(hours({ funding: "self-funded" })).toBe(72);
    expect(hours({})).toBeUndefined();
  });

  test("Idaho counts from the date of issuance, Montana 120 days from receipt, Washington gives no day", () => {
    const events = { "appeal-decision-dated": "2026-03-10", "final-decision-received": "2026-03-16" };
    const last = (state: string) =>
      right("external-review", { plan: "individual", state, events, asOf: "2026-03-20" })?.file?.lastDay;
    expect([last("ID"), last("MT"), last("DE"), last("WA")]).toEqual([
      "2026-07-10",
      "2026-07-14",
      "2026-07-16",
      null,
    ]);
  });
});

describe("a stay that is to end", () => {
  test("the setting not told: no last day, but the safe noon, and the question", () => {
    const events = { "service-ends": "2026-09-10" };
    const asked = { plan: "medicare-advantage", timing: "concurrent", events, asOf: "2026-09-05" };
    expect(right("fast-track-qio", asked)).toMatchObject({
      status: "open",
      file: { lastDay: null, safeDay: "2026-09-09" },
      ask: ["Which facility or agency gives the care that ends?"],
    });
    expect(right("fast-track-qio", { ...asked, setting: "snf" })?.file?.lastDay).toBe("2026-09-09");
    expect(right("fast-track-qio", { ...asked, setting: "hospital" })).toBeUndefined();
  });
});

describe("days that agencies told plans to disregard", () => {
  test("the outbreak year spares what began before it 365 days, 1 March 2020 to 28 February 2021", () => {
    // 46 of 180 days pass before 1 March 2020; 134 are left.
    const asked = {
      plan: "erisa-self-funded",
      suspensions: ["COVID"],
      events: { "notice-received": "2020-01-14" },
      asOf: "2021-03-01",
    };
    expect(right("internal-appeal", asked)?.file?.lastDay).toBe("2021-07-12");
  });
});

test("a citation of a federal section leads to that section", () => {
  const section = /^(\d+) CFR (\d+\.\w+(?:-\d+)?)(?=\(|$)/;
  const strays = law.rules.filter(({ cite }) => {
    const [, , number] = section.exec(cite.label) ?? [];
    return number && !cite.url?.includes(number);
  });
  expect(strays.map(({ cite }) => `${cite.label} ${cite.url}`)).toEqual([]);
});
