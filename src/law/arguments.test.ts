import { describe, expect, test } from "vitest";
import { loadLaw } from "#knowledge";
import { coverageOf } from "./coverage.ts";
import { citationOf, dutiesOf } from "./duties.ts";
import { type NoticeAsRead, noticeDefects } from "./notice-defects.ts";
import { rightsFor } from "./rights.ts";
import type { Situation } from "./types.ts";

const law = await loadLaw();
const read = <T>(value: T) => ({ value });
const whole: NoticeAsRead = {
  stage: read("initial"),
  timing: read("pre-service"),
  urgent: read(false),
  outcome: read("denied"),
  grounds: [{ id: "medical-necessity" }],
  criteriaCited: ["Policy 123"],
  rightsStated: {
    appealWithin: read({ n: 180, unit: "days" }),
    appealBy: null,
    sendTo: { address: read("PO Box 1"), fax: null, phone: null, email: null, portal: null },
    expedited: read(true),
    externalReview: read(true),
  },
};
const situation: Situation = {
  plan: "erisa-self-funded",
  timing: "pre-service",
  events: { "notice-dated": "2026-03-02", "notice-received": "2026-03-05" },
  asOf: "2026-03-10",
};
const defects = (notice: NoticeAsRead, change: Partial<Situation> = {}) => {
  const asked = { ...situation, ...change };
  return noticeDefects(notice, [asked.plan].flat(), rightsFor(asked, law), law);
};

describe("what is wrong with a notice", () => {
  test("nothing, when it carries every element", () => {
    expect(defects(whole)).toEqual([]);
  });

  test("60 days printed where the law gives 180 is an argument with its paragraph", () => {
    const [first] = defects(whole, { printed: { within: { n: 60, unit: "days" } } });
    expect(first).toMatchObject({
      code: "printed-shorter-than-law",
      cite: { label: "29 CFR 2560.503-1(h)(3)(i)" },
    });
  });

  test("180 days printed are the law's own", () => {
    expect(defects(whole, { printed: { within: { n: 180, unit: "days" } } })).toEqual([]);
  });

  test("a medical judgment without a criterion lacks one; a coding denial does not", () => {
    const labels = (notice: NoticeAsRead) => defects(notice).map(({ cite }) => cite?.label);
    expect(labels({ ...whole, criteriaCited: [] })).toEqual(["29 CFR 2560.503-1(g)(1)(v)"]);
    expect(labels({ ...whole, criteriaCited: [], grounds: [{ id: "coding" }] })).toEqual([]);
  });

  test("an external review offered by Medicare Advantage is the wrong body", () => {
    expect(defects(whole, { plan: "medicare-advantage" }).map(({ code }) => code)).toContain(
      "notice-wrong-body",
    );
  });

  test("an element that one possible plan does not owe is not missing", () => {
    const bare = { ...whole, rightsStated: { ...whole.rightsStated, externalReview: null } };
    expect(defects(bare, { plan: ["erisa-self-funded", "tricare"] })).toEqual([]);
    expect(defects(bare).map(({ code }) => code)).toEqual(["notice-element-missing"]);
  });
});

describe("what the next reviewer owes", () => {
  test("an ERISA plan: another decision maker, a professional of the field, the experts' names, all quoted", () => {
    const duties = dutiesOf("erisa-self-funded", "initial", law);
    const labels = duties.map(({ cite }) => cite.label);
    expect(labels).toEqual(
      expect.arrayContaining([
        "29 CFR 2560.503-1(h)(3)(ii)",
        "29 CFR 2560.503-1(h)(3)(iii)",
        "29 CFR 2560.503-1(h)(3)(v)",
      ]),
    );
    expect(duties.every(({ cite }) => cite.quote)).toBe(true);
  });

  test("a grandfathered plan owes the claims procedure, not the Act's additions", () => {
    const labels = dutiesOf("grandfathered-erisa-insured", "initial", law).map(({ cite }) => cite.label);
    expect(labels).toContain("29 CFR 2560.503-1(h)(2)(iv)");
    expect(labels.some((label) => label.includes("2719"))).toBe(false);
  });

  test("after the final decision the outside reviewer decides afresh", () => {
    expect(dutiesOf("individual", "final-internal", law).map(({ id }) => id)).toContain(
      "29-cfr-2590.715-2719#d-2-iii-b-5",
    );
  });

  test("Medicare Advantage: a physician of the field, Medicare's own coverage rules", () => {
    const labels = dutiesOf("medicare-advantage", "initial", law).map(({ cite }) => cite.label);
    expect(labels).toEqual(expect.arrayContaining(["42 CFR 422.590(h)(2)", "42 CFR 422.101(b)(6)"]));
  });
});

describe("citations and coverage", () => {
  test("a rule, a duty and a State row are found by their address", () => {
    expect(citationOf("29-cfr-2560.503-1#h-3-i", law)?.label).toBe("29 CFR 2560.503-1(h)(3)(i)");
    expect(citationOf("29-cfr-2560.503-1#h-3-ii", law)?.quote).toContain("deference");
    expect(citationOf("state-external-review#VA", law)?.label).toContain("38.2-3561");
    expect(citationOf("1-cfr-1.1#a", law)).toBeNull();
  });

  test("what was looked at more than a year before the day asked about is stale", () => {
    const stale = (asOf: string) => coverageOf(law, asOf as never).filter((row) => row.stale).length;
    expect(stale("2026-12-01")).toBe(0);
    expect(stale("2027-12-01")).toBe(coverageOf(law, null).length);
  });
});
