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

  const wrong = (
    text: string,
    plan: Situation["plan"],
    change: Partial<Situation> = {},
    stage = "initial",
  ) => {
    const asked = { ...situation, plan, ...change };
    const notice = { ...whole, stage: read(stage as never) };
    return noticeDefects(notice, [plan].flat(), rightsFor(asked, law), law, text)
      .filter(({ code }) => code === "notice-wrong-body")
      .map(({ cite }) => cite?.label);
  };

  test.each([
    ["medicare-advantage", "Send your appeal to the Independent Review Entity.", "42 CFR 422.590"],
    ["medicare-advantage", "You may request an external review by the State.", "42 CFR 422.592"],
    ["medicare-advantage", "To appeal the denied scan, call the QIO, Livanta.", "42 CFR 422.626"],
    ["medicare-part-d", "To appeal, contact the Quality Improvement Organization.", "42 CFR 423.582(a)"],
    ["medicare-original", "You may ask for an external review.", "42 CFR 405.944(a)"],
    ["medicaid-managed-care", "Ask for a State fair hearing within 120 days.", "42 CFR 438.402(c)(1)(i)"],
    ["fehb", "You may ask the Insurance Commissioner for a review.", "5 CFR 890.105(e)"],
    ["pshb", "You may sue under section 502(a) of ERISA.", "29 USC 1003(b)"],
    ["erisa-self-funded", "Ask the Department of Insurance for an external review.", "29 USC 1144(b)(2)(B)"],
    ["governmental-self-funded", "You have rights under section 502(a).", "29 USC 1003(b)"],
    ["tricare", "You may request an external review.", "32 CFR 199.10(a)"],
    ["va", "File a Notice of Disagreement with the Board of Veterans' Appeals.", "38 CFR 20.104(b)"],
  ] as const)('%s: "%s" names the wrong body (%s)', (plan, text, label) => {
    expect(wrong(text, plan)).toEqual([label]);
  });

  test.each([
    ["medicare-advantage", "If we say no, we will send your case to the Independent Review Entity."],
    ["medicare-advantage", "Your skilled nursing coverage ends June 5. Call the QIO, Livanta, to appeal."],
    ["medicare-part-d", "Ask us for a redetermination within 65 days."],
    ["medicare-original", "Send your appeal to the contractor named above."],
    [
      "medicaid-managed-care",
      "You can file an appeal with us. After it, you can ask for a State fair hearing.",
    ],
    ["fehb", "You may ask the Office of Personnel Management to review our decision."],
    ["erisa-self-funded", "You may ask us for an external review by an independent review organization."],
    ["individual", "Ask the Department of Insurance for an external review."],
    ["tricare", "Ask the contractor for a reconsideration within 90 days."],
    ["va", "Ask the patient advocate for a clinical appeal."],
  ] as const)('%s: "%s" names the right one', (plan, text) => {
    expect(wrong(text, plan)).toEqual([]);
  });

  test("in a State with its own process the federal contractor is the wrong body; in a federal State it is not", () => {
    const text = "Send your request for external review to MAXIMUS.";
    expect(wrong(text, "individual", { state: "NY" })).toEqual(["45 CFR 147.136(c)(1)"]);
    expect(wrong(text, "individual", { state: "TX" })).toEqual([]);
  });

  test("an upheld Part D appeal does not go on by itself, an upheld Medicare Advantage appeal does", () => {
    const text = "We have sent your case to the Independent Review Entity.";
    expect(wrong(text, "medicare-part-d", {}, "internal-appeal")).toEqual(["42 CFR 423.600(a)"]);
    expect(wrong(text, "medicare-advantage", {}, "internal-appeal")).toEqual([]);
  });

  test("a wrong body for one of two possible plans is not yet one, and nothing is said without the words", () => {
    const text = "Ask the Department of Insurance for an external review.";
    expect(wrong(text, ["erisa-self-funded", "erisa-insured"])).toEqual([]);
    expect(defects(whole).filter(({ code }) => code === "notice-wrong-body")).toEqual([]);
  });

  test.each(law.elements.map((element) => [element.id, element] as const))(
    "%s: missing from a bare notice, not from one that carries it",
    (_id, element) => {
      const timing = read((element.timing[0] ?? "pre-service") as never);
      const stage = read(element.stages[0] as never);
      const bare: NoticeAsRead = {
        ...whole,
        stage,
        timing,
        urgent: read(true),
        grounds: element.needs === "reason" ? [] : whole.grounds,
        criteriaCited: [],
        rightsStated: {
          appealWithin: null,
          appealBy: null,
          sendTo: { address: null, fax: null, phone: null, email: null, portal: null },
          expedited: null,
          externalReview: null,
        },
      };
      const plan = element.plans[0]!;
      const missing = (notice: NoticeAsRead, text: string) =>
        noticeDefects(notice, [plan], { rights: [], issues: [] }, law, text).some(
          ({ cite }) => cite?.id === element.id,
        );
      const carrying =
        "You may appeal, or ask for a fast answer within 72 hours. Papers and diagnosis codes are free of charge. " +
        "You may ask for an expedited State hearing, keep your services, or sue in federal court. EBSA can help.";
      expect(missing(bare, "We say no.")).toBe(true);
      expect(missing({ ...whole, stage, timing }, carrying)).toBe(false);
    },
  );

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
